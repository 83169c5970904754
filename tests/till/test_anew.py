"""A browser whose register sells no more becomes another register, and nothing of the one before is lost."""

from dataclasses import replace

import pytest

from app.domain.payment import Payment, TenderKind
from app.sync.cards import CardMemory, Standing, read_memory
from app.sync.protocol import VerdictKind
from app.sync.status import EPOCH, Link, LinkStatus
from app.till.flow.local import CARDS
from app.till.flow.processing import remembered_asking
from app.till.state import Screen, State
from app.till.upkeep import WHY_NOT_ANEW
from tests.conftest import NOW
from tests.till.test_upkeep import looking, paid_and_left
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn

__all__ = ["looking"]


STANDING = Standing(order_id="o1", digest="d1", amount=49_950, stored_at=NOW)
PAID = Payment(id="p1", tender_id="t", kind=TenderKind.CARD, name="Card", amount=49_950, received=49_950, at=NOW)


def with_cards(state: State) -> State:
    """A card was stored with a sale here, and the processor has not been asked about it."""
    return replace(state, cards=replace(state.cards, memory=CardMemory(orders=(STANDING,))))


def is_copied(till: Till, link: Link = Link.UP) -> Till:
    """The courier has heard that this is a copy."""
    till.device.shelf.records["link"] = LinkStatus(link=link, copied=True).model_dump_json()
    till.hears("status")
    return till


@pytest.fixture
def copy(looking: Till) -> Till:
    """Asha is looking at Status of a copy; a sale of before was sent."""
    return is_copied(looking)


def text(till: Till) -> str:
    return by_id(drawn(till.state), "main").text


def test_a_copy_begins_no_sale(selling: Till) -> None:
    """Its number would be another sale's."""
    is_copied(selling).picks().says("CheckoutOpened")

    assert (Screen.SELL, True) == (selling.state.screen, "a copy of a register" in selling.state.browse.notice)


def test_a_sale_with_money_in_it_is_finished(selling: Till) -> None:
    """The customer has paid a part: what was begun ends in the journal, and is booked with a mark."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    selling.says("AmountTyped", value="100").says("PaymentTaken")

    is_copied(selling).says("TenderChosen", tender_id="cash").says("SaleCompleted")

    assert 1 == len(selling.entries())


def test_a_copy_that_comes_back_from_an_outage_writes_nothing(selling: Till) -> None:
    """The end of its session would wait for ever: nobody sends what a copy writes, so it could not be set up anew."""
    selling.goes_offline()
    before = len(selling.entries())

    is_copied(selling).time_passes(2)

    assert (1, 1) == (before, len(selling.entries()))


def test_a_copy_says_so_at_its_next_start_without_a_network(copy: Till) -> None:
    """Pulling the plug gives it no right to sell."""
    copy.online_at_start = False

    copy.starts_again().signs_in()

    assert "went on elsewhere" in by_id(drawn(copy.state), "banner").text


def test_it_becomes_another_register_and_leaves_everything_behind(copy: Till) -> None:
    """The journal of before stays as evidence; language, printer and waits after wrong PINs are the device's own."""
    disk = copy.device.disk
    disk.local |= {"language": "hi", "manual": "on", "again": "{}", "pin_waits": "{}"}
    before = dict(disk.journal)

    copy.says("AnewAsked")

    assert (before, disk) == (disk.journal, copy.device.disk)
    assert disk.after is not None
    assert ({}, {"language", "pin_waits"}) == (disk.after.journal, set(disk.after.local))
    assert "data-reload" in str([node.attrs for node in drawn(copy.state).walk()])


def is_restored(till: Till) -> None:
    """The OMS went back to a backup: what it said is put aside."""
    till.device.shelf.records[EPOCH] = "another"
    till.device.shelf.kept_verdicts.clear()
    till.hears("verdicts")


def test_what_waits_is_sent_or_given_out_first(copy: Till) -> None:
    """The new register cannot send what the old one has."""
    copy.says("ScreenOpened", screen="sell")
    is_restored(copy)
    copy.says("ScreenOpened", screen="status").says("AnewAsked")
    refused = copy.state.trouble, WHY_NOT_ANEW["waits"] in text(copy), copy.device.disk.after
    copy.says("WaitingExported").says("AnewAsked")

    assert ((WHY_NOT_ANEW["waits"], True, None), True) == (refused, copy.device.disk.after is not None)


