"""The rows of the table: a module each, or a few that go together."""
