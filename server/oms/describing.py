"""The OpenAPI document as integrators need it: every call says that its errors are problem documents (RFC 9457)."""

from typing import Any

from fastapi import FastAPI

from app.sync.protocol import Problem
from server.oms.problems import MEDIA_TYPE

ERRORS = {
    "4XX": "What was asked for can't be done as it was asked: title and detail say why, and what to do.",
    "5XX": "The OMS can't do it now; nothing was changed. With 503 it says when to come again (Retry-After).",
}


class Described(FastAPI):
    """An app whose document names the media type and the form of each error, whichever router a call came from."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        document["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        errors = {code: {"description": words, "content": content} for code, words in ERRORS.items()}
        for call in document["paths"].values():
            for operation in call.values():
                operation["responses"].pop("422", None)  # the framework's own form, which nobody gets
                operation["responses"] |= errors
        return document
