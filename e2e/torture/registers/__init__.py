"""Registers without a browser: the real till and the real courier over one profile in memory, on CPython."""
