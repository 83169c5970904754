"""Fetching what the register sells from: manifest, image in pieces, changes by cursor, pictures."""

import math

from app.catalogue.image import BadImage, Catalogue
from app.catalogue.stored import open_arrived, open_stored
from app.courier.memory import Memory, World
from app.courier.merging import merge_many, repaged, sealed
from app.courier.noting import note, note_failure
from app.courier.oms import Failure, Refused
from app.courier.probing import unanswered
from app.sync.history import Did, Outcome
from app.sync.outbox import backoff
from app.sync.protocol import IMAGE_FORMAT, ChangesPage, Dataset, ImageOffer, Manifest
from app.sync.status import Progress, Synced
from app.till.ports import NoRoom

PEOPLE = (
    *(Dataset.SETTINGS, Dataset.TENDERS, Dataset.STAFF, Dataset.CUSTOMERS, Dataset.PROMOTIONS, Dataset.EXTENSIONS),
    *(Dataset.VOUCHERS, Dataset.ACCOUNTS),
)
"""What no image holds: read from the beginning, before the changes of everything."""
SMALLEST_PAGE, LARGEST_PAGE = 10, 500
BAD_SECONDS = 3_600.0
"""An image that was damaged twice is fetched again after so long: the same bytes would come every time."""
MOST_PICTURES = 4_000
"""The budget of pictures kept on the device, a few kilobytes each."""


async def pull_manifest(world: World, memory: Memory) -> None:
    """Learn which image the OMS offers, and how large each data set is."""
    await _look_at_image(world, memory)
    manifest = world.oms.manifest(memory.token)
    if not isinstance(manifest, Manifest):
        failed(world, memory, Did.CHECKED, manifest)
        return
    if manifest.v > 1 or manifest.image.format > IMAGE_FORMAT:
        memory.bad_image, memory.bad_until = manifest.image.sha256, math.inf
        memory.why = (
            "The catalogue on the server is of a newer version than this register. "
            "What is here stays in use. Restart the register to update it."
        )
    memory.manifest, memory.manifest_at, memory.pull_failures = manifest, world.timer.seconds(), 0
    memory.synced = memory.synced.model_copy(update={"datasets": manifest.datasets})
    note(world, memory, Did.CHECKED)
    memory.arrived = len(await world.stores.pieces(manifest.image.sha256))


async def _look_at_image(world: World, memory: Memory) -> None:
    """Learn once which image is stored, how many pages follow it, and which of its pictures are not here yet."""
    if memory.image_known:
        return
    memory.image_known, memory.pages = True, len(await world.stores.changes())
    stored = await world.stores.image()
    if stored is None:
        return
    memory.image_cursor = stored.cursor
    opened = open_stored(stored, whole=True) if stored.file else open_arrived(stored.data, stored.sha256, stored.cursor)
    if isinstance(opened, BadImage):
        return  # what is stored was damaged: without its hash noted, it is fetched again
    if isinstance(opened, Catalogue):
        catalogue = opened
    else:  # packed, as it was stored by a release before
        image, catalogue = opened
        await world.stores.swap_image(image, catalogue.made_at, await world.stores.changes())
    await want_pictures(world, memory, catalogue)
    catalogue.close()
    memory.image_sha256 = stored.sha256


async def pull_piece(world: World, memory: Memory) -> None:
    """Fetch the next piece of the image and keep it, so that a broken download goes on where it stopped."""
    if memory.manifest is None:
        return
    offer = memory.manifest.image
    before = world.timer.seconds()
    piece = world.oms.piece(memory.token, offer, memory.arrived, memory.pace.size)
    if not isinstance(piece, bytes):
        memory.pace = memory.pace.after_failure()
        failed(world, memory, Did.CATALOGUE, piece)
        return
    memory.pace = memory.pace.after(len(piece), world.timer.seconds() - before)
    kept = await world.stores.keep_piece(offer.sha256, memory.arrived, piece)
    if isinstance(kept, NoRoom):
        no_room(world, memory, Did.CATALOGUE, kept)
        return
    memory.arrived += len(piece)
    memory.pull_failures = 0
    await progress(world, Progress(what="catalogue", done=memory.arrived, total=offer.bytes))


async def swap_image(world: World, memory: Memory) -> None:
    """Check the whole download and put it in place of the old image; a bad one never replaces a good one."""
    if memory.manifest is None:
        return
    offer = memory.manifest.image
    opened = open_arrived(await world.stores.pieces(offer.sha256), offer.sha256, offer.cursor)
    if isinstance(opened, BadImage):
        await world.stores.drop_pieces()
        memory.arrived, memory.why = 0, opened.why
        note(world, memory, Did.CATALOGUE, Outcome.DAMAGED)
        _do_without(memory, offer, world.timer.seconds())
        await progress(world, None)
        return
    image, catalogue = opened
    await want_pictures(world, memory, catalogue)
    pages = await repaged(world, memory, offer.cursor)
    kept = await world.stores.swap_image(image, offer.made_at, pages)
    catalogue.close()
    if isinstance(kept, NoRoom):
        no_room(world, memory, Did.CATALOGUE, kept)
        return
    memory.image_sha256, memory.image_cursor, memory.why = offer.sha256, offer.cursor, ""
    memory.catching_up, memory.pages = offer.cursor, len(pages)
    note(world, memory, Did.CATALOGUE)
    world.channel.tell("image")
    await progress(world, None)


