"""Nouns and sums of a store: frozen values, no I/O, no clock, no ids made here."""
