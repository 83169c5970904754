"""The fakes keep the promises of the ports: a test that passes on a fake says something about a browser."""

import asyncio
import secrets

import pytest

from tests.contracts.till_ports import CONTRACT, Check
from tests.fakes.till import FakeDevice


class Device(FakeDevice):
    async def make_key(self) -> str:
        key_id = secrets.token_hex(8)
        self.vault.keys[key_id] = secrets.token_bytes(32)
        return key_id

    async def choose_folder(self) -> None:
        self.folder.chosen = "Offline sales"


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_the_fakes_keep_the_contract(check: Check) -> None:
    """A fake that is kinder than the browser hides the faults that lose sales."""
    asyncio.run(check(Device()))
