"""The UPI request as a QR code: an inline SVG with one path, black on white in every theme."""

from urllib.parse import quote

import htpy as h
import segno

from app.domain.money import format_plain


def upi_link(*, vpa: str, name: str, reference: str, amount: int, note: str) -> str:
    """Write the link that a UPI app opens (NPCI's linking specification); amounts are in rupees."""
    fields = {"pa": vpa, "pn": name, "tr": reference, "am": format_plain(amount), "cu": "INR", "tn": note}
    return "upi://pay?" + "&".join(f"{key}={quote(value, safe='@')}" for key, value in fields.items())


def qr(*, text: str, title: str) -> h.Element:
    """Draw a text as a QR code with its quiet zone."""
    rows = segno.make(text, error="m", boost_error=False).matrix
    edge, quiet = len(rows), 4
    runs = "".join(_runs(row, y + quiet, quiet) for y, row in enumerate(rows))
    side = edge + 2 * quiet
    return h.svg(".qr", viewBox=f"0 0 {side} {side}", role="img", aria_label=title, shape_rendering="crispEdges")[
        h.rect(width=str(side), height=str(side), fill="#fff"), h.path(d=runs, fill="#000")
    ]


def _runs(row: bytearray, y: int, left: int) -> str:
    """One rectangle for each run of dark modules."""
    path, x = "", 0
    while x < len(row):
        length = 1
        while x + length < len(row) and row[x + length] == row[x]:
            length += 1
        if row[x]:
            path += f"M{x + left} {y}h{length}v1h-{length}z"
        x += length
    return path
