"""Regions are drawn again when their slice changed, and only then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.preferences import Preferences
from app.till.state import Browse, Screen, State, Toast
from app.till.ui import cart_lines
from app.till.ui.regions import REGIONS, drawing, redraw
from app.till.ui.sell import FIRST, MOST
from tests.conftest import NOW, order, product
from tests.till.ui.page import read
from tests.till.ui.stage import cart, connection, state, tiles
from tests.till.ui.stages import STAGE

MANY = tiles(*(product(f"p{number}") for number in range(MOST)))


@pytest.mark.parametrize("stage", sorted(STAGE))
def test_a_view_returns_the_very_element_of_its_region(stage: str) -> None:
    """The page morphs the element with the region's id: another id would put it beside the old one, or nowhere."""
    for name, html in redraw(None, STAGE[stage]()).items():
        assert [name] == [node.id for node in read(html).children if not isinstance(node, str)]


@pytest.mark.parametrize("stage", sorted(STAGE))
def test_nothing_is_drawn_again_when_nothing_changed(stage: str) -> None:
    """The clock ticks each second; drawing everything each time would cost every keystroke."""
    before = STAGE[stage]()

    assert {} == redraw(before, replace(before))


def _after(seconds: int, before: State) -> State:
    return replace(before, now=NOW + timedelta(seconds=seconds))


def test_a_second_that_goes_by_draws_nothing() -> None:
    """Ages are told in minutes."""
    before = state(cart=cart())

    assert {} == redraw(before, _after(1, before))


def test_a_minute_that_goes_by_draws_the_ages() -> None:
    """ "Synced 3 min ago" has to grow old."""
    before = state()

    assert {"strip"} == redraw(before, _after(60, before)).keys()


def test_a_second_of_waiting_is_counted_down() -> None:
    """Who waits after wrong PINs sees that it goes on."""
    before = STAGE["sign-in-wait"]()

    assert {"main"} == redraw(before, _after(1, before)).keys()


def test_the_cart_is_drawn_alone() -> None:
    """The most frequent change of all must not draw thirty tiles."""
    before = state()

    assert {"cart"} == redraw(before, replace(before, cart=cart())).keys()


def test_a_scan_leaves_the_products_alone() -> None:
    """Their screen was drawn twice for a line in the cart: the number of a question is nothing that is seen."""
    before = state()
    browse = replace(before.browse, asked=7, choice=None)

    assert {"cart"} == redraw(before, replace(before, browse=browse, cart=cart())).keys()


def test_a_letter_draws_the_search_box_and_its_answer_the_shelf() -> None:
    """Chips and quick buttons, which nobody touched, would cost each letter its frame."""
    before = state()
    typed = replace(before, browse=replace(before.browse, text="kur"))
    answered = replace(typed, browse=replace(typed.browse, tiles=tiles(product("kurta"))))

    assert {"search-form"} == redraw(before, typed).keys()
    assert {"shelf"} == redraw(typed, answered).keys()
    assert {"search-form", "shelf"} == redraw(before, answered).keys()


def test_the_tiles_that_a_screen_shows_are_drawn_first() -> None:
    """Thirty tiles keep whoever types waiting twice as long as the dozen that can be seen."""
    before, after = state(), state(browse=Browse(tiles=MANY))

    drawn = drawing(before, after)
    rest = drawn.later["shelf"]

    assert (FIRST, "More products match" in drawn.now["shelf"]) == (drawn.now["shelf"].count("<li"), False)
    assert rest is not None
    assert rest() == redraw(before, after)["shelf"]


def test_tiles_that_somebody_scrolled_to_stay_where_they_are() -> None:
    """A sale elsewhere draws the shelf again: cut to a dozen, the page would jump to the top."""
    before = state(browse=Browse(tiles=MANY))
    sold = replace(before.browse.tiles[20], available={})
    tiles_now = (*MANY[:20], sold, *MANY[21:])

    drawn = drawing(before, state(browse=Browse(tiles=tiles_now)))

    assert (MOST, {"shelf": None}) == (drawn.now["shelf"].count("<li"), drawn.later)


def test_a_screen_that_comes_back_is_drawn_from_its_beginning() -> None:
    """Whoever opens the shelf again waits for it as for any other."""
    before, after = STAGE["orders"](), state(browse=Browse(tiles=MANY))

    drawn = drawing(before, after)
    rest = drawn.later["shelf"]

    assert FIRST == drawn.now["main"].count('<li class="tile')
    assert rest is not None
    assert rest() in redraw(before, after)["main"]


def test_that_a_sale_is_saved_is_said_before_its_paper_is_drawn() -> None:
    """The next customer waits for the sentence and the change; the paper takes as long again."""
    before, after = STAGE["checkout"](), STAGE["saved"]()

    drawn = drawing(before, after)
    rest = drawn.later["saved-paper"]

    said = [words in drawn.now["main"] for words in ("Sale saved", "invoice-number", "invoice-total")]
    assert said == [True, True, False]
    assert rest is not None
    assert rest() in redraw(before, after)["main"]
    assert {"saved-paper": None} == drawing(after, replace(after, printed=frozenset({after.saved.id}))).later  # type: ignore[union-attr]


