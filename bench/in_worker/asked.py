"""Runs in a worker of the built app: what a row may ask of the catalogue there; times are the worker's own."""

import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import js

from app.browser.image_file import laid_down, put_away
from app.catalogue.image import Catalogue
from app.catalogue.search import search
from app.catalogue.stored import StoredImage, open_arrived, open_stored

IN_USE: dict[str, Any] = {}


async def takes(address: str, sha256: str) -> int:
    """Fetch an image as the OMS serves it, and store and open it as a register does; return how many bytes came."""
    fetched = await js.fetch(address)
    served = (await fetched.arrayBuffer()).to_bytes()
    opened = open_arrived(served, sha256, 1)
    assert isinstance(opened, tuple), opened
    image, catalogue = opened
    sums = await put_away(image)
    assert sums is not None, "this browser gives no place for files"
    IN_USE.update(image=image, catalogue=catalogue, sums=sums)
    return len(served)


async def asks(questions: list[str]) -> list[list[float]]:
    """Return milliseconds and results of each question, products and all."""
    told = []
    for text in questions:
        began = js.performance.now()
        found = search(IN_USE["catalogue"], text)
        told.append([js.performance.now() - began, len(found)])
    return told


async def ready(question: str) -> list[float]:
    """Open the image from what is stored, and ask; the milliseconds to read it, to open it, to the first answer."""
    stored: StoredImage = IN_USE["image"]
    marks = [js.performance.now()]
    read = replace(stored, data=b"", file=await laid_down(stored.sha256, IN_USE["sums"]), paged=True)
    marks.append(js.performance.now())
    opened = open_stored(read)
    marks.append(js.performance.now())
    assert isinstance(opened, Catalogue), opened
    search(opened, question)
    marks.append(js.performance.now())
    opened.close()
    return [mark - marks[0] for mark in marks[1:]]


ASKED: dict[str, Callable[..., Coroutine[Any, Any, Any]]] = {each.__name__: each for each in (takes, asks, ready)}


async def told(name: str, arguments: str) -> str:
    """Do what is asked; what goes wrong is told, too."""
    try:
        return json.dumps({"answer": await ASKED[name](*json.loads(arguments))})
    except Exception as error:  # noqa: BLE001 -- whatever it is, whoever measures has to see it
        return json.dumps({"failed": repr(error)})
