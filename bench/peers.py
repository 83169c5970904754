"""The peers: npm packages with a lock of their own, which `build.py bench` installs; nothing else needs them."""

import subprocess
from pathlib import Path

from bench.plan import Missing
from build import node

BENCH = Path(__file__).parent
JS = BENCH / "js"
MODULES = BENCH / "node_modules"


def need_peers() -> None:
    """Raises Missing where they are not installed."""
    if not (MODULES / ".from-package-lock.json").exists():
        raise Missing("what it is measured beside is not installed; `build.py bench` does it")


def bundle(name: str, into: Path) -> Path:
    """Bundle js/NAME.js with the peers that it imports, as their users do."""
    need_peers()
    made = into / f"{name}.js"
    words = [JS / f"{name}.js", "--bundle", "--format=esm", "--define:global=globalThis", f"--outfile={made}"]
    command = [node(), MODULES / "esbuild" / "bin" / "esbuild", *words, "--minify", "--log-level=error"]
    subprocess.run(list(map(str, command)), cwd=BENCH, check=True)
    return made


def runs_in_node(name: str, *words: str) -> "subprocess.Popen[str]":
    """Start js/NAME.cjs in Node; it says something on a line once it is ready."""
    need_peers()
    command = [str(node()), str(JS / f"{name}.cjs"), *words]
    return subprocess.Popen(command, cwd=BENCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
