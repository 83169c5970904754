"""The checker of the suite finds each kind of wrongness: one that cannot fail would be worth nothing."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from app.domain.order import Order
from app.sync.bodies import Sale
from e2e.torture.checker import Findings, check, folder_of
from tests.torture.conftest import Scene, entry, places_of

KINDS = ("lost", "doubled", "numbers_twice", "gaps", "differing")


def kinds(found: Findings) -> set[str]:
    """Which of the five counts are not zero."""
    return {kind for kind in KINDS if getattr(found, kind)}


def resealed(scene: Scene, at: int, made: Order, **header: object) -> bytes:
    """An entry with another order in it, sealed with the register's own key: only sums and places can tell."""
    clear = entry(scene.lines[at]).header.model_copy(update=header)
    return scene.browser.seal(clear, Sale(order=made).model_dump_json().encode()).line


def test_a_whole_store_has_nothing_wrong(scene: Scene) -> None:
    """A checker that cries wolf is switched off; what it looked at is counted."""
    found = check(scene.evidence)

    assert (set(), (5, 3)) == (kinds(found), (found.measures["entries"], found.measures["orders"])), found


def test_the_tally_has_the_counts_and_the_words(scene: Scene) -> None:
    """What is found reaches the last line of the run, and a person can read what it is."""
    tally = check(scene.does("DELETE FROM orders WHERE id = 'sold-2'")).tally("kills", faults=1, acknowledged=3)

    assert ((tally.lost or 0) > 0, tally.good) == (True, False)
    assert any("sold-2" in note for note in tally.notes)


COMPLAINT = """
    INSERT INTO exceptions (digest, kind, order_id, register, seq, words, opened_at)
    SELECT digest, 'oversold', '', register, seq, 'More was sold than was there.', at FROM entries WHERE seq = 2
"""


def test_an_oms_that_complains_is_heard_and_a_round_may_expect_it(scene: Scene) -> None:
    """Were any complaint taken for right, the OMS could complain of each sale, and the run would be green."""
    complained = scene.does(COMPLAINT, "UPDATE entries SET verdict = 'attention' WHERE seq = 2")

    said = "OMS: entry 2 of R1 wants attention (oversold): More was sold than was there."
    assert (said,) == check(complained).differing
    expected = check(replace(complained, attention=frozenset({"oversold"})))
    assert (set(), 1) == (kinds(expected), expected.measures["attention, oversold"]), expected


def test_what_was_resolved_by_itself_is_no_complaint(scene: Scene) -> None:
    """Entries come in any order: a gap is told until it is filled."""
    assert set() == kinds(check(scene.does(COMPLAINT, "UPDATE exceptions SET resolved_at = opened_at")))


def test_an_entry_that_wants_attention_without_a_word_is_told(scene: Scene) -> None:
    """A verdict that nobody is told the reason of helps nobody."""
    found = check(scene.does("UPDATE entries SET verdict = 'attention' WHERE seq = 2"))

    assert "wants attention, and nobody is told why" in "".join(found.differing), found


@pytest.mark.parametrize("place", ["IndexedDB", "folder"])
def test_a_sale_that_a_place_lacks_is_lost(scene: Scene, place: str) -> None:
    """It was shown as saved, and one of the two places does not have it: at the end of the journal no gap tells."""
    only_sales = replace(scene, lines=scene.lines[:3])
    found = check(only_sales.keeps(lambda lines: lines.pop(), place))

    assert any(f"{place}: sale DS01A2627-00003" in sentence for sentence in found.lost)


def test_a_sale_that_the_oms_lacks_is_lost(scene: Scene) -> None:
    """The last entry was never sent: no gap in the OMS tells."""
    found = check(scene.does("DELETE FROM entries WHERE seq = 5", "DELETE FROM returns WHERE id = 'void'"))

    assert any("OMS lacks" in sentence for sentence in found.lost)


def test_a_sale_that_was_taken_in_and_not_booked_is_lost(scene: Scene) -> None:
    """An entry in the OMS is no order yet."""
    assert "lost" in kinds(check(scene.does("DELETE FROM orders WHERE id = 'sold-1'")))


