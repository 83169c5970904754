"""Being offline, without any I/O: entries, journal, outbox, link, mode and the wire."""
