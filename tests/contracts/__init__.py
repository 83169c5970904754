"""What ports promise, as plain checks: run against the fakes on CPython, and against the real adapters in a browser."""
