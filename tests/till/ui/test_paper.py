"""The invoice as it is drawn, the QR code, and the words for times and sizes."""

from datetime import timedelta
from decimal import Decimal

import pytest
import segno

from app.domain.invoice import invoice_of
from app.domain.money import parse_money
from app.domain.payment import TenderKind
from app.till.ui.invoice import invoice
from app.till.ui.paying import Paying, read_amount
from app.till.ui.upi import qr, upi_link
from app.till.ui.words import age, plural, quantity, size
from tests.conftest import NOW, customer, line, order, payment, rate, seller, tender, terms
from tests.till.ui.page import by_id, read
from tests.till.ui.stages import stage_page

FULL = order(
    line(quantity=2, name="Linen Shirt", label="M / Indigo"),
    under=terms(rate()),
    seller=seller(legal_name="Demo Retail Private Limited", phone="08012345678"),
    customer=customer(gstin="29AAAAA0000A1ZB", address="14, 3rd Cross, Bengaluru", state_code="29"),
    payments=(
        payment(50_000, received=50_000),
        payment(49_800, id="b", tender_id="upi", kind=TenderKind.UPI, name="UPI at Store", reference="428812345678"),
    ),
)
RULE_46 = {
    "a supplier": ["Demo", "Store", "12", "MG", "Road,", "Bengaluru", "560001"],
    "a GSTIN": ["29AAAAA0000A1ZB"],
    "b number": ["DS01A2627-00001"],
    "c date": ["21-11-2026"],
    "d recipient": ["Meera Iyer", "14, 3rd Cross, Bengaluru"],
    "g HSN": ["6211"],
    "h description": ["Linen Shirt (M / Indigo)"],
    "i quantity and unit": ["2 PCS"],
    "j value": ["998.00"],
    "k taxable value": ["845.76"],
    "l rate": ["18 %"],
    "m tax": ["CGST", "SGST", "76.12"],
    "n place of supply": ["Place of supply 29 – Karnataka"],
    "p reverse charge": ["Reverse charge", "No"],
    "q signature": ["For Demo Retail Private Limited", "Authorised signatory"],
    "payment, for the reference that a B2C QR code would give": ["UPI at Store", "428812345678"],
}


@pytest.mark.parametrize("clause", sorted(RULE_46))
def test_the_invoice_has_all_that_rule_46_asks_for(clause: str) -> None:
    """An invoice that lacks one of them is no tax invoice, and the buyer loses the credit."""
    words = read(str(invoice(invoice=invoice_of(FULL)))).text

    assert [] == [word for word in RULE_46[clause] if word not in words]


def test_offline_stands_on_top() -> None:
    """S13: whoever sees the paper knows that it was made without the OMS."""
    words = read(str(invoice(invoice=invoice_of(order(offline=True))))).text

    assert words.startswith("Offline Demo Store")


def test_online_does_not_stand_there() -> None:
    """A label on every invoice would tell nothing."""
    assert "Offline" not in read(str(invoice(invoice=invoice_of(order())))).text


def test_a_reprint_says_so() -> None:
    """Two originals of one invoice could be claimed twice."""
    assert "Reprint" in read(str(invoice(invoice=invoice_of(order()), reprint=True))).text


def test_rounding_of_cash_is_a_line_of_its_own() -> None:
    """The foot has to add up on paper."""
    rounded = order(line(price=49_930), rounding=-30, payments=(payment(49_900),))

    assert "Rounding -0.30" in read(str(invoice(invoice=invoice_of(rounded)))).text


def test_the_total_carries_its_exact_value() -> None:
    """A check of the paper must not depend on how an amount is written."""
    assert "99800" == by_id(read(str(invoice(invoice=invoice_of(FULL)))), "invoice-total").attrs["data-minor"]


def test_a_upi_link_names_payee_amount_and_order() -> None:
    """NPCI's specification: without pa and pn no app opens it, without tr nobody finds the payment again."""
    link = upi_link(vpa="demo@upi", name="Demo & Sons", reference="3f0c", amount=129_700, note="Sale at Demo")

    assert "upi://pay?pa=demo@upi&pn=Demo%20%26%20Sons&tr=3f0c&am=1297.00&cu=INR&tn=Sale%20at%20Demo" == link


def test_the_qr_code_has_every_dark_module() -> None:
    """One module that is drawn wrong is a customer whose phone does not read it."""
    text = "upi://pay?pa=demo@upi&pn=Demo&am=1.00&cu=INR"
    (path,) = [node for node in read(str(qr(text=text, title="code"))).walk() if node.tag == "path"]
    dark = set()
    for run in (path.attrs["d"] or "").split("M")[1:]:
        start, length = run.split("h")[0], int(run.split("h")[1].split("v")[0])
        x, y = (int(each) for each in start.split())
        dark |= {(x + i, y) for i in range(length)}
    matrix = segno.make(text, error="m", boost_error=False).matrix

    assert {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module} == dark


@pytest.mark.parametrize(("typed", "change"), [("2500", 20_300), ("2297", 0), ("2000", 0), ("", 0), ("x", 0)])
def test_change_is_what_was_given_beyond_what_is_due(typed: str, change: int) -> None:
    """It is shown big, and the cashier gives back what stands there."""
    paying = Paying(tenders=(), chosen=tender(), due=parse_money("2297"), typed=read_amount(typed))

    assert change == paying.change


def test_only_cash_gives_change() -> None:
    """A card that is charged too much is a mistake, not change."""
    card = tender("card", TenderKind.CARD)

    assert 0 == Paying(tenders=(), chosen=card, due=100, typed=200).change


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "just now"), (59, "just now"), (180, "3 min ago"), (7_200, "2 h ago"), (259_200, "3 days ago")],
)
def test_ages_are_told_in_the_largest_unit(seconds: int, words: str) -> None:
    """ "Stock may be old" has to say how old."""
    assert words == age(NOW - timedelta(seconds=seconds), NOW)


def test_what_never_came_has_no_age() -> None:
    """An age of something that is not there would be a lie."""
    assert "not yet" == age(None, NOW)


@pytest.mark.parametrize(
    ("count", "words"), [(512, "512 bytes"), (2_048, "2.0 kB"), (9_800_000, "9.3 MB"), (3 << 30, "3.0 GB")]
)
def test_sizes_are_told_in_the_largest_unit(count: int, words: str) -> None:
    """Progress in bytes is read at a glance."""
    assert words == size(count)


@pytest.mark.parametrize(("amount", "words"), [("2", "2"), ("2.000", "2"), ("1.250", "1.25"), ("100", "100")])
def test_quantities_have_no_needless_zeros(amount: str, words: str) -> None:
    """ "2.000" would be read as two thousand."""
    assert words == quantity(Decimal(amount))


def test_one_is_not_many() -> None:
    """ "1 items" is how a machine speaks."""
    assert ["1 item", "1,000 items"] == [plural(1, "item"), plural(1_000, "item")]


def test_without_its_irn_it_may_not_be_called_an_invoice() -> None:
    """CGST Rule 48 (5): what is issued without an IRN "shall not be treated as an invoice"."""
    shown = by_id(stage_page("saved-provisional"), "invoice").text

    assert (True, False) == ("Provisional – the e-invoice follows" in shown, "Tax Invoice" in shown)


def test_with_its_irn_it_is_an_invoice_with_a_code() -> None:
    """CGST Rule 46 (r): the code with the IRN has to be on it."""
    page = stage_page("saved-e-invoice")

    shown = by_id(page, "invoice").text
    assert ("a" * 64, True, False) == (by_id(page, "irn").text, "Tax Invoice" in shown, "Provisional" in shown)
