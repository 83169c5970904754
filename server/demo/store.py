"""The demo store's settings, tenders, staff, tax rates and customers; all of it made up."""

from collections.abc import Iterator
from datetime import date

from app.domain.account import Account
from app.domain.coupon import Coupon
from app.domain.customer import Customer
from app.domain.extension import Extension
from app.domain.gstin import check_digit
from app.domain.payment import Tender, TenderKind
from app.domain.promotion import BuyGet, PercentOff, Promotion
from app.domain.settings import Seller, Settings
from app.domain.staff import Role, StaffMember
from app.domain.tax import TaxRate
from server.oms.pins import seal_pin

CODE = "DS01"
SETTINGS = Settings(
    store=CODE,
    seller=Seller(
        name="Demo Store",
        legal_name="Demo Retail Private Limited",
        address="14 Lakeside Road, Indiranagar, Bengaluru 560038",
        gstin="29AABCD1234E1Z4",
        state_code="29",
        phone="080 5550 0100",
    ),
    upi_vpa="demostore@upi",
    upi_name="Demo Store",
    receipt_footer="Thank you. Exchange within 14 days with this invoice.",
    offline_mode=True,
    auto_detect=True,
)

_TENDERS = (
    ("cash", "Cash at Store", TenderKind.CASH, False),
    ("card", "Card Swipe at Store", TenderKind.CARD, True),
    ("upi", "UPI at Store", TenderKind.UPI, True),
    ("wallet", "Wallet", TenderKind.WALLET, True),
    ("voucher", "Gift Voucher", TenderKind.VOUCHER, True),
    ("account", "House Account", TenderKind.ACCOUNT, False),
    ("link", "Payment Link", TenderKind.ONLINE, False),
    ("terminal", "Card on Terminal", TenderKind.CARD, False),
)
TENDERS = tuple(
    Tender(
        id=key,
        name=name,
        kind=kind,
        asks_reference=asks,
        offline=kind is not TenderKind.ONLINE,
        terminal=key == "terminal",
        position=position,
    )
    for position, (key, name, kind, asks) in enumerate(_TENDERS, start=1)
)

VOUCHERS = (("GIFT-1000", 1_000_00), ("GIFT-500", 500_00))
ACCOUNTS = (Account(customer_id="c001", limit=5_000_00),)
PROMOTIONS = (
    Promotion(id="kids-week", name="Kids’ Week: 15% off", offer=PercentOff(rate=1_500), categories=("Kids",)),
    Promotion(id="towels", name="Bed & Bath: buy 2, get 1 free", offer=BuyGet(buy=2), categories=("Bed & Bath",)),
)
EXTENSIONS = (
    Extension(
        id="gift-wrap",
        name="Gift wrap",
        price=49_00,
        hsn="998540",
        categories=("Men", "Women", "Kids", "Footwear", "Accessories", "Kitchen", "Bed & Bath", "Decor"),
    ),
    Extension(
        id="warranty",
        name="Warranty for 2 more years",
        price=199_00,
        hsn="998719",
        categories=("Kitchen", "Desk & Utility"),
    ),
)

COUPONS = (
    Coupon(
        promotion=Promotion(
            id="coupon-WELCOME10",
            name="Welcome: 10% off from \u20b9 500",
            offer=PercentOff(rate=1_000),
            whole_order=True,
            minimum=500_00,
            code="WELCOME10",
        ),
        limit=1_000,
    ),
)

NEW_RATES = date(2025, 9, 22)
"""Since this day GST knows 5, 18 and 40 per cent (Notification 9/2025)."""
_OLD_START, _OLD_END = date(2017, 7, 1), date(2025, 9, 21)
_CLASSES = {  # class: per cent and cess before, per cent since
    "exempt": (0, 0, 0),
    "essential": (5, 0, 5),
    "reduced": (12, 0, 5),
    "daily": (18, 0, 5),
    "standard": (18, 0, 18),
    "apparel": (12, 0, 5),
    "apparel-fine": (12, 0, 18),
    "durable": (28, 0, 18),
    "demerit": (28, 12, 40),
}


def rates() -> Iterator[TaxRate]:
    """Each class with its rate until the reform, and the one since."""
    for tax_class, (before, cess, since) in _CLASSES.items():
        yield TaxRate(tax_class=tax_class, starts=_OLD_START, ends=_OLD_END, rate=before * 100, cess=cess * 100)
        yield TaxRate(tax_class=tax_class, starts=NEW_RATES, rate=since * 100)


def staff() -> tuple[StaffMember, ...]:
    """Asha and Ravi; their PINs are sealed anew for each store."""
    return (
        StaffMember(id="asha", name="Asha", role=Role.ASSOCIATE, pin=seal_pin("1111")),
        StaffMember(id="ravi", name="Ravi", role=Role.MANAGER, pin=seal_pin("2222")),
    )


_FIRST = ("Meera", "Arjun", "Kavya", "Rohan", "Divya", "Imran", "Lakshmi", "Joseph", "Nisha", "Harpreet")
_LAST = ("Iyer", "Shetty", "Khan", "Fernandes")
_PLACES = (
    ("3 Temple Street, Mysuru 570001", "29"),
    ("21 Park Lane, Bengaluru 560001", "29"),
    ("8 Harbour View, Kochi 682001", "32"),
    ("", ""),
)


def _gstin(state: str, turn: int) -> str:
    number = f"{state}AAACD{turn:04d}F1Z"
    return number + check_digit(number)


def customers() -> Iterator[Customer]:
    """Forty people; some live in another State, some buy for a firm, some left no address."""
    for turn in range(len(_FIRST) * len(_LAST)):
        first, last = _FIRST[turn % len(_FIRST)], _LAST[(turn + turn // len(_FIRST)) % len(_LAST)]
        address, state = _PLACES[turn % len(_PLACES)]
        gstin = _gstin(state or "29", turn) if turn % 10 == 1 else ""
        yield Customer(
            id=f"c{turn + 1:03d}",
            name=f"{first} {last}",
            phone=f"98450{turn * 137 + 10007:05d}",
            email=f"{first}.{last}@example.com".lower() if turn % 3 else "",
            gstin=gstin,
            address=address,
            state_code=state or gstin[:2],
        )


def customer_codes() -> dict[str, str]:
    """A card for each customer, and whose it is."""
    return {f"CARD-{turn:04d}": customer.id for turn, customer in enumerate(customers(), start=1)}
