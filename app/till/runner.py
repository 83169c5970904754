"""Does each effect through the ports, and answers with events; what is written is written one after the other."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from app.domain.table import Form, file_of
from app.sync.blob import ANSWER, DRAFT, QUESTION, pack, unpack
from app.sync.entry import Unreadable
from app.sync.exported import COLUMN, encoded
from app.sync.questions import NoAnswer, read_reply
from app.sync.report import REPORT
from app.till.archivist import Archivist
from app.till.caretaker import Caretaker
from app.till.effects import (
    Ask,
    BeginAnew,
    CheckJournal,
    CheckPin,
    Download,
    DownloadEntries,
    DropDraft,
    Effect,
    ExportWaiting,
    ForgetFormers,
    KeepDraft,
    KeepLocal,
    KeepSpare,
    LookAtDevice,
    LookAtLost,
    LookAtPrinter,
    LookAtSpare,
    LookAtStorage,
    LookForFolder,
    MendFolder,
    PrintPage,
    ProductQuestion,
    PruneJournal,
    ReadCard,
    ReadLost,
    ReadOlder,
    Record,
    ResetLocal,
    SendToPrinter,
    TellCourier,
)
from app.till.events import (
    Answered,
    CardNotRead,
    CardRead,
    CatalogueDamaged,
    DraftKept,
    Event,
    JournalRead,
    NotKept,
    NotNoted,
    NotRecorded,
    OlderRead,
    PinChecked,
    Recorded,
    StorageSeen,
    TakenOver,
    VerdictsSeen,
)
from app.till.hearing import Hearing
from app.till.library import Library
from app.till.mirror import Mirror
from app.till.ports import Appended, CardWanted, Fenced, NoRoom, NotRead, Ports
from app.till.receipts import printed
from app.till.recorder import NOT_SURE, Recorder
from app.till.rescuer import Rescuer
from app.till.state import People
from app.till.watchman import Watchman

NO_TERMINAL = "The card terminal failed. Nothing was taken. Try again, or take another payment."
NOT_KEPT = (
    "The open sale could not be written down: the browser’s storage failed. Saved sales are safe. "
    "Money that is not shown as taken was not noted. Try again."
)
NOT_ASKED = "The browser’s storage failed, so the store’s server was not asked."


@dataclass(frozen=True, slots=True)
class World:
    """What effects are done with."""

    ports: Ports
    library: Library
    mirror: Mirror
    recorder: Recorder
    hearing: Hearing
    owner: int


class Runner:
    def __init__(
        self, world: World, dispatch: Callable[[Event], None], crashed: Callable[[BaseException], None]
    ) -> None:
        self._ports = world.ports
        self._library = world.library
        self._recorder = world.recorder
        self._hearing = world.hearing
        self._owner = world.owner
        self._dispatch = dispatch
        self._caretaker = Caretaker(world.ports, world.mirror.spare, world.owner)
        self._rescuer = Rescuer(world.ports, world.mirror.spare, dispatch)
        self._crashed = crashed
        self._turn = asyncio.Lock()
        """Drafts and entries are written in the order in which they were asked for."""
        self.archivist = Archivist(world.ports, world.mirror, world.recorder, world.owner, self._turn, self.tell)
        self._watchman = Watchman(world.recorder, world.ports.channel, self._turn, self.tell)
        self._tasks: set[asyncio.Task[None]] = set()
        self.people = People()
        self._answered: set[str] = set()
        """Ids of answers that were taken; the courier removes them with its next one."""

    def run(self, effect: Effect) -> None:
        """Begin an effect; questions about products are answered at once, all else takes its time."""
        if isinstance(effect, ProductQuestion):
            self._dispatch(answer := self._library.answer(effect))
            if isinstance(answer, CatalogueDamaged):
                self._ports.channel.tell("damaged")
            return
        match effect:
            case Download(name, kind, data):
                self._ports.page.download(name, kind, data)
            case TellCourier(word):
                self._ports.channel.tell(word)
            case ReadCard():
                self.begin(self._read_card(effect))
            case _:
                self.begin(self._lasting(effect))

    async def rest(self) -> None:
        """Wait until everything that was begun is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin work beside what people do; what goes wrong in it is told in the one place for bugs."""
        task = asyncio.ensure_future(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as bug:  # noqa: BLE001 -- bugs reach the one place for them
            self._crashed(bug)

    async def _lasting(self, effect: Effect) -> None:
        match effect:
            case CheckPin():
                self._dispatch(await self._checked(effect))
            case KeepDraft():
                await self._keep_draft(effect)
            case DropDraft(draft_id):
                async with self._turn:
                    await self._ports.drafts.drop(draft_id, self._owner)
            case Record():
                await self._record(effect)
            case KeepLocal():
                await self._keep_local(effect)
            case DownloadEntries():
                await self._download_entries(effect)
            case MendFolder() | LookForFolder() | KeepSpare():
                await self.archivist.tends(effect)
            case Ask():
                await self._ask(effect)
            case SendToPrinter() | LookAtPrinter() | PrintPage():
                self._dispatch(await printed(self._ports, effect))
            case LookAtStorage():
                page = self._ports.page
                self._dispatch(StorageSeen(*await page.storage(), app_kept=await page.app_kept()))
            case LookAtDevice() | ExportWaiting() | BeginAnew() | ResetLocal():
                self._dispatch(await self._caretaker.cared(effect))
            case LookAtLost() | ReadLost() | LookAtSpare() | ForgetFormers():
                self._dispatch(await self._rescuer.done(effect))
            case ReadOlder() | CheckJournal() | PruneJournal():
                await self._watchman.goes(effect)

    async def _keep_local(self, effect: KeepLocal) -> None:
        try:
            async with self._turn:
                outcome = await self._ports.local.keep(effect.name, effect.value)
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, what was changed did change here
            self._dispatch(NotNoted(full=False))
            return
        if isinstance(outcome, NoRoom):
            self._dispatch(NotNoted(full=True))
            return
        self._ports.channel.tell("local")

    def report(self, text: str) -> None:
        """Write a bug's report down, if it can be: one of that failing would fail like it, and so on without end."""
        self.begin(self._reported(text))

    async def _reported(self, text: str) -> None:
        with suppress(Exception):
            async with self._turn:
                await self._ports.local.keep(REPORT, text)

    async def _download_entries(self, effect: DownloadEntries) -> None:
        lines = {sha256(line).hexdigest(): line for line in await self._ports.journal.read()}
        cells = [encoded(lines[digest]) for digest in effect.digests]
        made = file_of(effect.table.beside(COLUMN, cells), Form.CSV, effect.at)
        self._ports.page.download(made.name, made.kind, made.data)

    async def _ask(self, effect: Ask) -> None:
        """Put the question down for the courier, without waiting for the answer."""
        try:
            iv, sealed = await self._ports.vault.seal(QUESTION, effect.question.request().model_dump_json().encode())
            outcome = await self._ports.questions.ask(effect.id, pack(iv, sealed))
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, it was not asked
            outcome = NoRoom(NOT_ASKED)
        if isinstance(outcome, NoRoom):
            self._dispatch(Answered(self._ports.clock.now(), effect.id, NoAnswer(why=outcome.why)))
        self._ports.channel.tell("questions")

    async def look_at_answers(self) -> None:
        """Take the answers that the courier put down, each once."""
        for question_id, blob in (await self._ports.questions.answers()).items():
            if question_id not in self._answered:
                self._answered.add(question_id)
                await self._ports.questions.drop(question_id)
                sealed = unpack(blob, ANSWER)
                plain = sealed if isinstance(sealed, Unreadable) else await self._ports.vault.unseal(sealed)
                reply = read_reply(b"" if isinstance(plain, Unreadable) else plain)
                self._dispatch(Answered(self._ports.clock.now(), question_id, reply))

    async def _read_card(self, effect: ReadCard) -> None:
        at, payment_id = self._ports.clock.now(), effect.payment_id
        wanted = CardWanted(payment_id, effect.amount, at, at + timedelta(hours=effect.hours), effect.card)
        try:
            stored = await self._ports.terminal.store(wanted, effect.key)
        except Exception:  # noqa: BLE001 -- whatever the terminal's trouble is, there is no card
            stored = NotRead(NO_TERMINAL)
        if isinstance(stored, NotRead):
            self._dispatch(CardNotRead(payment_id, stored.why))
        else:
            self._dispatch(CardRead(payment_id, stored))

    async def _checked(self, effect: CheckPin) -> PinChecked:
        member = next((each for each in self.people.staff if each.id == effect.staff_id and each.active), None)
        right = False
        if member is not None:
            digest = await self._ports.vault.pin_digest(effect.pin, member.pin.salt, member.pin.rounds)
            right = compare_digest(digest, member.pin.digest)
        return PinChecked(self._ports.clock.now(), effect.staff_id, right, effect.purpose)

    async def _keep_draft(self, effect: KeepDraft) -> None:
        try:
            async with self._turn:
                iv, sealed = await self._ports.vault.seal(DRAFT, effect.draft.model_dump_json().encode())
                outcome = await self._ports.drafts.keep(effect.draft.id, pack(iv, sealed), self._owner)
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, a payment does not count
            self._dispatch(NotKept(NOT_KEPT, effect.payment_id))
            return
        match outcome:
            case Appended():
                self._dispatch(DraftKept(effect.payment_id))
            case Fenced(cleared):
                self._dispatch(TakenOver(cleared))
            case NoRoom(why):
                self._dispatch(NotKept(why, effect.payment_id))

    async def _record(self, effect: Record) -> None:
        try:
            async with self._turn:
                events = await self._recorder.record(effect)
        except Exception as bug:  # noqa: BLE001 -- the sale must not wait for an answer that never comes
            self._dispatch(NotRecorded(effect.id, NOT_SURE))
            self._crashed(bug)
            return
        self.tell(events)

    def tell(self, events: Iterable[Event]) -> None:
        """Let it be known what was read of the journal, or written to it; what was sold is gone from the stock."""
        for event in events:
            if isinstance(event, JournalRead | OlderRead):
                self._library.sell(event.kept)
                self.tell((self._hearing.seen,))
            if isinstance(event, VerdictsSeen):
                self._library.verdicts = event.verdicts
            if isinstance(event, Recorded):
                self._library.sell((event.kept,))
            self._dispatch(event)
            if isinstance(event, Recorded):  # seen first: the courier wants the same cores
                self._ports.page.painted(partial(self._ports.channel.tell, "journal"))
