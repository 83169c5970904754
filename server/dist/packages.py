"""Which Python packages go into the browser: pure ones as installed here, the compiled one from its own wheel."""

import re
import shutil
import zipfile
from importlib.metadata import distribution
from pathlib import Path

# Everything that app/ may import besides the standard library, with what those need themselves.
DISTRIBUTIONS = (
    "annotated-types",
    "certifi",
    "charset-normalizer",
    "htpy",
    "idna",
    "markupsafe",
    "pydantic",
    "pyodide-http",
    "requests",
    "segno",
    "typing-extensions",
    "typing-inspection",
    "tzdata",
    "urllib3",
    "xlsxwriter",
)
COMPILED = "pydantic_core"

# Type stubs, licences, compiled parts for this machine, and what is never imported in a browser.
LEFT_OUT_SUFFIXES = frozenset({".pyi", ".so", ".pyd", ".typed", ".c", ".pyc", ".pem", ".h"})
LEFT_OUT_FOLDERS = frozenset({"__pycache__", "tests", "v1", "bin", "experimental", ".."})
FOR_TYPE_CHECKERS = Path("pydantic", "mypy.py")
OF_A_PAGE = frozenset({"fs", "media", "web", "workers"})
"""Of PyScript: what is for Python in a page, and is imported there alone."""

FOR_DEVELOPERS = frozenset(
    (
        "_pydatetime _pyio _pyrepl antigravity argparse bdb cProfile cmd code colorsys compileall configparser ctypes "
        "doctest filecmp fileinput ftplib getopt imaplib mailbox modulefinder multiprocessing optparse pdb pickletools "
        "plistlib poplib profile pstats pty py_compile pyclbr pydoc rlcompleter sched shelve smtplib socketserver "
        "statistics tabnanny tarfile this timeit tomllib trace tty unittest wave wsgiref xmlrpc zipapp"
    ).split()
)
"""Of the standard library: tools, tests, other processes, and protocols that no browser speaks."""
OLD_ALPHABET = re.compile(r"encodings/(cp(?!437|1252)|iso|mac_|big5|euc_|gb|koi8|shift_|kz|hp_|ptcp|tis_|johab|hz|palmos)")
"""Everything that comes in or goes out is UTF-8; a zip file names its files in code page 437."""
PARTS = re.compile(
    r"xml/(dom|etree|parsers|sax/expatreader)|asyncio/(windows|proactor)_|concurrent/futures/process|http/server|logging/config"
)
"""Of packages whose rest is imported: readers of XML, other systems' loops, other processes, a server."""


def stage_packages(target: Path) -> None:
    """Copy the pure packages into `target`, laid out as they are imported, and our own module that starts the app."""
    for name in DISTRIBUTIONS:
        for file in distribution(name).files or ():
            if wanted(Path(file)):
                copy(Path(str(file.locate())), target / file)
    # requests asks for the list of authorities as it is imported, but it is the browser that checks certificates.
    (target / "certifi" / "cacert.pem").touch()
    copy(Path(__file__).with_name("bundled.py"), target / "bundled.py")


def stage_pyscript(node_modules: Path, target: Path) -> None:
    """Copy the Python part of PyScript, which it carries as text in its script, from beside that."""
    for path in sorted((node_modules / "@pyscript" / "core" / "src" / "stdlib" / "pyscript").glob("*.py")):
        if path.stem not in OF_A_PAGE:
            copy(path, target / "pyscript" / path.name)


def wanted(file: Path) -> bool:
    """Whether an installed file is needed in the browser."""
    parts = set(file.parts)
    in_metadata = any(part.endswith((".dist-info", ".data")) for part in parts)
    return not (
        in_metadata or parts & LEFT_OUT_FOLDERS or file.suffix in LEFT_OUT_SUFFIXES or file == FOR_TYPE_CHECKERS
    )


def stage_library(pyodide: Path, target: Path) -> None:
    """Unpack the standard library as it comes with Pyodide, in source, without what no register ever imports."""
    with zipfile.ZipFile(pyodide / "python_stdlib.zip") as archive:
        archive.extractall(target, [name for name in archive.namelist() if imported_somewhere(name)])


def imported_somewhere(name: str) -> bool:
    """Whether a file of the standard library has a use in a browser."""
    left_out = OLD_ALPHABET.match(name) or PARTS.match(name)
    return Path(name).parts[0].removesuffix(".py") not in FOR_DEVELOPERS and not left_out


def stage_compiled(wheel: Path, target: Path) -> None:
    """Unpack the wheel of the compiled package into `target`, without what is not imported; its code lies elsewhere."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(f"{COMPILED}/") and name.endswith(".py"):
                archive.extract(name, target)


def compiled_code(wheel: Path) -> bytes:
    """The one module of the wheel that is WebAssembly."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".so")]
        return archive.read(name)


def stage_app(app: Path, target: Path) -> None:
    """Copy our own Python files; notes for people stay behind."""
    for path in sorted(app.rglob("*.py")):
        copy(path, target / "app" / path.relative_to(app))


def copy(source: Path, target: Path) -> None:
    """Copy a file, making its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