def test_paper_that_is_printed_at_once_is_drawn_at_once() -> None:
    """The browser prints what is on the page: it would print an empty one."""
    prints = Preferences(prints_itself=True)

    drawn = drawing(STAGE["checkout"](), replace(STAGE["saved"](), preferences=prints))

    assert ("invoice-total" in drawn.now["main"], {"saved-paper": None}) == (True, drawn.later)


def test_the_rest_is_drawn_in_the_language_of_the_beginning() -> None:
    """It is drawn behind the event, when nobody says any more which language is spoken."""
    after = state(browse=Browse(tiles=MANY), language="hi")
    rest = drawing(state(language="hi"), after).later["shelf"]

    assert rest is not None
    assert (
        rest() == redraw(state(language="hi"), after)["shelf"] != redraw(state(), replace(after, language=""))["shelf"]
    )


def test_a_letter_that_finds_nothing_says_for_what() -> None:
    """The sentence names what was typed, so it belongs to the text as much as to the answer."""
    before = state(browse=Browse(text="zz"))

    drawn = redraw(before, replace(before, browse=Browse(text="zzz")))

    assert "Nothing found for “zzz”" in drawn["shelf"]


def test_more_than_a_part_draws_the_whole_screen() -> None:
    """What is beside the parts would stay as it was, until something else happens."""
    before = state()
    browse = replace(before.browse, text="kur", notice="No product has this code.")

    assert {"main"} == redraw(before, replace(before, browse=browse)).keys()


@pytest.mark.parametrize("stage", [stage for stage in sorted(STAGE) if STAGE[stage]().screen is Screen.SELL])
def test_a_part_is_the_very_element_of_its_screen(stage: str) -> None:
    """Whoever types must come to the same screen as whoever opens it."""
    after = STAGE[stage]()
    before = replace(after, browse=Browse(category=after.browse.category, notice=after.browse.notice, text="else"))
    before = replace(before, browse=replace(before.browse, looking_up=after.browse.looking_up))
    whole, parts = redraw(None, after)["main"], redraw(before, after)

    assert {"search-form", "shelf"} >= {name for name in parts if name != "dialog"}
    assert [] == [name for name, html in parts.items() if name != "dialog" and html not in whole]


CHECKOUTS = [stage for stage in sorted(STAGE) if STAGE[stage]().screen is Screen.CHECKOUT]


@pytest.mark.parametrize("stage", CHECKOUTS)
def test_a_press_of_complete_sale_draws_the_press_alone(stage: str) -> None:
    """Everything that was filled in would be drawn between the press and the writing, and the customer waits."""
    before = STAGE[stage]()
    assert before.checkout is not None
    for checkout in (
        replace(before.checkout, saving=True, recording=order()),
        replace(before.checkout, awaiting=before.checkout.payments),
        replace(before.checkout, problem="The disk of this device is full."),
    ):
        after = replace(before, checkout=checkout)
        whole = redraw(None, after)["main"]
        drawn = {name: html for name, html in redraw(before, after).items() if name != "dialog"}

        assert {"completing"} == drawn.keys() or checkout == before.checkout
        assert [] == [name for name, html in drawn.items() if html not in whole]


def test_a_sale_that_is_written_says_so_and_holds_the_rest() -> None:
    """Styles keep hands off what was filled in by this very mark, and the page asks before it is left."""
    before = STAGE["checkout"]()
    assert before.checkout is not None
    drawn = redraw(before, replace(before, checkout=replace(before.checkout, saving=True)))["completing"]

    assert ("data-saving" in drawn, "data-unsaved" in drawn, "Saving" in drawn) == (True, True, True)


def test_a_sale_changes_no_more_of_the_header_than_its_states() -> None:
    """Navigation and names stay as they are from the first product to the saved sale, and the cart is not seen."""
    before = STAGE["checkout"]()
    shown = redraw(None, before)["header"]

    drawn = redraw(before, replace(STAGE["saved"](), sign_in=before.sign_in, connection=before.connection))

    assert "<nav" in shown
    assert {"main", "states", "strip"} >= drawn.keys()


@pytest.mark.parametrize("language", ["en", "hi"])
def test_what_is_remembered_of_a_line_never_shows_in_another_state(language: str) -> None:
    """Lines are remembered as drawn; a price's news, an extra or a language that came since has to be seen."""
    carts = [replace(STAGE[name](), language=language) for name in sorted(STAGE) if name.startswith(("sell", "extras"))]
    redraw(None, replace(carts[0], language="en"))
    remembered = [redraw(None, each)["cart"] for each in carts]
    afresh = []
    for each in carts:
        cart_lines._line.cache_clear()
        afresh.append(redraw(None, each)["cart"])

    assert afresh == remembered


def test_a_toast_is_drawn_alone() -> None:
    """A message must not touch what is being typed."""
    before = state()

    assert {"toast"} == redraw(before, replace(before, toast=Toast("Hello", NOW))).keys()


def test_an_outage_in_the_middle_of_typing_leaves_the_products_alone() -> None:
    """The banner appears, and the search box with the half-typed word is not even touched."""
    before = state()
    after = replace(before, connection=connection(before.connection.link.link.NO_SERVER))

    assert {"states", "banner"} == redraw(before, after).keys()


def test_every_region_is_drawn_at_the_start() -> None:
    """A page that was just opened, or a till that was started again, gets everything."""
    assert REGIONS.keys() == redraw(None, state()).keys()
