"""The receipt printer in memory."""

import asyncio
from dataclasses import dataclass, field

from app.domain.escpos import Bitmap
from app.till.ports import PrinterFound, PrinterState


@dataclass
class FakePrinter:
    """A receipt printer on a cable: `name` once it was granted, `fault` how it is."""

    name: str = ""
    fault: PrinterState = PrinterState.READY
    fed: list[bytes] = field(default_factory=list)
    """What it took, one for each time."""
    slowness: int = 1
    """How many turns it takes to be fed."""

    async def look(self) -> PrinterFound:
        state = self.fault if self.name else PrinterState.NONE
        return PrinterFound(state, self.name if state is not PrinterState.NONE else "")

    async def feed(self, data: bytes, speed: int) -> PrinterFound:
        for _ in range(self.slowness):
            await asyncio.sleep(0)
        found = await self.look()
        if found.state is PrinterState.READY:
            self.fed.append(data)
        why = "NetworkError" if found.state is PrinterState.FAILED else ""
        return PrinterFound(found.state, found.name, why)

    def draw(self, text: str, dots: int, bold: bool) -> Bitmap:
        return Bitmap(dots // 8, b"\xff" * (dots // 8 * 24))
