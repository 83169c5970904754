"""Customers on the screen: the list, and one of them with what is to be decided."""

import htpy as h

from app.domain.customer import Clash, Customer, Field
from app.domain.states import STATES, state_text
from app.sync.mode import Ability
from app.till.events.page import ClashSettled, CustomerAdded, CustomerOpened, CustomerSaved, ScreenOpened
from app.till.state import Screen
from app.till.ui.customer_parts import WORDS, Listed, Row, camera_button, customer_fields, looking, search
from app.till.ui.language import t
from app.till.ui.parts import click, empty, icon, mark, note, problem, safe_id, submit


def customers(*, text: str, listed: Listed, notice: str, scanning: Ability, waits: bool) -> h.Element:
    """The list by name, as far as it is drawn, and how many there are."""
    return h.div(".page")[
        h.div(".row.apart")[
            h.h1[t("Customers")],
            h.button("#customer-add.button.primary", click(CustomerAdded), type="button")[
                icon("plus"), t("New customer")
            ],
        ],
        h.div(".find")[
            h.div(".find-row")[
                search(id_="customers-search", label=t("Search customers"), text=text, focus=False),
                camera_button(id_="customers-camera", scanning=scanning),
            ],
            h.div("#customers-notice", role="status")[
                note(t(notice), tone="amber", name="info") if notice else looking() if waits else None
            ],
        ],
        _table(listed.rows) if listed.rows else _nobody(text),
        _count(listed, text),
    ]


def _nobody(text: str) -> h.Element:
    if text:
        title = t("Nobody found for “{text}”", text=text[:60])
        return h.div(".card")[
            empty(name="search-x", title=title, text=t("Check the spelling, or write down a new customer."))
        ]
    return h.div(".card")[
        empty(name="users", title=t("No customers yet"), text=t("Whoever is written down here stands in this list."))
    ]


def _count(listed: Listed, text: str) -> h.Element | None:
    shown = len(listed.rows)
    if not shown:
        return None
    if listed.count == 1:
        return h.p(".quiet.more")[t("1 customer")]
    if shown == listed.count:
        return h.p(".quiet.more")[t("{count} customers", count=f"{shown:,}")]
    more = t("Type more of the name.") if text else t("Type a phone number or a name to find the others.")
    first = t("The first {shown} of {count} customers.", shown=shown, count=f"{listed.count:,}")
    return h.p(".quiet.more")[f"{first} {more}"]


def _table(rows: tuple[Row, ...]) -> h.Element:
    words = ("Name", "Phone", "State", "GSTIN")
    return h.div(".table.wide.customers-table")[
        h.table(aria_label=t("Customers"))[
            h.thead[h.tr[[h.th(scope="col")[t(word)] for word in words], h.th(scope="col")[t("State of sync")]]],
            h.tbody[[_row(row) for row in rows]],
        ]
    ]


def _row(row: Row) -> h.Element:
    one = row.customer
    opens, base = click(CustomerOpened, customer_id=one.id), safe_id("customer", one.id)
    return h.tr(opens, id=base)[
        h.th(scope="row")[h.button(".row-button.strong", opens, id=f"{base}-open", type="button")[one.name]],
        h.td(".num")[one.phone],
        h.td[t(STATES.get(one.state_code, one.state_code))],
        h.td(".num")[one.gstin],
        h.td[_marks(row)],
    ]


def _marks(row: Row) -> h.Element | None:
    if row.doubtful:
        return mark("Needs attention", tone="red", name="triangle-alert")
    return mark("Pending", tone="amber", name="clock") if row.unsent else None


def customer(
    *, customer: Customer, new: bool, clashes: tuple[Clash, ...], remark: str, problem_: str, saving: bool, unsent: bool
) -> h.Element:
    """One customer: what is known, and what somebody has to decide."""
    back = click(ScreenOpened, screen=Screen.CUSTOMERS)
    return h.div(".page.customer-page")[
        h.div(".row")[
            h.button("#customer-back.button.plain", back, type="button", data_key="Escape")[
                icon("arrow-left"), t("Customers")
            ],
            h.h1("#customer-title")[t("New customer") if new else customer.name],
            mark("Pending", tone="amber", name="clock") if unsent else None,
        ],
        _decisions(clashes, saving) if clashes else None,
        note(t(remark), tone="amber", name="triangle-alert", id_="customer-remark") if remark else None,
        h.form(".card.stack", submit(CustomerSaved), id="customer-form")[
            customer_fields("customer", customer, focus=new),
            problem(t(problem_), id_="customer-problem"),
            h.div(".actions")[
                h.button("#customer-save.button.primary", type="submit", disabled=saving)[
                    t("Saving") if saving else t("Save")
                ]
            ],
        ],
    ]


def _decisions(clashes: tuple[Clash, ...], saving: bool) -> h.Element:
    return h.section(".card.stack.clashes", aria_labelledby="clashes-title")[
        h.h2("#clashes-title")[icon("triangle-alert"), t("Changed here and in the back office")],
        h.p(".quiet")[t("The back office’s stands until somebody chooses.")],
        [_decision(clash, saving) for clash in clashes],
    ]


def _decision(clash: Clash, saving: bool) -> h.Element:
    base = f"clash-{clash.field.value}"
    sides = {
        "field": t(WORDS[clash.field]),
        "here": _value(clash.field, clash.here),
        "office": _value(clash.field, clash.office),
    }
    return h.div(".row.apart.clash", id=base)[
        h.p(".grow", id=f"{base}-words")[t("{field}: here {here}, in the back office {office}", **sides)],
        h.div(".row")[
            _choice(clash, True, f"{base}-ours", t("Use ours"), saving),
            _choice(clash, False, f"{base}-office", t("Keep the back office’s"), saving),
        ],
    ]


def _choice(clash: Clash, ours: bool, id_: str, title: str, saving: bool) -> h.Element:
    sends = click(ClashSettled, detail=clash.field.value, ours=ours)
    words = f"clash-{clash.field.value}-words"
    return h.button(".button", sends, id=id_, type="button", disabled=saving, aria_describedby=words)[title]


def _value(which: Field, text: str) -> str:
    if not text:
        return t("nothing")
    return state_text(text) if which is Field.STATE else text
