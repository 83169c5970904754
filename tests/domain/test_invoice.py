"""The invoice holds what Rule 46 of the CGST Rules asks for, and its sums are the order's own."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.invoice import invoice_of, plain, rate_text, tax_summary, unnamed
from app.domain.order import Fulfilment
from app.domain.payment import TenderKind
from app.domain.states import STATES, state_tax, state_text
from app.domain.words import amount_in_words, in_words
from tests.conftest import customer, line, order, payment, rate, seller, terms

RATES = (rate(), rate("food", 5), rate("free", 0), rate("fizz", 40, cess=1_200))


def test_rule_46_a_the_supplier_is_named() -> None:
    """(a): name, address and GSTIN of the supplier."""
    shown = invoice_of(order()).seller

    assert ("Demo Store", "12 MG Road, Bengaluru 560001", "29AAAAA0000A1ZB") == (shown.name, shown.address, shown.gstin)


def test_rule_46_b_and_c_number_and_date_stand_there() -> None:
    """(b) the consecutive number, (c) the date of issue: the day in India."""
    shown = invoice_of(order())

    assert ("DS01A2627-00001", date(2026, 11, 21)) == (shown.number, shown.day)


def test_rule_46_d_a_registered_buyer_is_named_with_gstin() -> None:
    """(d): without it the buyer loses the input tax credit."""
    buyer = customer(gstin="29BBBBB0000B1Z5", address="1 Church Street")
    shown = invoice_of(order(customer=buyer))

    assert (buyer, "29BBBBB0000B1Z5") == (shown.buyer, shown.buyer.gstin if shown.buyer else "")


def test_rule_46_e_a_large_sale_asks_for_name_address_and_state() -> None:
    """(e): from 50,000 rupees on the buyer has to be named, with the State."""
    assert ((), ("name", "address", "State"), ("address", "State")) == (
        unnamed(49_999_99, None, 50_000_00),
        unnamed(50_000_00, None, 50_000_00),
        unnamed(50_000_00, customer(), 50_000_00),
    )


def test_rule_46_d_a_registered_buyer_needs_an_address_in_any_sale() -> None:
    """(d): the State is told by the GSTIN, name and address are not."""
    assert ("address",) == unnamed(100, customer(gstin="29BBBBB0000B1Z5"), 50_000_00)


def test_rule_46_e_the_state_is_written_with_name_and_code() -> None:
    """(e): "name of the State and its code"."""
    assert "27 – Maharashtra" == invoice_of(order(customer=customer(state_code="27"))).buyer_state


def test_rule_46_g_to_i_each_line_has_hsn_description_quantity_and_unit() -> None:
    """(g) HSN, (h) description, (i) quantity and unit quantity code."""
    (item,) = invoice_of(order(line(quantity="0.250", unit="KGS", label="M / Blue"))).items

    assert (1, "6211", "Cotton Kurta (M / Blue)", "0.25", "KGS") == (
        item.position,
        item.hsn,
        item.description,
        item.quantity,
        item.unit,
    )


def test_rule_46_j_to_m_value_rate_and_each_tax_stand_there() -> None:
    """(j) total, (k) taxable value, (l) rate, (m) central and State tax, each on its own."""
    shown = invoice_of(order(line(price=11_800)))
    (row,) = shown.taxes

    assert (10_000, 1_800, 900, 900, 0, 0) == (row.value, row.rate, row.cgst, row.sgst, row.igst, row.cess)
    assert 11_800 == shown.totals.total


def test_rule_46_m_integrated_tax_and_cess_stand_there() -> None:
    """(m): between States the whole is IGST; some goods bear cess."""
    fizz = order(line(price=15_200, tax_class="fizz"), under=terms(*RATES, inter_state=True))
    (row,) = invoice_of(fizz).taxes

    assert (10_000, 0, 0, 4_000, 1_200) == (row.value, row.cgst, row.sgst, row.igst, row.cess)


def test_rule_46_m_a_union_territory_calls_its_half_utgst() -> None:
    """(m): naming the wrong tax makes the invoice wrong in Chandigarh, Ladakh and the islands."""
    assert ("UTGST", "SGST", "SGST") == (state_tax("04"), state_tax("07"), state_tax("34"))


def test_rule_46_n_the_place_of_supply_is_named() -> None:
    """(n): with the State's name, because it decides between the taxes."""
    assert "29 – Karnataka" == invoice_of(order()).place_of_supply


def test_rule_46_o_the_address_of_delivery_stands_there_where_goods_are_sent() -> None:
    """(o): only where it differs from the counter."""
    buyer = customer(address="1 Church Street")
    sent = invoice_of(order(customer=buyer, fulfilment=Fulfilment.DELIVERY))

    assert ("1 Church Street", "") == (sent.delivery_address, invoice_of(order(customer=buyer)).delivery_address)


def test_rule_46_p_reverse_charge_is_answered() -> None:
    """(p): yes or no, never nothing."""
    assert ("No", "Yes") == (invoice_of(order()).reverse_charge, invoice_of(order(reverse_charge=True)).reverse_charge)


