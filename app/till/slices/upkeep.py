"""Looking after the register: what is shown on Status beside the rest, and the way of a reset."""

from dataclasses import dataclass, field

from app.sync.history import History


@dataclass(frozen=True, slots=True)
class Device:
    """What runs here, and what went wrong last: looked up when Status is opened."""

    runtime: str = ""
    """Python and Pyodide, such as "Python 3.14.2, Pyodide 314.0.7"."""
    browser: str = ""
    report: str = ""
    """The till's last bug: places and kind, nobody's data."""
    courier_report: str = ""


@dataclass(frozen=True, slots=True)
class Upkeep:
    device: Device = field(default_factory=Device)
    history: History = field(default_factory=History)
    asking: bool = False
    """The dialog of the reset is open."""
    exported: frozenset[str] = frozenset()
    """Digests of waiting entries that were given out as a file since the start."""
    checking: bool = False
    """A manager's PIN is being checked, or the reset is being written down."""
    problem: str = ""
    confirmed: str = ""
    """Id that the reset gets once the manager's PIN was right."""
    wanted: str = ""
    """Id of the reset that was written down and that the courier has to follow."""
    beginning: bool = False
    """This browser is being set up anew."""
    begun: bool = False
    """It is another register from the next start on: load the page anew."""
    done: bool = False
    """The local data is gone: load the page anew."""
