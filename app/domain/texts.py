"""Letters that nobody sees: controls, zero widths, and marks that turn the writing of what stands behind them around.

Joiners stay: Hindi and emoji need them.
"""

BREAKS = "\t\n\r"
TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNSEEN = dict.fromkeys(
    code for code in (*range(32), *range(127, 160), 0xAD, 0x200B, 0x2060, 0xFEFF, *TURNS) if chr(code) not in BREAKS
)


def visible(text: str) -> str:
    """A text without them: a name must not turn the amount beside it around, nor pass for another one."""
    return text.translate(UNSEEN)
