"""The till put together: opens what the device holds, in order, and looks again when the courier says so."""

import asyncio
from collections.abc import Sequence

from pydantic import ValidationError

from app.catalogue.changes import people
from app.catalogue.image import BadImage
from app.catalogue.stored import StoredImage
from app.domain.draft import Draft
from app.sync.blob import CHANGES, DRAFT, unpack
from app.sync.entry import Unreadable
from app.sync.history import History
from app.sync.journal import Head
from app.sync.protocol import CHANGES as CHANGE_LIST
from app.sync.protocol import Change
from app.sync.records import read_record
from app.sync.recovering import RECOVERY, Recovery
from app.sync.status import RESET, Link, LinkStatus, Progress, Registered, Synced
from app.till.effects import CheckJournal, LookAtSpare, LookAtStorage, MendFolder, ReadOlder
from app.till.events import (
    CatalogueDamaged,
    CatalogueSeen,
    DraftFound,
    Event,
    FolderSeen,
    FolderTold,
    JournalBroken,
    LocalSeen,
    PeopleSeen,
    StatusSeen,
    TerminalSeen,
    Ticked,
)
from app.till.hearing import Hearing
from app.till.library import Library
from app.till.loop import Loop, Redraw
from app.till.messages import Nonsense, parse
from app.till.mirror import Mirror
from app.till.ports import Ports
from app.till.recorder import Recorder
from app.till.runner import Runner, World
from app.till.spare import Spare
from app.till.state import CatalogueInfo, People, State

TICK = 1.0
"""Seconds between two ticks of an idle till."""
NO_KEY = (
    "The key of this register is gone from the browser, so nothing can be saved here. Sales in the folder are safe. "
    "Ask the back office to enrol this browser again."
)
DAMAGED = (
    "Some of the store’s changes arrived damaged. Sales are safe. Choose Sync now; if it stays, tell the back office."
)
LOST_DRAFT = (
    "A sale that was not finished could not be read back. Saved sales are safe. Ask the customer what was paid."
)
FORGETTABLE = frozenset({"image", "changes", "verdicts", "status", "answers"})
"""Words that mean the same, however often they were said."""