def test_money_that_was_taken_and_is_in_no_sale_is_lost(scene: Scene) -> None:
    """The first part of a split payment must survive the crash behind it."""
    found = check(replace(scene.evidence, taken={"K1-card": 10_000, "K9-card": 500}))

    assert (found.lost, {"lost"}) == (("the money K9-card (500) is in no sale",), kinds(found))


def test_one_sale_under_two_numbers_is_doubled(scene: Scene) -> None:
    """The person tried once; two sales with that mark are in the books, each right by itself."""
    found = check(replace(scene.evidence, attempted=frozenset({"Cotton"})))
    assert set() == kinds(found)
    again = scene.orders[1].model_copy(update={"id": "again", "payments": scene.orders[2].payments})
    line = resealed(scene, 1, again)

    assert any("K3 was tried once" in each for each in check(scene.keeps(lambda lines: _put(lines, 1, line))).doubled)


def test_an_entry_that_is_there_twice_is_doubled(scene: Scene) -> None:
    """The same bytes in two files: whoever adds the folder up counts them twice."""
    assert "doubled" in kinds(check(scene.keeps(lambda lines: lines.append(lines[2]), "folder")))


def test_one_order_in_two_entries_is_doubled(scene: Scene) -> None:
    """Recorded twice under different numbers."""
    line = resealed(scene, 2, scene.orders[1].model_copy(update={"number": scene.orders[2].number}))

    assert "doubled" in kinds(check(scene.keeps(lambda lines: _put(lines, 2, line))))


def test_a_number_that_two_entries_bear_is_found(scene: Scene) -> None:
    """Two documents of one number are the thing that no law forgives."""
    made = scene.orders[2].model_copy(update={"number": scene.orders[1].number})
    line = resealed(scene, 2, made, number=made.number)

    assert "numbers_twice" in kinds(check(scene.keeps(lambda lines: _put(lines, 2, line))))


def test_a_number_that_was_shown_twice_is_found(scene: Scene) -> None:
    """The first sale was gone after the crash, and its number was given to the next: the places look whole."""
    gone = replace(scene.evidence.acknowledged[2], mark="K9", total=100, paid=None)
    found = check(replace(scene.evidence, acknowledged=(*scene.evidence.acknowledged, gone)))

    assert found.numbers_twice == ("DS01A2627-00003 was shown for 2 sales",)


def test_a_missing_entry_is_a_gap(scene: Scene) -> None:
    """Sequence and number both jump."""
    found = check(scene.keeps(lambda lines: lines.pop(1)))

    assert 2 == len(found.gaps)
    assert all(re.match(r"IndexedDB, DS01-R1: (entries 2 to 2|numbers DS01A2627-2 to 2)", gap) for gap in found.gaps)


def test_a_series_that_does_not_begin_with_one_is_a_gap(scene: Scene) -> None:
    """Whoever throws away the first sale and numbers on hides it only if nobody counts from one."""
    made = scene.orders[2].model_copy(update={"number": "DS01A2627-00004"})
    line = resealed(scene, 2, made, number=made.number)

    assert "gaps" in kinds(check(scene.keeps(lambda lines: _put(lines, 2, line))))


@pytest.mark.parametrize("at", range(0, 1_000, 53))
def test_a_changed_byte_is_found(scene: Scene, at: int) -> None:
    """Wherever it is: header, seal or body."""
    line = scene.lines[1]
    changed = line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]
    folder = scene.evidence.places[1]
    kept = tuple(replace(each, line=changed) if each.line == line else each for each in folder.entries)

    found = check(replace(scene.evidence, places=(scene.evidence.places[0], replace(folder, entries=kept))))

    assert "differing" in kinds(found)


def test_another_total_under_the_right_seal_is_found(scene: Scene) -> None:
    """Who holds the key can seal anything; what was on the screen, the sums and the other places tell."""
    order = scene.orders[2]
    cheaper = order.model_copy(update={"totals": order.totals.model_copy(update={"total": order.totals.total - 100})})
    found = check(scene.keeps(lambda lines: _put(lines, 2, resealed(scene, 2, cheaper))))

    assert any("was shown" in sentence for sentence in found.differing)


