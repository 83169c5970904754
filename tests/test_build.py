"""build.py and what it calls: nothing is done twice, and what fails says what to do in one sentence."""

import importlib.util
import sys
from argparse import Namespace
from pathlib import Path

import pytest

import build
from server.dist import make
from tests import checks
from tests.outcomes import Outcome, heading
from tests.suites import Suite, read_report

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_good"/>
<testcase classname="tests.a" name="test_bad"><failure message="no"/></testcase>
<testcase classname="tests.a" name="test_broken"><error message="no"/></testcase>
<testcase classname="tests.a" name="test_elsewhere"><skipped message="no Xvfb here"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine with nothing set up; each step of the set-up is noted here instead of being done."""
    done: list[str] = []
    places = {"ROOT": "", "VENV": "venv", "BUILD": "build", "WHEELS": "wheels", "PYTHON": "venv/python"}
    places |= {"RUNTIME_LOCK": "run.lock", "TEST_LOCK": "test.lock", "BROWSER_LOCK": "web.lock", "NODE_LOCK": "n.lock"}
    for name, place in places.items():
        monkeypatch.setattr(build, name, tmp_path / place)
    for lock in ("run.lock", "test.lock", "web.lock", "n.lock", "package-lock.json"):
        (tmp_path / lock).write_text(lock)

    def note(_command: list[str | Path], doing: str, _remedy: str) -> None:
        done.append(doing)
        (tmp_path / "venv").mkdir(exist_ok=True)
        (tmp_path / "venv" / "python").touch()

    monkeypatch.setattr(build, "run", note)
    monkeypatch.setattr(build, "node", lambda: tmp_path / "node")
    return done


def test_a_fresh_machine_gets_everything(steps: list[str]) -> None:
    """One command has to be enough on a machine where nothing is prepared."""
    build.set_up(for_tests=False)

    assert [
        "Making .venv",
        "Installing Python packages",
        "Fetching pydantic-core for the browser",
        "Installing npm packages",
    ] == steps


def test_a_second_run_sets_nothing_up(steps: list[str]) -> None:
    """Who starts the store every morning does not wait for what is there, and needs no network for it."""
    build.set_up(for_tests=False)
    steps.clear()

    build.set_up(for_tests=False)

    assert [] == steps


def test_who_can_test_can_serve(steps: list[str]) -> None:
    """The tests' lock holds all of the other one: going back and forth between the two installs nothing again."""
    build.set_up(for_tests=True)
    steps.clear()

    build.set_up(for_tests=False)

    assert [] == steps


def test_a_changed_lock_is_installed(steps: list[str]) -> None:
    """After an update everybody has to run what the lock says, not what was there before."""
    build.set_up(for_tests=False)
    steps.clear()
    build.BROWSER_LOCK.write_text("newer")

    build.set_up(for_tests=False)

    assert ["Fetching pydantic-core for the browser"] == steps


