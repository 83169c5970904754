"""Customers at the till: found, written down and corrected, offline too; and what somebody has to decide."""

import pytest

from app.domain.customer import Clash, Edit, Field
from app.sync.bodies import CustomerChanged
from app.sync.protocol import CustomerChange, Verdict, VerdictKind
from app.till.directory import clashes_of, customer_of, customers, found
from app.till.state import Screen
from tests.conftest import customer
from tests.till.till import Till

OLD, OURS, THEIRS = "9876543210", "9800000000", "9700000000"


def written(till: Till) -> list[CustomerChanged]:
    return [body for body in till.bodies() if isinstance(body, CustomerChanged)]


def names(till: Till, text: str = "") -> list[str]:
    return [each.name for each in found(till.state, text)]


def oms_says(till: Till, kind: VerdictKind, revision: int = 0, *clashes: Clash) -> None:
    """Let the OMS judge the newest entry."""
    entry = till.entries()[-1]
    verdict = Verdict(digest=entry.digest, kind=kind, revision=revision, clashes=clashes, why="Look at it.")
    till.device.shelf.kept_verdicts[entry.digest] = verdict.model_dump_json()
    till.hears("verdicts")


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("text", ["meera", "IYER mee", "98765", "98765 43210", "+91 98765-43210"])
def test_a_customer_is_found_by_name_and_phone(listing: Till, text: str) -> None:
    """Customers say a name or a number, and nobody types it as it was once written down."""
    assert ["Meera Iyer"] == names(listing, text)


def test_among_ten_thousand_a_keystroke_only_searches(listing: Till) -> None:
    """Joined and sorted once, not at each letter: whoever waits for a letter makes typing errors."""
    many = [customer(f"m{n}", name=f"Buyer {n}", phone=f"{9100000000 + n}", revision=100 + n) for n in range(10_000)]
    listing.gets([CustomerChange(id=each.id, revision=each.revision, value=each) for each in many])
    listing.hears("changes")
    there = customers(listing.state)
    typed = ["buyer 7"[:letters] for letters in range(1, 8)]
    hits = [len(found(listing.says("CustomersSearched", value=text).state, text)) for text in typed]

    assert (10_000, 3_439, True) == (hits[0], hits[-1], there is customers(listing.state))


def test_enter_opens_the_only_hit(listing: Till) -> None:
    """Typing a number and Enter is all."""
    listing.says("CustomersSearched", value="98765").says("CustomersEntered", value="98765")

    assert (Screen.CUSTOMER, "c1") == (listing.state.screen, listing.state.customers.opened)


# ---------------------------------------------------------------- writing down


def test_a_new_customer_is_there_at_once_and_after_a_crash(listing: Till) -> None:
    """Offline, too: nothing but the journal is asked."""
    listing.goes_offline()
    listing.says("CustomerAdded").says("CustomerSaved", name=" Kavya  Rao ", phone="98000 00000")
    before = names(listing, "kavya")
    listing.starts_again()

    assert (["Kavya Rao"], ["Kavya Rao"]) == (before, names(listing, "9800000000"))


def test_a_correction_holds_what_was_and_what_is(listing: Till) -> None:
    """The OMS has to see what it was made on, or it could not tell who was first."""
    listing.says("CustomerOpened", customer_id="c1")
    listing.says("CustomerSaved", name="Meera Iyer", phone=OURS, address="", email="")
    (body,) = written(listing)

    assert ("c1", 40, (Edit(field=Field.PHONE, before=OLD, after=OURS),), "Asha") == (
        body.customer_id,
        body.base_revision,
        body.edits,
        body.staff_name,
    )


def test_saving_without_a_change_writes_nothing(listing: Till) -> None:
    """A journal full of nothings is read by nobody."""
    listing.says("CustomerOpened", customer_id="c1").says("CustomerSaved", name="Meera Iyer", phone=OLD)

    assert ([], "Meera Iyer is saved.") == (written(listing), getattr(listing.state.toast, "text", ""))


def test_what_is_wrong_stays_in_the_form(listing: Till) -> None:
    """Typing an address twice because a digit was missing elsewhere makes people skip it."""
    listing.says("CustomerOpened", customer_id="c1").says(
        "CustomerSaved", name="Meera Iyer", phone="123", address="14, 3rd Cross"
    )
    slice_ = listing.state.customers

    assert ("14, 3rd Cross", True, []) == (
        getattr(slice_.typed, "address", ""),
        "ten digits" in slice_.problem,
        written(listing),
    )


def test_a_full_disk_is_told_and_the_form_stays(listing: Till) -> None:
    """Nothing is called saved that is not."""
    listing.device.disk.faults.append("full")
    listing.says("CustomerOpened", customer_id="c1").says("CustomerSaved", name="Meera Iyer", phone=OURS)
    slice_ = listing.state.customers

    assert (True, "", OURS) == (bool(slice_.problem), slice_.saving, getattr(slice_.typed, "phone", ""))


def test_somebody_removed_meanwhile_is_not_written_down_again(listing: Till) -> None:
    """The page was open while the back office removed the customer."""
    listing.says("CustomerOpened", customer_id="c1")
    listing.gets([CustomerChange(id="c1", revision=50, gone=True)])
    listing.hears("changes")
    listing.says("CustomerSaved", name="Meera Iyer", phone=OURS)

    assert ([], True) == (written(listing), "removed" in listing.state.customers.problem)


# ---------------------------------------------------------------- what both sides changed


@pytest.fixture
def clashing(listing: Till) -> Till:
    """Meera's phone was changed here and in the back office, and her page is open."""
    listing.says("CustomerOpened", customer_id="c1").says("CustomerSaved", name="Meera Iyer", phone=OURS)
    oms_says(listing, VerdictKind.ATTENTION, 60, Clash(field=Field.PHONE, here=OURS, office=THEIRS))
    listing.office_says_of_meera(60, phone=THEIRS)
    return listing.says("CustomerOpened", customer_id="c1")


def open_clashes(till: Till) -> tuple[Clash, ...]:
    here = customer_of(till.state, "c1")
    assert here is not None
    return clashes_of(till.state, here)


def test_a_clash_is_shown_with_both_sides(clashing: Till) -> None:
    """Last one wins would lose somebody's work in silence."""
    assert (Clash(field=Field.PHONE, here=OURS, office=THEIRS),) == open_clashes(clashing)


@pytest.mark.parametrize(("ours", "stays"), [("true", OURS), ("false", THEIRS)])
def test_a_decision_is_a_word_on_the_newest_revision(clashing: Till, ours: str, stays: str) -> None:
    """It goes the way of every other edit, and the OMS takes it over without asking again."""
    clashing.says("ClashSettled", detail="phone", ours=ours)
    body = written(clashing)[-1]

    assert (60, (Edit(field=Field.PHONE, before=THEIRS, after=stays),), (), stays) == (
        body.base_revision,
        body.edits,
        open_clashes(clashing),
        getattr(customer_of(clashing.state, "c1"), "phone", ""),
    )
