"""Settings → Recover a register: its folder, what is in it, the code and the PIN, and what came of it, in words."""

from dataclasses import dataclass

import htpy as h

from app.domain.staff import StaffMember
from app.sync.recovering import Recovery
from app.sync.status import Progress
from app.till.events.page import (
    LostFolderPicked,
    LostFolderRefused,
    LostRegisterChosen,
    LostSparePicked,
    RecoveryConfirmed,
    RecoveryLeft,
)
from app.till.slices.formers import Formers
from app.till.slices.recovering import LostJournal, Recovering
from app.till.ui.dialogs import manager_form
from app.till.ui.language import t
from app.till.ui.parts import click, field, icon, note, otherwise, problem, then
from app.till.ui.starting import transfer
from app.till.ui.words import moment, plural


@dataclass(frozen=True, slots=True)
class Rescue:
    """What the card depends on."""

    slice_: Recovering
    formers: Formers
    managers: tuple[StaffMember, ...]
    wait: int
    """Seconds until a manager may try a PIN again."""
    up: bool
    """Whether the store's server can be reached."""
    zone: str


def recovery_card(rescue: Rescue) -> h.Element:
    """One step at a time; what is under way comes before everything else."""
    return h.section("#recovery.card.stack", aria_labelledby="recovery-title")[
        h.h3("#recovery-title")[t("Recover a register")],
        _step(rescue),
    ]


def _step(rescue: Rescue) -> list[h.Node]:
    slice_ = rescue.slice_
    standing = slice_.standing
    if slice_.under_way:
        return _under_way(standing, rescue)
    if slice_.reads:
        return [h.p(role="status")[t("{files} of {register} read.", files=_files(slice_.files), register=slice_.reads)]]
    if slice_.found:
        return _confirm(slice_.found, rescue)
    if slice_.folders:
        return _choice(slice_.folders)
    if standing is not None and standing.why and not slice_.reading:
        return _stopped(standing, rescue)
    told = [_result(standing, whole=slice_.wish is None or slice_.wish.whole)] if standing and standing.finished else []
    return [*told, *_idle(slice_.problem, kept=bool(rescue.formers.files))]


def _idle(why: str, *, kept: bool) -> list[h.Node]:
    text = t(
        "For a machine that is dead, with its folder in hand. This register reads the folder, the store’s server books "
        "what it lacks, and the lost register is taken out of service. This one goes on for it, with its own numbers."
    )
    return [h.p(".quiet")[text], problem(why, id_="recovery-problem"), _ways(kept=kept)]


def _ways(*, kept: bool) -> h.Element:
    """Its folder, or what this browser has kept of what it was itself."""
    spare = h.button("#lost-spare.button", click(LostSparePicked), type="button")[t("Read what this browser kept")]
    return h.div(".row")[_pick(t("Choose its folder")), spare if kept else None]


def _pick(title: str) -> h.Element:
    """A tap after which the browser asks for a folder to read; this register's own stays what it is."""
    return h.button(
        then(LostFolderPicked), otherwise(LostFolderRefused), id="lost-folder", type="button", class_="button",
        data_do="pick-folder", data_folder="lost", data_mode="read",
    )[icon("folder-plus"), title]  # fmt: skip


def _choice(folders: tuple[str, ...]) -> list[h.Node]:
    def button(name: str) -> h.Element:
        sends = click(LostRegisterChosen, folder=name)
        return h.button(".button", sends, id=f"lost-{name}", type="button")[icon("store"), name]

    buttons = [button(name) for name in folders]
    return [h.p[t("Several registers have a journal in this folder. Which one is lost?")], h.div(".row")[buttons]]


