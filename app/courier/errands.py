"""What the courier does next: one pure function over what it knows, so that the order of importance is in one place.

A probe comes before everything that can wait, then what a cashier waits for, then the lease, so that a copy is told
before it sends; sales go out before anything comes in;
pictures are last.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.sync.status import Link


class Errand(StrEnum):
    ENROL = "enrol"
    PROBE = "probe"
    ASK = "ask"
    """What a cashier waits for."""
    LEASE = "lease"
    """A contact that shows whether this register is the only one of its name."""
    PUSH = "push"
    RECOVER = "recover"
    """The journal of a register that is lost."""
    MANIFEST = "manifest"
    PIECE = "piece"
    SWAP = "swap"
    CHANGES = "changes"
    PICTURES = "pictures"
    REST = "rest"
    """Nothing to do until the next probe is due, or somebody tells us to look."""


@dataclass(frozen=True, slots=True)
class View:
    """What decides the next errand."""

    registered: bool
    enrol_due: bool
    probe_due: bool
    asked: bool
    """The till has a question: it is asked, or it hears at once that nobody can be asked."""
    link: Link
    doubted: bool
    """The last request failed: the next probe decides, and nothing large may stand in its way."""
    manual: bool
    """Offline Mode was switched on by hand: we probe, and neither push nor pull."""
    lease_due: bool
    push_due: bool
    """Entries are to be sent now (by Auto-Sync, "Sync now" or a choice), and the back-off after a failure is over."""
    recover_due: bool
    """A lost register's journal is to be brought, and the back-off after a failure is over."""
    manifest_due: bool
    people_due: bool
    """Staff, tenders, customers and settings were not read to their end yet."""
    image_wanted: bool
    """The offered image is another than the one we have, and in a format we can read."""
    image_whole: bool
    """All its bytes have arrived."""
    changes_due: bool
    pictures_due: bool
    pull_due: bool
    """The back-off after a failed pull is over."""


def next_errand(view: View) -> Errand:
    """Return the most important thing that can be done now."""
    if not view.registered:
        return Errand.ENROL if view.enrol_due else Errand.REST
    if view.probe_due:
        return Errand.PROBE
    if view.asked and (view.link is not Link.UP or view.manual or not view.doubted):
        return Errand.ASK
    if view.link is not Link.UP or view.doubted or view.manual:
        return Errand.REST
    if view.lease_due:
        return Errand.LEASE
    if view.push_due:
        return Errand.PUSH
    if view.recover_due:
        return Errand.RECOVER
    return _pull(view) if view.pull_due else Errand.REST


def _pull(view: View) -> Errand:
    if view.manifest_due:
        return Errand.MANIFEST
    if view.people_due:
        return Errand.CHANGES
    if view.image_wanted:
        return Errand.SWAP if view.image_whole else Errand.PIECE
    if view.changes_due:
        return Errand.CHANGES
    return Errand.PICTURES if view.pictures_due else Errand.REST


@dataclass(frozen=True, slots=True)
class Pace:
    """How large the next piece of bulk work may be, fitted to how fast the last one came."""

    size: int = 256 * 1024

    SMALLEST = 32 * 1024
    LARGEST = 4 * 1024 * 1024
    TARGET_SECONDS = 1.0
    """A piece aims at a third of its time limit, so that a probe is never late."""

    def after(self, got: int, seconds: float) -> "Pace":
        """Fit the size to the throughput just seen, at most doubling."""
        fitting = int(got / max(seconds, 0.001) * self.TARGET_SECONDS)
        return Pace(max(self.SMALLEST, min(fitting, self.size * 2, self.LARGEST)))

    def after_failure(self) -> "Pace":
        return Pace(max(self.SMALLEST, self.size // 4))
