"""The sandbox provider's page: what a customer opens on their own phone, and decides. No login, no script."""

from pathlib import Path

import htpy as h
from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from app.domain.money import format_money
from app.domain.payment import LinkState
from server.oms.doors import WithOms
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.providers import PAY, SandboxProvider
from server.oms.tables_online import SandboxPayment

STYLE = Path(__file__).with_name("pay.css")
STRICT = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
"""Beside the host's own policy: of the two the stricter one counts."""
HEADERS = {"Content-Security-Policy": STRICT, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
CHOICES = {"pay": LinkState.PAID, "decline": LinkState.FAILED}
SAID = {
    LinkState.PAID: ("Paid", "Thank you. The store sees your payment now."),
    LinkState.FAILED: ("Declined", "Nothing was taken. Ask the store for another way to pay."),
    LinkState.EXPIRED: ("This link has run out", "Nothing was taken. Ask the store for a new one."),
    LinkState.CANCELLED: ("This link was withdrawn", "Nothing was taken. You can close this page."),
}


def pay_pages() -> APIRouter:
    """Route the sandbox's pages."""
    router = APIRouter(include_in_schema=False, prefix=PAY.rstrip("/"))

    @router.get("/style.css")
    def style() -> Response:
        return FileResponse(STYLE, media_type="text/css; charset=utf-8", headers={"Cache-Control": "no-cache"})

    @router.get("/{token}")
    def page(oms: WithOms, token: str) -> Response:
        return HTMLResponse(str(_page(_shown(_sandbox(oms), token))), headers=HEADERS)

    @router.post("/{token}/{choice}")
    def decide(oms: WithOms, token: str, choice: str) -> Response:
        provider = _sandbox(oms)
        _shown(provider, token)
        if choice not in CHOICES:
            raise Failed(404, "There is no such choice")
        provider.decide(token, CHOICES[choice])
        return RedirectResponse(f"{PAY}{token}", status_code=303, headers=HEADERS)

    return router


def _sandbox(oms: Oms) -> SandboxProvider:
    """The provider whose pages these are; another one has pages of its own."""
    if not isinstance(oms.provider, SandboxProvider):
        raise Failed(404, "There is no such page")
    return oms.provider


def _shown(provider: SandboxProvider, token: str) -> SandboxPayment:
    row = provider.shown(token)
    if row is None:
        raise Failed(404, "There is no such payment")
    return row


def _page(row: SandboxPayment) -> h.Element:
    amount = format_money(row.amount)
    return h.html(lang="en")[
        h.head[
            h.meta(charset="utf-8"),
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.title[f"{amount} to {row.payee}"],
            h.link(rel="stylesheet", href=f"{PAY}style.css"),
        ],
        h.body[
            h.main[
                h.p(".payee")[row.payee],
                h.p(".amount")[amount],
                _decision(row) if row.status == LinkState.PENDING else _decided(LinkState(row.status), row.reference),
                h.p(".fine")["Sandbox: no money is moved."],
            ]
        ],
    ]


def _decision(row: SandboxPayment) -> h.Element:
    here = f"{PAY}{row.token}"
    return h.form(method="post", action=f"{here}/decline")[
        h.h1["Pay this amount?"],
        h.button(".primary", type="submit", formaction=f"{here}/pay")["Pay"],
        h.button(type="submit")["Decline"],
    ]


def _decided(status: LinkState, reference: str) -> h.Element:
    title, sentence = SAID[status]
    return h.div(role="status")[
        h.h1(class_=status.value)[title], h.p[sentence], h.p(".fine")[f"Reference {reference}"] if reference else None
    ]
