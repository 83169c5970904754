"""The rules of the house that a machine can see: which way imports run, how long things are, what files say."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("app", "server", "tests", "e2e", "bench")
MOST_LINES, MOST_LINES_OF_FUNCTION, MOST_LINES_OF_DOCSTRING = 300, 30, 5
MOST_LINES_OF_PAGE = 400  # shell.js, boot.js and service-worker.js together

CONTRACT = (
    "app.till.state",
    "app.till.slices",
    "app.till.events",
    "app.till.effects",
    "app.till.ports",
    "app.till.page_port",
    "app.till.drawing",
    "app.till.printer_port",
    "app.till.recovery_effects",
    "app.till.folder_effects",
    "app.till.messages",
)
VALUES = ("app.domain", "app.catalogue", "app.sync")
DOING = (
    "app.till.caretaker",
    "app.till.receipts",
    "app.till.archivist",
    "app.till.comparing",
    "app.till.filed",
    "app.till.formers",
    "app.till.inspector",
    "app.till.patience",
    "app.till.restorer",
    "app.till.turn",
    "app.till.hearing",
    "app.till.library",
    "app.till.mirror",
    "app.till.pruner",
    "app.till.reader",
    "app.till.making",
    "app.till.recorder",
    "app.till.rescuer",
    "app.till.runner",
    "app.till.spare",
    "app.till.watchman",
)
ASKED = (
    "app.till.shifts",
    "app.till.bargains",
    "app.till.parked",
    "app.till.risk",
    "app.till.standing",
    "app.till.selectors",
    "app.till.directory",
    "app.till.past",
    "app.till.returned",
    "app.till.taking_back",
    "app.till.quantities",
    "app.till.supply",
    "app.till.upkeep",
    "app.till.diagnosis",
    "app.till.balances",
    "app.till.strips",
)
INSIDE = (*VALUES, *CONTRACT, *ASKED)

# Each part may import itself and what is named here. A file of a part that is not in this table has no place yet.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "app.domain": (),
    "app.sync": ("app.domain",),
    "app.catalogue": ("app.domain", "app.sync"),
    **dict.fromkeys((*CONTRACT, *ASKED), INSIDE),
    "app.till.flow": INSIDE,
    "app.languages": (),
    "app.till.ui": (*INSIDE, "app.languages"),
    "app.till.loop": (*INSIDE, "app.till.flow", "app.till.ui"),
    **dict.fromkeys(DOING, (*INSIDE, *DOING)),
    "app.till.register": (*INSIDE, *DOING, "app.till.flow", "app.till.ui", "app.till.loop"),
    "app.till.main": ("app",),
    "app.courier": (*VALUES, "app.till.ports"),  # clock, ids, channel and stores are ports of both workers
    "app.courier.main": ("app",),
    "app.browser": (*VALUES, *CONTRACT, "app.courier.ports"),
    "app.browser.factory": (*VALUES, *CONTRACT, "app.courier", "app.browser"),  # puts a worker's adapters together
    "server": VALUES,
}
EVERYONE = ("app.VERSION",)
WHY = {
    "app.domain": "sums have to be the same at the till, at the OMS and in a test, so they know nothing of either",
    "app.sync": "being offline is reasoned about without any I/O, so that every case can be tested",
    "app.catalogue": "the server writes the image that the till opens, so it knows neither",
    "app.till.flow": "what happens is a pure function of state and event, so that a sale can be replayed",
    "app.languages": "a language is words alone, so that whoever speaks it can mend it",
    "app.till.ui": "a screen is a pure function of state; it decides nothing",
    "app.courier": "the courier runs on CPython against a real server in the tests, and never in the till's way",
    "app.browser": "adapters know the ports they fill, not who calls them",
    "server": "the OMS shares nouns, image and wire with the register, never its screens or its browser",
}
EMPTY = {"app", "app.till"}
"""Packages above the parts; they stay empty."""
ONLY_IN_BROWSER = {"js", "pyodide", "pyodide_js", "pyodide_http", "pyscript", "polyscript"}
IMPURE = {"time", "uuid", "secrets", "random", "requests", "socket", "subprocess", "threading", "asyncio", "os"}
PURE = ("app/domain", "app/languages", "app/sync", "app/till/flow", "app/till/ui")


def python_files() -> list[Path]:
    """Every Python file of ours."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts)
    return sorted([ROOT / "build.py", *inside])


def name_of(path: Path) -> str:
    """A file as people name it."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """A file as Python names it."""
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def tree(path: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """Every module that a file imports, those for types alone included: a type leads the way for the code."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def within(module: str, part: str) -> bool:
    """Whether a module is a part or lies in it."""
    return module == part or module.startswith(f"{part}.")


