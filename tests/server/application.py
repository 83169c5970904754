"""The web application as the tests use it: wired once, because that takes longer than most tests, and given a store."""

from fastapi import FastAPI

from server.app import create_app
from server.oms.oms import Oms

_MADE: list[FastAPI] = []


def application(oms: Oms) -> FastAPI:
    """Let the one application serve this store from now on; a test that needs two at once makes its own."""
    if not _MADE:
        _MADE.append(create_app(oms))
    _MADE[0].state.oms = oms
    return _MADE[0]
