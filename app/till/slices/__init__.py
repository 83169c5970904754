"""Slices of the state that belong to one capability each; state.py puts them together."""
