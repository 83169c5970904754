"""Walks over every route of the application, those of the mounted back office too."""

import re
from collections.abc import Iterator
from typing import Any

Route = tuple[str, str]
"""A method, and a path as it is declared."""
KNOWN = {
    "product_id": "p1",
    "variant_id": "v1",
    "customer_id": "c1",
    "staff_id": "s1",
    "tender_id": "cash",
    "register_id": "R1",
    "name": "viewer",
    "order_id": "o1",
    "digest": "d",
    "kind": "gap",
    "sha256": "0" * 64,
}
"""Ids of things that are there, where we know them."""


def every_route(holder: Any, prefix: str = "") -> Iterator[Route]:
    """The routes of an app, its routers and what is mounted in it."""
    for route in holder.routes:
        if hasattr(route, "original_router"):
            yield from every_route(route.original_router, prefix)
        elif getattr(route, "methods", None):
            yield from ((method, prefix + route.path) for method in sorted(route.methods))
        else:
            yield from every_route(route.app, prefix + route.path)


def filled(path: str) -> str:
    """A path with ids: some id where a new page has another."""
    return re.sub(r"\{(\w+)(:path)?\}", lambda found: KNOWN.get(found[1], "x"), path)
