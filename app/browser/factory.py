"""Puts the real adapters together for the mains of both workers; each loads only its own half."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import js
from pyodide.ffi import JsException

from app.browser.channel import Channel
from app.browser.clock import Clock, Ids, Timer
from app.browser.crypto import Vault
from app.browser.folder import LOST, Folder, SpareFolder
from app.browser.journal import DraftStore, JournalStore, LocalStore
from app.browser.page import Page, Pulse
from app.browser.printer import Printer
from app.browser.questions import QuestionStore
from app.browser.recovery import RecoveryStore
from app.browser.shelf import Shelf
from app.browser.store import Database
from app.browser.terminal import SimulatedTerminal
from app.till.ports import Ports

if TYPE_CHECKING:
    from app.courier.memory import World


@dataclass(frozen=True, slots=True)
class TillWorld:
    """The till's ports, and what wakes it up: `listen` of page and channel, and lasting work by `pulse.start`."""

    ports: Ports
    page: Page
    channel: Channel
    pulse: Pulse


def till_world() -> TillWorld:
    """Make the till's adapters; nothing is opened or asked yet."""
    database, page, channel = Database(), Page(), Channel()
    ports = Ports(
        journal=JournalStore(database),
        drafts=DraftStore(database),
        local=LocalStore(database),
        questions=QuestionStore(database),
        recovery=RecoveryStore(database),
        shelf=Shelf(database),
        folder=Folder(database),
        spare=SpareFolder(database),
        lost=Folder(database, LOST),
        vault=Vault(database),
        terminal=SimulatedTerminal(),
        page=page,
        printer=Printer(page),
        clock=Clock(),
        ids=Ids(),
        channel=channel,
    )
    return TillWorld(ports, page, channel, Pulse())


def courier_world() -> tuple["World", "asyncio.Queue[str]", Pulse]:
    """Make the courier's adapters, the queue of what the channel says, and the pulse that runs its work."""
    import pyodide_http
    import requests

    from app.browser.courier_stores import Stores
    from app.browser.pictures import Pictures
    from app.courier.memory import World
    from app.courier.oms import Oms

    pyodide_http.patch_all()
    database, channel = Database(), Channel()
    keys, words = Vault(database), asyncio.Queue[str]()
    channel.listen(words.put_nowait)
    # The browser's own network failures arrive as JsException, the rest as requests' exceptions.
    no_answer = (JsException, requests.RequestException)
    world = World(
        stores=Stores(database, keys),
        pictures=Pictures(),
        keys=keys,
        oms=Oms(str(js.location.origin), requests.Session(), no_answer),
        clock=Clock(),
        timer=Timer(),
        ids=Ids(),
        channel=channel,
    )
    return world, words, Pulse()
