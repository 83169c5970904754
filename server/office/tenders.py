"""Tenders: the ways to pay that the store takes, and which of them also while the internet is away."""

import secrets

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.money import AmountError, parse_money
from app.domain.payment import Tender, TenderKind
from app.domain.reference import LONGEST, Characters, ReferenceRule
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show, some
from server.office.people import Role
from server.office.records import one
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import put, read_all, remove

router = APIRouter()
NEW = "new"
CUSTOM = "custom"
KINDS = (
    *((kind.value, kind.value.upper() if kind is TenderKind.UPI else kind.value.capitalize()) for kind in TenderKind),
    (CUSTOM, "Other, with rules of its own"),
)
MADE_OF = (
    (Characters.ANY.value, "Anything"),
    (Characters.DIGITS.value, "Digits"),
    (Characters.LETTERS.value, "Letters"),
    (Characters.LETTERS_DIGITS.value, "Letters or digits"),
)
MOST_POSITION = 999
TERMINAL = "Of the kind Card: asked about online; offline stored within the caps of Settings, Cards."


def _yes(on: bool) -> str:
    return "yes" if on else "no"


LISTING: Listing[Tender] = Listing(
    "Tenders",
    "tenders",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("tenders", each.id), each.name)),
        Column("Kind", lambda each: "Other" if each.custom else dict(KINDS)[each.kind.value]),
        Column("Offline", lambda each: _yes(each.offline)),
        Column("Asks for a reference", lambda each: _yes(each.asks_reference)),
        Column(
            "Cap per sale",
            lambda each: parts.plain(each.cap_sale),
            lambda each: parts.money(each.cap_sale),
            number=True,
        ),
        Column(
            "Cap per day", lambda each: parts.plain(each.cap_day), lambda each: parts.money(each.cap_day), number=True
        ),
        Column("Position", lambda each: str(each.position), number=True),
    ),
    search="Name",
    icon="wallet",
)


FILTERS = (Filter("kind", "Kind", KINDS), Filter("offline", "Offline", (("yes", "Allowed"), ("no", "Not allowed"))))


