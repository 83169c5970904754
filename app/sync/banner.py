"""The one banner: what a person has to know about how the register sells, in the words of the store.

What needs a person comes first, then the mode, then syncing; other sentences about syncing live beside it.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.sync.mode import COPY, FOLDER, Known, Mode, abilities, listed, mode
from app.sync.room import Room
from app.sync.status import FolderState

SYNC_STARTED = "Order syncing started in background"
"""The toast when the register switches back by itself (S17)."""
SAVED = "Sale saved"
SAVED_LOCALLY = "Sale saved locally — will sync when online."
"""Shown only after the sale is durable (T4)."""
NO_INTERNET = "Internet is not connected"
BY_HAND = "You’re in Offline Mode. You can continue billing, data will be synced once you’re back online."
ALL_SYNCED = "All synced"
GIVEN_OUT = "Status gives out a file of what waits."


class BannerKind(StrEnum):
    """The values of `data-banner`."""

    NONE = "none"
    BLUE = "blue"
    GREEN = "green"
    SYNCING = "syncing"
    SYNCED = "synced"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Banner:
    kind: BannerKind
    text: str = ""
    turn_off: bool = False
    """Whether the button "Turn Off" stands in it."""


def banner(known: Known) -> Banner:
    """Choose the one banner: what needs a person first, then how the register sells, then syncing."""
    now = mode(known)
    text = _attention(known, now)
    if text:
        return Banner(BannerKind.ATTENTION, text, turn_off=now is Mode.OFFLINE_BY_HAND and known.up)
    match now:
        case Mode.OFFLINE_AUTO:
            return Banner(BannerKind.BLUE, NO_INTERNET)
        case Mode.OFFLINE_BY_HAND:
            return Banner(BannerKind.GREEN, BY_HAND, turn_off=known.up)
        case Mode.ONLINE | Mode.PREPARING if known.up:
            return _syncing(known)
        case _:
            return Banner(BannerKind.NONE)


def _attention(known: Known, now: Mode) -> str:
    """Say what needs a person: what happened, what is safe, what to do; nothing when nobody is needed."""
    if now is Mode.REVOKED:
        said = f"{abilities(now).sell.reason} Saved sales are safe on this device."
        return f"{said} {GIVEN_OUT}" if known.pending or known.beside else said
    if now in {Mode.COPIED, Mode.TORN}:  # the way out is a button beside it
        said = COPY if now is Mode.COPIED else abilities(now).sell.reason
        return f"{NO_INTERNET}. {said}" if known.down else said
    if now is Mode.NOT_READY:
        return f"{NO_INTERNET}, and this register is not ready for it: billing has to wait. {_to_get(known)}"
    if now in {Mode.ANNOUNCED, Mode.NOT_ALLOWED}:
        return abilities(now).sell.reason
    troubles = [trouble for trouble in (_room(known), _clock(known), _folder(known)) if trouble]
    if not troubles:
        return ""
    lead = f"{NO_INTERNET}. " if known.down else "You’re in Offline Mode. " if now is Mode.OFFLINE_BY_HAND else ""
    return lead + " ".join(troubles)


def _to_get(known: Known) -> str:
    """What is missing: the folder can be chosen now, the rest comes with the internet."""
    if known.missing == (FOLDER,):
        return "Choose a folder for offline sales, then you can bill."
    return f"Missing: {listed(known.missing)}. It comes by itself when the internet is back."


def _clock(known: Known) -> str:
    return "This device’s clock is wrong. Saved sales are safe. Set its date and time." if known.clock_wrong else ""


def _room(known: Known) -> str:
    if known.room is not Room.LEAST:
        return ""
    return "This device is almost full. Saved sales are safe. Delete files from it now: without room nothing is sold."


def _folder(known: Known) -> str:
    match known.folder:
        case FolderState.LOST:
            return "The folder for offline sales is gone. Sales are safe in this browser. Choose the folder again."
        case FolderState.PROMPT:
            return "The folder for offline sales needs your permission. Sales are safe in this browser. Allow it again."
        case FolderState.OK | FolderState.NONE:
            return ""


def _syncing(known: Known) -> Banner:
    if known.sending:
        return Banner(BannerKind.SYNCING, f"Sending {sales(max(known.sending, known.pending))}…")
    if known.failed:
        many = known.failed > 1
        text = f"{sales(known.failed)} could not be synced. {'They are' if many else 'It is'} safe on this device."
        return Banner(BannerKind.ATTENTION, f"{text} Open Orders to see why.")
    if known.just_synced and not known.pending:
        return Banner(BannerKind.SYNCED, ALL_SYNCED)
    return Banner(BannerKind.NONE)


def leaving(known: Known) -> str:
    """What somebody who closes the register or signs out should know; nothing when nothing waits (S17)."""
    if not known.pending:
        return ""
    waits = "waits" if known.pending == 1 else "wait"
    return f"{sales(known.pending)} {waits} to be synced. You can leave: saved sales are safe and are sent next time."


def came_back(before: Mode, now: Mode) -> bool:
    """Whether the register has just switched back to online: the moment of the toast, where something waits."""
    return before in {Mode.OFFLINE_AUTO, Mode.OFFLINE_BY_HAND} and now is Mode.ONLINE


def sales(count: int) -> str:
    return "1 sale" if count == 1 else f"{count} sales"
