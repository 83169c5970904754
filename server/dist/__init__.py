"""Makes dist/: everything that a browser or any static host needs, under names made of the content."""
