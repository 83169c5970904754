"""Runs in a worker of a real browser: what a test may ask of it by name; the answer is JSON."""

import asyncio
import json
import traceback
from collections.abc import Callable, Coroutine
from typing import Any

import js

from app.browser.store import record
from app.domain.customer import Clash, Field
from app.sync.entry import Sealed
from app.sync.protocol import Verdict, VerdictKind
from app.sync.said import closed
from app.sync.settled import JUDGED, Judged
from app.till.ports import Folder
from e2e.harness.device import Device, empty_profile
from tests.contracts import courier_ports, till_ports
from tests.contracts.journal_port import entry

Answer = Callable[..., Coroutine[Any, Any, Any]]
CHECKS: dict[str, Answer] = {check.__name__: check for check in till_ports.CONTRACT}
CHECKS |= {check.__name__: check for check in courier_ports.CONTRACT}


async def keeps(check: str) -> None:
    """Run one check of a contract on an empty profile."""
    await empty_profile()
    await CHECKS[check](Device())


async def appends(count: int) -> list[str]:
    """Append entries one after the other; return their digests as soon as the last one is durable."""
    await empty_profile()
    journal = Device().ports.journal
    owner = await journal.take_over()
    return [await _appended(journal, owner, seq) for seq in range(1, count + 1)]


async def _appended(journal: Any, owner: int, seq: int) -> str:
    outcome = await journal.append((entry(seq, f"o{seq}"),), owner, None)
    assert type(outcome).__name__ == "Appended", outcome
    return entry(seq, f"o{seq}").digest


async def journal() -> list[str]:
    """Return the lines of the journal as text."""
    return [line.decode() for line in await Device().ports.journal.read()]


async def seals() -> list[str]:
    """Make a key and seal a body with it; return what has to be known to open it."""
    device = Device()
    key = await device.make_key()
    await device.ports.vault.open(key)
    return [key, *await device.ports.vault.seal(b"header", b"body")]


async def unseals(key: str, iv: str, sealed: str) -> str:
    """Open a body with a key that an earlier start of the browser made."""
    vault = Device().ports.vault
    assert await vault.open(key)
    return repr(await vault.unseal(Sealed(iv, sealed, b"header")))


async def key_can_be_exported(key: str) -> bool:
    """Say whether the key would leave the browser if somebody asked."""
    return bool((await Device().database.get("keys", key)).key.extractable)


async def writes_when_full(size: int) -> list[str]:
    """Write as the till does and as the courier does, of some size, on a disk without room; say what came of it."""
    device = Device()
    ports, stores = device.ports, device.stores
    for seq in (7, 8):
        await device.sells(seq)
    kept = await ports.drafts.keep("d1", bytes(size), await ports.journal.take_over())
    noted = await ports.local.keep("preferences", "x" * size)
    await stores.keep_status("history", "x" * size)
    await stores.keep_verdicts([("d", 7, "x" * size)])
    exchanged = await stores.exchange_status("lease", "", "x" * size)
    there = len(await ports.drafts.read()), [*await stores.status()], len(await ports.shelf.judged())
    return [type(kept).__name__, type(noted).__name__, str(exchanged), *map(str, there), str(await stores.waiting())]


async def sums_up_what_another_wrote(epoch: str) -> list[str]:
    """Start a courier on verdicts that none has summed up under this epoch; return what it wrote down of them."""
    await empty_profile()
    device = Device()
    await device.make_key()
    clash = Clash(field=Field.PHONE, here="1", office="2")
    said = [Verdict(digest=f"{seq}" * 64, seq=seq, kind=VerdictKind.ACCEPTED) for seq in (1, 2, 3)]
    said[1] = said[1].model_copy(update={"kind": VerdictKind.ATTENTION, "clashes": (clash,)})
    for each in said:
        text = await closed(device.keys, each)
        await device.database.put("verdicts", record(digest=each.digest, seq=each.seq, json=text))
    if epoch:
        await device.stores.keep_status(JUDGED, Judged(epoch=epoch, booked_to=9).model_dump_json())
    await device.stores.waiting()
    return [(await device.stores.status())[JUDGED]]


async def keeps_what_had_no_room(size: int) -> list[str]:
    """Keep a verdict on a disk without room, forget one, and keep another when there is room; say what is there."""
    device = Device()
    stores = device.stores
    await stores.forget_verdicts(["d"])
    await stores.keep_verdicts([("e", 8, "{}")])
    await stores.keep_verdicts([("f", 9, "x" * size)])
    await stores.forget_verdicts(["e"])
    before = [*await device.ports.shelf.judged()]
    await stores.keep_verdicts([("f", 9, "{}")])
    return [str(before), str(sorted(await device.ports.shelf.judged())), (await stores.status())[JUDGED]]


async def loses_its_folder() -> list[str]:
    """Write a file, lose the folder, and write again."""
    await empty_profile()
    device = Device()
    await device.choose_folder()
    folder: Folder = device.ports.folder
    before = await folder.write(("a", "b.json"), b"line")
    await device.lose_folder()
    after = await folder.write(("a", "c.json"), b"line")
    return [type(before).__name__, type(after).__name__, (await folder.state())[0].value]


async def room() -> tuple[bool, int | None, int | None]:
    """Say what the browser promises about our data."""
    return await Device().ports.page.storage()


async def hangs() -> None:
    """Never answer."""
    await asyncio.Future()


ASKED: dict[str, Answer] = {
    function.__name__: function
    for function in (
        keeps, appends, journal, seals, unseals, key_can_be_exported, writes_when_full, keeps_what_had_no_room,
        sums_up_what_another_wrote, loses_its_folder, room, hangs,
    )
}  # fmt: skip


async def told(name: str, arguments: str) -> str:
    """Do what is asked; an exception is told as its traceback."""
    try:
        return json.dumps({"answer": await ASKED[name](*json.loads(arguments))})
    except Exception:  # noqa: BLE001 -- whatever it is, the test shall show it
        js.console.error(traceback.format_exc())
        return json.dumps({"failed": traceback.format_exc()})
