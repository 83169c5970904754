"""Screens: a slice of the state becomes HTML."""
