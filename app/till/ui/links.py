"""A payment link at checkout: the code for the customer's camera, and whether it was paid."""

import htpy as h

from app.domain.money import format_money
from app.domain.payment import LinkState, PaymentLink
from app.till.events.page import LinkDropped, LinkWanted
from app.till.ui.language import t
from app.till.ui.parts import click, icon, note
from app.till.ui.upi import qr

UNREACHABLE = (
    "The payment link cannot be checked now. Nothing was taken yet as far as we know; take another payment or wait. "
    "If the customer pays the link later, it is shown when the internet is back."
)


def link_button(*, asking: bool) -> h.Element:
    """Ask for a link over the amount above it."""
    return h.div(".stack.tight")[
        h.button("#create-link.button", click(LinkWanted), type="button", disabled=asking)[
            icon("globe"), t("Creating the link") if asking else t("Create payment link")
        ],
        h.p(".hint")[t("The customer opens it on their own phone.")],
    ]


def open_link(*, link: PaymentLink, why: str) -> h.Element:
    """What the customer scans; `why` is set while nobody can tell whether it was paid."""
    amount = format_money(link.amount)
    return h.div(".open-link")[
        note(t(UNREACHABLE), tone="amber", name="triangle-alert", id_="link-unreachable") if why else None,
        h.figure(".upi", id="payment-link")[
            qr(text=link.url, title=t("Payment link for {amount}", amount=amount)),
            h.figcaption[
                h.span(".num.strong")[amount],
                h.span("#link-state.quiet", role="status")[_words(link)],
                h.a("#link-url.quiet", href=link.url, target="_blank", rel="noreferrer")[link.url],
            ],
            h.button("#drop-link.button.plain", click(LinkDropped), type="button")[icon("x"), t("Withdraw link")]
            if link.status is LinkState.PENDING
            else None,
        ],
    ]


def _words(link: PaymentLink) -> str:
    return t("Paid") if link.status is LinkState.PAID else t("Waiting for the customer to pay")
