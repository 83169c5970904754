"""The dialog "Customer" at checkout: found first, else written down."""

import htpy as h

from app.domain.customer import Customer, plain_phone
from app.sync.mode import Ability
from app.till.events.page import CustomerOpened, CustomerRemoved, CustomerSaved, DialogClosed
from app.till.ui.customer_parts import Listed, camera_button, customer_fields, looking, search
from app.till.ui.language import t
from app.till.ui.parts import click, dialog, icon, problem, safe_id, submit


def buyer(
    *,
    customer: Customer | None,
    typed: Customer | None,
    sought: str,
    listed: Listed,
    problem_: str,
    scanning: Ability,
    waits: bool,
) -> h.Element:
    """Who buys: found first, else written down; a GSTIN makes it a business invoice, the State decides the tax."""
    number = plain_phone(sought)
    blank = Customer(id="", name="", phone=number if number.isdecimal() and not listed.rows else "")
    body = [
        h.div(".find")[
            search(id_="customer-search", label=t("Find by phone or name"), text=sought, focus=True),
            camera_button(id_="customer-camera", scanning=scanning),
            _matches(listed, sought) if sought else None,
            h.div("#customer-status", role="status")[looking() if waits else None],
            problem(t(problem_), id_="customer-problem"),
        ],
        _form(typed or customer or blank, known=customer is not None),
    ]
    return dialog(id_="customer", title=t("Customer"), body=body, sends_on_close=click(DialogClosed))


def _form(shown: Customer, *, known: bool) -> h.Element:
    remove = h.button("#customer-remove.button.danger", click(CustomerRemoved), type="button")
    return h.form(".stack", submit(CustomerSaved), id="customer-form")[
        customer_fields("customer", shown),
        h.div(".actions")[
            remove[icon("trash-2"), t("Remove customer")] if known else None,
            h.button("#customer-cancel.button", click(DialogClosed), type="button")[t("Cancel")],
            h.button("#customer-save.button.primary", type="submit")[t("Save")],
        ],
    ]


def _matches(listed: Listed, sought: str) -> h.Element:
    if not listed.rows:
        return h.p("#customer-none.quiet", role="status")[
            t("Nobody found for “{text}”", text=sought[:60]), " ", t("Write them down below.")
        ]
    return h.div(".matches")[
        h.ul(role="list", aria_label=t("Matches"), data_arrows=True)[
            [h.li[_match(row.customer)] for row in listed.rows]
        ],
        h.p(".quiet")[t("{count} more. Type more of the name.", count=f"{listed.count - len(listed.rows):,}")]
        if listed.count > len(listed.rows)
        else None,
    ]


def _match(one: Customer) -> h.Element:
    base = safe_id("match", one.id)
    return h.button(
        ".match", click(CustomerOpened, customer_id=one.id), id=base, type="button", aria_describedby=f"{base}-phone"
    )[h.span(".strong.grow")[one.name], h.span(".quiet.num", id=f"{base}-phone")[one.phone]]
