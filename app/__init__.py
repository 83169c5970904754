"""The register: Python that runs in the browser; the server and the tests import its pure parts too."""
