"""Enrolling where the OMS says "later", and where what it offered first was damaged or is its own no more."""

from base64 import b64encode
from dataclasses import dataclass, field, replace

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.courier.courier import view
from app.courier.enrolling import TOO_MANY, enrol
from app.courier.errands import Errand, next_errand
from app.courier.memory import Enrolling
from app.courier.oms import Failure, Oms, Refused, Unreachable
from app.sync.protocol import Enrolment, EnrolOffer, EnrolRequest, Series
from app.sync.status import EnrolNeed
from server.oms.secrets import NotOpened, Secrets, load_or_make
from tests.fakes.register import Register, at_once


@dataclass(frozen=True, slots=True)
class Busy(Oms):
    """An OMS to which too many codes were sent."""

    def offer(self) -> EnrolOffer | Failure:
        return EnrolOffer(code_needed=True, public_key="")

    def enrol(self, request: EnrolRequest) -> Enrolment | Failure:
        return Unreachable("Too many codes were tried", TOO_MANY)


def test_too_many_codes_means_later_and_not_no() -> None:
    """A right code that comes after somebody else's guesses must not be thrown away: it stays valid, and is enough."""
    register = Register("http://nowhere.invalid")
    register.memory.enrol_code = "1111-2222-3333"
    register.memory.enrolling = Enrolling(enrolment="e", key_id="k", wrapped="w")
    oms = Busy(base="http://nowhere.invalid", session=requests.Session(), no_answer=())
    at_once(enrol(replace(register.world, oms=oms), register.memory))
    register.timer.at += 10
    memory = register.memory

    assert ("1111-2222-3333", EnrolNeed.SERVER) == (memory.enrol_code, memory.enrol_need)
    assert "tried again by itself" in memory.why
    assert Errand.ENROL is next_errand(view(register.world, memory))


@dataclass(frozen=True, slots=True)
class Offering(Oms):
    """An OMS that takes whoever wrapped a key for it; what it offers may be something else."""

    secrets: Secrets
    offered: str
    asked: list[EnrolRequest] = field(default_factory=list)

    def offer(self) -> EnrolOffer | Failure:
        return EnrolOffer(code_needed=False, public_key=self.offered)

    def enrol(self, request: EnrolRequest) -> Enrolment | Failure:
        self.asked.append(request)
        if isinstance(self.secrets.unwrap(request.wrapped_key), NotOpened):
            return Refused(403, "The key was not wrapped for this OMS.")
        series = Series(invoice="DS01A", credit_note="DS01A0", training="DS010A")
        return Enrolment(store="DS01", register="R1", token="R1.t", series=series, public_key=self.secrets.public_key)


@pytest.fixture(scope="module")
def another() -> str:
    """The public key of another OMS."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return load_or_make(tmp_path_factory.mktemp("keys") / "secrets.json")


@pytest.fixture
def oms(keys: Secrets) -> Offering:
    return Offering("http://nowhere.invalid", requests.Session(), (), keys, offered=keys.public_key)


def tries(register: Register, oms: Offering, offered: str) -> None:
    """One errand, in which the OMS, or the line to it, offers this."""
    at_once(enrol(replace(register.world, oms=replace(oms, offered=offered)), register.memory))


def test_a_key_for_another_oms_is_made_anew(keys: Secrets, oms: Offering, another: str) -> None:
    """The OMS was set up anew while a browser enrolled: what was written down then is refused for ever."""
    register = Register("http://nowhere.invalid")
    tries(register, oms, another)
    refused = register.memory.why
    tries(register, oms, keys.public_key)

    assert ("not wrapped for this OMS" in refused, EnrolNeed.NOTHING) == (True, register.memory.enrol_need)


def test_what_was_asked_before_is_asked_again_first(keys: Secrets, oms: Offering, another: str) -> None:
    """It may have been done, and the answer lost: a new one, made because one offer came damaged, would be a second
    register."""
    register = Register("http://nowhere.invalid")
    tries(register, oms, keys.public_key)
    first = register.memory.registered
    register.memory.registered = None
    tries(register, oms, another)

    assert (first, 2) == (register.memory.registered, len(oms.asked))


@pytest.mark.parametrize("cut", [0, 40, 41])
def test_an_offer_that_is_no_key_is_asked_for_again(keys: Secrets, oms: Offering, cut: int) -> None:
    """A line that changed a letter makes no bug of ours, and no enrolment."""
    register = Register("http://nowhere.invalid")
    tries(register, oms, keys.public_key[:cut])
    before = (register.memory.enrol_need, len(oms.asked))
    tries(register, oms, keys.public_key)

    assert ((EnrolNeed.SERVER, 0), EnrolNeed.NOTHING) == (before, register.memory.enrol_need)


@pytest.mark.parametrize("asked_before", [False, True], ids=["before it is asked", "when the answer comes"])
def test_a_register_that_cannot_be_written_down_is_none(keys: Secrets, oms: Offering, asked_before: bool) -> None:
    """It would be another one after the next start, and what this one had recorded would have no owner."""
    register = Register("http://nowhere.invalid")
    if asked_before:
        tries(register, oms, keys.public_key)
        register.memory.registered = None
        register.stores.records.pop("registered")
    register.stores.full = True
    tries(register, oms, keys.public_key)
    told = (register.memory.registered, register.memory.enrol_need, "full" in register.memory.why)
    register.stores.full = False
    tries(register, oms, keys.public_key)

    assert (None, EnrolNeed.SERVER, True) == told
    assert (EnrolNeed.NOTHING, 1) == (register.memory.enrol_need, len({each.enrolment for each in oms.asked}))
    assert "registered" in register.stores.records