@router.get("/tenders")
def tenders(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List the ways to pay, in the order of the till."""
    with oms.database.read() as session:
        rows = sorted(read_all(session, Dataset.TENDERS, Tender), key=lambda each: (each.position, each.name))
    kept = {"kind": lambda each: each.kind.value, "offline": lambda each: _yes(each.offline)}
    found = some(rows, wanted, lambda each, text: text in each.name.casefold(), **kept)
    add = parts.go(to("tenders", NEW), "Add tender", "plus") if visit.may(Role.MANAGER) else None
    return show(LISTING, visit, wanted, found, filters=FILTERS, actions=[add])


@router.get("/tenders/{tender_id}")
def tender(oms: WithOms, visit: WithVisit, tender_id: str) -> Response:
    """Show one tender, or an empty form."""
    with oms.database.read() as session:
        return _page(visit, _one(session, tender_id))


@router.post("/tenders/{tender_id}")
def change_tender(oms: WithOms, form: WithForm, tender_id: str) -> Response:
    """Change a tender, add one, or take one away; payments made with it stay as they are."""
    with oms.database.write() as session:
        there = _one(session, tender_id)
        changed = _changed(there, form)
        if form.ticked("remove") and tender_id != NEW:
            why = _needed(session, there)
        else:
            why = changed if isinstance(changed, str) else _nameless(changed)
        if why or isinstance(changed, str):
            return _page(form.visit, there if isinstance(changed, str) else changed, why)
        before = None if tender_id == NEW else there
        after: Tender | None = changed.model_copy(update={"id": secrets.token_hex(4)} if tender_id == NEW else {})
        if form.ticked("remove") and before is not None:
            remove(session, Dataset.TENDERS, [there.id])
            after = None
        elif after is not None:
            put(session, Dataset.TENDERS, {after.id: after})
        if before != after:
            about = f"tenders/{(after or there).id}"
            audit.note(session, form.visit.name, "tender", about, before, after)
    return leads("tenders", said="saved")


def _changed(there: Tender, form: Form) -> Tender | str:
    """The tender as the form has it, or what is wrong with it."""
    position = int(form["position"]) if form["position"].isdecimal() else there.position
    rule, caps = _rule(form), [_cap(form[name]) for name in ("cap_sale", "cap_day")]
    wrong = [each for each in (rule, *caps) if isinstance(each, str)]
    if wrong:
        return wrong[0]
    custom = form["kind"] == CUSTOM
    update = {
        "name": form["name"][: parts.LONGEST],
        "kind": TenderKind.WALLET if custom else _kind(there, form["kind"]),
        "custom": custom,
        "offline": form.ticked("offline"),
        "asks_reference": form.ticked("asks_reference"),
        "terminal": form.ticked("terminal") and form["kind"] == TenderKind.CARD,
        "position": min(position, MOST_POSITION),
        "rule": rule,
        "cap_sale": caps[0],
        "cap_day": caps[1],
    }
    return there.model_copy(update=update)


def _kind(there: Tender, asked: str) -> TenderKind:
    return TenderKind(asked) if asked in set(TenderKind) else there.kind


def _rule(form: Form) -> ReferenceRule | str:
    least, most = form["shortest"] or "0", form["longest"] or str(LONGEST)
    numbers = [int(text) for text in (least, most) if text.isascii() and text.isdecimal() and len(text) < 4]
    if len(numbers) < 2 or not 1 <= numbers[1] <= LONGEST or numbers[0] > numbers[1]:
        return f"A reference has at least 0 and at most {LONGEST} characters, and not fewer at most than at least."
    made_of = form["characters"] if form["characters"] in set(Characters) else Characters.ANY.value
    label = " ".join(form["label"].split())[:40]
    return ReferenceRule(label=label, characters=Characters(made_of), shortest=numbers[0], longest=numbers[1])


def _cap(text: str) -> int | str | None:
    """A cap in minor units; None where none is typed, a sentence where it is no amount."""
    if not text:
        return None
    try:
        cap = parse_money(text)
    except AmountError as wrong:
        return f"{wrong} Leave a cap empty where there is none."
    return cap


def _nameless(changed: Tender) -> str:
    return "" if changed.name else "A tender needs a name, which the cashier reads."


def _needed(session: Session, there: Tender) -> str:
    others = [each for each in read_all(session, Dataset.TENDERS, Tender) if each.id != there.id]
    return "" if others else "A store needs at least one way to pay. Add another one first."


def _one(session: Session, tender_id: str) -> Tender:
    if tender_id == NEW:
        return Tender(id=NEW, name="", kind=TenderKind.WALLET, offline=False)
    found = one(session, Dataset.TENDERS, Tender, tender_id)
    if found is None:
        raise Failed(404, "There is no such tender", "Somebody may have removed it.")
    return found[0]


def _page(visit: Visit, there: Tender, why: str = "") -> Response:
    title = there.name or "New tender"
    online = "Off: it can be taken only while the internet is there."
    gone = parts.tick("remove", "Remove this tender", on=False, why="Payments that were made with it stay as they are.")
    content = parts.form(
        visit,
        to("tenders", there.id),
        parts.problem(why),
        parts.field("name", "Name", there.name, required=True),
        h.div(".pair")[
            parts.select("kind", "Kind", KINDS, CUSTOM if there.custom else there.kind.value),
            parts.field("position", "Position", str(there.position), inputmode="numeric"),
        ],
        parts.tick("offline", "Allowed offline", on=there.offline, why=online),
        _reference(there),
        _caps(there),
        parts.tick("terminal", "Taken by a card terminal", on=there.terminal, why=TERMINAL),
        gone if there.id != NEW else None,
        h.div[parts.button("Save", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    back = parts.go(to("tenders"), "Tenders", "arrow-left", tone="plain")
    card = h.div(".card.narrow")[content]
    return page(visit, title, back, head(title), card, at="tenders", status=422 if why else 200)


def _reference(there: Tender) -> h.Element:
    """The rule of the reference; a voucher has its code instead."""
    rule = there.rule
    least, most = (str(rule.shortest) if rule.shortest else ""), (str(rule.longest) if rule.longest < LONGEST else "")
    why = "The till takes no payment without it. A voucher always asks for its code."
    return h.fieldset(".stack")[
        h.legend["Reference"],
        parts.tick("asks_reference", "Asks for a reference", on=there.asks_reference, why=why),
        parts.field("label", "Label at the till", rule.label, hint="Such as Approval code. Empty: Reference."),
        parts.select("characters", "Made of", MADE_OF, rule.characters.value),
        h.div(".pair")[
            parts.field("shortest", "At least (characters)", least, inputmode="numeric"),
            parts.field("longest", "At most (characters)", most, inputmode="numeric"),
        ],
    ]


def _caps(there: Tender) -> h.Element:
    return h.fieldset(".stack")[
        h.legend["Caps"],
        h.div(".pair")[
            parts.field(
                "cap_sale", "Of one sale (₹)", parts.plain(there.cap_sale), inputmode="decimal", hint="Empty: none."
            ),
            parts.field(
                "cap_day",
                "A day, each register (₹)",
                parts.plain(there.cap_day),
                inputmode="decimal",
                hint="Empty: none.",
            ),
        ],
    ]
