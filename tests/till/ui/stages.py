"""Every screen and dialog by name, as a state to draw."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

from app.domain.coupon import Granted
from app.domain.order import Fulfilment
from app.domain.preferences import Layout, Paper, Preferences, Size
from app.domain.product import Variant
from app.sync.e_invoice import EInvoice, EInvoiceState
from app.sync.mode import Mode
from app.sync.status import EnrolNeed, FolderState, Link, Progress
from app.till.slices.bargain import Bargain, Way
from app.till.slices.coupon import CouponEntry
from app.till.slices.customers import Customers
from app.till.slices.editing import Editing
from app.till.slices.live import Live
from app.till.slices.news import PriceNews
from app.till.slices.orders import Correcting, LookingBack, OrderFilter
from app.till.slices.parking import Parking
from app.till.slices.printing import Printing
from app.till.slices.sessions import SessionFilter
from app.till.slices.shift import Approval, ShiftDesk
from app.till.slices.syncing import SyncList
from app.till.state import Browse, Choice, ClockDoubt, Override, People, Screen, SignIn, State, Toast
from tests.conftest import NOW, customer, line, payment, product, variant
from tests.till.ui.page import Node, drawn
from tests.till.ui.stage import (
    COUPON,
    RICE,
    SHIRT,
    STAFF,
    arrangement,
    cart,
    checkout,
    choice,
    connection,
    discounted,
    draft,
    extended,
    journal,
    link,
    live,
    promoted,
    sale,
    state,
    tiles,
)
from tests.till.ui.stage_balances import BALANCES
from tests.till.ui.stage_bargain import allowing_prices, bargained, given_away
from tests.till.ui.stage_cards import CARD_STAGE
from tests.till.ui.stage_customers import corrections, with_customers
from tests.till.ui.stage_modes import in_mode
from tests.till.ui.stage_printing import GONE, PRINTER, QUICK, READY, STUCK, pos_settings
from tests.till.ui.stage_returns import RETURNS
from tests.till.ui.stage_shift import cash_journal, moved
from tests.till.ui.stage_upkeep import RECOVERING, UPKEEP

PARKED = (
    draft().model_copy(update={"id": "d2", "payments": (), "parked_as": "Meera, blue kurta"}),
    draft().model_copy(update={"id": "d3", "payments": (), "parked_as": "Lady with the red bag", "staff_id": "s2"}),
)


def _sizes(*names: str) -> tuple[Variant, ...]:
    return tuple(variant(f"socks-{name}", 19_900, size=name) for name in names)


STAGE: dict[str, Callable[[], State]] = {
    "starting": lambda: state(
        Screen.STARTING, connection=connection(progress=Progress(what="image", done=4_300_000, total=9_800_000))
    ),
    "enrol": lambda: state(Screen.ENROL, enrol=EnrolNeed.CODE, sign_in=SignIn()),
    "enrol-waits": lambda: state(Screen.ENROL, enrol=EnrolNeed.SERVER, sign_in=SignIn()),
    "sign-in": lambda: state(Screen.SIGN_IN, sign_in=SignIn()),
    "sign-in-pin": lambda: state(
        Screen.SIGN_IN, sign_in=SignIn(chosen="s2", problem="That PIN is wrong. Nothing else changed. Try again.")
    ),
    "sign-in-wait": lambda: state(
        Screen.SIGN_IN, sign_in=SignIn(chosen="s2", wait_until={"s2": NOW + timedelta(seconds=75)})
    ),
    "sell": lambda: state(cart=cart()),
    "sell-empty": lambda: state(browse=Browse(text="zzz")),
    "sell-loading": lambda: state(catalogue=None, browse=Browse()),
    "sell-notice": lambda: state(browse=Browse(notice="No product has the code 8901234567890. Search by its name.")),
    "sell-discounts": lambda: promoted(state(cart=cart())),
    "sell-no-offers": lambda: in_mode(promoted(state(cart=cart())), Mode.OFFLINE_AUTO),
    "sell-extras": lambda: extended(state(cart=cart())),
    "sell-extras-offline": lambda: in_mode(extended(state(cart=cart())), Mode.OFFLINE_AUTO),
    "extras": lambda: extended(state(cart=cart(), extras_of=cart().lines[0].key)),
    "extras-offline": lambda: in_mode(extended(state(cart=cart(), extras_of=cart().lines[0].key)), Mode.OFFLINE_AUTO),
    "sell-by-hand": lambda: state(cart=bargained()),
    "bargain": lambda: state(cart=bargained(), bargain=Bargain("v1@49900", Way.PERCENT, "10", "Display piece")),
    "bargain-manager": lambda: state(
        cart=cart(), bargain=Bargain(None, Way.AMOUNT, "500", problem="Type a reason, or tap one of them.")
    ),
    "bargain-price": lambda: allowing_prices(
        state(cart=bargained(), bargain=Bargain("v2@120000", Way.PRICE, "1150", "Price match"))
    ),
    "sell-news": lambda: state(cart=cart(), news=PriceNews({"v1": 54_900, "v2": None})),
    "cart-open": lambda: state(cart=cart(), cart_open=True),
    "choice": lambda: state(browse=Browse(tiles=tiles(SHIRT), choice=choice())),
    "choice-sizes": lambda: state(
        browse=Browse(choice=Choice(tile=tiles(product("socks", *_sizes("S", "M"), name="Socks"))[0]))
    ),
    "weight": lambda: state(browse=Browse(choice=Choice(tile=tiles(RICE)[0], variant_id="rice-v", weight="1.250"))),
    "override": lambda: state(
        browse=Browse(override=Override("v1", "Cotton Kurta", wanted=Decimal(3), available=Decimal(2)))
    ),
    "clock": lambda: state(
        clock=ClockDoubt(before=NOW, after=NOW + timedelta(days=40), why="This device’s clock jumped by 40 days.")
    ),
    "checkout": lambda: state(Screen.CHECKOUT, cart=cart(), checkout=checkout(amount="2500")),
    "checkout-discounts": lambda: promoted(state(Screen.CHECKOUT, cart=cart(), checkout=checkout())),
    "checkout-coupon": lambda: state(
        Screen.CHECKOUT, cart=cart(), checkout=checkout(coupon=CouponEntry(held=Granted(promotion=COUPON, until=NOW)))
    ),
    "checkout-coupon-paid": lambda: state(
        Screen.CHECKOUT, cart=cart(), checkout=checkout(payments=(payment(100_000),), agreed=())
    ),
    "checkout-coupon-refused": lambda: state(
        Screen.CHECKOUT,
        cart=cart(),
        checkout=checkout(coupon=CouponEntry(typed="ONCE", told="The coupon ONCE gives nothing here.")),
    ),
    "checkout-coupon-offline": lambda: in_mode(
        state(Screen.CHECKOUT, cart=cart(), checkout=checkout()), Mode.OFFLINE_AUTO
    ),
    "checkout-card": lambda: state(Screen.CHECKOUT, cart=cart(), checkout=checkout("card", reference="004211")),
    "checkout-upi": lambda: state(
        Screen.CHECKOUT,
        cart=cart(),
        checkout=checkout(
            "upi", amount="1297.00", payments=(payment(100_000),), customer=customer(state_code="29"), notes="Gift wrap"
        ),
    ),
    **BALANCES,
    "checkout-problem": lambda: state(
        Screen.CHECKOUT,
        cart=cart(),
        checkout=checkout("card", problem="The reference is missing. Type it from the slip."),
    ),
    "checkout-delivery": lambda: state(
        Screen.CHECKOUT,
        cart=cart(),
        checkout=checkout(fulfilment=Fulfilment.DELIVERY, delivery=arrangement(), customer=customer()),
    ),
    "checkout-delivery-begun": lambda: state(
        Screen.CHECKOUT, cart=cart(), checkout=checkout(fulfilment=Fulfilment.DELIVERY)
    ),
    "checkout-delivery-paid-offline": lambda: in_mode(
        state(
            Screen.CHECKOUT,
            cart=cart(),
            checkout=checkout(fulfilment=Fulfilment.DELIVERY, delivery=arrangement(), payments=(payment(50_000),)),
        ),
        Mode.OFFLINE_AUTO,
    ),
    "checkout-link-begun": lambda: state(Screen.CHECKOUT, cart=cart(), checkout=checkout("link")),
    "checkout-link": lambda: state(Screen.CHECKOUT, cart=cart(), checkout=checkout("link", link=link())),
    "checkout-link-offline": lambda: in_mode(
        state(Screen.CHECKOUT, cart=cart(), checkout=checkout("link", link=link())), Mode.OFFLINE_AUTO
    ),
    "looking-up": lambda: state(browse=Browse(tiles=tiles(SHIRT, RICE), looking_up=True)),
    "product": lambda: state(browse=Browse(choice=Choice(tile=tiles(product())[0], variant_id="p1-v")), live=live()),
    "product-offline": lambda: in_mode(
        state(browse=Browse(choice=choice()), live=Live("SKU-shirt-M-Indigo", why="The internet is not connected.")),
        Mode.OFFLINE_AUTO,
    ),
    "edit-product": lambda: state(
        sign_in=SignIn(user=STAFF[1]),
        editing=Editing(product(), "p1-v", "Cotton Kurta, long", "450", problem="The price is ₹ 475.00 by now."),
    ),
    "customer": lambda: state(
        Screen.CHECKOUT, cart=cart(), checkout=checkout(customer_open=True, customer=customer(gstin="29AAAAA0000A1ZB"))
    ),
    "customer-found": lambda: with_customers(
        Screen.CHECKOUT, cart=cart(), checkout=checkout(customer_open=True, customer_sought="98450")
    ),
    "customer-none": lambda: state(
        Screen.CHECKOUT,
        cart=cart(),
        checkout=checkout(customer_open=True, customer_sought="9900000000", problem="A phone number has ten digits."),
        connection=connection(Link.NO_SERVER),
    ),
    "customers": lambda: with_customers(Screen.CUSTOMERS, journal=corrections()),
    "customers-none": lambda: state(Screen.CUSTOMERS, customers=Customers(text="zzz", notice="Nobody has this card.")),
    "customers-empty": lambda: replace(state(Screen.CUSTOMERS), people=People()),
    "customer-page": lambda: with_customers(Screen.CUSTOMER, customers=Customers(opened="c3"), journal=corrections()),
    "customer-clash": lambda: with_customers(Screen.CUSTOMER, customers=Customers(opened="c2"), journal=corrections()),
    "customer-new": lambda: state(
        Screen.CUSTOMER, customers=Customers(problem="Type the customer’s name.", typed=customer("", phone="98"))
    ),
    "found-draft": lambda: state(found_draft=draft()),
    "saved": lambda: state(Screen.SAVED, saved=sale(8, payments=(payment(49_900, received=50_000),))),
    "saved-provisional": lambda: state(
        Screen.SAVED, saved=sale(9, offline=True, e_invoice=True, customer=customer(gstin="29ABCDE1234F1ZW"))
    ),
    "saved-e-invoice": lambda: state(
        Screen.SAVED,
        saved=sale(9, e_invoice=True, customer=customer(gstin="29ABCDE1234F1ZW")),
        e_invoices={"o9": EInvoice(state=EInvoiceState.DONE, irn="a" * 64, ack_number="112", ack_at=NOW, qr="x.y.z")},
    ),
    "saved-offline": lambda: state(
        Screen.SAVED, connection=connection(Link.NO_SERVER), saved=sale(9, line(quantity=2), offline=True)
    ),
    "saved-discounts": lambda: state(Screen.SAVED, saved=discounted()),
    "saved-by-hand": lambda: state(Screen.SAVED, saved=given_away()),
    "orders": lambda: state(Screen.ORDERS, journal=journal()),
    "sync-list": lambda: state(journal=journal(), sync_list=SyncList(opened=True, checked=frozenset({4, 9}))),
    "sync-list-sending": lambda: state(
        Screen.SETTINGS,
        journal=journal(),
        sync_list=SyncList(opened=True, asked=frozenset({6, 8})),
        connection=connection(auto_sync=False, progress=Progress(what="entries", done=1, total=2)),
    ),
    "sync-list-offline": lambda: in_mode(state(journal=journal(), sync_list=SyncList(opened=True)), Mode.OFFLINE_AUTO),
    "sync-list-empty": lambda: state(sync_list=SyncList(opened=True)),
    "orders-empty": lambda: state(Screen.ORDERS),
    "orders-none-fit": lambda: state(
        Screen.ORDERS, journal=journal(), looking_back=LookingBack(filter=OrderFilter(text="zzz"), filters_open=True)
    ),
    "correcting": lambda: state(
        Screen.ORDER,
        journal=journal(),
        opened_order="o3",
        looking_back=LookingBack(correcting=Correcting("o3", problem="Wrong PIN. Nothing was changed.")),
    ),
    "order": lambda: state(Screen.ORDER, journal=journal(), opened_order="o3"),
    "order-failed": lambda: state(Screen.ORDER, journal=journal(), opened_order="o4"),
    "order-gone": lambda: state(Screen.ORDER, opened_order="o77"),
    "shift-none": lambda: state(Screen.SHIFT),
    "shift": lambda: state(Screen.SHIFT, journal=cash_journal()),
    "shift-count": lambda: state(
        Screen.SHIFT,
        journal=cash_journal(),
        shift=ShiftDesk(counting=True, count={500_00: "3", 10_00: "x"}, problem="No."),
    ),
    "shift-cash-out": lambda: state(
        Screen.SHIFT, journal=cash_journal(), shift=ShiftDesk(approval=Approval(moved(5_000_00), "e9"))
    ),
    "shift-x": lambda: state(Screen.SHIFT, journal=cash_journal(), shift=ShiftDesk(report="shift-2")),
    "shift-z": lambda: state(Screen.SHIFT, journal=cash_journal(), shift=ShiftDesk(report="shift-1")),
    "park": lambda: state(cart=cart(), parking=Parking(naming=True)),
    "parked": lambda: state(parking=Parking(PARKED)),
    "parked-list": lambda: state(parking=Parking(PARKED, listed=True, problem="Somebody else parked this sale.")),
    "sell-training": lambda: state(cart=cart(), training=True),
    "sell-list": lambda: state(preferences=Preferences(layout=Layout.LIST, size=Size.LARGE)),
    "checkout-training": lambda: state(Screen.CHECKOUT, cart=cart(), checkout=checkout(), training=True),
    "saved-training": lambda: state(Screen.SAVED, training=True, saved=sale(9, training=True)),
    "settings-training": lambda: state(Screen.SETTINGS, training=True, journal=journal()),
    "pos-settings": pos_settings,
    "pos-settings-gone": lambda: pos_settings(GONE),
    "pos-settings-refused": lambda: state(
        Screen.SETTINGS,
        printing=Printing(problem="No printer was granted (NotFoundError). Printing goes on as before."),
    ),
    "sell-quick": lambda: state(cart=cart(), quick=QUICK),
    "saved-58": lambda: state(Screen.SAVED, saved=sale(8), preferences=PRINTER, printing=READY),
    "saved-stuck": lambda: state(Screen.SAVED, saved=sale(8), preferences=PRINTER, printing=STUCK),
    "saved-a5": lambda: state(Screen.SAVED, saved=sale(8), preferences=Preferences(paper=Paper.A5)),
    "saved-a4": lambda: state(Screen.SAVED, saved=sale(8), preferences=Preferences(paper=Paper.A4)),
    "saved-80": lambda: state(Screen.SAVED, saved=sale(8), preferences=Preferences(paper=Paper.MM80)),
    "shift-drawer": lambda: state(Screen.SHIFT, journal=cash_journal(), preferences=PRINTER, printing=READY),
    "settings": lambda: state(Screen.SETTINGS, journal=journal()),
    "settings-no-session-fits": lambda: state(
        Screen.SETTINGS, journal=journal(), session_filter=SessionFilter(status="Success")
    ),
    "settings-lost": lambda: state(
        Screen.SETTINGS, connection=connection(folder=FolderState.LOST, missing_in_folder=3), journal=journal()
    ),
    "settings-not-ready": lambda: in_mode(state(Screen.SETTINGS), Mode.PREPARING),
    "readiness": lambda: state(connection=connection(popup=True)),
    "readiness-app": lambda: state(connection=connection(popup=True, app_kept=False)),
    "readiness-little": lambda: state(connection=connection(popup=True, free_bytes=180_000_000)),
    **UPKEEP,
    **RECOVERING,
    "locked": lambda: state(
        Screen.CHECKOUT, cart=cart(), checkout=checkout(), locked=True, sign_in=SignIn(user=STAFF[0], chosen="s1")
    ),
    "stopped": lambda: state(
        Screen.STOPPED, stopped="The journal on this device is damaged. Sales are safe in the folder."
    ),
    "toast": lambda: state(toast=Toast("Order syncing started in background", NOW)),
    "trouble": lambda: state(
        trouble="The folder could not be written. The sale is safe in this browser. Choose it again."
    ),
    **CARD_STAGE,
    **RETURNS,
}
"""Every screen and dialog, by name."""


@cache
def stage_page(name: str) -> Node:
    """The page of a stage, drawn once for all tests that only look at it."""
    return drawn(STAGE[name]())
