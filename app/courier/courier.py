"""The courier: looks at what is due, does one errand, and looks again; rests until a probe or somebody calls."""

import asyncio
from collections.abc import Awaitable, Callable

from app.courier.again import offer_again, offer_mended
from app.courier.asking import ask
from app.courier.dropping import drop_old
from app.courier.enrolling import enrol
from app.courier.errands import Errand, View, next_errand
from app.courier.leasing import lease_due, recall, renew
from app.courier.memory import Enrolling, Epoch, Memory, World
from app.courier.noting import NEVER, clear, keep_history
from app.courier.probing import probe, say
from app.courier.pulling import (
    pull_changes,
    pull_manifest,
    pull_pictures,
    pull_piece,
    swap_image,
    unread,
)
from app.courier.pushing import push
from app.courier.recovering import recover
from app.courier.wishes import wished
from app.sync.again import read_again
from app.sync.checkpoint import ANCHOR
from app.sync.chosen import read_chosen
from app.sync.history import History
from app.sync.link import LinkState
from app.sync.records import read_record
from app.sync.recovering import RECOVERY, Recovery
from app.sync.report import REPORT, report_of
from app.sync.status import RESET, Link, LinkStatus, Registered, Synced

MANIFEST_SECONDS = 900.0
"""How often everything is checked: which image is offered, and how large each data set is (T1)."""
FAR_BEHIND = 1_500
"""So many changes at once are an import: the OMS makes a new image of it, and one image is quicker than all of them."""
FAR_BEHIND_SECONDS = 5.0
LONGEST_REST = 5.0
LOOK_SECONDS = 5.0
"""Wishes to look at once are followed at this distance."""
CHECK_SECONDS = 60.0
"""A full check that is younger is not made again for such a wish."""

DO: dict[Errand, Callable[[World, Memory], Awaitable[None]]] = {
    Errand.ENROL: enrol,
    Errand.PROBE: probe,
    Errand.ASK: ask,
    Errand.LEASE: renew,
    Errand.PUSH: push,
    Errand.RECOVER: recover,
    Errand.MANIFEST: pull_manifest,
    Errand.PIECE: pull_piece,
    Errand.SWAP: swap_image,
    Errand.CHANGES: pull_changes,
    Errand.PICTURES: pull_pictures,
}


async def remember(world: World) -> Memory:
    """Read everything back that earlier runs wrote down."""
    memory = Memory()
    status = await world.stores.status()
    memory.registered = read_record(Registered, status.get("registered"))
    memory.enrolling = read_record(Enrolling, status.get("enrolling"))
    memory.synced = read_record(Synced, status.get("synced")) or Synced()
    memory.said = read_record(LinkStatus, status.get("link")) or LinkStatus()
    _believe(memory)
    epoch = read_record(Epoch, status.get("epoch"))
    memory.epoch = epoch.epoch if epoch else ""
    memory.again = read_again(status.get("again", ""))
    memory.recovery = read_record(Recovery, status.get(RECOVERY))
    memory.cleared = status.get(RESET, "")
    memory.history = memory.history_kept = read_record(History, status.get("history")) or History()
    key_id = memory.registered.key_id if memory.registered else None
    if key_id is not None and not await world.keys.open(key_id):
        memory.why = (
            "The key of this register is gone from the browser. Sales already in the folder are safe. "
            "Ask the back office to enrol this browser again."
        )
    await world.stores.keep_status("sending", "")
    await recall(world, memory)
    await look(world, memory)
    return memory


def _believe(memory: Memory) -> None:
    """What an earlier run said of the link: that it is up has to be said anew, an outage goes on until it is over."""
    if memory.said.link is Link.UP:
        memory.said = memory.said.model_copy(update={"link": Link.UNKNOWN})
    memory.link = LinkState(link=memory.said.link)  # a revoked page that is loaded again gets no right to sell back


async def look(world: World, memory: Memory) -> None:
    """Read what the till wants and what waits to be sent."""
    local = await world.stores.local()
    await clear(world, memory, local.get(RESET, ""))
    memory.manual = local.get("manual") == "on"
    memory.auto_sync = local.get("auto_sync", "on") == "on"
    code = local.get("enrol_code", "")
    memory.enrol_code = "" if code == memory.refused_code else code
    memory.questions = tuple(await world.stores.questions())
    await drop_old(world, memory, local.get(ANCHOR, ""))
    await offer_again(world, memory, local.get("again", ""))
    await offer_mended(world)
    await wished(world, memory, local.get(RECOVERY, ""))
    chosen = read_chosen(local.get("chosen", ""))
    if chosen != memory.chosen:
        memory.chosen, memory.push_at = chosen, 0.0
    memory.waiting = await world.stores.waiting()
    memory.push_asked = memory.push_asked and bool(memory.waiting)  # "Sync now" is done: what comes later was not meant


