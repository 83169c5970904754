"""Looking at a screen as it is: pictures for people, and what a machine can see is wrong with it."""

from playwright.sync_api import Page

from e2e.store import ROOT
from e2e.till import Till

SIZES = ((1280, 800), (390, 844))
SCREENS = ROOT / ".build" / "screens"
STILL = """
    async () => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const finite = (each) => each.effect.getComputedTiming().iterations < Infinity;
        await Promise.allSettled(document.getAnimations().filter(finite).map(({ finished }) => finished));
    }
"""
"""A page that was never painted gives no picture, and a button half way to its colour has too little contrast."""
ANSWERED = "!document.querySelector('[data-pressed]')"
"""What was pressed is faint until the till has answered, and the screen may be another one then."""
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def looks_wrong(till: Till, name: str) -> list[str]:
    """Keep pictures of a till at both sizes, and return what axe finds and what scrolls sideways."""
    return page_looks_wrong(till.page, name)


def page_looks_wrong(page: Page, name: str) -> list[str]:
    """The same for any page, such as one of the back office."""
    wrong = []
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(ANSWERED)
        page.evaluate(STILL)
        page.screenshot(path=str(SCREENS / f"{name}-{width}.png"))
        wrong += [f"{name}, {width}: {problem}" for problem in problems(page)]
    page.set_viewport_size({"width": 1280, "height": 800})
    return wrong


def problems(page: Page) -> list[str]:
    """What axe finds on a page at the size that it has, and whether it scrolls sideways."""
    page.evaluate(AXE)
    report = page.evaluate("axe.run(document)")
    found = [f"{rule['id']}: {node['html'][:200]}" for rule in report["violations"] for node in rule["nodes"]]
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["the page scrolls sideways"] if sideways else [])]
