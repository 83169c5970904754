"""The register's worker: events in; state, effects and HTML out."""
