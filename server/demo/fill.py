"""Fills an empty database with the demo store."""

from app.domain.voucher import Issued
from app.sync.protocol import Dataset
from server.demo.online import fill_online
from server.demo.pictures import make_pictures
from server.demo.products import make_products, opening_stock, picture_key, things
from server.demo.store import (
    ACCOUNTS,
    CODE,
    COUPONS,
    EXTENSIONS,
    PROMOTIONS,
    SETTINGS,
    TENDERS,
    VOUCHERS,
    customer_codes,
    customers,
    rates,
    staff,
)
from server.oms.catalogue import put_products, put_rates, put_stock
from server.oms.coupons import put_coupons
from server.oms.customers import put_codes
from server.oms.oms import Oms
from server.oms.records import find, put
from server.oms.vouchers import issue


def has_store(oms: Oms) -> bool:
    """Whether there is a store already."""
    with oms.database.read() as session:
        return bool(find(session, Dataset.SETTINGS, [CODE]))


def fill(oms: Oms) -> bool:
    """Fill in the demo store, unless the database already holds a store; tell whether it was done."""
    if has_store(oms):
        return False
    pictures = make_pictures((picture_key(thing) for thing in things()), oms.settings.pictures)
    products = make_products(pictures)
    sealed = staff()
    with oms.database.write() as session:
        if find(session, Dataset.SETTINGS, [CODE]):
            return False  # another server was quicker
        put_products(session, products)
        put_rates(session, tuple(rates()))
        put_stock(session, opening_stock(products))
        fill_online(session, products)
        put(session, Dataset.TENDERS, {tender.id: tender for tender in TENDERS})
        put(session, Dataset.STAFF, {member.id: member for member in sealed})
        put(session, Dataset.CUSTOMERS, {customer.id: customer for customer in customers()})
        put_codes(session, customer_codes())
        put(session, Dataset.SETTINGS, {CODE: SETTINGS})
        put(session, Dataset.PROMOTIONS, {promotion.id: promotion for promotion in PROMOTIONS})
        put(session, Dataset.EXTENSIONS, {extension.id: extension for extension in EXTENSIONS})
        put_coupons(session, COUPONS)
        put(session, Dataset.ACCOUNTS, {account.customer_id: account for account in ACCOUNTS})
        for code, amount in VOUCHERS:
            issue(session, amount, Issued.SOLD, "demo", code=code)
    return True