def view(world: World, memory: Memory) -> View:
    now = world.timer.seconds()
    manifest = memory.manifest
    offered = manifest.image if manifest else None
    push_due = bool(memory.due) and now >= memory.push_at
    return View(
        registered=memory.registered is not None,
        enrol_due=now >= memory.enrol_at,
        probe_due=now >= memory.probe_at,
        asked=bool(memory.questions),
        link=memory.link.link,
        doubted=memory.link.failures > 0,
        manual=memory.manual,
        lease_due=lease_due(memory, now, push_due=push_due),
        push_due=push_due,
        recover_due=_wants_recovery(memory) and now >= memory.recover_at,
        manifest_due=manifest is None or now >= memory.manifest_at + _patience(memory),
        people_due=not memory.synced.complete,
        image_wanted=offered is not None and _wants_image(memory, offered.sha256, now),
        image_whole=offered is not None and memory.arrived >= offered.bytes,
        changes_due=memory.synced.cursor < memory.revision or bool(unread(memory.synced)),
        pictures_due=bool(memory.wanted_pictures) and now >= memory.pictures_at,
        pull_due=now >= memory.pull_at,
    )


def _wants_image(memory: Memory, sha256: str, now: float) -> bool:
    return sha256 != memory.image_sha256 and (sha256 != memory.bad_image or now >= memory.bad_until)


def _wants_recovery(memory: Memory) -> bool:
    return memory.wish is not None and memory.recovery is not None and not memory.recovery.stopped


def _patience(memory: Memory) -> float:
    """Return how long the last manifest is good."""
    far = memory.revision - max(memory.synced.cursor, memory.image_cursor) > FAR_BEHIND
    return FAR_BEHIND_SECONDS if far else MANIFEST_SECONDS


async def step(world: World, memory: Memory) -> Errand:
    """Do the most important errand; return which it was."""
    errand = next_errand(view(world, memory))
    if errand is not Errand.REST:
        await DO[errand](world, memory)
    if errand is Errand.ENROL:
        await say(world, memory)
    await keep_history(world, memory)
    return errand


def rest_seconds(world: World, memory: Memory) -> float:
    """Return how long nothing can become due by itself."""
    now = world.timer.seconds()
    due = [memory.probe_at if memory.registered else memory.enrol_at]
    if memory.due and memory.push_at > now:
        due.append(memory.push_at)
    if _wants_recovery(memory) and memory.recover_at > now:
        due.append(memory.recover_at)
    if memory.pull_at > now:
        due.append(memory.pull_at)
    if memory.wanted_pictures and memory.pictures_at > now:
        due.append(memory.pictures_at)
    return max(0.0, min(min(due) - now, LONGEST_REST))


async def run(world: World, words: "asyncio.Queue[str]") -> None:
    """Work for ever; `words` are what the channel says."""
    try:
        memory = await remember(world)
        while True:
            errand = await step(world, memory)
            seconds = rest_seconds(world, memory) if errand is Errand.REST else 0.0
            for word in await _heard(words, seconds):
                await hear(world, memory, word)
    except Exception as bug:
        # The page starts a dead worker again; what it died of is for whoever mends it.
        await world.stores.keep_status(REPORT, report_of(bug))
        raise


async def hear(world: World, memory: Memory, word: str) -> None:
    """Act on a word from the channel."""
    match word:
        case "sync":
            memory.push_asked, memory.push_at, memory.probe_at = True, 0.0, 0.0
        case "online" | "offline":
            memory.network, memory.probe_at = word == "online", 0.0
        case "journal":
            memory.push_at = memory.push_at if memory.push_failures else 0.0
        case "local":
            memory.probe_at = 0.0
            memory.enrol_at = 0.0
        case "look":
            _look_soon(world, memory)
            world.channel.tell("status")  # a till that has just started believes no older word of the link
        case "damaged":
            _look_again(memory)
    await look(world, memory)


def _look_soon(world: World, memory: Memory) -> None:
    """Somebody opened the sales page, searched or scrolled (T1): ask at once what is new, but not at every key."""
    now = world.timer.seconds()
    if now < memory.looked_at + LOOK_SECONDS:
        return
    memory.looked_at, memory.probe_at = now, 0.0
    if now >= memory.manifest_at + CHECK_SECONDS:
        memory.manifest_at = NEVER


def _look_again(memory: Memory) -> None:
    """The till met damage in the image: look at all of it, and fetch it again where that is so."""
    if memory.image_sha256 and memory.image_sha256 != memory.looked_again:
        memory.looked_again, memory.image_sha256, memory.image_known = memory.image_sha256, "", False
        memory.manifest_at = NEVER


async def _heard(words: "asyncio.Queue[str]", seconds: float) -> list[str]:
    """Wait for a word, but not longer; take everything that was said meanwhile."""
    said: list[str] = []
    try:
        said.append(await asyncio.wait_for(words.get(), seconds) if seconds else await _now(words))
    except TimeoutError:
        return said
    while not words.empty():
        said.append(words.get_nowait())
    return said


async def _now(words: "asyncio.Queue[str]") -> str:
    """Let the browser deliver what is waiting, between two errands."""
    await asyncio.sleep(0)
    if words.empty():
        raise TimeoutError
    return words.get_nowait()
