"""The lease over a network that loses, doubles, delays and reorders: one register is never taken for two, two always.

Each byte of a walk is a thing that happens; what the walk leaves out, the network or the person did not do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync.lease import (
    MOST_MOVES,
    Lease,
    LeaseRequest,
    Overtaken,
    Stored,
    asked,
    judged,
    moved,
    overtaken,
    proposed,
    read_lease,
)

WALKS = st.binary(min_size=20, max_size=120)


@dataclass
class Profile:
    """What outlives a crash: the record in the browser's database."""

    lease: Lease = field(default_factory=lambda: Lease(enrolment="e"))
    forked: bool = False
    completed: bool = False
    """A contact that began after the fork came to its end."""

    def exchange(self, before: Lease, after: Lease) -> bool:
        """Write, where nobody else has written meanwhile."""
        if self.lease != before:
            return False
        self.lease = after
        return True


@dataclass
class Courier:
    """A worker over a profile: of the tab that sells, or of one that was taken over and has not ended yet."""

    profile: Profile
    seen: Lease | None = None
    sent: LeaseRequest | None = None
    fresh: bool = False
    since_fork: bool = False

    def looks(self) -> None:
        if self.sent is None and not self.profile.lease.copied:
            self.seen = self.profile.lease

    def sends(self, wish: str) -> LeaseRequest | None:
        """Write the wish down, then ask; what was asked for before comes first."""
        if self.seen is None or self.sent is not None:
            return None
        self.fresh, self.since_fork = not self.seen.next, self.profile.forked
        if self.fresh:
            wished = proposed(self.seen, wish)
            if not self.profile.exchange(self.seen, wished):
                self.seen = None
                return None
            self.seen = wished
        self.sent = asked(self.seen)
        return self.sent

    def hears(self, request: LeaseRequest, *, copied: bool) -> None:
        """Take the answer to what it waits for; any other comes too late."""
        if self.sent is not request or self.seen is None:
            return
        if copied:
            self.profile.exchange(self.seen, overtaken(self.seen))
        elif self.profile.exchange(self.seen, moved(self.seen)) and self.fresh and self.since_fork:
            self.profile.completed = True
        self.gives_up()

    def gives_up(self) -> None:
        self.seen = self.sent = None


