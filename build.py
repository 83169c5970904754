"""Sets up, serves, tests and packs Store OS: `python3 build.py serve|test|torture|bench|dist|docs`.

Standard library only until .venv stands; then this file runs itself inside it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / ".build"  # what can be made again: caches, logs, reports
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
WHEELS = BUILD / "wheels"
RUNTIME_LOCK, TEST_LOCK = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
NODE_LOCK, BROWSER_LOCK = ROOT / "requirements-node.lock", ROOT / "requirements-browser.lock"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20
PYODIDE_TAGS = ("--python-version=3.14", "--abi=cp314", "--platform=pyemscripten_2026_0_wasm32", "--implementation=cp")


class Stop(Exception):
    """What is missing or failed, and what to do about it, in one sentence."""


def main(argv: list[str]) -> int:
    """Set up what the command needs, outside of .venv; do the command's work inside of it."""
    options = parsed(argv)
    try:
        if not inside():
            set_up(for_tests=options.command in {"test", "docs", "torture", "bench"})
            if options.command == "bench":
                install_node_modules("bench")
            return rerun(argv)
        BUILD.mkdir(exist_ok=True)
        work = {"serve": serve, "test": test, "torture": torture, "bench": bench, "dist": dist, "docs": docs}
        return work[options.command](options)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parsed(argv: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="build.py", description="Set up, serve, test and pack Store OS.")
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="set up, build, and run the store with a demo in it")
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--data", type=Path, default=ROOT / ".store-os", help="where the store keeps its database")
    serving.add_argument("--no-open", action="store_true", help="do not open a browser")
    testing = commands.add_parser("test", help="set up and build, then lint, types, unit tests and end-to-end tests")
    testing.add_argument("--fast", action="store_true", help="leave the browser out")
    torturing = commands.add_parser("torture", help="inject faults, and count what was lost, doubled or different")
    torturing.add_argument("--kills", type=int, help="how often a browser is killed (nightly: 1000)")
    torturing.add_argument("--orders", type=int, help="orders through a bad network (nightly: 10000)")
    torturing.add_argument("--seed", type=int, help="repeats an earlier run")
    torturing.add_argument("--only", metavar="NAME", help="run one round")
    benching = commands.add_parser("bench", help="measure, beside what people would pick instead; table and JSON")
    benching.add_argument("--small", action="store_true", help="a short form that shows only that it runs")
    benching.add_argument("--only", metavar="ROW", help="measure one row")
    benching.add_argument("--data", type=Path, help="a folder with real catalogues (or STORE_OS_DATA)")
    commands.add_parser("dist", help="build dist/, everything a static host needs")
    commands.add_parser("docs", help="take the pictures of the guides again, from the running product")
    return parser.parse_args(argv)


# Set-up: with what any Python has.


def inside() -> bool:
    """Whether this is the Python of .venv."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def rerun(argv: list[str]) -> int:
    """This file again, with the Python of .venv."""
    return become([PYTHON, ROOT / "build.py", *argv])


def become(command: list[str | Path]) -> int:
    """Another program in this one's place, so that a signal meant for it reaches it."""
    words = list(map(str, command))
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(words[0], words)  # noqa: S606 - no shell is wanted
    return subprocess.call(words)


def set_up(*, for_tests: bool) -> None:
    """Everything that is missing; nothing when all is as the locks say."""
    if sys.version_info < OLDEST_PYTHON:
        have = ".".join(map(str, sys.version_info[:3]))
        raise Stop(f"Store OS needs Python 3.11 or newer, and this is {have}: run build.py with a newer python3.")
    BUILD.mkdir(exist_ok=True)
    make_venv()
    install(TEST_LOCK if for_tests else RUNTIME_LOCK)
    fetch_wheel()
    install_node_modules()


def make_venv() -> None:
    """An environment of our own, in .venv."""
    if PYTHON.exists():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop(
            "This Python came without venv, where our packages would live: run `apt-get install -y python3-venv` "
            "as root (on other systems install Python from python.org), then run the command again."
        )
    run([sys.executable, "-m", "venv", "--clear", VENV], "Making .venv", "check that the disk has room and try again")


def install(lock: Path) -> None:
    """The Python packages of a lock, each checked against its hash."""
    # The tests' lock holds all of the other one, so who has it needs nothing more to serve.
    satisfied = [TEST_LOCK, RUNTIME_LOCK] if lock == RUNTIME_LOCK else [lock]
    if any(fresh(VENV, file) for file in satisfied):
        return
    pip("install", "--require-hashes", "--requirement", lock, doing="Installing Python packages")
    mark(VENV, lock)


def fetch_wheel() -> None:
    """The one compiled package that runs in the browser, checked against its hash."""
    if fresh(WHEELS, BROWSER_LOCK):
        return
    shutil.rmtree(WHEELS, ignore_errors=True)
    what = ("--no-deps", "--only-binary=:all:", *PYODIDE_TAGS, "--dest", WHEELS, "--require-hashes", "-r", BROWSER_LOCK)
    pip("download", *what, doing="Fetching pydantic-core for the browser")
    mark(WHEELS, BROWSER_LOCK)


def pip(*args: str | Path, doing: str) -> None:
    """pip of .venv."""
    remedy = "check the internet connection and the room on the disk, then run the command again"
    run([PYTHON, "-m", "pip", "--disable-pip-version-check", *args], doing, remedy)


