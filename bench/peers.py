"""The peers: npm packages with a lock of their own, which `build.py bench` installs; nothing else needs them."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def running(name: str) -> Iterator[Callable[[str], str]]:
    """Run js/NAME.cjs in Node: what is told it on a line it answers on one; "" only waits for its next line."""
    need_peers()
    command = [str(node()), str(JS / f"{name}.cjs")]
    process = subprocess.Popen(command, cwd=BENCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    told, heard = process.stdin, process.stdout

    def tell(line: str) -> str:
        if line:
            told.write(f"{line}\n")
            told.flush()
        answer = heard.readline().strip()
        assert answer, f"{name}.cjs ended"
        return answer

    try:
        yield tell
    finally:
        told.close()
        process.terminate()
        process.wait(timeout=30)
        heard.close()
