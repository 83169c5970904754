"""A browser whose answer was lost, and whose register was taken out of service since: it can still become one."""

from dataclasses import dataclass, field, replace

import pytest
import requests

from app.courier.courier import look
from app.courier.enrolling import enrol
from app.courier.oms import Failure, Refused, Unreachable
from app.courier.oms import Oms as Client
from app.sync.protocol import Enrolment, EnrolOffer, EnrolRequest
from server.oms.oms import Oms
from server.oms.registers import NotEnrolled, make_code, revoke
from server.oms.registers import enrol as enrols
from server.oms.tables import Register as Row
from tests.fakes.register import Register, at_once


@dataclass(frozen=True, slots=True)
class Line(Client):
    """A line to the real OMS on which answers may be lost."""

    to: Oms
    loses: list[bool] = field(default_factory=list)
    """Whether the next answers are, the last one first."""
    asked: list[EnrolRequest] = field(default_factory=list)

    def offer(self) -> EnrolOffer | Failure:
        return EnrolOffer(code_needed=True, public_key=self.to.keys.public_key)

    def enrol(self, request: EnrolRequest) -> Enrolment | Failure:
        self.asked.append(request)
        with self.to.database.write() as session:
            answer = enrols(session, self.to.keys, request, code_needed=True)
        if self.loses and self.loses.pop():
            return Unreachable("Timeout")
        return Refused(403, answer.why) if isinstance(answer, NotEnrolled) else answer


@pytest.fixture
def line(oms: Oms) -> Line:
    return Line("http://nowhere.invalid", requests.Session(), (), to=oms)


def types(register: Register, line: Line, code: str) -> str:
    """Type a code at the till, and return the register that the browser is then, or nothing."""
    register.stores.settings["enrol_code"] = code
    at_once(look(register.world, register.memory))
    at_once(enrol(replace(register.world, oms=line), register.memory))
    return register.memory.registered.register if register.memory.registered else ""


def code_of(oms: Oms, name: str) -> str:
    with oms.database.write() as session:
        return make_code(session, name)


@pytest.mark.parametrize("started_anew", [False, True])
def test_a_new_code_helps_where_the_first_register_is_out_of_service(
    oms: Oms, line: Line, *, started_anew: bool
) -> None:
    """Only clearing the site's data would have helped, and that takes sales along where there are some."""
    register = Register("http://nowhere.invalid")
    line.loses.append(True)
    lost = types(register, line, code_of(oms, "FRONT"))
    with oms.database.write() as session:
        revoke(session, "FRONT")
    register = register.starts() if started_anew else register

    assert ("", "FRONT-2") == (lost, types(register, line, code_of(oms, "FRONT")))


def test_a_lost_answer_makes_no_second_register(oms: Oms, line: Line) -> None:
    """What was asked first is asked first again."""
    register = Register("http://nowhere.invalid")
    line.loses.append(True)
    code = code_of(oms, "FRONT")
    names = [types(register, line, code) for _ in range(2)]
    with oms.database.read() as session:
        assert (["", "FRONT"], ["FRONT"]) == (names, [row.id for row in session.query(Row)])


def test_a_wrong_code_is_one_guess(oms: Oms, line: Line) -> None:
    """Whoever mistypes has ten tries: each of them counts once."""
    register = Register("http://nowhere.invalid")
    for code in ("1111-2222-3333", "2222-3333-4444", "3333-4444-5555"):
        types(register, line, code)

    assert 3 == len(line.asked)
    assert "FRONT" == types(register, line, code_of(oms, "FRONT"))