@dataclass
class World:
    """Profiles with two couriers each, a network that forgets nothing, and an OMS that may go back to a backup."""

    profiles: list[Profile]
    couriers: list[Courier]
    stored: Stored | None = None
    backups: list[Stored | None] = field(default_factory=lambda: [None])
    requests: list[LeaseRequest] = field(default_factory=list)
    replies: list[tuple[LeaseRequest, bool]] = field(default_factory=list)
    wishes: int = 0

    @classmethod
    def begins(cls) -> "World":
        first = Profile()
        return cls([first], [Courier(first), Courier(first)])

    def courier(self, which: int) -> Courier:
        return self.couriers[which % len(self.couriers)]

    def sends(self, which: int) -> None:
        self.wishes += 1
        request = self.courier(which).sends(f"lease-{self.wishes}")
        if request is not None:
            self.requests.append(request)

    def arrives(self, which: int) -> None:
        """A request comes to the OMS, the newest or any older one, for the first time or once more."""
        if self.requests:
            request = self.requests[-1 - which % len(self.requests)]
            outcome = judged(self.stored, request)
            if isinstance(outcome, Stored):
                self.stored = outcome
            self.backups.append(self.stored)
            self.replies.append((request, isinstance(outcome, Overtaken)))

    def is_answered(self, which: int) -> None:
        if self.replies:
            request, copied = self.replies[-1 - which % len(self.replies)]
            for courier in self.couriers:
                courier.hears(request, copied=copied)

    def crashes(self, which: int) -> None:
        profile = self.courier(which).profile
        for courier in self.couriers:
            if courier.profile is profile:
                courier.gives_up()

    def restores(self, which: int) -> None:
        self.stored = self.backups[which % len(self.backups)]

    def forks(self) -> None:
        """Copy the profile as it lies there; who works on the original goes on."""
        if len(self.profiles) == 1:
            copy = Profile(self.profiles[0].lease, forked=True)
            self.profiles[0].forked = True
            self.profiles.append(copy)
            self.couriers += [Courier(copy), Courier(copy)]

    def walks(self, walk: bytes, *more: Callable[[int], None]) -> None:
        happenings: list[Callable[[int], None]] = [
            lambda which: self.courier(which).looks(),
            self.sends,
            self.arrives,
            lambda _: self.arrives(0),
            self.is_answered,
            lambda _: self.is_answered(0),
            lambda which: self.courier(which).gives_up(),
            self.crashes,
            *more,
        ]
        for step in walk:
            happenings[step % len(happenings)](step // len(happenings))
            assert sum(profile.completed for profile in self.profiles) < 2, "nobody noticed that there are two"

    def makes_contact(self, profile: Profile) -> None:
        """A whole contact on a good line, as the courier makes one: what was asked for before, then a new wish."""
        courier = Courier(profile)
        self.couriers.append(courier)
        for _ in range(2):
            courier.looks()
            self.sends(len(self.couriers) - 1)
            self.arrives(0)
            self.is_answered(0)


@given(WALKS)
@settings(max_examples=150)
def test_one_register_is_never_called_a_copy(walk: bytes) -> None:
    """A false alarm takes a till out of service in front of a customer: no network and no crash may raise one."""
    world = World.begins()

    world.walks(walk, world.restores)
    world.makes_contact(world.profiles[0])

    assert (False, "") == (world.profiles[0].lease.copied, world.profiles[0].lease.next)


@given(WALKS)
@settings(max_examples=150)
def test_the_second_of_two_copies_is_told_when_it_makes_contact(walk: bytes) -> None:
    """Both would give the same numbers: only the first of them to be heard of goes on."""
    world = World.begins()
    world.walks(walk[: len(walk) // 3])
    world.forks()
    world.walks(walk[len(walk) // 3 :])

    world.makes_contact(world.profiles[0])
    world.makes_contact(world.profiles[1])
    world.makes_contact(world.profiles[0])

    assert [False, True] == sorted(profile.lease.copied for profile in world.profiles)


def test_a_profile_from_a_backup_is_told_at_its_first_contact() -> None:
    """It knows nothing of the sales since, and would give their numbers again."""
    world = World.begins()
    before = Profile(world.profiles[0].lease)
    for _ in range(3):
        world.makes_contact(world.profiles[0])

    world.makes_contact(before)

    assert before.lease.copied


def test_an_oms_that_went_back_believes_the_register_that_is_ahead() -> None:
    """After a restore all registers would be called copies otherwise, also where a database's own tools restored it."""
    stored = Stored(count=5, current="five", previous="four")

    outcome = judged(stored, LeaseRequest(count=9, previous="nine", next="ten"))

    assert Stored(count=10, current="ten", previous="nine") == outcome


def test_after_a_restore_as_many_moves_are_not_the_same_moves() -> None:
    """Of two copies that have moved equally often since the OMS went back, one is told."""
    stored = Stored(count=5, current="other five", previous="four")

    assert Overtaken() == judged(stored, LeaseRequest(count=5, previous="five", next="six"))


def test_the_lease_of_another_enrolment_is_none() -> None:
    """A browser that was enrolled anew begins anew."""
    old = Lease(enrolment="old", count=7, held="seven", copied=True).model_dump_json()

    assert Lease(enrolment="new") == read_lease(old, "new")


def test_a_record_that_cannot_be_read_raises_no_alarm() -> None:
    """Asked for from the beginning it would look like a copy."""
    assert read_lease("{", "e") is None


def test_moves_are_never_too_many_to_count() -> None:
    """A contact a minute for ten thousand years."""
    assert MOST_MOVES > 10_000 * 366 * 24 * 60