def test_a_file_that_is_no_entry_is_found(scene: Scene) -> None:
    """What is left of a write that was cut off must not stay unnoticed."""
    folder = replace(scene.evidence.places[1], unreadable=("DS01-R1/journal/2026-11-21/000006-sale-x.json.crswap",))

    assert "differing" in kinds(check(replace(scene.evidence, places=(scene.evidence.places[0], folder))))


def test_what_a_kill_left_beside_a_file_is_no_entry() -> None:
    """Killed while it wrote a file, perhaps twice, a browser wrote it in the end. Alone it is an entry lost."""
    file, swaps = "R1/000001-sale-x.json", [f"R1/000001-sale-x.json{each}.crswap" for each in ("", ".1")]
    left = [(name, b"half") for name in swaps]

    assert ((), tuple(swaps)) == (folder_of([(file, b"{}"), *left]).unreadable, folder_of(left).unreadable)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders SET total = total + 1 WHERE id = 'sold-1'",
        "UPDATE orders SET number = 'DS01A2627-00009' WHERE id = 'sold-1'",
        "UPDATE payments SET amount = amount - 1 WHERE order_id = 'sold-0' AND position = 0",
        "DELETE FROM payments WHERE order_id = 'sold-0' AND position = 1",
        "UPDATE sale_payments SET amount = amount + 1 WHERE document_id = 'sold-0' AND position = 0",
        "UPDATE ledger SET amount = amount + 1 WHERE order_id = 'sold-0' AND account = 'sales'",
        "UPDATE ledger SET account = 'tender:upi' WHERE order_id = 'sold-0' AND account = 'tender:card'",
        "UPDATE ledger SET account = 'suspense' WHERE order_id = 'sold-0' AND account = 'tender:card'",
        "UPDATE refunds SET amount = amount - 1",
        "UPDATE cash_ledger SET amount = amount - 1 WHERE account = 'sales'",
        "UPDATE stock SET quantity = quantity - 1000 WHERE variant_id = 'v1'",
        "UPDATE stock SET quantity = 10000 WHERE variant_id = 'v2'",
        "UPDATE entries SET verdict = 'refused' WHERE seq = 2",
        "UPDATE entries SET id = 'other' WHERE seq = 2",
        "UPDATE entries SET line = CAST(line || ' ' AS BLOB) WHERE seq = 2",
        "INSERT INTO orders SELECT 'made-up', 'x', 'x', 'x', register, 99, at, business_day, total, offline, "
        "staff_name, customer, state, why, value, computed FROM orders WHERE id = 'sold-1'",
    ],
)
def test_books_that_differ_are_found(scene: Scene, statement: str) -> None:
    """Everything that the OMS derives from an entry is derived here a second time."""
    assert "differing" in kinds(check(scene.does(statement)))


def test_what_was_pruned_on_purpose_is_no_loss(scene: Scene) -> None:
    """Old entries leave the browser's database; the folder and the OMS still have them."""
    shorter = scene.keeps(lambda lines: [lines.pop(0), lines.pop(0)])
    pruned = replace(shorter.places[0], pruned=2)

    assert {"lost", "gaps"} == kinds(check(shorter))
    assert set() == kinds(check(replace(shorter, places=(pruned, shorter.places[1]))))


def test_a_fork_is_found(scene: Scene) -> None:
    """A copied profile sold on by itself: two entries at one place of a journal."""
    other = resealed(scene, 2, scene.orders[2])
    found = check(scene.keeps(lambda lines: _put(lines, 2, other)))

    assert sha256(other).hexdigest() != sha256(scene.lines[2]).hexdigest()
    assert any("entry 3 is not the same in" in sentence for sentence in found.differing)


def test_places_are_built_as_the_product_builds_them(scene: Scene) -> None:
    """Or the unspoilt store would prove nothing."""
    assert {"IndexedDB", "folder"} == places_of(list(scene.lines)).keys()
    assert 5 == len(scene.evidence.places[1].entries)


def _put(lines: list[bytes], at: int, line: bytes) -> None:
    lines[at] = line
