"""The order management system: takes the registers' entries in and tells them what changed."""
