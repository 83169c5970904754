"""Printing through the ports: bytes made of what is to be printed, or the browser's own print."""

from app.domain.escpos import BEGIN, KICK, WIDTHS, encode
from app.till.effects import LookAtPrinter, PrintPage, SendToPrinter
from app.till.events import Event, PagePrinted, PrinterAnswered, PrinterSeen
from app.till.ports import Ports, Printer, PrinterFound


async def printed(ports: Ports, effect: SendToPrinter | LookAtPrinter | PrintPage) -> Event:
    """Do what an effect asks of printer or page, and say what came of it."""
    match effect:
        case SendToPrinter(job=job):
            return PrinterAnswered(job, await _sent(ports.printer, effect))
        case LookAtPrinter():
            return PrinterSeen(await ports.printer.look())
        case PrintPage(order_id):
            await ports.page.print()
            return PagePrinted(order_id)


async def _sent(printer: Printer, effect: SendToPrinter) -> PrinterFound:
    """Send a receipt as often as is wanted; the drawer opens first, so that nobody waits for paper."""
    opening = BEGIN + KICK if effect.opens_drawer else b""
    paper = encode(effect.rows, WIDTHS[effect.width], printer.draw) if effect.rows else b""
    return await printer.feed(opening + paper * effect.copies, effect.speed)
