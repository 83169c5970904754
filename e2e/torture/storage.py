"""Round "storage": no room, failed transactions, cleared browser data, a folder that goes, is locked, or is damaged.

Each fault comes once at least. What was shown as saved has to be everywhere in the end; what could not be saved has to
be said, and the sale has to stay open.
"""

from collections import Counter
from dataclasses import replace
from random import Random

from playwright.sync_api import sync_playwright

from e2e.torture.checker import Place, check, folder_of, stock_of
from e2e.torture.checker.evidence import SWAP
from e2e.torture.faults import FAULTS, GOOD
from e2e.torture.gathering import database_of, decoded, evidence_of, places_of
from e2e.torture.keeper import Files, Keeper
from e2e.torture.plan import Plan, Tally

NAME = "storage"
SHARE_UP = 0.6
"""Of faults during which the OMS can be reached."""


def run(plan: Plan) -> Tally:
    """Let the storage fail as often as browsers are to be killed, mend it, and check everything in the end."""
    with sync_playwright() as playwright:
        keeper = Keeper(playwright.chromium, plan.room(NAME), plan.random(f"{NAME}/0"))
        try:
            before = stock_of(database_of(keeper.site.store.data))
            keeper.becomes_ready()
            chosen = _chosen(plan)
            for number, name in enumerate(chosen, 1):
                _happens(keeper, plan.random(f"{NAME}/{number}"), name)
                if number % 10 == 0:
                    plan.says(f"{number} faults, {len(keeper.notebook.saved)} sales shown as saved")
            places = _finished(keeper)
            keeper.site.store.closes()
            return _tally(keeper, Counter(chosen), before, places)
        finally:
            keeper.notebook.is_kept_in(plan.place / f"{NAME}.log")
            keeper.closes()


def _chosen(plan: Plan) -> list[str]:
    """Each fault once, then what the dice say, in an order that they say, too."""
    dice = plan.random(NAME)
    chosen = [*FAULTS, *dice.choices(list(FAULTS), k=max(plan.kills - len(FAULTS), 0))]
    dice.shuffle(chosen)
    return chosen


def _happens(keeper: Keeper, dice: Random, name: str) -> None:
    keeper.dice = dice
    keeper.rests()
    up = dice.random() < SHARE_UP
    keeper.notebook.notes(f"{name}, {'up' if up else 'down'}, {keeper.register}")
    (keeper.line.works if up else keeper.line.is_cut)()
    if dice.random() < 0.3:
        keeper.sells()
    FAULTS[name](keeper)


def _finished(keeper: Keeper) -> tuple[Place, ...]:
    """The line is good, everything is mended: let all arrive, and read both places."""
    keeper.line.works()
    browser = keeper.starts_again()
    keeper.sells()
    if not browser.does("hasArrived", True):
        keeper.wrong.append("something has not arrived")
    journal, _ = places_of(browser)
    folder = folder_of((path, decoded(content)) for path, content in _without_evidence(keeper, keeper.files()).items())
    keeper.is_killed()
    return journal, folder


def _without_evidence(keeper: Keeper, files: Files) -> Files:
    """The folder without what was damaged on purpose: that has to be as it was left, with a good copy beside it."""
    for path, content in keeper.damaged.items():
        if files.pop(path, None) != content:
            keeper.wrong.append(f"{path} was damaged, and is not what it was any more")
        if (good := path.replace(".json", GOOD)) in files:
            files[path] = files.pop(good)
            files.pop(good + SWAP, None)  # left by a browser that was killed while it wrote the good copy
    return files


def _tally(keeper: Keeper, chosen: Counter[str], before: dict[str, int], places: tuple[Place, ...]) -> Tally:
    notebook, data = keeper.notebook, keeper.site.store.data
    evidence = evidence_of(notebook, data, places, before)
    told = len(notebook.saved)
    found = check(evidence).tally(NAME, faults=chosen.total(), acknowledged=told, refused=notebook.counts["refused"])
    said = tuple(f"The register said: {each}" for each in dict.fromkeys(notebook.troubles))
    measures = {**found.measures, **dict(sorted(chosen.items()))}
    return replace(found, measures=measures, notes=(*found.notes, *said)).also(keeper.wrong)
