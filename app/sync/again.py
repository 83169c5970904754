"""Entries that are to be sent once more though they have a verdict: how the till says so to the courier.

By digest the id of the asking. The courier remembers which askings it has followed, so each of them counts once,
over a crash too, and one more refusal stands until somebody asks again.
"""

from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

_AGAIN = TypeAdapter(dict[str, str])


def read_again(text: str) -> Mapping[str, str]:
    """Read what was asked for; what is damaged asks for nothing."""
    try:
        return _AGAIN.validate_json(text or "{}")
    except ValidationError:
        return {}


def written(again: Mapping[str, str]) -> str:
    return _AGAIN.dump_json(dict(again)).decode()


def new_askings(wanted: Mapping[str, str], followed: Mapping[str, str]) -> frozenset[str]:
    """The digests that somebody has asked for since."""
    return frozenset(digest for digest, asking in wanted.items() if followed.get(digest) != asking)
