"""The snapshot of what can be sold, and what is asked of it."""
