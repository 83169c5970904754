"""What a failed test leaves behind, for whoever has only what was printed, and for whoever has the machine."""

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error

from e2e.till import Till

EVIDENCE = Path(__file__).parent.parent / ".build" / "failures"
LAST_LINES = 15


def kept(till: Till, name: str, number: int = 0) -> str:
    """Keep a picture, the page, a trace and the console under .build/failures/; return what the page said, in words."""
    if not till.is_open:
        return "The browser is closed."
    EVIDENCE.mkdir(parents=True, exist_ok=True)
    safe = f"{re.sub(r'[^A-Za-z0-9]+', '-', name)}-{number}"
    (EVIDENCE / f"{safe}.log").write_text("\n".join(till.console))
    said = "The page answered nothing."
    with suppress(Error):  # a page that hangs has neither, and must not keep the other tests waiting
        said = till.page.locator("body").inner_text()
        (EVIDENCE / f"{safe}.html").write_text(till.page.locator("html").inner_html())
        till.page.screenshot(path=str(EVIDENCE / f"{safe}.png"))
    till.context.tracing.stop_chunk(path=str(EVIDENCE / f"{safe}.zip"))
    till.context.tracing.start_chunk()
    lines = [line for line in said.splitlines() if line.strip()]
    return "\n".join(["The page:", *lines[:40], "Its console:", *(each[:300] for each in till.console[-LAST_LINES:])])
