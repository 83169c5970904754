"""What belongs to whom in a folder that several registers share."""

from e2e.torture.checker import Kept, Place
from e2e.torture.gathering import part_of

MINE = Kept(b'{"header":{"store":"DS01","register":"R2"}}', 1, "mine")
OTHERS = Kept(b'{"header":{"store":"DS01","register":"R1"}}', 1, "others")


def test_a_register_has_its_own_files_and_an_empty_one_is_nobodys() -> None:
    """A kill leaves a file empty in the part of a register that nobody goes on with: the round was over with it."""
    folder = Place("folder", (MINE, OTHERS, Kept(b"", 2, "begun")))

    assert Place("folder", (MINE,), "DS01-R2") == part_of(folder, "DS01-R2")
