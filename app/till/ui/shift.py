"""The screen "Shift": open one, move cash, count blind and close, and look at the reports of those before."""

from collections.abc import Mapping

import htpy as h

from app.domain.money import format_money
from app.domain.settings import Settings
from app.domain.shift import Closed, Direction, Moved, Pile, Shift, counted
from app.domain.staff import StaffMember
from app.till.events.shift import (
    CashTouched,
    CountBegun,
    CountConfirmed,
    CountLeft,
    PiecesTyped,
    ReportOpened,
    ShiftBegun,
)
from app.till.slices.shift import ShiftDesk
from app.till.ui.drawer import open_drawer
from app.till.ui.language import t
from app.till.ui.parts import click, empty, icon, mark, note, problem, radio, submit, total_row, typing
from app.till.ui.printing import Press
from app.till.ui.report import report
from app.till.ui.words import moment

MONEY = frozenset({"Counted", "Difference"})
MOST = 20
"""Shifts drawn at most, the newest."""


def shift(
    *,
    desk: ShiftDesk,
    shifts: tuple[Shift, ...],
    opened: Shift | None,
    settings: Settings | None,
    user: StaffMember | None,
    register: str,
    press: Press,
) -> h.Element:
    """What is to be done with the cash now."""
    zone = settings.zone if settings else "Asia/Kolkata"
    if opened is not None:
        seller = settings.seller.name if settings else ""
        return report(shift=opened, zone=zone, store=seller, register=register, press=press)
    running = shifts[-1] if shifts and shifts[-1].closed is None else None
    if running is not None and desk.counting:
        return _count(desk, settings.denominations if settings else ())
    return h.div(".page")[
        h.h1[t("Shift")],
        h.div(".columns")[
            _running(running, zone),
            h.div(".stack")[_cash(desk, running), open_drawer(press=press, turn=str(len(running.drawer)))],
        ]
        if running
        else h.div(".columns")[_begin(desk), _nothing_open(user)],
        h.p(".quiet", role="status")[t("The report is just being opened.")] if desk.reading else None,
        problem(desk.problem, id_="shift-problem"),
        _before([(one, one.closed) for one in reversed(shifts) if one.closed], zone),
    ]


def _begin(desk: ShiftDesk) -> h.Element:
    return h.form(".card.stack", submit(ShiftBegun), id="shift-form")[
        h.h2[t("Open a shift")],
        _money("opening-float", t("Opening float"), t("Count the cash that is in the drawer now.")),
        h.button("#open-shift.button.primary.big", type="submit", disabled=bool(desk.writing))[t("Open shift")],
    ]


def _nothing_open(user: StaffMember | None) -> h.Element:
    who = user.name if user else ""
    return h.div(".card")[
        empty(
            name="banknote",
            title=t("No shift is open"),
            text=t("{who} opens it by counting the float. Cash in and out, and the count at the end, follow.", who=who),
        )
    ]


def _running(shift: Shift, zone: str) -> h.Element:
    rows = (
        (t("Opened"), moment(shift.opened.at, zone)),
        (t("Opened by"), shift.opened.staff_name),
        (t("Opening float"), format_money(shift.opened.opening_float)),
        (t("Sales"), str(len(shift.orders))),
        (t("Cash in"), format_money(shift.moved(Direction.IN))),
        (t("Cash out"), format_money(shift.moved(Direction.OUT))),
        *([(t("Drawer opened without a sale"), str(len(shift.drawer)))] if shift.drawer else []),
    )
    return h.section(".card.stack", aria_labelledby="shift-open")[
        h.div(".row.apart")[h.h2("#shift-open")[t("Shift is open")], mark("Open", tone="green", name="clock")],
        h.dl(".facts")[[h.div[h.dt[word], h.dd(".num")[value]] for word, value in rows]],
        _moves(shift.moves),
        h.div(".pair")[
            h.button("#x-report.button", click(ReportOpened, shift_id=shift.id), type="button")[
                icon("receipt-text"), t("X report")
            ],
            h.button("#count.button.primary", click(CountBegun), type="button")[t("Count and close")],
        ],
    ]


def _moves(moves: tuple[Moved, ...]) -> h.Element | None:
    if not moves:
        return None
    return h.ul(".moves", role="list", aria_label=t("Cash in and out"))[
        [
            h.li(".sum")[h.span[move.reason, h.span(".quiet")[_by(move)]], h.span(".num")[_signed(move)]]
            for move in moves[-6:]
        ]
    ]


def _by(move: Moved) -> str:
    """Who moved it, and the manager who let it pass."""
    return " · ".join(name for name in (move.staff_name, move.approved_by) if name)


def _signed(move: Moved) -> str:
    return ("+ " if move.direction is Direction.IN else "− ") + format_money(move.amount)


