"""The banner, the toast and the notice of trouble: what is said without being asked."""

import htpy as h

from app.sync.banner import Banner, BannerKind
from app.sync.mode import FOLDER, Mode
from app.sync.status import FolderState
from app.till.events.page import (
    FolderPicked,
    FolderRefused,
    OfflineSwitched,
    OfflineTurnedOff,
    ScreenOpened,
    TroubleSeen,
)
from app.till.state import Screen, Toast
from app.till.ui.language import t
from app.till.ui.parts import click, icon, otherwise, then
from app.till.upkeep import ANEW

ICONS = {
    BannerKind.BLUE: "wifi-off",
    BannerKind.GREEN: "shield-check",
    BannerKind.SYNCING: "refresh-cw",
    BannerKind.SYNCED: "circle-check",
    BannerKind.ATTENTION: "triangle-alert",
}


def banner(*, banner: Banner, mode: Mode, folder: FolderState, missing: tuple[str, ...]) -> h.Element:
    """One line over the full width; it covers the quiet line of the header and moves nothing."""
    shown = banner.kind is not BannerKind.NONE
    return h.div("#banner", role="status", data_banner=banner.kind.value)[
        h.div(".banner-line")[
            icon(ICONS[banner.kind]),
            h.span(".banner-text", title=t(banner.text))[t(banner.text)],
            _turn_off() if banner.turn_off else None,
            _help(mode, folder, missing),
        ]
        if shown
        else None
    ]


def _turn_off() -> h.Element:
    return h.button("#turn-off.banner-button", click(OfflineTurnedOff), type="button")[t("Turn Off")]


def _help(mode: Mode, folder: FolderState, missing: tuple[str, ...]) -> h.Element | None:
    """The one tap that mends what the banner says, where a tap can."""
    if folder is FolderState.PROMPT:
        return folder_button(id_="banner-folder", title=t("Allow again"), asks="grant-folder", look="banner-button")
    if folder is FolderState.LOST:
        return folder_button(id_="banner-folder", title=t("Choose again"), asks="pick-folder", look="banner-button")
    if mode is Mode.NOT_READY and missing == (FOLDER,):
        return folder_button(id_="banner-folder", title=t("Choose a folder"), asks="pick-folder", look="banner-button")
    if mode in ANEW:
        way = click(ScreenOpened, screen=Screen.STATUS.value)
        return h.button("#banner-anew.banner-button", way, type="button")[t("Set up anew")]
    if mode is Mode.ANNOUNCED:
        return h.button("#banner-switch.banner-button", click(OfflineSwitched), type="button")[t("Turn on")]
    return None


def folder_button(*, id_: str, title: str, asks: str, look: str) -> h.Element:
    """A tap after which the browser asks for the folder: only a page may open that window."""
    return h.button(then(FolderPicked), otherwise(FolderRefused), id=id_, type="button", class_=look, data_do=asks)[
        title
    ]


def toast(*, toast: Toast | None) -> h.Element:
    """A sentence that goes by itself; the place is always there, so that it is read out."""
    return h.div("#toast", role="status")[h.p(".toast")[icon("info"), h.span[t(toast.text)]] if toast else None]


def trouble(*, sentence: str) -> h.Element:
    """Something went wrong that is no refusal: it stays until it was read."""
    return h.div("#trouble", role="alert")[
        h.div(".trouble")[
            icon("triangle-alert"),
            h.p(".grow")[t(sentence)],
            h.button("#trouble-seen.button", click(TroubleSeen), type="button")[t("OK")],
        ]
        if sentence
        else None
    ]