def _confirm(found: LostJournal, rescue: Rescue) -> list[h.Node]:
    slice_, zone = rescue.slice_, rescue.zone
    days = f"{moment(found.first, zone)} – {moment(found.last, zone)}" if found.first and found.last else ""
    facts = [
        (t("Register"), found.folder),
        (t("Entries"), f"{found.entries:,}"),
        (t("Time"), days),
        (t("Chain"), _chain(found)),
    ]
    warning = t(
        "The lost register is taken out of service for good. What it sold and has not written here cannot be recovered."
    )
    return [
        h.dl(".facts")[[h.div[h.dt[word], h.dd(".num")[value]] for word, value in facts]],
        note(warning, tone="amber", name="triangle-alert"),
        _form(slice_.problem, t("Recover {register}", register=found.folder), rescue),
        h.button("#recovery-leave.button.plain", click(RecoveryLeft), type="button")[t("Not this folder")],
    ]


def _chain(found: LostJournal) -> str:
    """Whether anything is missing or changed, and where first."""
    said: list[str] = []
    if found.missing:
        said.append(t("not whole: entry {seq} is missing", seq=f"{found.missing:,}"))
    if found.misfit:
        said.append(t("not whole: entry {seq} was changed, or is there twice", seq=f"{found.misfit:,}"))
    if found.unread:
        said.append(t("{files} could not be read", files=_files(found.unread)))
    return "; ".join(said) or t("whole")


def _form(why: str, go: str, rescue: Rescue) -> h.Element:
    code = field(
        id_="recovery-code",
        label=t("Code of the back office"),
        hint=t("Back office → Registers → the lost register → Make a recovery code."),
        control=h.input(
            ".input.num", id="recovery-code", name="code", value="", required=True, inputmode="numeric",
            autocomplete="off", maxlength="40", aria_describedby="recovery-code-hint", data_focus=True,
        ),
    )  # fmt: skip
    checking = rescue.slice_.checking
    return manager_form("recovery", RecoveryConfirmed, rescue.managers, why, rescue.wait, checking, go, first=code)


def _under_way(standing: Recovery | None, rescue: Rescue) -> list[h.Node]:
    done, total = (standing.done, standing.entries) if standing else (0, 1)
    waits = t("It goes on when the store’s server can be reached. Selling goes on meanwhile.")
    goes = t("Selling goes on meanwhile.")
    return [
        transfer(Progress(what="entries", done=done, total=total), "recovery-progress") if standing else None,
        h.p(".quiet", id="recovery-note", role="status")[goes if rescue.up else waits],
    ]


def _stopped(standing: Recovery, rescue: Rescue) -> list[h.Node]:
    """The OMS said no: another code, or another folder."""
    go = t("Recover {register}", register=standing.register)
    return [
        note(standing.why, tone="red", name="circle-alert", id_="recovery-why"),
        _form(rescue.slice_.problem, go, rescue),
        h.div(".row")[_pick(t("Choose another folder"))],
    ]


def _result(standing: Recovery, *, whole: bool) -> h.Element:
    """What came of it, as one would say it on the telephone."""
    items, register = plural(standing.entries, "entry", "entries"), standing.register
    first = "{register}: {items} found, chain whole." if whole else "{register}: {items} found; the chain is not whole."
    said = [t(first, register=register, items=items)]
    if standing.booked:
        said.append(t("{items} missing at the server: booked now.", items=plural(standing.booked, "entry", "entries")))
    else:
        said.append(t("The server had all of them."))
    if standing.attention:
        said.append(t("{count} need attention: the back office has a list.", count=f"{standing.attention:,}"))
    if standing.turned_down:
        said.append(t("{count} were turned down: the back office sees why.", count=f"{standing.turned_down:,}"))
    said.append(t("This register goes on for {register}, which is out of service.", register=register))
    good = whole and not standing.turned_down
    tone, name = ("green", "circle-check") if good else ("amber", "triangle-alert")
    return h.p(class_=["note", tone], id="recovery-result", role="status")[icon(name), h.span[" ".join(said)]]


def _files(count: int) -> str:
    return plural(count, "file")
