"""Ports in memory, for tests; each passes the contract of its port."""
