"""A machine of the round "tabs": a browser profile with a line of its own to the store, and somebody's notebook."""

import json
import threading
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserType

from e2e.line import Line, Request
from e2e.store import Store
from e2e.torture.browser import Browser
from e2e.torture.checker import Kept, Place, folder_of
from e2e.torture.customers import Tenders, picks, tenders
from e2e.torture.notebook import Notebook

HELD, HELD_A_LITTLE = "/api/held/", "/api/held-a-little"
A_LITTLE = 0.3
"""Seconds that a page hangs on after it was pressed in: so long its worker has for what was pressed."""


class Gate:
    """Holds what pages ask of it until it opens: all of them go on at that instant."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._held = threading.Semaphore(0)

    def opens(self) -> None:
        self._open.set()

    def waits_for(self, pages: int) -> None:
        """Wait until so many pages are held."""
        for _ in range(pages):
            if not self._held.acquire(timeout=60):
                raise AssertionError("no page came to the gate")

    def handles(self, request: Request) -> bool:
        """Hold a request that is for the gate; every other one is not its business."""
        if request.path.startswith(HELD):
            self._held.release()
            self._open.wait(60)
        elif request.path == HELD_A_LITTLE:
            threading.Event().wait(A_LITTLE)
        else:
            return False
        return request.reply(200, b"", "text/plain")


class Machine:
    """The profile of a register, or of a copy of one (`name` is "R1/a"), wherever it lives."""

    def __init__(self, chromium: BrowserType, store: Store, profile: Path, line: Line, name: str) -> None:
        self.store, self.profile, self.name = store, profile, name
        self.notebook = Notebook(name=name.rpartition("/")[2].upper())
        self.line = line
        """What its address says; a copy has the same address and comes by another line."""
        self.own_line = Line(store)
        self.gate = Gate()
        self._chromium = chromium
        self.last: Browser | None = None

    @property
    def browser(self) -> Browser:
        assert self.last is not None, "it was never started"
        return self.last

    def starts(self) -> Browser:
        """Start the browser; every request goes by this machine's own line."""
        mapped = f"--host-resolver-rules=MAP localhost:{self.line.port} 127.0.0.1:{self.own_line.port}"
        self.last = Browser(
            self._chromium, self.profile, self.line.address, lambda text: self.notebook.hears(text), mapped
        )
        return self.last

    def goes(self, *, up: bool) -> None:
        """The line works, or is cut; the gate is there anyway."""
        self.gate = gate = Gate()
        self.own_line.fault = gate.handles if up else lambda request: gate.handles(request) or request.hang_up()

    def signs_in(self) -> None:
        self.browser.waits_for("#staff-asha")
        self.browser.does("signsIn", "asha", "1111")

    def sells(self, dice: Random, codes: Sequence[str], resumed: str = "") -> None:
        """Sell something in the first tab, or finish what was taken up."""
        if not self.notebook.in_hand:
            self.notebook.begins()
        if not resumed:
            self.browser.does("adds", picks(dice, codes))
        self.browser.does("checksOut", self.notebook.in_hand, self.pays(dice, resumed))
        self.browser.does("leaves")

    def pays(self, dice: Random, resumed: str = "") -> Tenders:
        return tenders(dice, self.notebook, 1 if resumed == "checkout" else dice.choice((1, 1, 2)))

    def takes_up(self) -> str:
        """Take up what is offered after a start; nothing where nothing is open."""
        taken_up = str(self.browser.does("takesUp", False))
        if taken_up in {"cart", "checkout"}:
            return taken_up
        self.notebook.in_hand = ""
        return ""

    def arrives(self, *others: "Machine") -> None:
        """Wait until everything is in all places, or will not be; others wait with it, and are not hung."""
        self.browser.does("isComplete")
        for machine in others:
            machine.browser.lives_on()

    def closes(self) -> None:
        if self.last is not None:
            self.last.is_over()
        self.own_line.closes()

    # --- what it leaves ------------------------------------------------------------------------------

    @property
    def register(self) -> str:
        """The register that this browser is now, such as "DS01-R1"."""
        return str(self.browser.does("register"))

    def places(self) -> tuple[Place, ...]:
        """Read both places of the register that this browser is now."""
        kept = self._kept()
        own = self.register
        files = [(file["path"], b64decode(file["content"])) for file in self.browser.does("files")]
        folder = folder_of((file for file in files if file[0].startswith(f"{own}/")), self.name)
        return (
            Place(f"IndexedDB {self.name}", kept, self.name),
            Place(f"folder {self.name}", folder.entries, self.name, unreadable=folder.unreadable),
        )

    def _kept(self) -> tuple[Kept, ...]:
        rows = self.browser.does("journal")
        return tuple(Kept(b64decode(row["line"]), row["seq"], row["id"], row["number"]) for row in rows)


def register_of(kept: Sequence[Kept]) -> str:
    """Store and register whose entries these are, such as "DS01-R1"."""
    header = json.loads(kept[0].line)["header"]
    return f"{header['store']}-{header['register']}"