@pytest.mark.parametrize("kind", [VerdictKind.REFUSED, VerdictKind.CONFLICT])
def test_what_was_turned_down_is_given_out_first(copy: Till, kind: VerdictKind) -> None:
    """A sale that a proxy finds too large is nowhere but here, and the new register cannot send it again."""
    is_restored(copy)
    copy.is_judged(kind)
    copy.says("AnewAsked")
    refused = copy.state.trouble, copy.device.disk.after
    copy.says("WaitingExported")
    [(_, (_, data))] = copy.device.page.files.items()
    copy.says("AnewAsked")

    assert (WHY_NOT_ANEW["waits"], None) == refused
    assert ([entry.line for entry in copy.entries()], True) == (data.splitlines(), copy.device.disk.after is not None)


def test_money_in_an_open_sale_refuses_it(looking: Till) -> None:
    """It is noted nowhere else."""
    paid_and_left(looking)
    is_copied(looking.signs_in()).says("ScreenOpened", screen="status").says("AnewAsked")

    assert (WHY_NOT_ANEW["money"], None) == (looking.state.trouble, looking.device.disk.after)


def test_without_the_server_it_waits(looking: Till) -> None:
    """Nobody could enrol, and the browser would be of no use at all."""
    is_copied(looking, Link.NO_SERVER).says("AnewAsked")

    assert (WHY_NOT_ANEW["offline"], None) == (looking.state.trouble, looking.device.disk.after)


def test_a_register_in_service_is_never_set_up_anew(looking: Till) -> None:
    """A slip of the finger must not end a series."""
    looking.says("AnewAsked")

    assert (None, False) == (looking.device.disk.after, "Set up anew" in text(looking))


def test_a_revoked_register_may_become_another(looking: Till) -> None:
    """It was told to be enrolled again; before this, only clearing the browser's data could do that."""
    looking.device.shelf.records["link"] = LinkStatus(link=Link.REVOKED).model_dump_json()
    looking.hears("status")
    looking.says("AnewAsked")

    assert looking.device.disk.after is not None


@pytest.mark.parametrize("fault", ["full", "breaks before"])
def test_a_storage_that_fails_changes_nothing(copy: Till, fault: str) -> None:
    """It is said, and can be tried again."""
    copy.device.disk.faults = [fault]
    copy.says("AnewAsked")
    failed = copy.device.disk.after, copy.state.upkeep.beginning, bool(copy.state.trouble)

    copy.says("AnewAsked")

    assert ((None, False, True), True) == (failed, copy.device.disk.after is not None)


def test_a_tab_that_was_taken_over_sets_nothing_up(copy: Till) -> None:
    """The tab that sells now would be left behind."""
    copy.device.disk.owner += 1

    copy.says("AnewAsked")

    assert (Screen.STOPPED, None) == (copy.state.screen, copy.device.disk.after)


def test_cards_of_the_old_register_are_not_the_new_ones_risk(copy: Till) -> None:
    """No verdict would ever come for them there: they would wait for ever, and soon no card could be stored."""
    copy.device.disk.local["language"] = "hi"
    copy.takes(remembered_asking(with_cards(copy.state), PAID))
    copy.says("AnewAsked")

    assert copy.device.disk.after is not None
    assert CardMemory(asked=(PAID,)) == read_memory(copy.device.disk.after.local[CARDS])
    assert (STANDING,) == read_memory(copy.device.disk.local[CARDS]).orders


def test_money_to_give_back_comes_along_though_it_could_not_be_noted(copy: Till) -> None:
    """A disk that was full in that moment has nothing of it; the register knows."""
    copy.device.disk.faults = ["full"]
    copy.takes(remembered_asking(copy.state, PAID))
    copy.says("AnewAsked")

    assert copy.device.disk.after is not None
    assert CardMemory(asked=(PAID,)) == read_memory(copy.device.disk.after.local[CARDS])
