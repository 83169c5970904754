"""Any screen in any mode."""

from collections.abc import Mapping
from dataclasses import replace

from app.sync.journal import Head
from app.sync.mode import Mode
from app.sync.protocol import Verdict, VerdictKind
from app.sync.status import FolderState, Link, Progress, Synced
from app.till.state import Connection, State
from tests.conftest import settings
from tests.till.ui.stage import connection, digest_of

MODES: Mapping[Mode, Connection] = {
    Mode.ONLINE: connection(),
    Mode.CHECKING: connection(Link.UNKNOWN),
    Mode.OFFLINE_AUTO: connection(Link.NO_SERVER),
    Mode.OFFLINE_BY_HAND: connection(manual=True),
    Mode.PREPARING: connection(
        Link.UP, synced=Synced(), progress=Progress(what="image", done=4_300_000, total=9_800_000)
    ),
    Mode.NOT_READY: connection(Link.NO_NETWORK, synced=Synced(), folder=FolderState.NONE),
    Mode.REVOKED: connection(Link.REVOKED),
    Mode.COPIED: connection(copied=True),
}
"""How the connection is in each mode; the modes that settings decide are reached by `in_mode`."""


def in_mode(shown: State, wanted: Mode) -> State:
    """The same screen in a mode."""
    people = shown.people
    given = people.settings or settings()
    if wanted is Mode.ANNOUNCED:
        changed = given.model_copy(update={"auto_detect": False})
        return replace(shown, connection=connection(Link.NO_SERVER), people=replace(people, settings=changed))
    if wanted is Mode.NOT_ALLOWED:
        changed = given.model_copy(update={"offline_mode": False})
        return replace(shown, connection=connection(Link.NO_SERVER), people=replace(people, settings=changed))
    if wanted is Mode.TORN:
        head = shown.journal.head or Head.start("DS01", "R1", "k1")
        judged = Verdict(digest=digest_of(99), seq=head.seq + 1, kind=VerdictKind.ACCEPTED)
        torn = replace(shown.journal, head=head, verdicts={judged.digest: judged}, opened_to=judged.seq)
        return replace(shown, journal=torn)
    if wanted is Mode.PREPARING:
        return replace(shown, connection=MODES[wanted], catalogue=None)
    return replace(shown, connection=MODES[wanted])