def test_rule_46_q_the_signatory_is_the_legal_person() -> None:
    """(q): a shop's brand does not sign, the firm behind it does."""
    shown = invoice_of(order(seller=seller(legal_name="Demo Retail Pvt Ltd")))

    assert "Demo Retail Pvt Ltd" == shown.signatory


def test_the_payment_is_cross_referenced() -> None:
    """Circular 156/12/2021: an invoice that names the UPI transaction needs no dynamic QR."""
    upi = payment(49_900, kind=TenderKind.UPI, name="UPI at Store", reference="632145987012")
    (paid,) = invoice_of(order(payments=(upi,))).payments

    assert ("UPI at Store", 49_900, "632145987012", timedelta(hours=5, minutes=30)) == (
        paid.name,
        paid.amount,
        paid.reference,
        paid.at.utcoffset(),
    )


def test_an_offline_invoice_says_so() -> None:
    """S13: the label comes from the order, so that a reprint online still bears it."""
    assert invoice_of(order(offline=True)).offline


@pytest.mark.parametrize(
    ("classes", "gstin", "buyer_gstin", "title"),
    [
        (("standard",), "29AAAAA0000A1ZB", "", "Tax Invoice"),
        (("free",), "29AAAAA0000A1ZB", "", "Bill of Supply"),
        (("standard", "free"), "29AAAAA0000A1ZB", "", "Invoice-cum-Bill of Supply"),
        (("standard", "free"), "29AAAAA0000A1ZB", "29BBBBB0000B1Z5", "Tax Invoice"),
        (("standard",), "", "", "Invoice"),
    ],
)
def test_the_title_is_the_one_the_law_gives(classes: tuple[str, ...], gstin: str, buyer_gstin: str, title: str) -> None:
    """S.31 and Rule 46A: exempt goods go on a bill of supply, and only a registered seller issues a tax invoice."""
    lines = [line(f"v{i}", tax_class=tax_class) for i, tax_class in enumerate(classes)]
    sold = order(*lines, under=terms(*RATES), seller=seller(gstin=gstin), customer=customer(gstin=buyer_gstin))

    assert title == invoice_of(sold).title


@given(st.lists(st.tuples(st.sampled_from(["standard", "food", "free", "fizz"]), st.integers(1, 10**7)), min_size=1))
def test_the_tax_summary_adds_up_to_the_totals(wanted: list[tuple[str, int]]) -> None:
    """GSTR-1 is filed from these rows: a paisa that got lost is a notice from the tax office."""
    sold = order(*(line(f"v{i}", price=price, tax_class=tax) for i, (tax, price) in enumerate(wanted)),
                 under=terms(*RATES))  # fmt: skip
    rows, totals = tax_summary(sold.lines), sold.totals

    assert (totals.value, totals.cgst + totals.sgst + totals.igst + totals.cess) == (
        sum(row.value for row in rows),
        sum(row.tax for row in rows),
    )


def test_one_code_at_two_rates_is_two_rows() -> None:
    """The summary is by HSN and rate: the same code changes its rate with the price of a garment."""
    sold = order(line("v1"), line("v2", tax_class="food"), line("v3"), under=terms(*RATES))

    assert [500, 1_800] == [row.rate for row in tax_summary(sold.lines)]


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (0, "Rupees Zero Only"),
        (50, "Rupees Zero and Fifty Paise Only"),
        (12_345_678, "Rupees One Lakh Twenty-Three Thousand Four Hundred Fifty-Six and Seventy-Eight Paise Only"),
        (1_00_00_000_00, "Rupees One Crore Only"),
        (-100, "Minus Rupees One Only"),
    ],
)
def test_an_amount_is_written_in_indian_words(minor: int, words: str) -> None:
    """What a customer compares with the figures, in lakh and crore."""
    assert words == amount_in_words(minor)


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_different_amounts_have_different_words(one: int, other: int) -> None:
    """Words that fit two amounts would defend neither."""
    assert (one == other) == (in_words(one) == in_words(other))


def test_every_state_has_a_code_of_two_digits() -> None:
    """The code is the beginning of every GSTIN; a typing mistake here is a wrong tax."""
    assert [] == [code for code in STATES if not re.fullmatch(r"\d{2}", code)]


def test_an_unknown_state_is_not_made_up() -> None:
    """A code we do not know is shown as it is: the invoice stays true."""
    assert "98" == state_text("98")


@pytest.mark.parametrize(("given", "text"), [("2.000", "2"), ("0.250", "0.25"), ("100", "100")])
def test_a_quantity_is_written_without_needless_zeros(given: str, text: str) -> None:
    """Nobody reads 2.000 kurtas."""
    assert text == plain(Decimal(given))


def test_a_rate_is_written_as_people_say_it() -> None:
    """2.5 % is a real rate: half of five."""
    assert ("18\N{NO-BREAK SPACE}%", "2.5\N{NO-BREAK SPACE}%") == (rate_text(1_800), rate_text(250))
