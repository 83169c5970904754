"""The last syncs, what went wrong last, and which versions run here: the lower half of Status."""

import re
from datetime import datetime

import htpy as h

from app import VERSION
from app.sync.history import Did, Happened, History, Outcome
from app.sync.status import Link
from app.till.slices.upkeep import Device
from app.till.ui.language import t
from app.till.ui.parts import mark
from app.till.ui.words import age, clock, moment

MOST = 12
"""Items shown; the diagnostics file has all that are kept."""
LINKS = {
    Link.UNKNOWN: "being checked",
    Link.UP: "reachable",
    Link.NO_SERVER: "the store’s server does not answer",
    Link.NO_NETWORK: "no network",
    Link.REVOKED: "this register was taken out of service",
}
OUTCOMES = {
    Outcome.DONE: ("done", "green", "circle-check"),
    Outcome.SILENT: ("no answer", "amber", "triangle-alert"),
    Outcome.TROUBLE: ("the server is in trouble", "amber", "triangle-alert"),
    Outcome.STRANGER: ("something else answered", "amber", "triangle-alert"),
    Outcome.REFUSED: ("refused", "red", "circle-alert"),
    Outcome.NO_ROOM: ("no room on this device", "red", "circle-alert"),
    Outcome.DAMAGED: ("arrived damaged", "amber", "triangle-alert"),
}
BROWSER = re.compile(r"(Edg|OPR|Chrome)\w*/(\d+)(?!.*(?:Edg|OPR)/)")
"""The browser in what it calls itself; those made of Chrome name Chrome first, themselves last."""
LINK_MARKS = {Link.UP: ("green", "wifi"), Link.UNKNOWN: ("", "clock")}


def history(*, happened: History, now: datetime | None, zone: str) -> h.Element:
    """What the register did with the OMS last, the newest first."""
    rows = [_row(item, now, zone) for item in happened.items[:MOST]]
    return h.div(".table")[
        h.table(aria_label=t("Last syncs"))[
            h.caption[t("Last syncs")],
            h.thead[
                h.tr[
                    h.th(scope="col")[t("What")],
                    h.th(scope="col")[t("Result")],
                    h.th(".right", scope="col")[t("When")],
                ]
            ],
            h.tbody[rows or h.tr[h.td(".quiet", colspan="3")[t("Nothing yet.")]]],
        ]
    ]


def _row(item: Happened, now: datetime | None, zone: str) -> h.Element:
    often = h.span(".under")[t("{times} times", times=item.times)] if item.times > 1 else None
    return h.tr[
        h.th(scope="row")[_what(item), often],
        h.td[_result(item)],
        h.td(".right.num", title=moment(item.at, zone))[age(item.at, now), h.span(".under")[clock(item.at, zone)]],
    ]


def _what(item: Happened) -> str:
    match item.did:
        case Did.SENT if item.count:
            return t("Sent: {count}", count=f"{item.count:,}")
        case Did.SENT:
            return t("Sending")
        case Did.READ if item.count:
            return t("Changes read: {count}", count=f"{item.count:,}")
        case Did.READ:
            return t("Reading changes")
        case Did.CHECKED:
            return t("Full check")
        case Did.CATALOGUE:
            return t("New catalogue")
        case Did.CLEARED:
            return t("Local data cleared")
        case Did.LINK:
            return t("Connection")


def _result(item: Happened) -> h.Element:
    if item.did is Did.LINK and item.link is not None:
        tone, name = LINK_MARKS.get(item.link, ("red", "wifi-off"))
        return mark(LINKS[item.link], tone=tone, name=name)
    word, tone, name = OUTCOMES[item.outcome]
    said = mark(word, tone=tone, name=name)
    return h.span[said, h.span(".under.num")[f"HTTP {item.status}"]] if item.status else said


def versions(*, device: Device) -> tuple[tuple[str, str], ...]:
    """What runs here, for whoever is asked for help."""
    named = BROWSER.search(device.browser)
    browser = f"{named[1]} {named[2]}" if named else device.browser
    return (("Store OS", VERSION), ("Runtime", device.runtime), ("Browser", browser))


def errors(*, device: Device, why: str) -> h.Element:
    """The last bug of either worker: places in our code, nobody's data; and what the courier complains of."""
    told = [("Till", device.report), ("Courier", device.courier_report)]
    bugs = [
        h.div(".stack.tight")[h.h3[t(who)], h.pre(".trace", tabindex="0", aria_label=t(who), lang="en")[text]]
        for who, text in told
        if text
    ]
    return h.section(".card.stack.tight", aria_label=t("Last errors"))[
        h.h2[t("Last errors")],
        h.p[t(why)] if why else None,
        bugs,
        None if bugs or why else h.p(".quiet")[t("None since the local data was cleared last.")],
    ]
