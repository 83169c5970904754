"""The customers as a register knows them: the OMS's, with its own edits on them until they are in there."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.customer import Clash, Edit, Field
from app.sync.bodies import CustomerChanged
from app.sync.customers import Written, joined, open_clashes, unsettled
from app.sync.protocol import Verdict, VerdictKind
from tests.conftest import customer

OLD, OURS, THEIRS = "9876543210", "9800000000", "9700000000"
CLASH = Clash(field=Field.PHONE, here=OURS, office=THEIRS)
MEERA = customer(revision=10)


def edit(before: str = OLD, after: str = OURS, field: Field = Field.PHONE) -> Edit:
    return Edit(field=field, before=before, after=after)


def written(number: int, *edits: Edit, customer_id: str = "c1", base: int = 10) -> Written:
    return Written(f"{number:064x}", CustomerChanged(customer_id=customer_id, base_revision=base, edits=edits))


def said(number: int, revision: int = 0, *clashes: Clash) -> dict[str, Verdict]:
    kind = VerdictKind.ATTENTION if clashes else VerdictKind.ACCEPTED
    digest = f"{number:064x}"
    return {digest: Verdict(digest=digest, kind=kind, revision=revision, clashes=clashes)}


def phones(*entries: Written, verdicts: dict[str, Verdict] | None = None, revision: int = 10) -> list[str]:
    """The phone numbers that the list shows."""
    return [each.phone for each in joined((MEERA,), unsettled(entries, verdicts or {}, revision))]


def test_an_edit_is_there_at_once() -> None:
    """Offline too: the next sale is made with it."""
    assert [OURS] == phones(written(1, edit()))


def test_edits_lie_on_each_other_in_their_order() -> None:
    """The newest word holds."""
    assert [THEIRS] == phones(written(1, edit()), written(2, edit(OURS, THEIRS)))


def test_an_accepted_edit_stays_until_its_change_is_here() -> None:
    """Verdict and change come one after the other: nobody may see the old number in between."""
    assert [OURS] == phones(written(1, edit()), verdicts=said(1, revision=11), revision=10)


def test_an_edit_that_came_back_is_left_to_the_oms() -> None:
    """What the back office wrote after it must not be hidden by an old edit."""
    assert [OLD] == phones(written(1, edit()), verdicts=said(1, revision=11), revision=11)


def test_a_field_that_clashed_is_shown_as_the_back_office_has_it() -> None:
    """It holds for everybody until somebody decides."""
    assert [OLD] == phones(written(1, edit()), verdicts=said(1, 11, CLASH), revision=10)


def test_a_new_customer_joins_the_list() -> None:
    """Written down offline, found a moment later."""
    new = written(1, edit("", "Arjun", Field.NAME), customer_id="n1", base=0)

    assert ["Arjun", "Meera Iyer"] == [each.name for each in joined((MEERA,), unsettled([new], {}, 10))]


def test_somebody_who_is_gone_does_not_come_back_by_an_edit() -> None:
    """Removed in the back office is removed here."""
    assert () == joined((), [written(1, edit()).body])


def test_a_clash_waits_for_a_decision() -> None:
    """The page shows both, and what the back office has now."""
    entries = [written(1, edit())]
    now = MEERA.model_copy(update={"phone": "9600000000"})

    assert (Clash(field=Field.PHONE, here=OURS, office="9600000000"),) == open_clashes(entries, said(1, 11, CLASH), now)


def test_a_later_word_of_this_register_is_its_decision() -> None:
    """ "Use ours" and "Keep the back office's" are both words about the field."""
    entries = [written(1, edit()), written(2, edit(THEIRS, THEIRS))]

    assert () == open_clashes(entries, said(1, 11, CLASH), MEERA.model_copy(update={"phone": THEIRS}))


def test_where_both_have_come_to_the_same_nothing_is_left_to_decide() -> None:
    """The back office has taken our number over by itself."""
    assert () == open_clashes([written(1, edit())], said(1, 11, CLASH), MEERA.model_copy(update={"phone": OURS}))


@given(st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=6), st.data())
def test_the_list_never_shows_a_number_that_was_corrected(numbers: list[str], data: st.DataObject) -> None:
    """Whatever has its verdict and whatever has arrived, in order, what is shown is the newest of this register."""
    chain = [OLD, *numbers]
    entries = [written(place, edit(old, new)) for place, (old, new) in enumerate(zip(chain, numbers, strict=False))]
    judged = data.draw(st.integers(0, len(entries)))
    arrived = data.draw(st.integers(0, judged))
    verdicts: dict[str, Verdict] = {}
    for place in range(judged):
        verdicts |= said(place, revision=11 + place)
    office = MEERA.model_copy(update={"phone": chain[arrived], "revision": 10 + arrived})

    assert numbers[-1] == joined((office,), unsettled(entries, verdicts, office.revision))[0].phone
