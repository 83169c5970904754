"""What the OMS answers to a till that asks for what exists only online."""

from datetime import timedelta

from app.domain.delivery import Quote, Slot
from app.domain.money import Value
from app.domain.payment import LinkState, PaymentLink
from app.sync.online import LinkAsked, QuoteAsked
from app.sync.questions import Given, NoAnswer
from tests.conftest import NOW
from tests.till.till import Till

SLOTS = tuple(Slot(starts=NOW + timedelta(hours=h), ends=NOW + timedelta(hours=h + 3)) for h in (4, 8))
HOME = {"line": "3 Temple Street", "city": "Bengaluru", "pincode": "560001", "phone": "9876543210"}


def given(answer: Value) -> Given:
    return Given(body=answer.model_dump_json())


def silence() -> NoAnswer:
    return NoAnswer(why="The internet is not connected.")


def quote_for(till: Till, fee: int = 59_00, **fields: object) -> Quote:
    """What the OMS would say to the question that waits."""
    asked = QuoteAsked.model_validate_json(till.asked()[0].body)
    usual = Quote(
        id="q1", pincode=asked.pincode, zone="Bengaluru", fee=fee, tax_class="standard", hsn="9968", slots=SLOTS,
        total=asked.total, valid_until=NOW + timedelta(minutes=30),
    )  # fmt: skip
    return usual.model_copy(update=fields)


def begins_a_delivery(till: Till) -> Till:
    """Pick a kurta, name the customer, and say where it goes."""
    till.picks().says("CheckoutOpened")
    till.says("CustomerSaved", name="Meera", phone="9876543210")
    till.says("FulfilmentChosen", value="delivery")
    for part, value in HOME.items():
        till.says("AddressTyped", part=part, value=value)
    return till


def delivers(till: Till, fee: int = 59_00, **fields: object) -> Till:
    """The same, with the fee asked and answered."""
    begins_a_delivery(till).says("FeeAsked")
    till.is_answered(given(quote_for(till, fee, **fields)))
    return till


def link_for(till: Till, **fields: object) -> PaymentLink:
    """What the OMS would make of the question that waits."""
    asked = LinkAsked.model_validate_json(till.asked()[0].body)
    usual = PaymentLink(
        id="link-1", order_id=asked.order_id, tender_id=asked.tender_id, amount=asked.amount,
        url="https://shop.example/pay/abc", expires_at=NOW + timedelta(minutes=15),
    )  # fmt: skip
    return usual.model_copy(update=fields)


def asks_for_a_link(till: Till, amount: str = "") -> PaymentLink:
    """Pick a kurta, choose the payment link, and get one; it is open."""
    till.picks().says("CheckoutOpened").says("TenderChosen", tender_id="link")
    if amount:
        till.says("AmountTyped", value=amount)
    till.says("LinkWanted")
    link = link_for(till)
    till.is_answered(given(link))
    return link


def hears_of(till: Till, link: PaymentLink, status: LinkState) -> None:
    """Let the till look at its link, and hear what became of it."""
    till.time_passes(3)
    reference = "SBX1" if status is LinkState.PAID else ""
    till.is_answered(given(link.model_copy(update={"status": status, "reference": reference})))
