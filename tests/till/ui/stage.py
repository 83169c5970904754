"""States to look at: one small shop, on each screen and in each mode, as the till would hold it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.domain.cart import Cart, Line
from app.domain.delivery import Address, Arrangement, Quote, Slot
from app.domain.draft import Draft
from app.domain.extension import Extension, extension_line
from app.domain.order import Order
from app.domain.payment import PaymentLink, TenderKind
from app.domain.product import Product
from app.domain.promotion import AmountOff
from app.domain.staff import Role
from app.sync.bodies import Body, Sale, SessionClosed, SessionOpened, Why
from app.sync.entry import GENESIS, Header, Kind
from app.sync.journal import Head
from app.sync.online import LiveStock, StockElsewhere
from app.sync.protocol import Dataset, DatasetInfo, Series, Verdict, VerdictKind
from app.sync.status import FolderState, Link, LinkStatus, Registered, Synced
from app.till.slices.live import Live
from app.till.state import (
    Browse,
    CatalogueInfo,
    Checkout,
    Choice,
    Connection,
    Journal,
    Kept,
    People,
    Screen,
    SignIn,
    State,
    Tile,
)
from tests.conftest import (
    NOW,
    line,
    order,
    payment,
    priced,
    product,
    promotion,
    rate,
    settings,
    staff,
    tender,
    terms,
    variant,
)

STAFF = (staff("s1"), staff("s2", Role.MANAGER, name="Ravi"))
TENDERS = (
    tender(),
    tender("card", TenderKind.CARD, name="Card Swipe at Store", asks_reference=True, position=1),
    tender("upi", TenderKind.UPI, name="UPI at Store", asks_reference=True, position=2),
    tender("wallet", TenderKind.WALLET, name="Wallet", position=3),
    tender("voucher", TenderKind.VOUCHER, name="Gift voucher", asks_reference=True, position=4),
    tender("link", TenderKind.ONLINE, name="Payment link", offline=False, position=5),
)
SHIRT = product(
    "shirt",
    *(
        variant(f"shirt-{size}-{colour}", 1_299_00, size=size, colour=colour)
        for size in ("S", "M", "L", "XL")
        for colour in ("Indigo", "Olive", "Off White")
        if (size, colour) != ("XL", "Olive")
    ),
    name="Linen Shirt, Mandarin Collar",
    brand="Neem",
)
RICE = product(
    "rice", variant("rice-v", 11_400), name="Sona Masoori Rice", category="Grocery", weighed=True, unit="KGS"
)


def tiles(*products: Product, left: Decimal = Decimal(7)) -> tuple[Tile, ...]:
    return tuple(Tile(each, {one.id: left for one in each.variants}) for each in products)


def kept(seq: int, made: Order) -> Kept:
    """A sale in the journal; its digest is its sequence."""
    header = Header(
        v=1, store="DS01", register="R1", seq=seq, kind=Kind.SALE, id=made.id, at=made.at, prev=GENESIS, key="k",
        number=made.number,
    )  # fmt: skip
    return Kept(header, digest_of(seq), Sale(order=made))


def happened(seq: int, body: Body) -> Kept:
    at = getattr(body, "at", NOW)
    header = Header(
        v=1, store="DS01", register="R1", seq=seq, kind=Kind(body.kind), id=f"e{seq}", at=at, prev=GENESIS, key="k"
    )
    return Kept(header, digest_of(seq), body)


def digest_of(seq: int) -> str:
    return f"{seq:064x}"


def verdict(seq: int, kind: VerdictKind, why: str = "") -> dict[str, Verdict]:
    return {digest_of(seq): Verdict(digest=digest_of(seq), kind=kind, why=why)}


def sale(seq: int, *lines: Line, **fields: object) -> Order:
    """The seq-th sale of the day, a quarter of an hour after the one before."""
    usual = {"id": f"o{seq}", "number": f"DS01A2627-{seq:05d}", "at": NOW - timedelta(minutes=15 * (60 - seq))}
    return order(*lines, **(usual | fields))  # type: ignore[arg-type]


def journal() -> Journal:
    """One sale in each state, two sessions, the newest sales made offline."""
    opened = SessionOpened(session_id="5b1c90d2", at=NOW - timedelta(hours=3), why=Why.CONNECTION)
    closed = SessionClosed(session_id="5b1c90d2", at=NOW - timedelta(hours=2), why=Why.CONNECTION)
    again = SessionOpened(
        session_id="9f03aa71", at=NOW - timedelta(minutes=40), why=Why.BY_HAND, staff_id="s2", staff_name="Ravi"
    )
    return Journal(
        head=Head.start("DS01", "R1", "k"),
        kept=(
            kept(1, sale(1)),
            happened(2, opened),
            kept(3, sale(3, line(quantity=2), offline=True)),
            kept(4, sale(4, offline=True)),
            happened(5, closed),
            kept(6, sale(6)),
            happened(7, again),
            kept(8, sale(8, line(quantity=3), offline=True)),
            kept(9, sale(9, offline=True)),
        ),
        verdicts={
            **verdict(1, VerdictKind.ACCEPTED),
            **verdict(3, VerdictKind.ATTENTION, "Stock of Cotton Kurta went below zero."),
            **verdict(4, VerdictKind.REFUSED, "The number belongs to another register."),
            **verdict(6, VerdictKind.DUPLICATE),
        },
        sending=frozenset({digest_of(8)}),
    )


def synced() -> Synced:
    rows = {
        Dataset.PRODUCTS: 1_214,
        Dataset.STOCK: 3_480,
        Dataset.RATES: 6,
        Dataset.TENDERS: 6,
        Dataset.STAFF: 2,
        Dataset.CUSTOMERS: 40,
        Dataset.SETTINGS: 1,
    }
    datasets = {name: DatasetInfo(rows=count, changed_at=NOW) for name, count in rows.items()}
    return Synced(at=NOW - timedelta(minutes=3), complete=True, cursor=4_711, datasets=datasets)


def connection(link: Link = Link.UP, *, copied: bool = False, **fields: object) -> Connection:
    usual = Connection(
        link=LinkStatus(link=link, since=NOW - timedelta(minutes=12), copied=copied),
        folder=FolderState.OK,
        folder_name="Store OS sales",
        synced=synced(),
        app_kept=True,
        persisted=True,
        free_bytes=52_000_000_000,
    )
    return replace(usual, **fields)  # type: ignore[arg-type]


def state(screen: Screen = Screen.SELL, **fields: object) -> State:
    """Asha is signed in at R1 of the Demo Store, everything is here and the line is up."""
    series = Series(invoice="DS01A", credit_note="DS01B", training="DS01C")
    usual = State(
        screen=screen,
        now=NOW,
        registered=Registered(enrolment="e", store="DS01", register="R1", token="t", series=series, key_id="k"),
        people=People(
            staff=STAFF,
            tenders=TENDERS,
            settings=settings(receipt_footer="Thank you. Come again."),
        ),
        catalogue=CatalogueInfo(
            products=1_214,
            categories=(("Apparel", 600), ("Grocery", 400), ("Home", 214)),
            rates=(rate(),),
            made_at=NOW - timedelta(hours=5),
            generation=1,
        ),
        sign_in=SignIn(user=STAFF[0]),
        browse=Browse(tiles=tiles(product(), SHIRT, RICE)),
        connection=connection(),
    )
    return replace(usual, **fields)  # type: ignore[arg-type]


PROMOTIONS = (
    promotion("kurtas", name="Kurta days: \u20b9 50 off", offer=AmountOff(amount=5_000), products=("p1",)),
    promotion("order", name="10% off from \u20b9 2,000", whole_order=True, minimum=2_000_00),
)


COUPON = promotion("coupon-TEN", name="10% off", whole_order=True, code="TEN")


def promoted(shown: State) -> State:
    """The same screen on a day with two promotions."""
    return replace(shown, people=replace(shown.people, promotions=PROMOTIONS))


EXTENSIONS = (
    Extension(id="wrap", name="Gift wrap", price=4_900),
    Extension(id="warranty", name="Warranty for 2 more years", price=19_900),
)


def extended(shown: State) -> State:
    """The same screen in a store with extras; the first line has one."""
    people = replace(shown.people, extensions=EXTENSIONS)
    return replace(shown, people=people, cart=shown.cart.add(extension_line(EXTENSIONS[0], shown.cart.lines[0])))


def discounted() -> Order:
    """A sale under both."""
    under = terms(promotions=PROMOTIONS)
    lines = cart().lines
    return sale(8, *lines, under=under, promotions=priced(*lines, under=under).applied)


def cart() -> Cart:
    return Cart(lines=(line(quantity=2), line("v2", price=1_299_00, name="Linen Shirt", label="M / Indigo")))


def checkout(tender_id: str = "cash", **fields: object) -> Checkout:
    usual = Checkout(order_id="3f0c2a9e-5b1d-4f0e", opened_at=NOW, tender_id=tender_id, amount="2297.00")
    return replace(usual, **fields)  # type: ignore[arg-type]


def arrangement(**fields: object) -> Arrangement:
    """A delivery to Bengaluru, quoted for today and tomorrow."""
    slots = tuple(Slot(starts=NOW + timedelta(hours=h), ends=NOW + timedelta(hours=h + 3)) for h in (4, 8, 24))
    quote = Quote(
        id="q1", pincode="560038", zone="Bengaluru", fee=49_00, tax_class="standard", hsn="9968", slots=slots,
        total=2_297_00, valid_until=NOW + timedelta(minutes=30),
    )  # fmt: skip
    address = Address(line="21 Park Lane", city="Bengaluru", state_code="29", pincode="560038", phone="9876543210")
    return Arrangement(address=address, quote=quote, slot=slots[0]).model_copy(update=fields)


def link(**fields: object) -> PaymentLink:
    usual = PaymentLink(
        id="l1", order_id="3f0c2a9e-5b1d-4f0e", tender_id="link", amount=2_297_00, url="https://shop.example/pay/abc",
        expires_at=NOW + timedelta(minutes=15),
    )  # fmt: skip
    return usual.model_copy(update=fields)


def live() -> Live:
    elsewhere = (StockElsewhere(store="DS02", name="MG Road", quantity=Decimal(2)),)
    stock = LiveStock(sku="SKU-p1-v", variant_id="p1-v", here=Decimal(4), elsewhere=elsewhere, at=NOW)
    return Live("SKU-p1-v", stock=stock)


def draft() -> Draft:
    return Draft(id="d1", at=NOW, staff_id="s1", cart=cart(), order_id="o9", payments=(payment(50_000),))


def choice(**fields: object) -> Choice:
    return replace(Choice(tile=tiles(SHIRT)[0], variant_id="shirt-M-Indigo"), **fields)  # type: ignore[arg-type]
