"""The frame around every page: the way to all others on the left, who is signed in above, and strict headers."""

from dataclasses import dataclass

import htpy as h
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from server.office.doors import ROOT, to
from server.office.parts import icon, note
from server.office.people import Role
from server.office.visits import Visit

STRICT = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Beside the host's own policy: of the two the stricter one counts, so no script runs here, whoever wrote it."""
HEADERS = {"Content-Security-Policy": STRICT, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
SAID = {
    "saved": "Saved. Registers that are online have it within a minute.",
    "done": "Done.",
    "same": "Nothing was different, so nothing was changed.",
    "password": "The password was changed.",
}
"""What a page says after a change, by the word in its address: no text of an address is ever shown."""


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    name: str
    icon: str
    role: Role = Role.VIEWER


PLACES = (
    Place("", "Dashboard", "activity"),
    Place("orders", "Orders", "receipt-text"),
    Place("attention", "Attention", "triangle-alert"),
    Place("products", "Products", "tag"),
    Place("stock", "Stock", "package-open"),
    Place("customers", "Customers", "book-user"),
    Place("staff", "Staff", "users"),
    Place("tenders", "Tenders", "wallet"),
    Place("vouchers", "Vouchers", "ticket"),
    Place("accounts", "House accounts", "book-user"),
    Place("promotions", "Promotions", "tag"),
    Place("reports", "Reports", "chart-column"),
    Place("registers", "Registers", "store"),
    Place("sessions", "Sessions", "wifi-off"),
    Place("imports", "Imports", "cloud-upload"),
    Place("settings", "Settings", "settings"),
    Place("audit", "Audit", "history"),
    Place("people", "People", "user-check", Role.ADMIN),
)


def page(visit: Visit, title: str, *content: h.Node, at: str = "", said: str = "", status: int = 200) -> Response:
    """A page inside the frame; `at` is the place it belongs to."""
    told = note(SAID[said], "green", "circle-check") if said in SAID else None
    main = h.main("#main", tabindex="-1")[h.div(".page")[told, content]]
    body = h.body(".office")[
        h.a(".skip", href="#main")["To the content"],
        h.header(".top")[_brand(), _who(visit)],
        h.nav(".side", aria_label="Places")[(_place(place, at) for place in PLACES if visit.may(place.role))],
        main,
    ]
    return answer(title, body, status)


def alone(title: str, *content: h.Node, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A page for people who are not signed in."""
    body = h.body(".alone")[h.main("#main")[_brand(), content]]
    return answer(title, body, status, headers)


def answer(title: str, body: h.Element, status: int, headers: dict[str, str] | None = None) -> Response:
    document = h.html(lang="en-IN")[
        h.head[
            h.meta(charset="utf-8"),
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.title[f"{title} · Store OS back office"],
            h.link(rel="stylesheet", href=f"{ROOT}/style.css"),
        ],
        body,
    ]
    return HTMLResponse(str(document), status_code=status, headers=HEADERS | (headers or {}))


def leads(*path: str, said: str = "") -> Response:
    """After a change the browser is sent on, so that reloading does not do it again."""
    return RedirectResponse(to(*path) + (f"?said={said}" if said else ""), status_code=303, headers=HEADERS)


def head(title: str, *actions: h.Node) -> h.Element:
    """A page's title with what can be done on it."""
    return h.div(".row.apart.head")[h.h1[title], h.div(".row")[actions] if actions else None]


def _brand() -> h.Element:
    return h.a(".brand", href=f"{ROOT}/")[icon("store"), h.span["Store OS"], h.span(".quiet")["Back office"]]


def _place(place: Place, at: str) -> h.Element:
    here = "page" if place.path == at else None
    return h.a(href=f"{ROOT}/{place.path}", aria_current=here)[icon(place.icon), h.span[place.name]]


def _who(visit: Visit) -> h.Element:
    token = h.input(type="hidden", name="csrf", value=visit.csrf)
    role = h.span(".quiet.wide")[visit.role.value] if visit.role.value != visit.name else None
    leave = h.button(".button.plain", type="submit")[icon("log-out"), h.span(".wide")["Sign out"]]
    return h.div(".row.keep")[
        h.a(".button.plain", href=f"{ROOT}/password")[icon("user"), visit.name, role],
        h.form(method="post", action=f"{ROOT}/sign-out")[token, leave],
    ]
