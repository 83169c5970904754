"""What people read when the room of this device comes to its end."""

import htpy as h

from app.sync.room import Room, fitting, room
from app.till.slices.connection import Connection
from app.till.ui.language import t
from app.till.ui.parts import note
from app.till.ui.words import size

TONES = {Room.LITTLE: "amber", Room.LEAST: "red"}
ADVICE = {
    Room.LITTLE: "Saved sales are safe. Delete files that nobody needs from this device, and empty its bin.",
    Room.LEAST: "Saved sales are safe. Delete files on this device now: without room nothing is sold.",
}


def room_note(connection: Connection) -> h.Element | None:
    """How much is left, what is safe, and what to do; nothing while there is enough."""
    free, left = connection.free_bytes, room(connection.free_bytes)
    if free is None or left is Room.ENOUGH:
        return None
    fits = f"{fitting(free):,}"
    said = t("{size} are free for Store OS: room for about {count} more sales.", size=size(free), count=fits)
    return note(f"{said} {t(ADVICE[left])}", tone=TONES[left], name="hard-drive")
