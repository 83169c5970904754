"""What may still be taken with a tender: caps, what is left of a voucher, and of the limit of a house account.

Asked by flows and screens; what this register took since the last sync is subtracted, open and unfinished sales too.
"""

from collections import defaultdict
from datetime import date
from functools import lru_cache

from app.domain.account import Account, above_limit, account_words
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.tendering import Before, bad_reference, over_cap, room
from app.domain.voucher import Voucher, code_of, overdrawn, unspendable, voucher_words
from app.sync.balances import Drawn, Written, beside, drawn, moved_by
from app.sync.bodies import Sale
from app.till.selectors import chosen_tender, due, today
from app.till.slices.same import Same
from app.till.state import State

Key = tuple[TenderKind, str]


def voucher_typed(state: State) -> Voucher | None:
    """The voucher whose code stands in the reference field."""
    return state.people.vouchers.get(code_of(state.checkout.reference)) if state.checkout else None


def account_of_buyer(state: State) -> Account | None:
    """The house account of whom the open sale is for."""
    customer = state.checkout.customer if state.checkout else None
    return state.people.accounts.get(customer.id) if customer else None


def voucher_left(state: State, voucher: Voucher) -> int:
    """What may still be spent, minor units; below zero where it was spent twice."""
    return voucher.balance - _since(state, (TenderKind.VOUCHER, voucher.code), voucher)


def account_left(state: State, account: Account) -> int:
    """What may still be put on a house account, minor units; below zero where it is above its limit."""
    return account.limit - account.owed - _since(state, (TenderKind.ACCOUNT, account.customer_id), account)


def before(state: State, tender: Tender) -> Before:
    """What was taken with a tender in the open sale, and today at this register."""
    here = state.checkout
    sale = sum(each.amount for each in here.awaiting or here.payments if each.tender_id == tender.id) if here else 0
    opened = sum(each.amount for each in _not_in_journal(state) if each.tender_id == tender.id)
    return Before(sale, opened + _taken(Same(state.journal.kept), today(state)).get(tender.id, 0))


def wanted(state: State) -> int:
    """What the amount field offers, minor units: what is due, or what there is for it."""
    tender = chosen_tender(state)
    asked = due(state, tender)
    if tender is None:
        return asked
    most = [room(tender, before(state, tender)), _on_balance(state, tender)]
    return min([asked, *(each for each in most if each is not None)])


def refused(state: State, tender: Tender, amount: int) -> str:
    """Say what a tender's own rules have against taking an amount now, or nothing; a limit is another question."""
    reference = state.checkout.reference.strip() if state.checkout else ""
    match tender.kind:
        case TenderKind.VOUCHER:
            why = _no_voucher(state, amount, reference)
        case TenderKind.ACCOUNT:
            why = no_account(state) or bad_reference(tender, reference)
        case _:
            why = bad_reference(tender, reference)
    why = why or over_cap(tender, amount, before(state, tender))
    return f"{why} Nothing was taken." if why else ""


def no_account(state: State) -> str:
    """Say why nothing can be put on a house account, or nothing."""
    customer = state.checkout.customer if state.checkout else None
    if customer is None:
        return "A house account belongs to a customer. Choose the customer first."
    if account_of_buyer(state) is None:
        return f"{customer.name} has no house account here. The back office can open one."
    return ""


def limit_passed(state: State, tender: Tender, amount: int) -> str:
    """Say that an amount is above the limit of the buyer's house account, or nothing."""
    account = account_of_buyer(state) if tender.kind is TenderKind.ACCOUNT else None
    return above_limit(account, account_left(state, account), amount) if account else ""


def balance_told(state: State) -> str:
    """What the screen says of the voucher or the house account that is about to be charged, or nothing."""
    tender = chosen_tender(state)
    if tender is not None and tender.kind is TenderKind.ACCOUNT:
        account = account_of_buyer(state)
        return no_account(state) if account is None else account_words(account, account_left(state, account))
    voucher = voucher_typed(state) if tender is not None and tender.kind is TenderKind.VOUCHER else None
    if voucher is None:
        return ""
    left = voucher_left(state, voucher)
    return unspendable(voucher, left, today(state)) or voucher_words(voucher, left)


def _on_balance(state: State, tender: Tender) -> int | None:
    """What the voucher or the house account still has; None where there is neither."""
    if tender.kind is TenderKind.VOUCHER:
        voucher = voucher_typed(state)
        return max(voucher_left(state, voucher), 0) if voucher else None
    account = account_of_buyer(state) if tender.kind is TenderKind.ACCOUNT else None
    return max(account_left(state, account), 0) if account else None


def _no_voucher(state: State, amount: int, reference: str) -> str:
    if not reference:
        return "Type or scan the code of the voucher."
    voucher = voucher_typed(state)
    left = voucher_left(state, voucher) if voucher else 0
    return unspendable(voucher, left, today(state)) or overdrawn(left, amount)


def _since(state: State, key: Key, balance: Voucher | Account) -> int:
    """What was taken here that a balance does not hold."""
    written = _written(Same(state.journal.kept)).get(key, ())
    opened = (drawn(each) for each in _not_in_journal(state))
    open_sum = sum(each.amount for each in opened if each is not None and _key(each) == key)
    return open_sum + beside(written, balance.revision, state.journal.verdicts)


def _not_in_journal(state: State) -> tuple[Payment, ...]:
    """What was taken for the open sale, and for those that a crash or somebody's leaving left unfinished."""
    here = state.checkout
    opened = (here.awaiting or here.payments) if here else ()
    drafts = [state.found_draft, *state.more_drafts]
    return (*opened, *(payment for each in drafts if each is not None for payment in each.payments))


def _key(one: Drawn) -> Key:
    return one.kind, one.key


# Remembered, because every keystroke asks, and a journal holds thousands.


@lru_cache(maxsize=2)
def _written(kept: Same) -> dict[Key, tuple[Written, ...]]:
    found: defaultdict[Key, list[Written]] = defaultdict(list)
    for one in kept.only:
        for each in moved_by(one.body):
            found[_key(each)].append(Written(each, one.digest))
    return {key: tuple(some) for key, some in found.items()}


@lru_cache(maxsize=2)
def _taken(kept: Same, day: date) -> dict[str, int]:
    """What this register took on a day, by tender."""
    sums: defaultdict[str, int] = defaultdict(int)
    for order in (one.body.order for one in kept.only if isinstance(one.body, Sale)):
        for payment in order.payments if order.business_day == day else ():
            sums[payment.tender_id] += payment.amount
    return sums
