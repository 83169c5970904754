"""How the files of dist/ are to be served: types, how long they may be kept, and the content security policy."""

# PyScript's workers start from a blob and build functions from strings, so 'unsafe-eval' and blob: have to stay;
# everything else is closed, and a page that is tricked into loading something has nowhere to load it from.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)

CONTENT_TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}

# What gains nothing from being compressed again.
ALREADY_COMPRESSED = frozenset({".png", ".webp", ".woff2", ".ico"})


def cache_control(path: str) -> str:
    """A name under /assets/ holds the hash of its content and never changes; every other one is asked for again."""
    return "public, max-age=31536000, immutable" if path.startswith("/assets/") else "no-cache"