def install_node_modules(where: str = ".") -> None:
    """npm packages of a lock: the browser's runtime, or what the bench measures beside; no install script runs."""
    folder, lock = ROOT / where / "node_modules", ROOT / where / "package-lock.json"
    if fresh(folder, lock):
        return
    npm = shutil.which("npm", path=path_with(node()))
    remedy = "check the internet connection and run the command again"
    how = ("--prefix", ROOT / where, "--ignore-scripts", "--no-audit", "--no-fund")
    run([npm or "npm", "ci", *how], "Installing npm packages", remedy)
    mark(folder, lock)


def node() -> Path:
    """The machine's Node where it is recent enough and has npm, else one from a Python package."""
    found = shutil.which("node")
    if found and shutil.which("npm") and node_version(found) >= OLDEST_NODE:
        return Path(found)
    if not fresh(VENV, NODE_LOCK):
        pip("install", "--require-hashes", "--requirement", NODE_LOCK, doing="Installing Node")
        mark(VENV, NODE_LOCK)
    return BIN / ("node.exe" if os.name == "nt" else "node")


def node_version(executable: str) -> int:
    """The major version, 0 where it does not say."""
    said = subprocess.run([executable, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", said)
    return int(found[1]) if found else 0


def path_with(executable: Path) -> str:
    """PATH, beginning where an executable lies."""
    return os.pathsep.join([str(executable.parent), os.environ.get("PATH", "")])


def fresh(folder: Path, lock: Path) -> bool:
    """Whether the folder was made from this very lock."""
    stamp = folder / f".from-{lock.name}"
    return stamp.exists() and stamp.read_text() == hash_of([lock])


def mark(folder: Path, lock: Path) -> None:
    """Remember what a folder was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f".from-{lock.name}").write_text(hash_of([lock]))


def hash_of(inputs: list[Path]) -> str:
    """One hash over names and contents."""
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def run(command: list[str | Path], doing: str, remedy: str) -> None:
    """Run a step of the set-up; its output goes to a log, and only a failure is worth more than one line."""
    print(f"{doing} …", flush=True)
    log = BUILD / "set-up.log"
    with log.open("w") as out:
        env = {**os.environ, "PATH": path_with(Path(command[0]))}
        try:
            done = subprocess.run(list(map(str, command)), stdout=out, stderr=out, cwd=ROOT, env=env, check=False)
        except OSError as error:
            raise Stop(f"{doing} failed ({error}): {remedy}.") from error
    if done.returncode:
        raise Stop(f"{doing} failed: {remedy} (what was said is in {log.relative_to(ROOT)}).")


# Work: inside .venv, with everything installed.


def serve(options: argparse.Namespace) -> int:
    """The store, on localhost; the server says its address when it listens and opens it."""
    dist(options)
    where = ("--port", str(options.port), "--data", options.data.resolve(), "--dist", ROOT / "dist")
    os.chdir(ROOT)
    return become([PYTHON, "-m", "server", "serve", *where, *(["--no-open"] if options.no_open else [])])


def dist(_options: argparse.Namespace) -> int:
    """dist/, unless it was made from these very files."""
    stamp, made_from = BUILD / "dist.stamp", hash_of(dist_inputs())
    if (ROOT / "dist" / "index.html").exists() and stamp.exists() and stamp.read_text() == made_from:
        return 0
    from server.dist.make import make
    from server.dist.runtime import NodeFailed, Workshop

    print("Building dist/ …", flush=True)
    try:
        print(make(Workshop(ROOT, str(node())), next(WHEELS.glob("*.whl"))))
    except (NodeFailed, LookupError) as error:
        raise Stop(f"dist/ could not be built, and the one before is still there: {error}") from error
    stamp.write_text(made_from)
    return 0


def dist_inputs() -> list[Path]:
    """Everything that dist/ is made from."""
    folders = [ROOT / "app", ROOT / "public", ROOT / "server" / "dist"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return [ROOT / "package-lock.json", *sorted(ROOT.glob("requirements*.lock")), *sorted(files)]


def test(options: argparse.Namespace) -> int:
    """Every check there is; the last line sums up."""
    from tests.checks import run_checks

    return run_checks(ROOT, fast=options.fast, build=lambda: dist(options))


def docs(options: argparse.Namespace) -> int:
    """The pictures in docs/pictures, taken by walking through the product."""
    return in_browser(options, "The pictures", "e2e.tour")


def torture(options: argparse.Namespace) -> int:
    """The fault-injection suite; 0 only with nothing lost, doubled or different."""
    asked = {name: getattr(options, name) for name in ("kills", "orders", "seed", "only")}
    words = [f"--{name}={value}" for name, value in asked.items() if value is not None]
    return in_browser(options, "Faults in the browser", "e2e.torture", *words)


def bench(options: argparse.Namespace) -> int:
    """The table of what we claim about speed."""
    asked = [f"--{name}={value}" for name in ("only", "data") if (value := getattr(options, name)) is not None]
    return in_browser(options, "Page figures", "bench", *asked, *(["--small"] if options.small else []))


def in_browser(options: argparse.Namespace, what: str, module: str, *words: str) -> int:
    """A program of ours that drives a Chromium over what was built."""
    dist(options)
    from e2e import machine

    browser = machine.chromium()
    if browser is None:
        raise Stop(f"{what} need a Chromium, and none could be found or fetched: name one in STORE_OS_CHROMIUM.")
    env = {**os.environ, "STORE_OS_CHROMIUM": browser}
    return subprocess.call([sys.executable, "-m", module, *words], cwd=ROOT, env=env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