def _cash(desk: ShiftDesk, shift: Shift) -> h.Element:
    """The form has a new id after each move, so that it is empty again."""
    turn = str(len(shift.moves))
    return h.form(".card.stack", submit(CashTouched), id=f"cash-form-{turn}")[
        h.fieldset(".stack.tight")[
            h.legend[t("Cash in or out")],
            h.div(".pair")[
                _direction(Direction.IN, t("Cash in"), turn),
                _direction(Direction.OUT, t("Cash out"), turn),
            ],
        ],
        _money(f"cash-amount-{turn}", t("Amount")),
        h.div(".field")[
            h.label(for_=f"cash-reason-{turn}")[t("Reason")],
            h.input(
                ".input",
                id=f"cash-reason-{turn}",
                name="reason",
                type="text",
                value="",
                maxlength="200",
                autocomplete="off",
                placeholder=t("Bank deposit, change, tea …"),
            ),
        ],
        h.button(".button.big", id=f"record-cash-{turn}", type="submit", disabled=bool(desk.writing))[t("Record")],
    ]


def _direction(direction: Direction, words: str, turn: str) -> h.Element:
    return radio(
        id_=f"cash-{direction}-{turn}",
        name="direction",
        value=direction.value,
        checked=direction is Direction.IN,
        sends={},
        label=words,
    )


def _money(id_: str, label: str, hint: str = "") -> h.Element:
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.input(
            ".input.money.num",
            id=id_,
            name="amount",
            type="text",
            inputmode="decimal",
            value="",
            autocomplete="off",
            aria_describedby=f"{id_}-hint" if hint else None,
        ),
        h.p(".hint", id=f"{id_}-hint")[hint] if hint else None,
    ]


def _count(desk: ShiftDesk, denominations: tuple[int, ...]) -> h.Element:
    """Counting is blind: nothing here says what should be there."""
    return h.div(".page")[
        h.button("#count-back.button.plain", click(CountLeft), type="button", data_key="Escape")[
            icon("arrow-left"), t("Shift")
        ],
        h.h1[t("Count the drawer")],
        h.div(".columns")[
            h.div(".card.count", role="group", aria_label=t("Notes and coins"))[
                [_kind(each, desk.count) for each in denominations]
            ],
            h.div(".card.stack")[
                total_row(t("Counted"), counted(read_piles(desk.count)), id_="counted"),
                problem(desk.problem, id_="shift-problem"),
                note(t("What should be in the drawer is shown after the count. A shift is closed once.")),
                _close(writing=bool(desk.writing)),
            ],
        ],
    ]


def _close(*, writing: bool) -> h.Element:
    sends = click(CountConfirmed)
    return h.button("#close-shift.button.primary.big", sends, type="button", disabled=writing)[t("Close shift")]


def _kind(denomination: int, count: Mapping[int, str]) -> h.Element:
    name = format_money(denomination).removesuffix(".00")
    typed = count.get(denomination, "")
    return h.div(".count-row")[
        h.label(".num", for_=f"pieces-{denomination}")[name],
        h.span(".quiet", aria_hidden="true")["×"],
        h.input(
            ".input.num",
            typing(PiecesTyped, denomination=denomination),
            id=f"pieces-{denomination}",
            name="value",
            type="text",
            inputmode="numeric",
            value=typed,
            autocomplete="off",
            placeholder="0",
        ),
        h.span(".num.right")[format_money(counted(read_piles({denomination: typed})))],
    ]


def read_piles(count: Mapping[int, str]) -> tuple[Pile, ...]:
    """What was typed so far, as far as it is a number of pieces."""
    typed = ((denomination, text.strip()) for denomination, text in count.items())
    return tuple(
        Pile(denomination=denomination, pieces=int(text))
        for denomination, text in typed
        if text.isascii() and text.isdecimal() and len(text) < 5
    )


def _before(closed: list[tuple[Shift, Closed]], zone: str) -> h.Element | None:
    if not closed:
        return None
    heads = ("Report", "Opened", "Closed", "Closed by", "Counted", "Difference")
    return h.div(".table.wide")[
        h.table(aria_label=t("Shifts"))[
            h.caption[t("Shifts")],
            h.thead[h.tr[[h.th(class_={"right": head in MONEY}, scope="col")[t(head)] for head in heads]]],
            h.tbody[[_row(one, end, zone) for one, end in closed[:MOST]]],
        ]
    ]


def _row(shift: Shift, closed: Closed, zone: str) -> h.Element:
    return h.tr[
        h.th(scope="row")[
            h.button(
                ".row-button.num.strong",
                click(ReportOpened, shift_id=shift.id),
                id=f"z-{closed.number}",
                type="button",
            )[t("Z {number}", number=closed.number)]
        ],
        h.td(".num")[moment(shift.opened.at, zone)],
        h.td(".num")[moment(closed.at, zone)],
        h.td[closed.staff_name],
        h.td(".right.num")[format_money(closed.counted)],
        h.td(".right.num")[format_money(closed.difference)],
    ]
