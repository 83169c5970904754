"""The register: Python that runs in the browser; the server and the tests import its pure parts too."""

VERSION = "0.1.0"
"""Of the product: what the status page says, and what pyproject.toml has to say too."""
