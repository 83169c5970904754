"""Cards taken by a terminal: what is kept of one is sealed for the processor, and nobody here can open it.

The card's number exists inside the terminal alone, for the moment of sealing (PCI DSS 3.5: it is kept nowhere).
"""

from pydantic import AwareDatetime, Field

from app.domain.money import Minor, Value


class ProcessorKey(Value):
    """The processor's public key (RSA-OAEP with SHA-256), as WebCrypto imports it: SPKI in base64."""

    id: str
    spki: str


class StoredCard(Value):
    """A card payment that waits for its processor; the number is in `sealed`, which only the processor opens."""

    key_id: str
    wrapped: str
    """The AES-256 key, encrypted for the processor; base64."""
    iv: str
    sealed: str
    """AES-GCM over the card's data; payment, amount and terminal are bound to it. Base64."""
    brand: str = Field(max_length=20)
    last_four: str = Field(pattern="^[0-9]{4}$")
    terminal_id: str = Field(max_length=40)
    stored_at: AwareDatetime
    expires_at: AwareDatetime
    """The processor takes it until then."""
    approved_by: str = ""
    """The manager who let it pass, above what anybody may store."""

    @property
    def face(self) -> str:
        """How people tell cards apart."""
        return f"{self.brand} •••• {self.last_four}"


class CardRules(Value):
    """How much a store trusts to cards that nobody could ask about; schemes call these floor limits."""

    sale_cap: Minor = Field(default=5_000_00, ge=0)
    """More than this in one sale needs a manager's PIN."""
    hard_cap: Minor = Field(default=20_000_00, ge=0)
    """More than this in one sale is not stored by anybody."""
    register_cap: Minor = Field(default=50_000_00, ge=0)
    """All that waits to be processed at one register."""
    hours: int = Field(default=24, ge=1, le=72)
    """So long after the oldest one that waits nothing more is stored; and each is good for so long."""
    key: ProcessorKey | None = None
    """Without it no card can be taken by the terminal."""


def bound_to(payment_id: str, amount: int, terminal_id: str) -> bytes:
    """What the seal is bound to: the same card data cannot be used for another payment or another amount."""
    return f"{payment_id}|{amount}|{terminal_id}".encode()
