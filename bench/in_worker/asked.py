"""Runs in a worker of the built app: what a row may ask of the catalogue there; times are the worker's own."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

import js

from app.catalogue.image import BadImage, Catalogue, open_image, unpack
from app.catalogue.search import search

IN_USE: dict[str, Any] = {}


async def takes(address: str, sha256: str) -> int:
    """Fetch an image as the OMS serves it, and open it; return how many bytes are stored of it."""
    fetched = await js.fetch(address)
    stored = (await fetched.arrayBuffer()).to_bytes()
    IN_USE.update(stored=stored, sha256=sha256, catalogue=_opened(stored, sha256))
    return len(stored)


async def asks(questions: list[str]) -> list[list[float]]:
    """Return milliseconds and results of each question, products and all."""
    told = []
    for text in questions:
        began = js.performance.now()
        found = search(IN_USE["catalogue"], text)
        told.append([js.performance.now() - began, len(found)])
    return told


async def ready(question: str) -> list[float]:
    """Open the image from what is stored, and ask; the milliseconds to unpack it, to open it, to the first answer."""
    marks = [js.performance.now()]
    raw = unpack(IN_USE["stored"], IN_USE["sha256"])
    marks.append(js.performance.now())
    opened = raw if isinstance(raw, BadImage) else open_image(raw)
    marks.append(js.performance.now())
    assert isinstance(opened, Catalogue), opened
    search(opened, question)
    marks.append(js.performance.now())
    opened.close()
    return [mark - marks[0] for mark in marks[1:]]


def _opened(stored: bytes, sha256: str) -> Catalogue:
    raw = unpack(stored, sha256)
    opened = raw if isinstance(raw, BadImage) else open_image(raw)
    assert isinstance(opened, Catalogue), opened
    return opened


ASKED: dict[str, Callable[..., Coroutine[Any, Any, Any]]] = {each.__name__: each for each in (takes, asks, ready)}


async def told(name: str, arguments: str) -> str:
    """Do what is asked; what goes wrong is told, too."""
    try:
        return json.dumps({"answer": await ASKED[name](*json.loads(arguments))})
    except Exception as error:  # noqa: BLE001 -- whatever it is, whoever measures has to see it
        return json.dumps({"failed": repr(error)})
