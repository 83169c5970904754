"""Draws the demo store's pictures: flat shapes on a soft ground, small WebP files named by their hash."""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from server.demo.shapes import SHAPES
from server.oms.files import write_whole

SIDE = 240
FINE = 2
"""Drawn this many times larger, then shrunk: smooth edges."""
SCALE = SIDE * FINE / 100
ROUND = 2.5
"""Width of the line that rounds the corners of a shape."""
QUALITY = 78
TINTS = (
    ("#4a5a9c", "#343f73", "#8d9acb", "#e9ecf6"),
    ("#c9b78f", "#a08c60", "#e8dcc0", "#f7f2e6"),
    ("#99404f", "#702b38", "#c98590", "#f7eaec"),
    ("#7d8447", "#5b6130", "#b4ba84", "#f1f2e4"),
    ("#d9a02e", "#a97813", "#f0cd84", "#fcf3df"),
    ("#5d646e", "#41474f", "#9aa1ab", "#edeff1"),
    ("#2f8580", "#1f5f5b", "#7fbdb9", "#e3f2f1"),
    ("#d07f8b", "#a65a67", "#ebb7be", "#fbecee"),
)
"""Main, dark, light and ground of each tint."""
ALWAYS = {"pale": "#fffdf8", "leaf": "#5f9350", "flame": "#f4b23f"}


def make_pictures(wanted: Iterable[tuple[str, int]], folder: Path) -> dict[tuple[str, int], str]:
    """Draw each (shape, tint) once into the folder; return the hash of each."""
    return {key: _keep(draw(*key), folder) for key in sorted(set(wanted))}


def draw(shape: str, tint: int) -> bytes:
    """Draw a shape in a tint."""
    tones = {**ALWAYS, **dict(zip(("main", "dark", "light", "ground"), TINTS[tint], strict=True))}
    image = Image.new("RGB", (SIDE * FINE, SIDE * FINE), tones["ground"])
    board = ImageDraw.Draw(image)
    for step in SHAPES[shape].split(";"):
        _step(board, step.split(), tones)
    shrunk = image.resize((SIDE, SIDE), Image.Resampling.BOX)
    file = BytesIO()
    shrunk.save(file, "WEBP", quality=QUALITY, method=2)
    return file.getvalue()


def _step(board: ImageDraw.ImageDraw, words: list[str], tones: dict[str, str]) -> None:
    what = words[0]
    thick = int(words.pop(1)) if what == "l" else 0
    tone, numbers = tones[words[1]], [int(word) * SCALE for word in words[2:]]
    if what == "e":
        board.ellipse(numbers, fill=tone)
    elif what == "r":
        board.rounded_rectangle(numbers[:4], radius=numbers[4], fill=tone)
    else:
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if what == "p":
            board.polygon(points, fill=tone)
            points += points[:2]
        _stroke(board, points, tone, max(thick, ROUND) * SCALE if what == "p" else thick * SCALE)


def _stroke(board: ImageDraw.ImageDraw, points: list[tuple[float, float]], tone: str, width: float) -> None:
    board.line(points, fill=tone, width=round(width), joint="curve")
    half = width / 2
    for x, y in (points[0], points[-1]):
        board.ellipse((x - half, y - half, x + half, y + half), fill=tone)


def _keep(content: bytes, folder: Path) -> str:
    digest = hashlib.sha256(content).hexdigest()
    path = folder / f"{digest}.webp"
    if not path.exists():
        write_whole(path, content)
    return digest
