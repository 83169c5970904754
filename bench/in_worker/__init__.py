"""Python that is measured in the till's own worker, in a browser."""
