"""CPython side of Store OS: host of dist/, the OMS and its tools."""
