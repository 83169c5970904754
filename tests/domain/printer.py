"""A receipt printer that only reads: it takes ESC/POS bytes apart by Epson's reference, and knows no other command."""

from dataclasses import dataclass, field

ARGUMENTS = {
    b"\x1b@": 0,
    b"\x1bR": 1,
    b"\x1bt": 1,
    b"\x1ba": 1,
    b"\x1bE": 1,
    b"\x1bd": 1,
    b"\x1bp": 3,
    b"\x1c.": 0,
    b"\x1d!": 1,
    b"\x1dV": 2,
}
"""How many bytes follow each command that stands alone."""


class NoCommand(Exception):
    """Bytes that would do something to a printer that nobody meant."""


@dataclass
class Printer:
    """What came out of it."""

    columns: int = 32
    paper: str = ""
    """The text, a line for each line feed; pictures and codes stand in it as [picture 384x24] and [code]."""
    commands: list[bytes] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    @property
    def kicks(self) -> int:
        """How often the drawer was opened."""
        return sum(command.startswith(b"\x1bp") for command in self.commands)

    @property
    def cuts(self) -> int:
        return sum(command.startswith(b"\x1dV") for command in self.commands)

    @property
    def widest(self) -> int:
        """Columns of the widest line, characters of double width counted twice."""
        return max(len(line) for line in self.paper.split("\n"))

    def reads(self, data: bytes) -> "Printer":
        """Take bytes as they come over the cable."""
        at, wide = 0, 1
        while at < len(data):
            if data[at : at + 1] not in (b"\x1b", b"\x1c", b"\x1d"):
                wide_text = data[at : at + 1].decode("ascii")
                if not (wide_text.isprintable() or wide_text == "\n"):
                    raise NoCommand(data[at : at + 8])
                self.paper += wide_text if wide_text == "\n" else wide_text + "\N{NO-BREAK SPACE}" * (wide - 1)
                at += 1
                continue
            length = self._length(data, at)
            command = data[at : at + length]
            wide = 1 + (command[2] >> 4) if command.startswith(b"\x1d!") else wide
            self._does(command)
            at += length
        return self

    def _length(self, data: bytes, at: int) -> int:
        name = data[at : at + 2]
        if name in ARGUMENTS:
            return 2 + ARGUMENTS[name]
        if name == b"\x1d(" and data[at + 2 : at + 3] == b"k":
            return 5 + int.from_bytes(data[at + 3 : at + 5], "little")
        if data[at : at + 4] == b"\x1dv0\x00":
            return 8 + data[at + 4] * int.from_bytes(data[at + 6 : at + 8], "little")
        raise NoCommand(data[at : at + 8])

    def _does(self, command: bytes) -> None:
        self.commands.append(command)
        if command.startswith(b"\x1d(k") and command[5:8] == b"1P0":
            self.codes.append(command[8:])
        if command.startswith(b"\x1d(k") and command[5:8] == b"1Q0":
            self.paper += "[code]"
        if command.startswith(b"\x1dv0"):
            self.pictures.append(command[8:])
            self.paper += "[picture]\n"
