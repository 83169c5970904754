"""Round: the browser is killed at random instants of checkout, saving, sync, start and update, and goes on.

A kill that comes when nothing is under way any more proves little: it goes on until as many have hit as were asked for.
"""

from collections import Counter
from dataclasses import replace

from playwright.sync_api import sync_playwright

from e2e.torture.checker import Place, check, stock_of
from e2e.torture.gathering import database_of, evidence_of, part_of, places_of
from e2e.torture.lives import Register
from e2e.torture.notebook import ANOTHER, PAYMENTS_GONE
from e2e.torture.plan import Measure, Plan, Tally
from e2e.torture.registers.commands import server_says

PHASES = {"checkout": 30, "paying": 12, "saving": 18, "sync": 18, "start": 12, "update": 10}
"""What a kill is meant for, and how many of a hundred."""
FOLDERS = ("ok", "ok", "ok", "gone", "none")
"""What a start finds, each as likely as it stands here."""
SHARE_UP = 0.6
"""Of lives in which the OMS can be reached."""
LEAST_PHASES = 4
"""So many of them have to be hit, and more than the kills asked for are made where it takes them."""
MOST_LIVES = 3
"""Times as many lives as there are to be hits; then it ends, and its measure `hit` says how many there were."""
SHARE_WITHOUT_DATABASE = 0.03
"""Of starts before which the whole database is gone. Chromium throws one away that a kill has damaged; it was seen
once in some hundred kills, which is too seldom to wait for."""


def run(plan: Plan) -> Tally:
    """Kill, start again, sell on; in the end let everything arrive, and check it."""
    with sync_playwright() as playwright:
        register = Register(playwright.chromium, plan.room("kills"), plan.random("kills/0"))
        try:
            register.becomes_ready()
            store = register.site.store
            before = stock_of(database_of(store.data))
            _kill(register, plan)
            browser = register.finishes()
            journal, folder = places_of(browser)
            browser.is_over()
            store.closes()
            if register.notebook.counts[ANOTHER]:
                _imports(register, folder)
                folder = part_of(folder, journal.register)
            return _tally(plan, register, before, (journal, folder))
        finally:
            register.notebook.is_kept_in(plan.place / "kills.log")
            register.closes()


def _kill(register: Register, plan: Plan) -> None:
    """As many lives as it takes until so many kills have hit something, not all the same, or somebody has enough."""
    for number in range(1, MOST_LIVES * plan.kills + 1):
        phases = len({phase for phase, _ in register.hit})
        many = register.hit.total() >= plan.kills and phases >= min(LEAST_PHASES, plan.kills)
        if many or plan.enough.is_set():
            return
        register.dice = dice = plan.random(f"kills/{number}")
        if dice.random() < SHARE_WITHOUT_DATABASE:
            register.loses_its_database()
        [phase] = dice.choices(list(PHASES), list(PHASES.values()))
        if register.folder == "none" and phase == "sync":
            phase = "checkout"  # without a folder nothing is sold offline, so nothing would wait
        up = register.folder == "none" or phase == "update" or (phase != "sync" and dice.random() < SHARE_UP)
        register.notebook.notes(f"life {number}: {phase}, {'up' if up else 'down'}, folder {register.folder}")
        folder = dice.choice(FOLDERS)
        if folder == "none" and not up:
            folder = "gone"  # a till looks at any time, and sells nothing offline once it sees that it has none
        register.lives(phase, up=up, folder=folder)
        if number % 10 == 0:
            plan.says(
                f"{number} kills, {register.hit.total()} hit, {len(register.notebook.saved)} sales shown as saved"
            )


def _imports(register: Register, folder: Place) -> None:
    """What a browser sold before it lost its database, and the OMS lacks, lies in the folder; it is imported."""
    kept = register.site.store.data.with_name("folder.jsonl")
    kept.write_bytes(b"".join(entry.line + b"\n" for entry in folder.entries))
    server_says(register.site.store, "import-folder", str(kept))


def _tally(plan: Plan, register: Register, before: dict[str, int], places: tuple[Place, ...]) -> Tally:
    notebook, data = register.notebook, register.site.store.data
    evidence = evidence_of(notebook, data, places, before)
    after_all = notebook.counts["saved after all"]
    lost = {each.replace(" ", "_"): notebook.counts[each] for each in (ANOTHER, PAYMENTS_GONE)}
    said = tuple(f"The register said: {told}" for told in notebook.troubles)
    kills = register.meant.total()
    found = check(evidence).tally("kills", faults=kills, acknowledged=len(notebook.saved), after_all=after_all)
    return replace(found, measures={**found.measures, **lost, **_hits(register)}, notes=(*found.notes, *said))


def _hits(register: Register) -> dict[str, Measure]:
    """How many kills hit something that was under way: of all, of those for each phase, and what had been said last."""
    by_phase = Counter[str]()
    for (phase, _), count in register.hit.items():
        by_phase[phase] += count
    phases = {f"hit in {phase}": f"{by_phase[phase]} of {meant}" for phase, meant in sorted(register.meant.items())}
    last = {f"in {phase}, after {said}": count for (phase, said), count in sorted(register.hit.items())}
    return {"hit": register.hit.total(), **phases, **last}