def part_of(module: str) -> str | None:
    """The most exact row of the table that a module belongs to."""
    return max((part for part in MAY_IMPORT if within(module, part)), key=len, default=None)


FILES = python_files()
PRODUCT = [path for path in FILES if path.parts[len(ROOT.parts)] in {"app", "server"}]
READ = [path for path in FILES if path.parent.name != "languages"]  # a dictionary is looked up, not read


def wrong(paths: Iterable[Path], look: Callable[[Path], object]) -> dict[str, object]:
    """The files in which something was found, and what."""
    return {name_of(path): found for path in paths if (found := look(path))}


def test_every_file_has_a_place() -> None:
    """A file that belongs to no part may import anything: nobody has decided what it is."""
    homeless = [name_of(path) for path in PRODUCT if module_of(path) not in EMPTY and not part_of(module_of(path))]

    assert [] == homeless, "give it a row in MAY_IMPORT, or a place in a part that is there"


def test_imports_run_one_way() -> None:
    """A part that imports upwards can no longer be read, tested or moved without all the rest."""
    assert {} == wrong(PRODUCT, upwards), "; ".join(f"{part}: {why}" for part, why in WHY.items())


def upwards(path: Path) -> set[str]:
    """The modules of ours that a file may not import."""
    module = module_of(path)
    part = "app.domain" if module in EMPTY else part_of(module) or ""
    ours = {name for name in imports(path) if within(name, "app")}
    allowed = (part, *MAY_IMPORT.get(part, ()), *EVERYONE)
    found = {name for name in ours if not any(within(name, one) for one in allowed)}
    return {name for name in found if not any(within(other, name) for other in ours - {name})}


def test_the_checker_shares_no_code_with_what_it_checks() -> None:
    """A bug in a shared line would be on both sides of the comparison, and never be seen."""

    def shared(path: Path) -> set[str]:
        ours = {name for name in imports(path) if name.partition(".")[0] in {"app", "server", "tests", "e2e", "build"}}
        return {name for name in ours if not name.startswith(("e2e.torture.checker", "e2e.torture.plan"))}

    assert {} == wrong(sorted((ROOT / "e2e/torture/checker").glob("*.py")), shared)


def test_only_the_browser_folder_knows_that_a_browser_exists() -> None:
    """What imports js cannot run on CPython, so it cannot be tested quickly nor shared with the server."""
    elsewhere = [path for path in PRODUCT if not module_of(path).startswith("app.browser")]

    assert {} == wrong(elsewhere, lambda path: roots(path) & ONLY_IN_BROWSER), "put this behind a port in app/browser"


def test_pure_parts_have_no_clock_no_chance_and_no_io() -> None:
    """Time, ids and answers come in with events: only then does the same input always give the same sale."""
    pure = [path for path in PRODUCT if name_of(path).startswith(PURE)]

    assert {} == wrong(pure, lambda path: roots(path) & IMPURE), "let it come with an event, or ask with an effect"


def roots(path: Path) -> set[str]:
    """The packages that a file imports."""
    return {name.split(".")[0] for name in imports(path)}


def test_a_file_says_what_it_is_for() -> None:
    """A newcomer finds the place by reading first lines; a longer text there is a sign of two files in one."""

    def unsaid(path: Path) -> str:
        lines = len((ast.get_docstring(tree(path)) or "").splitlines())
        return "" if 1 <= lines <= MOST_LINES_OF_DOCSTRING else f"{lines} lines of docstring"

    assert {} == wrong(FILES, unsaid)


def test_a_file_can_be_read_in_one_sitting() -> None:
    """Every code base has one file that everybody regrets; it grew past this length without anyone deciding so."""
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in READ}

    assert {} == {name: count for name, count in lines.items() if count > MOST_LINES}, "split it by what its parts do"


def test_a_function_can_be_seen_whole() -> None:
    """A function that does not fit on a screen does more than its name says."""

    def long(path: Path) -> list[str]:
        return [f"{name}: {lines} lines" for name, lines in functions(path) if lines > MOST_LINES_OF_FUNCTION]

    assert {} == wrong(FILES, long)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its length, decorators not counted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_page_stays_a_shell() -> None:
    """JavaScript that grows becomes a second application, untyped and without tests of its own."""
    page = [ROOT / "public" / name for name in ("shell.js", "boot.js", "service-worker.js")]
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in page)

    assert lines <= MOST_LINES_OF_PAGE, ", ".join(path.name for path in page)


def test_every_test_says_why_it_matters() -> None:
    """When a test fails in two years, its docstring is the only witness of what would be lost by deleting it."""

    def mute(path: Path) -> list[str]:
        found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        return [test.name for test in found if test.name.startswith("test_") and not ast.get_docstring(test)]

    assert {} == wrong([path for path in FILES if path.name.startswith("test_")], mute)
