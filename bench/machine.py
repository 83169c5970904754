"""On what it was measured: figures without a machine and versions say nothing."""

import json
import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from app import VERSION

LOCK = Path(__file__).with_name("package-lock.json")
OURS = Path(__file__).parents[1] / "package-lock.json"


def machine() -> dict[str, str]:
    """Tell date, machine and versions."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else -1
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "load at the start": f"{load:.1f}",
        "Store OS": VERSION,
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **versions(OURS, ("pyodide", "@pyscript/core")),
        **versions(LOCK),
    }


def versions(lock: Path, names: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the versions of what a lock was made for, or of some of it."""
    packages = json.loads(lock.read_text())["packages"]
    wanted = names or tuple(packages[""]["dependencies"])
    return {name: packages[f"node_modules/{name}"]["version"] for name in wanted}


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in _lines(told) if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _memory() -> str:
    total = [line.split()[1] for line in _lines(Path("/proc/meminfo")) if line.startswith("MemTotal")]
    return f"{int(total[0]) / 2**20:.0f} GiB" if total else "unknown"


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
