"""Enrolling where the OMS says "later": the code that was typed is kept, and tried again by itself."""

from dataclasses import dataclass, replace

import requests

from app.courier.courier import view
from app.courier.enrolling import TOO_MANY, enrol
from app.courier.errands import Errand, next_errand
from app.courier.memory import Enrolling
from app.courier.oms import Failure, Oms, Unreachable
from app.sync.protocol import Enrolment, EnrolOffer, EnrolRequest
from app.sync.status import EnrolNeed
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