def test_python_without_venv_is_told_how_to_get_it(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's Python comes without venv, and its own message does not fit one line."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(build.Stop, match="`apt-get install -y python3-venv` as root"):
        build.set_up(for_tests=False)


def test_an_old_python_is_told_what_is_needed(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A syntax error from deep inside would not tell anyone that a newer Python is all it takes."""
    monkeypatch.setattr(build, "OLDEST_PYTHON", (99, 0))

    with pytest.raises(build.Stop, match="needs Python 3.11 or newer"):
        build.set_up(for_tests=False)


def test_an_old_node_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pyodide does not start in an old Node, so one of our own takes its place."""
    wanted: list[str] = []
    monkeypatch.setattr(build, "node_version", lambda _executable: build.OLDEST_NODE - 1)
    monkeypatch.setattr(build, "fresh", lambda _folder, _lock: False)
    monkeypatch.setattr(build, "mark", lambda _folder, _lock: None)
    monkeypatch.setattr(build, "pip", lambda *_args, doing: wanted.append(doing))

    executable = build.node()

    assert (build.BIN, ["Installing Node"]) == (executable.parent, wanted)


def test_a_failed_step_says_what_to_do_and_where_to_read_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of pip's output is no help to a shop assistant; one sentence with the next step is."""
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "BUILD", tmp_path)

    with pytest.raises(build.Stop) as stopped:
        build.run([sys.executable, "-c", "raise SystemExit(1)"], "Installing", "check the network")

    assert "Installing failed: check the network (what was said is in set-up.log)." == str(stopped.value)


def test_a_missing_program_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback of FileNotFoundError names our own lines, not what the person can change."""
    monkeypatch.setattr(build, "BUILD", tmp_path)

    with pytest.raises(build.Stop, match=r"^Installing failed \(.+no-such-program.+\): check the network\.$"):
        build.run([tmp_path / "no-such-program"], "Installing", "check the network")


def test_a_problem_is_one_line_and_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts look at the exit code, people at the sentence; neither is served by a traceback."""

    def fail(_options: Namespace) -> int:
        raise build.Stop("The disk is full: make room and try again.")

    monkeypatch.setattr(build, "inside", lambda: True)
    monkeypatch.setattr(build, "dist", fail)

    assert (1, "The disk is full: make room and try again.\n") == (build.main(["dist"]), capsys.readouterr().err)


def test_an_unchanged_app_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting the store has to be quick, and a build that changes nothing makes every register download again."""
    built: list[str] = []
    for name in ("ROOT", "BUILD", "WHEELS"):
        monkeypatch.setattr(build, name, tmp_path)
    monkeypatch.setattr(build, "node", lambda: Path("node"))
    monkeypatch.setattr(make, "make", lambda _workshop, _wheel: built.append("dist"))
    for file in ("package-lock.json", "a.whl", "app/main.py", "public/shell.js", "dist/index.html"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("before")

    build.dist(Namespace())
    build.dist(Namespace())
    (tmp_path / "app/main.py").write_text("after")
    build.dist(Namespace())

    assert ["dist", "dist"] == built


def test_a_report_is_read_test_by_test(tmp_path: Path) -> None:
    """What could not run here has to be named with its reason, or a green line would promise too much."""
    (tmp_path / "report.xml").write_text(JUNIT)

    outcome = read_report(tmp_path / "report.xml")

    expected = Outcome(
        passed=1,
        failed=("tests.a::test_bad", "tests.a::test_broken"),
        not_here=("tests.a::test_elsewhere: no Xvfb here",),
    )
    assert expected == outcome


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome(passed=412), "412 passed, 0 failed"),
        (Outcome(passed=7, failed=("lint",), not_here=("a", "b")), "7 passed, 1 failed, 2 skipped"),
    ],
)
def test_the_last_line_sums_up(outcome: Outcome, line: str) -> None:
    """Machines read the last line only, so its form is part of the contract."""
    assert line == checks.summary(outcome).splitlines()[-1]


def test_the_summary_names_what_failed_and_what_did_not_run() -> None:
    """A number alone sends people scrolling through thousands of lines."""
    said = checks.summary(Outcome(failed=("lint",), not_here=("the real folder: no Xvfb",)))

    assert ["Could not run here:", "  the real folder: no Xvfb", "", "Failed:", "  lint"] == said.splitlines()[1:6]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a folder for tests, and nothing in it."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # it is this file that starts pytest, not what ours needs
    (tmp_path / ".build").mkdir()
    (tmp_path / "tests").mkdir()
    return tmp_path


def test_a_run_that_breaks_off_is_a_failure(folder: Path) -> None:
    """Tests that were never collected report no failure of their own."""
    (folder / "tests" / "conftest.py").write_text("raise SystemExit(3)")

    assert Outcome(failed=("unit tests",)) == Suite("unit tests", folder, "tests").runs()


def test_what_runs_beside_is_counted_and_its_words_come_in_one_piece(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two suites that talk at once are read by nobody, and one that nobody hears must not be green."""
    (folder / "tests" / "test_it.py").write_text("def test_good(): pass\n\ndef test_bad(): assert False, 'a reason'\n")

    with Suite("the others", folder, "tests").begun() as others:
        others.process.wait()
        heading("my own")
        outcome = others.outcome()

    said = capfd.readouterr().out
    assert (1, ("tests.test_it::test_bad",)) == (outcome.passed, outcome.failed)
    assert said.startswith("\n── my own\n\n── the others\n")
    assert "a reason" in said


def test_what_runs_beside_does_not_outlive_what_it_runs_beside(folder: Path) -> None:
    """Who breaks a run off would find a browser still at work, and a second run in its way."""
    (folder / "tests" / "test_it.py").write_text("import time\n\ndef test_long(): time.sleep(600)\n")

    with pytest.raises(build.Stop), Suite("the others", folder, "tests").begun() as others:
        raise build.Stop

    assert others.process.returncode is not None


def test_a_build_that_raises_does_not_take_the_last_line_away() -> None:
    """Whatever breaks, the run ends with its summary and a failure in it."""

    def broken() -> None:
        raise build.Stop("dist/ could not be built.")

    assert Outcome(failed=("build",)) == checks.building(broken)
