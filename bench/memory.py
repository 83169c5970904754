"""What the renderers of a browser hold in memory: PSS, which counts what processes share only once (Linux)."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from bench.plan import Missing

PROC = Path("/proc")
NOT_OURS = ("--top-chrome-webui", "--extension-process")
LOOKS, APART = 240, 0.5
COLLECT = "HeapProfiler.collectGarbage"
STEADY = 6
"""So many looks in a row differ by less than a hundredth."""


def need_proc() -> None:
    """Raises Missing where the system does not tell."""
    if not (PROC / "self" / "smaps_rollup").exists():
        raise Missing("this system does not tell what a process holds (/proc/PID/smaps_rollup)")


@dataclass
class Scales:
    """What a page's renderers held, each time that it was weighed: as they stood, and when garbage was collected.

    By itself the browser collects after half a minute of rest, and the figures are the same then (270 and 270 MB, 300
    and 301).
    """

    standing: list[float] = field(default_factory=list)

    def weighs(self, page: Page, profile: str) -> float:
        """Return the MB without garbage, once that stays as it is; what stood there before is noted."""
        held = _steady(profile)
        self.standing.append(held)
        while True:
            _collect(page)
            before, held = held, _steady(profile)
            if before - held < before / 100:
                return held


def _steady(profile: str) -> float:
    seen: list[float] = []
    for _ in range(LOOKS):
        seen.append(sum(_pss(pid) for pid in renderers(profile)))
        last = seen[-STEADY:]
        if len(last) == STEADY and max(last) - min(last) < max(last) / 100:
            break
        time.sleep(APART)
    return seen[-1]


def _collect(page: Page) -> None:
    """Let the page and each of its workers collect garbage."""
    session, workers = page.context.new_cdp_session(page), list[str]()
    session.on("Target.attachedToTarget", lambda event: workers.append(event["sessionId"]))
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
    session.send(COLLECT)
    for worker in workers:
        session.send(
            "Target.sendMessageToTarget", {"sessionId": worker, "message": json.dumps({"id": 1, "method": COLLECT})}
        )
    session.detach()


def renderers(profile: str) -> list[int]:
    """Find the processes that draw pages for the browser of a profile, not those that draw its own frame."""
    parents = {int(path.name): _parent(path) for path in PROC.iterdir() if path.name.isdigit()}
    browser = next(
        pid for pid in parents if f"--user-data-dir={profile}" in (line := _line(pid)) and "--type=" not in line
    )
    return [pid for pid in parents if _draws(_line(pid)) and browser in _above(pid, parents)]


def _draws(line: str) -> bool:
    return "--type=renderer" in line and not any(word in line for word in NOT_OURS)


def _above(pid: int, parents: dict[int, int]) -> list[int]:
    above = []
    while pid := parents.get(pid, 0):
        above.append(pid)
    return above


def _line(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:  # it has ended
        return ""


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _pss(pid: int) -> float:
    try:
        told = (PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024
