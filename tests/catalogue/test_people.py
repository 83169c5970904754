"""People and settings: the last word of the back office is what the register knows."""

from app.catalogue.changes import Known, people
from app.sync.protocol import Change, CustomerChange, SettingsChange, StaffChange, TenderChange
from tests.conftest import customer, settings, staff, tender


def test_people_are_folded_to_the_newest() -> None:
    """Who may sign in and what may be paid with: the last word of the back office, sorted as it is shown."""
    card = tender("card", name="Card", position=1)
    changes: list[Change] = [
        TenderChange(id="card", revision=1, value=card),
        TenderChange(id="cash", revision=2, value=tender(position=0)),
        StaffChange(id="s2", revision=3, value=staff("s2", name="Ravi")),
        StaffChange(id="s1", revision=4, value=staff("s1", name="Asha")),
        CustomerChange(id="c1", revision=5, value=customer("c1", name="Old")),
        CustomerChange(id="c1", revision=7, value=customer("c1", name="New")),
        SettingsChange(id="DS01", revision=6, value=settings()),
    ]

    assert Known(
        tenders=(tender(position=0), card),
        staff=(staff("s1", name="Asha"), staff("s2", name="Ravi")),
        customers=(customer("c1", name="New"),),
        settings=settings(),
        customers_revision=7,
    ) == people(changes)


def test_people_who_are_gone_are_not_known() -> None:
    """Someone who left must not sign in, even when an older page is read after the newer."""
    changes: list[Change] = [
        StaffChange(id="s1", revision=2, gone=True),
        StaffChange(id="s1", revision=1, value=staff()),
    ]

    assert Known() == people(changes)
