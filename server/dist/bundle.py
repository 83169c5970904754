"""Compiles a tree of Python files into one stored zip of .pyc that can be imported as it lies.

Runs inside Pyodide (see bundle.mjs), because .pyc files belong to the interpreter that will read them.
"""

import importlib.util
import marshal
import zipfile
from pathlib import Path

UNCHECKED_HASH = (1).to_bytes(4, "little")  # the interpreter trusts the file: there is no source to compare it with
SAME_TIME_ALWAYS = (1980, 1, 1, 0, 0, 0)  # so that the same sources make the same bytes, and the same name


def bundle(source: str, target: str) -> None:
    """Write every file under `source` into the zip `target`, Python compiled, the rest as it is."""
    root = Path(source)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name, data = path.relative_to(root).as_posix(), path.read_bytes()
            if path.suffix == ".py":
                name, data = f"{name}c", compiled(name, data)
            archive.writestr(zipfile.ZipInfo(name, SAME_TIME_ALWAYS), data)


def compiled(name: str, source: bytes) -> bytes:
    """The bytes of a .pyc without docstrings; tracebacks name the file as it lies in the repository.

    One package of Pyodide keeps its own: what is written in C takes them from there.
    """
    optimize = 0 if name.startswith("_pyodide/") else 2
    code = compile(source, name, "exec", dont_inherit=True, optimize=optimize)
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(source) + marshal.dumps(code)
