"""A row was damaged, and the next sale was written upon it: both are this register's own, whatever the chain says."""

import pytest

from app.sync.folder_words import MENDED
from app.sync.status import FolderState
from tests.till.test_recording import numbers, sells
from tests.till.test_two_places import filed, in_the_body, lines, loses, path_of, sold, spoils
from tests.till.till import Till

__all__ = ["sold"]


@pytest.fixture
def sold_on(sold: Till) -> Till:
    """The last row was damaged while the folder waited for a tap, and the next sale names the damaged bytes."""
    spoils(sold, 5, *in_the_body(sold, 5))
    sold.device.folder.fault = FolderState.PROMPT
    sells(sold.starts_again().signs_in())
    sold.device.folder.fault = FolderState.OK
    return sold


def test_a_row_that_was_damaged_and_sold_upon_is_mended(sold_on: Till) -> None:
    """The sale is whole in the folder alone: not mended, it would never reach the OMS."""
    sold_on.says("FolderPicked")

    assert filed(sold_on)["/".join(path_of(sold_on, 5))] == lines(sold_on)[4]
    assert MENDED.format(seq=5) in sold_on.state.connection.folder_said


def test_no_number_comes_twice_where_a_damaged_row_was_sold_upon(sold_on: Till) -> None:
    """Both rows are lost: the second comes back although it names bytes that nobody has, else its number is free."""
    sold_on.says("FolderPicked")
    before = lines(sold_on)

    sells(loses(sold_on, 5, 6).starts_again().signs_in())

    assert before == lines(sold_on)[:6]
    assert sorted(set(numbers(sold_on))) == numbers(sold_on)


def test_a_damaged_row_is_not_mended_with_the_entry_of_a_copied_profile(sold: Till) -> None:
    """A copy has sold in that place too, and only its file is there: that sale is another one."""
    before = lines(sells(sold))[5]
    copied = sold.device.folder.files.pop(path := path_of(sold, 6))
    sells(loses(sold, 6).starts_again().signs_in(), 2)
    del sold.device.folder.files[path_of(sold, 6)]
    sold.device.folder.files[path] = copied
    damaged = spoils(sold, 6, *in_the_body(sold, 6))

    sold.starts_again()

    assert (before, damaged) == (copied, lines(sold)[5])
