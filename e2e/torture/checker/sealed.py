"""Opens what registers have sealed: the form of a line and its cryptography, written down a second time.

A line is `{"header":HEADER,"iv":"…","sealed":"…"}`: AES-256-GCM under the register's data key, bound to HEADER's exact
bytes. The data key lies in the OMS under RSA-OAEP with SHA-256, for the private key of its secrets file.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

START = '{"header":'


@dataclass(frozen=True)
class Opened:
    """A line that was read and opened."""

    line: bytes
    header: Mapping[str, Any]
    body: Mapping[str, Any]
    copy: str = ""
    """Which copy of the register it is of, where there are several."""

    @property
    def digest(self) -> str:
        return sha256(self.line).hexdigest()

    @property
    def register(self) -> str:
        """Store and register, such as "DS01-R1", or "DS01-R1/b" for a copy."""
        return f"{self.header['store']}-{self.header['register']}" + (f"/{self.copy}" if self.copy else "")

    @property
    def seq(self) -> int:
        return int(self.header["seq"])

    @property
    def number(self) -> str:
        return str(self.header.get("number") or "")


def open_line(line: bytes, keys: Mapping[str, bytes]) -> Opened | str:
    """Open one line with the data key that it names, or say why it does not open."""
    try:
        text = line.decode()
        header, end = json.JSONDecoder().raw_decode(text, len(START))
        rest = json.loads(line)
        bound = text[len(START) : end]
        if text != f'{START}{bound},"iv":"{rest["iv"]}","sealed":"{rest["sealed"]}"}}':
            return "the line holds more than header, iv and sealed"
        body = AESGCM(keys[header["key"]]).decrypt(b64decode(rest["iv"]), b64decode(rest["sealed"]), bound.encode())
        return Opened(line, header, json.loads(body))
    except KeyError as error:
        return f"{error} is not there"
    except InvalidTag:
        return "the body does not open: a byte of it, or of its header, was changed"
    except (ValueError, TypeError) as error:
        return f"the line is damaged ({error})"


def data_keys(secrets: Path, wrapped: Mapping[str, str]) -> dict[str, bytes]:
    """Open the data keys of registers, by the key's id; what was not wrapped for this OMS is left out."""
    private = load_pem_private_key(json.loads(secrets.read_text())["private_key"].encode(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError(f"{secrets} holds no RSA key")
    oaep = OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None)
    opened = dict[str, bytes]()
    for key_id, text in wrapped.items():
        try:
            opened[key_id] = private.decrypt(b64decode(text), oaep)
        except ValueError:
            continue
    return opened
