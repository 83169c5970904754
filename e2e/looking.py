"""Looking at a screen as it is: pictures for people, and what a machine can see is wrong with it."""

from e2e.store import ROOT
from e2e.test_screens import problems
from e2e.till import Till

SIZES = ((1280, 800), (390, 844))
SCREENS = ROOT / ".build" / "screens"


def looks_wrong(till: Till, name: str) -> list[str]:
    """Keep pictures at both sizes, and return what axe finds and what scrolls sideways."""
    wrong = []
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        till.page.set_viewport_size({"width": width, "height": height})
        till.page.screenshot(path=str(SCREENS / f"{name}-{width}.png"))
        wrong += [f"{name}, {width}: {problem}" for problem in problems(till)]
    till.page.set_viewport_size({"width": 1280, "height": 800})
    return wrong