def _do_without(memory: Memory, offer: ImageOffer, now: float) -> None:
    """Fetch it once more, then leave it for an hour where an older one is here, for which changes come meanwhile."""
    memory.image_failures = memory.image_failures + 1 if memory.bad_image == offer.sha256 else 1
    leaves_it = memory.image_failures > 1 and memory.image_sha256
    patience = BAD_SECONDS if leaves_it else backoff(memory.image_failures, offer.sha256)
    memory.bad_image, memory.bad_until = offer.sha256, now + patience
    if memory.image_sha256 and memory.synced.cursor <= offer.cursor:
        # Perhaps people were read up to this image, as it was to come next: what it holds was not read.
        cursor = min(memory.synced.cursor, memory.image_cursor)
        memory.synced = memory.synced.model_copy(update={"cursor": cursor})


async def pull_changes(world: World, memory: Memory) -> None:
    """Fetch a page of changes; people and settings first, then everything from the older of both cursors on."""
    synced, new = memory.synced, unread(memory.synced)
    people_only = not synced.complete or synced.cursor < memory.catching_up
    cursor = memory.unread_cursor if new else synced.cursor
    page = world.oms.changes(memory.token, cursor, new or (PEOPLE if people_only else ()), memory.page)
    if not isinstance(page, ChangesPage):
        memory.page = max(SMALLEST_PAGE, memory.page // 4)
        failed(world, memory, Did.READ, page)
        return
    memory.page = min(LARGEST_PAGE, memory.page * 2)
    read = _read_unread(memory, page) if new else _read_on(memory, page, people_only=people_only)
    memory.synced = synced.model_copy(update={**read, "at": world.clock.now()})
    blob = await sealed(world, page.changes) if page.changes else None
    kept = await world.stores.add_changes(blob, memory.synced.model_dump_json())
    if isinstance(kept, NoRoom):
        memory.synced = synced
        no_room(world, memory, Did.READ, kept)
        return
    memory.pull_failures = 0
    if page.changes:
        note(world, memory, Did.READ, count=len(page.changes))
        memory.pages += 1
        await merge_many(world, memory)
    world.channel.tell("changes" if page.changes else "status")


def unread(synced: Synced) -> tuple[Dataset, ...]:
    """The data sets that a register which was updated has never read: it passed over them until now."""
    return tuple(dataset for dataset in PEOPLE if dataset not in synced.whole) if synced.complete else ()


def _read_unread(memory: Memory, page: ChangesPage) -> dict[str, object]:
    """What is known stays as it is, and the register ready for an outage, while it reads what is new to it."""
    memory.unread_cursor = page.cursor if page.more else 0
    return {} if page.more else {"whole": PEOPLE}


def _read_on(memory: Memory, page: ChangesPage, *, people_only: bool) -> dict[str, object]:
    complete = memory.synced.complete or not page.more
    cursor = page.cursor
    if people_only and complete:
        # Everything else is asked for from the image on, however far beyond it a page of people reaches; people changed
        # meanwhile come a second time, harmlessly. An image that is only offered counts at a first visit alone, where
        # it comes next: a register that catches up has one, and goes by that.
        offer = memory.manifest.image if memory.manifest and not memory.synced.complete else None
        offered = offer.cursor if offer and offer.sha256 != memory.bad_image else 0
        cursor = min(page.cursor, max(memory.catching_up, offered))
    return {"cursor": cursor, "complete": complete, "whole": PEOPLE if complete else ()}


async def pull_pictures(world: World, memory: Memory) -> None:
    """Fetch pictures of the best sellers for a second, then let the next probe through."""
    until = world.timer.seconds() + 1.0
    wanted = list(memory.wanted_pictures)
    while wanted and world.timer.seconds() < until:
        picture = world.oms.picture(sha := wanted.pop(0))
        if isinstance(picture, bytes):
            memory.picture_failures = 0
            if isinstance(await world.pictures.keep(sha, picture), NoRoom):
                wanted = []
        elif not isinstance(picture, Refused):
            wanted.append(sha)
            memory.picture_failures += 1
            memory.pictures_at = world.timer.seconds() + backoff(memory.picture_failures, sha)
            unanswered(world, memory, picture)
            break
    memory.wanted_pictures = tuple(wanted)


async def want_pictures(world: World, memory: Memory, catalogue: Catalogue) -> None:
    """Note which pictures of the best sellers are not here yet."""
    kept = await world.pictures.kept()
    memory.wanted_pictures = tuple(sha for sha in catalogue.pictures(MOST_PICTURES) if sha not in kept)


async def progress(world: World, now: Progress | None) -> None:
    await world.stores.keep_status("progress", now.model_dump_json() if now else "")
    world.channel.tell("status")


def failed(world: World, memory: Memory, did: Did, failure: Failure) -> None:
    """Wait longer after each failure, and let the link and the history know."""
    note_failure(world, memory, did, failure)
    memory.pull_failures += 1
    token = memory.registered.enrolment if memory.registered else ""
    memory.pull_at = world.timer.seconds() + backoff(memory.pull_failures, token)
    unanswered(world, memory, failure)


def no_room(world: World, memory: Memory, did: Did, full: NoRoom) -> None:
    """The disk is full: what is here stays in use, and it is tried again in a while."""
    note(world, memory, did, Outcome.NO_ROOM)
    memory.why = full.why
    memory.pull_failures += 1
    memory.pull_at = world.timer.seconds() + 60.0
