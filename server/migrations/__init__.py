"""Migrations of the database, oldest first; the schema only grows."""
