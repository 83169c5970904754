"""What the OMS has said to the entries: read whole at the start, after that only what is new."""

from app.sync.balances import BOOKED
from app.sync.protocol import Verdict
from app.sync.said import opened
from app.sync.status import EPOCH
from app.till.events import VerdictsSeen
from app.till.ports import Ports


class Hearing:
    """Verdicts by digest. One on an entry that is booked stands; one that is not may be followed by another."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._held: dict[str, Verdict] = {}
        self._epoch = ""

    async def look(self) -> VerdictsSeen:
        """Read what is new, and forget what was put aside; under another epoch everything is."""
        epoch = (await self._ports.shelf.status()).get(EPOCH, "")
        before = self._held if epoch == self._epoch else {}
        there = await self._ports.shelf.judged()
        stand = {digest: said for digest, said in before.items() if digest in there and said.kind in BOOKED}
        new = await self._ports.shelf.verdicts(there - stand.keys() if stand else None)
        read = [await opened(self._ports.vault, text) for text in new]
        self._held, self._epoch = stand | {verdict.digest: verdict for verdict in read}, epoch
        return VerdictsSeen(self._ports.clock.now(), self._held, epoch)
