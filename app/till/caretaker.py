"""Does what looking after the register asks of the device: what runs here, a file of what waits, and a reset."""

from hashlib import sha256

from app.sync.report import REPORT
from app.sync.said import KeptVerdict, turned_down
from app.till.effects import BeginAnew, ExportWaiting, LookAtDevice, ResetLocal
from app.till.events import AnewBegun, DeviceSeen, Event, ResetWritten, TakenOver, WaitingGiven
from app.till.formers import forgotten
from app.till.ports import Fenced, NoRoom, Ports
from app.till.slices.upkeep import Device
from app.till.spare import Spare

JSON_LINES = "application/x-ndjson"
NOT_BEGUN = "The browser’s storage failed. Nothing was set up, and every sale is safe. Try again."
NOT_RESET = "The browser’s storage failed. Nothing was cleared, and every sale is safe. Try again."


class Caretaker:
    def __init__(self, ports: Ports, spare: Spare, owner: int) -> None:
        self._ports = ports
        self._spare = spare
        self._owner = owner

    async def cared(self, effect: LookAtDevice | ExportWaiting | BeginAnew | ResetLocal) -> Event:
        """Do what is asked; the answer says what came of it."""
        match effect:
            case LookAtDevice():
                return await self.looked()
            case ExportWaiting(name):
                return await self.gave_out(name)
            case BeginAnew():
                return await self.began_anew(effect)
            case ResetLocal():
                return await self.reset(effect)

    async def looked(self) -> DeviceSeen:
        """Say what runs here, and what each worker's last bug was."""
        runtime, browser = self._ports.page.about()
        local, status = await self._ports.local.read(), await self._ports.shelf.status()
        return DeviceSeen(Device(runtime, browser, local.get(REPORT, ""), status.get(REPORT, "")))

    async def gave_out(self, name: str) -> WaitingGiven:
        """Give out the exact bytes of every line that the OMS has not taken in, also of one that cannot be read."""
        shelf = self._ports.shelf
        down = {KeptVerdict.model_validate_json(text).digest for text in await shelf.verdicts() if turned_down(text)}
        settled = await shelf.judged() - down
        lines = {sha256(line).hexdigest(): line for line in await self._ports.journal.read()}
        waiting = {digest: line for digest, line in lines.items() if digest not in settled}
        self._ports.page.download(name, JSON_LINES, b"".join(line + b"\n" for line in waiting.values()))
        return WaitingGiven(frozenset(waiting))

    async def began_anew(self, effect: BeginAnew) -> Event:
        """What lies here stays as it is; a new register begins beside it."""
        try:
            kept = {name: text for name, text in (await self._ports.local.read()).items() if name in effect.names}
            outcome = await self._ports.local.begin_anew({**kept, **effect.texts}, self._owner)
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, this register goes on being one
            return AnewBegun(NOT_BEGUN)
        match outcome:
            case Fenced(cleared):
                return TakenOver(cleared)
            case NoRoom(why):
                return AnewBegun(why)
            case _:
                await forgotten(self._spare, (effect.enrolment,))
                return AnewBegun()

    async def reset(self, effect: ResetLocal) -> Event:
        """Drafts go and the wish is kept, both or neither; then the courier is told to look."""
        try:
            outcome = await self._ports.local.reset(effect.id, effect.drafts, self._owner)
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, nothing was changed
            return ResetWritten(effect.id, NOT_RESET)
        match outcome:
            case Fenced(cleared):
                return TakenOver(cleared)
            case NoRoom(why):
                return ResetWritten(effect.id, why)
            case _:
                self._ports.channel.tell("local")
                return ResetWritten(effect.id)
