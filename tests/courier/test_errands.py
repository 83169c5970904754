"""The order of importance of the courier's errands."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.courier.errands import Errand, Pace, View, next_errand
from app.sync.status import Link

NOTHING_DUE = View(
    registered=True,
    enrol_due=False,
    probe_due=False,
    asked=False,
    link=Link.UP,
    doubted=False,
    manual=False,
    lease_due=False,
    push_due=False,
    recover_due=False,
    manifest_due=False,
    people_due=False,
    image_wanted=False,
    image_whole=False,
    changes_due=False,
    pictures_due=False,
    pull_due=True,
)
VIEWS = st.builds(
    View,
    **{name: st.sampled_from(Link) if name == "link" else st.booleans() for name in View.__dataclass_fields__},
)


@given(VIEWS)
def test_sales_never_wait_for_downloads(view: View) -> None:
    """A sale that may be sent is sent before anything comes in: money outranks catalogues."""
    good = replace(
        view, registered=True, probe_due=False, link=Link.UP, doubted=False, manual=False, asked=False, push_due=True
    )
    good = replace(good, lease_due=False)

    errand = next_errand(good)

    assert errand is Errand.PUSH


@given(VIEWS)
def test_a_copy_hears_of_it_before_it_sends(view: View) -> None:
    """What two copies have sold under one number is double work for the back office: the fewer the better."""
    good = replace(view, registered=True, probe_due=False, link=Link.UP, doubted=False, manual=False, asked=False)

    assert next_errand(replace(good, lease_due=True)) is Errand.LEASE


@given(VIEWS)
def test_nothing_is_sent_or_fetched_while_offline_by_hand(view: View) -> None:
    """Offline Mode chosen by hand lasts until Turn Off: the courier only looks whether the OMS is there."""
    errand = next_errand(replace(view, registered=True, manual=True))

    assert errand in {Errand.PROBE, Errand.ASK, Errand.REST}


@given(VIEWS, st.sampled_from([link for link in Link if link is not Link.UP]))
def test_only_probes_go_out_while_the_oms_is_away(view: View, link: Link) -> None:
    """A dead line is asked small questions, not given megabytes of work."""
    errand = next_errand(replace(view, registered=True, link=link))

    assert errand in {Errand.PROBE, Errand.ASK, Errand.REST}


@given(VIEWS)
def test_a_line_in_doubt_is_only_probed(view: View) -> None:
    """Between the first failure and the verdict a large request would delay the banner by its whole limit."""
    errand = next_errand(replace(view, registered=True, doubted=True, link=Link.UP, manual=False))

    assert errand in {Errand.PROBE, Errand.ASK, Errand.REST}


@given(VIEWS)
def test_a_browser_without_a_register_only_enrols(view: View) -> None:
    """Without a token every other request would be refused."""
    errand = next_errand(replace(view, registered=False))

    assert errand in {Errand.ENROL, Errand.REST}


@given(VIEWS)
def test_a_cashier_who_waits_is_answered_before_any_bulk_work(view: View) -> None:
    """A customer stands there; thousands of orders and a new catalogue can wait four seconds."""
    asked = replace(view, registered=True, probe_due=False, asked=True, doubted=False)

    assert next_errand(asked) is Errand.ASK


@given(VIEWS, st.sampled_from([link for link in Link if link is not Link.UP]))
def test_without_a_line_a_question_is_turned_down_at_once(view: View, link: Link) -> None:
    """Waiting for a time limit is no use when it is known that nobody will answer."""
    asked = replace(view, registered=True, probe_due=False, asked=True, link=link)

    assert next_errand(asked) is Errand.ASK


def test_people_come_before_the_catalogue() -> None:
    """Staff can sign in while megabytes of catalogue still arrive."""
    view = replace(NOTHING_DUE, people_due=True, image_wanted=True)

    assert next_errand(view) is Errand.CHANGES


def test_a_whole_image_is_swapped_in_not_fetched_on() -> None:
    """The last piece has arrived: checking it comes next, not a request beyond the end."""
    view = replace(NOTHING_DUE, image_wanted=True, image_whole=True)

    assert next_errand(view) is Errand.SWAP


@given(st.lists(st.tuples(st.integers(0, 10**7), st.floats(0, 100)), max_size=30))
def test_a_piece_stays_within_its_bounds(history: list[tuple[int, float]]) -> None:
    """Whatever the line does, a piece is never nothing and never so large that a probe comes late."""
    pace = Pace()
    for got, seconds in history:
        pace = pace.after(got, seconds)

    assert Pace.SMALLEST <= pace.size <= Pace.LARGEST


def test_a_slow_line_gets_small_pieces() -> None:
    """At 50 kB a second a piece of 4 MB would break the time limit for ever."""
    pace = Pace().after(100_000, 2.0)

    assert pace.size == 50_000
