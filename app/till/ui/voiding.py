"""Two small dialogs: the number of a sale that somebody wants to bring back, and a whole sale taken back."""

import htpy as h

from app.domain.money import format_money
from app.domain.order import Order
from app.domain.returning import LONGEST_REASON
from app.domain.staff import StaffMember
from app.till.events.page import DialogClosed, SaleNumbered, VoidGiven
from app.till.slices.returning import Seeking, Voiding
from app.till.ui.language import t
from app.till.ui.parts import click, dialog, note, problem, submit
from app.till.ui.sign_in import pin_field, wait_sentence


def seek_sale(*, slice_: Seeking, asking: bool) -> h.Element:
    """Which sale? One of this register is known here; another one the OMS knows."""
    form = h.form("#seek-form.stack", submit(SaleNumbered))[
        h.div(".field")[
            h.label(for_="seek-number")[t("Number of the invoice")],
            h.input(
                "#seek-number.input.code",
                name="number",
                type="text",
                value=slice_.number,
                maxlength="40",
                autocomplete="off",
                spellcheck="false",
                data_focus=True,
                aria_describedby="seek-problem",
            ),
        ],
        problem(t(slice_.problem), id_="seek-problem"),
        h.button("#seek-go.button.primary.big", type="submit", disabled=asking)[
            t("Looking for it") if asking else t("Find the sale")
        ],
    ]
    body = [h.p[t("It stands on the receipt. A sale of another register is found while the internet is there.")], form]
    return dialog(id_="seeking", title=t("Return or exchange"), body=body, sends_on_close=click(DialogClosed))


def void_sale(
    *, slice_: Voiding, order: Order, why: str, asking: bool, managers: tuple[StaffMember, ...], wait: int
) -> h.Element:
    """What is given back, and who lets it pass; or why it cannot be voided any more."""
    paid = [f"{each.name} · {format_money(each.amount)}" for each in order.payments]
    body = (
        [note(t(why), tone="amber", name="triangle-alert", id_="void-why")]
        if why
        else [
            h.p[t("The whole sale is taken back. Its number stays used, and it stands in Orders as “Void”.")],
            h.div[h.p(".strong")[t("Give back")], h.ul(".brief")[[h.li[each] for each in paid]]],
            note(t("The store’s system is asked what has come back already."), name="clock", id_="void-asking")
            if asking
            else None,
            _manager(slice_, asking, managers, wait),
        ]
    )
    title = t("Void sale {number}", number=order.number)
    return dialog(id_="voiding", title=title, body=body, sends_on_close=click(DialogClosed))


def _manager(slice_: Voiding, asking: bool, managers: tuple[StaffMember, ...], wait: int) -> h.Element:
    waiting = wait_sentence(wait)
    return h.form("#voiding-form.stack", submit(VoidGiven))[
        h.div(".field")[
            h.label(for_="void-reason")[t("Reason")],
            h.input(
                "#void-reason.input",
                name="reason",
                type="text",
                value=slice_.reason,
                maxlength=str(LONGEST_REASON),
                autocomplete="off",
                required=True,
                data_focus=True,
            ),
        ],
        h.div(".pair")[
            h.div(".field")[
                h.label(for_="void-staff")[t("Manager")],
                h.select("#void-staff.input", name="staff_id", required=True)[
                    [h.option(value=one.id)[one.name] for one in managers]
                ],
            ],
            pin_field(id_="void-pin", label=t("Manager’s PIN"), waiting=bool(waiting), focus=False),
        ],
        problem(waiting or t(slice_.problem), id_="void-pin-problem"),
        h.button("#void-go.button.big.danger", type="submit", disabled=slice_.checking or asking or bool(waiting))[
            t("Void the sale")
        ],
    ]
