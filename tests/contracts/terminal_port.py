"""The promise of a card terminal, a real one's too: no number comes out of it, and the processor can open what does."""

import json
from datetime import UTC, datetime, timedelta
from typing import Protocol

from app.domain.card import ProcessorKey, StoredCard, bound_to
from app.sync.entry import Sealed
from app.sync.sandbox_card import is_sound
from app.till.ports import CardWanted, NotRead, Ports

AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


class Device(Protocol):
    """A register with its terminal, and a processor's pair of keys."""

    @property
    def ports(self) -> Ports: ...

    async def public_key(self) -> str: ...

    async def opens_as_the_oms(self, wrapped: str, sealed: Sealed) -> bytes: ...


def wanted(card: str, amount: int = 49_900) -> CardWanted:
    return CardWanted("pay-1", amount, AT, AT + timedelta(hours=24), card)


async def a_card_is_sealed_for_its_processor(device: Device) -> None:
    """What comes out of a terminal is opened by the processor alone, and shows people four digits and a brand."""
    terminal = device.ports.terminal
    key = ProcessorKey(id="p", spki=await device.public_key())

    stored = await terminal.store(wanted(terminal.test_cards[0]), key)

    assert isinstance(stored, StoredCard)
    bound = bound_to("pay-1", 49_900, stored.terminal_id)
    number = json.loads(await device.opens_as_the_oms(stored.wrapped, Sealed(stored.iv, stored.sealed, bound)))[
        "number"
    ]
    assert is_sound(number)
    assert number not in stored.model_dump_json()
    assert ("p", number[-4:], AT, AT + timedelta(hours=24)) == (
        stored.key_id, stored.last_four, stored.stored_at, stored.expires_at,
    )  # fmt: skip


async def a_card_that_cannot_be_read_is_a_value(device: Device) -> None:
    """A terminal without a card is a state of the sale, not a crash."""
    key = ProcessorKey(id="p", spki=await device.public_key())

    outcomes = [await device.ports.terminal.store(wanted(card), key) for card in ("unreadable", "nothing of ours")]

    assert [True, True] == [isinstance(each, NotRead) and bool(each.why) for each in outcomes]


TERMINAL_CONTRACT = (a_card_is_sealed_for_its_processor, a_card_that_cannot_be_read_is_a_value)
