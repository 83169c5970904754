"""How the sale is paid: the tenders, the amount, the reference, and the QR code of a UPI request."""

from dataclasses import dataclass, field

import htpy as h

from app.domain.money import AmountError, format_money, parse_money
from app.domain.payment import ON_BALANCE, Tender, TenderKind
from app.domain.reference import described
from app.domain.returning import Exchange
from app.till.events.page import AmountTyped, ReferenceTyped, TenderChosen
from app.till.state import Checkout
from app.till.ui.cards import AtTerminal, terminal_form
from app.till.ui.language import t
from app.till.ui.links import link_button, open_link
from app.till.ui.parts import change, icon, note, radio, typing
from app.till.ui.upi import qr, upi_link

TENDER_ICONS = {
    TenderKind.CASH: "banknote",
    TenderKind.CARD: "credit-card",
    TenderKind.UPI: "qr-code",
    TenderKind.WALLET: "wallet",
    TenderKind.VOUCHER: "ticket",
    TenderKind.ACCOUNT: "book-user",
    TenderKind.ONLINE: "globe",
}
REFERENCE_HINTS = {
    TenderKind.CARD: "From the terminal’s slip",
    TenderKind.UPI: "UTR, or its last six digits",
    TenderKind.VOUCHER: "Type or scan the voucher’s code",
}


@dataclass(frozen=True, slots=True)
class Paying:
    """What is asked for now; amounts in minor units."""

    tenders: tuple[tuple[Tender, str], ...]
    """Each with the reason why it may not be taken, or nothing."""
    chosen: Tender | None
    due: int
    typed: int
    upi_vpa: str = ""
    upi_name: str = ""
    asking: bool = False
    """A payment link is being made."""
    unreachable: str = ""
    """Why a payment link cannot be looked at now."""
    told: str = ""
    """What is left of the voucher or the house account, as a sentence."""
    terminal: AtTerminal = field(default_factory=AtTerminal)
    exchange: Exchange | None = None
    worth: int = 0
    """Of what comes back in the exchange."""
    back: int = 0
    """What goes back to the customer of it."""

    @property
    def online(self) -> bool:
        return self.chosen is not None and self.chosen.kind is TenderKind.ONLINE

    @property
    def by_terminal(self) -> bool:
        return self.chosen is not None and self.chosen.terminal

    @property
    def waits(self) -> bool:
        """A card is under way: nothing else can be done until that has ended."""
        return self.terminal.attempt is not None and self.terminal.attempt.busy

    @property
    def change(self) -> int:
        """What goes back: only cash is ever given back."""
        cash = self.chosen is not None and self.chosen.kind is TenderKind.CASH
        return max(self.typed - self.due, 0) if cash else 0


def read_amount(text: str) -> int:
    """What was typed, in minor units; zero while it is no amount."""
    try:
        return parse_money(text)
    except AmountError:
        return 0


def payment_form(*, slice_: Checkout, paying: Paying) -> h.Element:
    """Choose a tender, then say how much and under which reference."""
    return h.div(".card.stack")[
        h.fieldset(".stack.tight")[
            h.legend[t("Payment")],
            h.div(".options.three")[[_tender(slice_, tender, why) for tender, why in paying.tenders]],
        ]
        if paying.tenders
        else note(
            t("No payment modes are here yet. They come with the next sync."), tone="amber", name="triangle-alert"
        ),
        open_link(link=slice_.link, why=paying.unreachable) if slice_.link else None,
        _details(slice_, paying) if paying.chosen and not (slice_.link and paying.online) else None,
    ]


def _tender(slice_: Checkout, tender: Tender, why: str) -> h.Element:
    return radio(
        id_=f"tender-{tender.id}",
        name="tender",
        value=tender.id,
        checked=tender.id == slice_.tender_id,
        sends=change(TenderChosen, tender_id=tender.id),
        label=h.span(".tender")[icon("tag" if tender.custom else TENDER_ICONS[tender.kind]), tender.name],
        why=why,
    )


def _details(slice_: Checkout, paying: Paying) -> h.Element:
    chosen = paying.chosen
    hinted = chosen is not None and chosen.kind in REFERENCE_HINTS and not chosen.terminal
    asks_reference = chosen is not None and (chosen.asks_reference or chosen.rule.asks or hinted)
    shows_qr = chosen is not None and chosen.kind is TenderKind.UPI and paying.upi_vpa and paying.due > 0
    # The code of a voucher comes first: it decides how much there is to take.
    balance = chosen is not None and chosen.kind in ON_BALANCE
    return h.div(".paying", data_qr=bool(shows_qr))[
        h.div(".stack")[
            _reference(slice_, chosen) if balance and asks_reference and chosen else None,
            note(paying.told, id_="balance") if paying.told else None,
            _amount(slice_),
            _reference(slice_, chosen) if not balance and asks_reference and chosen else None,
            link_button(asking=paying.asking) if paying.online and paying.due > 0 else None,
            terminal_form(paying.terminal) if paying.by_terminal else None,
        ],
        _upi(slice_, paying) if shows_qr else None,
    ]


def _amount(slice_: Checkout) -> h.Element:
    return h.div(".field")[
        h.label(for_="amount-received")[t("Amount received")],
        h.input(
            "#amount-received.input.money.num",
            typing(AmountTyped),
            name="value",
            type="text",
            inputmode="decimal",
            value=slice_.amount,
            autocomplete="off",
            aria_describedby="checkout-problem",
        ),
    ]


def _reference(slice_: Checkout, tender: Tender) -> h.Element:
    voucher = tender.kind is TenderKind.VOUCHER
    hint = described(tender.rule) if tender.rule.bounded and not voucher else REFERENCE_HINTS.get(tender.kind, "")
    label = t("Voucher code") if voucher else t(tender.rule.name)
    return h.div(".field")[
        h.label(for_="reference")[label],
        h.input(
            "#reference.input",
            typing(ReferenceTyped),
            name="value",
            type="text",
            value=slice_.reference,
            autocomplete="off",
            spellcheck="false",
            maxlength="64",
            aria_describedby="reference-hint" if hint else None,
        ),
        h.p("#reference-hint.hint")[t(hint)] if hint else None,
    ]


def _upi(slice_: Checkout, paying: Paying) -> h.Element:
    amount = min(paying.typed, paying.due) if paying.typed else paying.due
    link = upi_link(
        vpa=paying.upi_vpa,
        name=paying.upi_name,
        reference=slice_.order_id.replace("-", "")[:35],
        amount=amount,
        note=f"Sale at {paying.upi_name}"[:50],
    )
    return h.figure(".upi", id="upi")[
        qr(text=link, title=t("UPI code for {amount}", amount=format_money(amount))),
        h.figcaption[
            h.span(".num.strong")[format_money(amount)],
            h.span(".quiet")[paying.upi_vpa],
            h.span(".quiet")[t("Ask for the UTR before you complete the sale.")],
        ],
    ]
