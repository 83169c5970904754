"""A disk that is full: nothing more can be sold, so what was sold has to get out."""

from tests.courier.test_aside import Narrow, drains, holding
from tests.fakes.register import Register

ROOMY = 10_000


def sold(count: int) -> Register:
    return holding(*(b"entry %d" % number for number in range(count)))


def test_what_waits_is_sent_from_a_full_disk() -> None:
    """The courier died of the first word that it could not write down, and all waited for somebody to clear up."""
    register = sold(250)
    register.stores.full = True
    drains(register, oms := Narrow(ROOMY))

    assert ((), 2, {}) == (register.memory.waiting, len(oms.asked), register.stores.verdicts)


def test_after_a_start_it_is_sent_once_more_and_written_down_when_there_is_room() -> None:
    """The OMS knows each of them by its bytes, and says so: none is booked twice."""
    register = sold(3)
    register.stores.full = True
    drains(register, oms := Narrow(ROOMY))
    register.stores.full = False
    drains(register.starts(), oms)

    assert ((), 2, [1, 2, 3]) == (
        register.memory.waiting,
        len(oms.asked),
        sorted(seq for seq, _ in register.stores.verdicts.values()),
    )
