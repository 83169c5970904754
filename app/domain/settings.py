"""What the back office has set for a store and its registers; one model, every default here."""

from pydantic import Field

from app.domain.card import CardRules
from app.domain.leeway import Leeways
from app.domain.money import Minor, Value


class Seller(Value):
    """The supplier's block of an invoice (CGST Rule 46 a)."""

    name: str
    legal_name: str = ""
    address: str
    gstin: str = ""
    state_code: str
    phone: str = ""


class Channel(Value):
    """What the associates of one register may do, where that is less than in the store; on means "as the store"."""

    register: str
    offline_mode: bool = True
    auto_detect: bool = True


class Settings(Value):
    """Settings of a store as a register needs them."""

    store: str
    """Store code, such as DS01."""
    seller: Seller
    currency: str = "INR"
    zone: str = "Asia/Kolkata"
    prices_include_tax: bool = True
    cash_step: Minor = Field(default=100, ge=1)
    """Cash is rounded to a multiple of this; 1 turns it off."""
    upi_vpa: str = ""
    upi_name: str = ""
    offline_mode: bool = False
    """"Allow Offline Mode" (O1, P1): off until the back office allows it."""
    auto_detect: bool = False
    """"Allow Auto-Detect Online-Offline" (P1)."""
    locale: str = "en-IN"
    receipt_footer: str = ""
    recipient_from: Minor = Field(default=50_000_00, ge=0)
    """From this taxable value on an unregistered buyer has to be named: CGST Rule 46 (e)."""
    e_invoice: bool = False
    """Above the threshold (AATO): a sale to a business needs an IRN of the invoice registration portal, Rule 48 (4)."""
    lock_minutes: int = Field(default=5, ge=0)
    """After so long without a key or a touch the screen locks; 0 turns it off."""
    denominations: tuple[Minor, ...] = (500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00)
    """Notes and coins that a shift is counted in, largest first."""
    cash_out_limit: Minor = 2_000_00
    """More than this leaves the drawer only with a manager's PIN."""
    return_limit: Minor = 2_000_00
    """Goods worth more than this come back only with a manager's PIN."""
    return_reasons: tuple[str, ...] = ("Wrong size", "Faulty", "Not as expected", "Changed their mind")
    """What is offered as the reason of a return; anything may be typed."""
    shift_required: bool = False
    """Whether nothing is sold before a shift was opened."""
    common_notes: tuple[str, ...] = ("Gift wrap", "Call before delivery", "Fragile")
    """What is often noted on an order: one tap each at checkout."""
    leeways: Leeways = Leeways()
    """What may be taken off by hand at the till, and whether prices may be changed there (O3, T9)."""
    discount_reasons: tuple[str, ...] = ("Damaged packing", "Display piece", "Price match", "Regular customer")
    """Common reasons: one tap each; any other is typed."""
    cards: CardRules = CardRules()
    """Cards that are taken while nobody can be asked about them (P4)."""
    channels: tuple[Channel, ...] = ()
    """Registers with switches of their own."""

    def offline_at(self, register: str) -> bool:
        """Whether a register may sell offline: the store and the register both have to allow it."""
        return self.offline_mode and all(each.offline_mode for each in self.channels if each.register == register)

    def detects_at(self, register: str) -> bool:
        """Whether a register switches by itself when the internet goes."""
        return self.auto_detect and all(each.auto_detect for each in self.channels if each.register == register)