class Register:
    """One start of the till; `owner` tells it from every earlier one."""

    def __init__(self, ports: Ports, redraw: Redraw, owner: int) -> None:
        self._ports = ports
        self._library = Library()
        self._mirror = Mirror(ports.folder, Spare(ports.spare))
        self._hearing = Hearing(ports)
        self._recorder = Recorder(ports, self._mirror, self._hearing, owner, self._foresee)
        world = World(ports, self._library, self._mirror, self._recorder, self._hearing, owner)
        self.runner = Runner(world, self.dispatch, self._crashed)
        page, begins = ports.page, State(now=ports.clock.now())
        self.loop = Loop(begins, redraw, page.patch, page.painted, self.runner.run, self._report)
        self._words: asyncio.Queue[str] = asyncio.Queue()
        self._open = False
        self._pages: dict[bytes, tuple[Change, ...]] = {}
        """What each sealed page says, so that a new page does not mean to open all of them again."""

    def dispatch(self, event: Event) -> None:
        self.loop.dispatch(event)

    def _foresee(self, event: Event) -> None:
        self.loop.foresee(event)

    def receive(self, text: str) -> None:
        """Take what the page says."""
        event = parse(text, self._ports.clock.now(), self._ports.ids.fresh())
        if isinstance(event, Nonsense):
            self._report(f"the page said something: {event.why}")
        else:
            self.dispatch(event)

    def heard(self, word: str) -> None:
        """Take a word of the channel; what it means is done when it is its turn."""
        if word in FORGETTABLE:
            self._words.put_nowait(word)

    async def live(self) -> None:
        """Open what is here, then look again whenever the courier says so, for ever."""
        await self.open()
        while True:
            await self.attend(await self._said())

    async def open(self) -> None:
        """Start: draw, read this device's settings, then everything that the register's key opens."""
        self.loop.start()
        look = self._mirror.look()
        local, folder, _ = await asyncio.gather(self._ports.local.read(), look, self._ports.questions.clear())
        self.dispatch(LocalSeen(local, self._ports.ids.fresh()))
        self.dispatch(TerminalSeen(self._ports.terminal.test_cards))
        self.dispatch(FolderSeen(*folder))
        self._ports.page.mark("settings and folder seen")
        await self._look_at_status(started=True)

    async def attend(self, words: frozenset[str]) -> None:
        """Read again what changed; without a word it is a tick."""
        try:
            if not words:
                self.dispatch(Ticked(self._ports.clock.now(), self._ports.ids.fresh()))
            if "status" in words:
                await self._look_at_status()
            if "answers" in words:
                await self.runner.look_at_answers()
            if "verdicts" in words and self._open:
                await self._look_at_verdicts()
            if words & {"image", "changes"} and self._open:
                known = "" if "image" in words and self._library.distrusted else self._library.sha256
                await self._look_at_catalogue(*await self._ports.shelf.image_and_changes(known))
        except Exception as bug:  # noqa: BLE001 -- bugs reach the one place for them, and the till lives on
            self._crashed(bug)

    async def _said(self) -> frozenset[str]:
        """Wait for a word, but not longer than a tick; take everything that was said meanwhile."""
        words: set[str] = set()
        try:
            words.add(await asyncio.wait_for(self._words.get(), TICK))
        except TimeoutError:
            return frozenset()
        while not self._words.empty():
            words.add(self._words.get_nowait())
        return frozenset(words)

    async def _look_at_status(self, *, started: bool = False) -> None:
        """Read the courier's records; what an earlier run says of the link does not prove that it is up now."""
        records = await self._ports.shelf.status()
        registered = read_record(Registered, records.get("registered"))
        link = read_record(LinkStatus, records.get("link")) or LinkStatus()
        if started and link.link is Link.UP:
            link = link.model_copy(update={"link": Link.UNKNOWN})
        event = StatusSeen(
            at=self._ports.clock.now(),
            fresh=self._ports.ids.fresh(),
            registered=registered,
            link=link,
            progress=read_record(Progress, records.get("progress")),
            synced=read_record(Synced, records.get("synced")) or Synced(),
            sending=frozenset(digest for digest in records.get("sending", "").split(",") if digest),
            history=read_record(History, records.get("history")) or History(),
            recovery=read_record(Recovery, records.get(RECOVERY)),
            cleared=records.get(RESET, ""),
        )
        self.dispatch(event)
        if registered is not None and not self._open:
            self._open = True
            await self._open_register(registered)
        elif started:
            self.runner.run(LookAtSpare(None))

    async def _open_register(self, registered: Registered) -> None:
        """The journal comes first: nothing can be sold before its head is known."""
        if not await self._ports.vault.open(registered.key_id):
            self.dispatch(JournalBroken(NO_KEY))
            return
        # Orders whose cards wait are remembered by the device, however old their entries are.
        self._hearing.expects([each.digest for each in self.loop.state.cards.memory.orders])
        start = Head.start(registered.store, registered.register, registered.key_id)
        shelf = self._ports.shelf.image_and_changes(self._library.sha256)  # most of both is waiting for the browser
        read, kept = await asyncio.gather(self._read_journal(start), shelf)
        self.runner.tell(read)
        self._ports.page.mark("journal read")
        await self._look_at_catalogue(*kept)
        self._ports.page.mark("catalogue open")
        await self._look_at_drafts()
        for effect in (ReadOlder(), LookAtSpare(registered), MendFolder(), LookAtStorage(), CheckJournal()):
            self.runner.run(effect)

    async def _read_journal(self, start: Head) -> tuple[Event, ...]:
        """Read the journal; what the folder has behind its end is put back first, so that no number comes twice."""
        read = await self._recorder.begin(start)
        said = await self.runner.archivist.before_selling(start)
        return (*await self._recorder.again(), FolderTold(said)) if said else read

    async def _look_at_verdicts(self) -> None:
        await self._hearing.look(self.loop.state.looking_back.again)
        await self.runner.archivist.is_sure()
        self.runner.tell((self._hearing.seen,))
        await self._mirror.spare.settle(self._hearing.seen.verdicts)

    async def _look_at_catalogue(self, image: StoredImage | None, pages: Sequence[bytes]) -> None:
        """Bring the catalogue and the people up to date; selling goes on with the old ones until then."""
        added = await self._read_pages(pages)
        everything = [change for page in self._pages.values() for change in page]
        seen: CatalogueInfo | BadImage | None = None
        if image is not None:
            seen = self._library.open(image, everything)
        elif added:
            seen = self._library.update(added)
        known = people(everything)
        self.runner.people = People(
            known.staff,
            known.tenders,
            known.customers,
            known.settings,
            known.promotions,
            known.extensions,
            known.customers_revision,
            known.vouchers,
            known.accounts,
        )
        self.dispatch(PeopleSeen(self.runner.people))
        if isinstance(seen, BadImage):
            self.dispatch(CatalogueDamaged(seen.why))
            self._ports.channel.tell("damaged")
        elif seen is not None:
            self.dispatch(CatalogueSeen(seen))

    async def _read_pages(self, pages: Sequence[bytes]) -> list[Change]:
        """Open the pages that are new, and forget those that are gone; return what the new ones say."""
        before, self._pages = self._pages, {}
        added: list[Change] = []
        for blob in pages:
            if blob not in before:
                before[blob] = await self._read_page(blob)
                added += before[blob]
            self._pages[blob] = before[blob]
        return added

    async def _read_page(self, blob: bytes) -> tuple[Change, ...]:
        plain = await self._unsealed(blob, CHANGES)
        try:
            return CHANGE_LIST.validate_json(plain)
        except ValidationError:
            self.dispatch(CatalogueDamaged(DAMAGED))
            return ()

    async def _look_at_drafts(self) -> None:
        for _, blob in await self._ports.drafts.read():
            plain = await self._unsealed(blob, DRAFT)
            try:
                self.dispatch(DraftFound(Draft.model_validate_json(plain)))
            except ValidationError:
                self.dispatch(JournalBroken(LOST_DRAFT))

    async def _unsealed(self, blob: bytes, bound: bytes) -> bytes:
        """Open stored bytes; what does not open is empty, and no JSON."""
        sealed = unpack(blob, bound)
        plain = sealed if isinstance(sealed, Unreadable) else await self._ports.vault.unseal(sealed)
        return b"" if isinstance(plain, Unreadable) else plain

    def _crashed(self, bug: BaseException) -> None:
        self.loop.crashed(bug)

    def _report(self, text: str) -> None:
        self.runner.report(text)
