"""Round "restore": the OMS is put back from yesterday's backup, and its registers make it whole at their next contact.

It is shown that only edits of the back office are lost. It is done twice: with the database before still there, and on
a new machine with nothing but backup and secrets, where a register enrolled since would be unknown, so there is none.
"""

from pathlib import Path

from e2e.store import Store
from e2e.torture.checker import Evidence, check, stock_of
from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.books import Books, books_of
from e2e.torture.registers.commands import server_says
from e2e.torture.registers.days import EDITED, Days, full_day, ordinary_day
from e2e.torture.registers.demo import demo_data
from e2e.torture.registers.summing import together

NAME = "restore"


def run(plan: Plan) -> Tally:
    """Restore on the same machine, then on a new one."""
    return together(NAME, {"same machine": _tried(plan, disk_lost=False), "new machine": _tried(plan, disk_lost=True)})


def _tried(plan: Plan, *, disk_lost: bool) -> Tally:
    """Live through the days, lose the server, restore it, and compare."""
    room = plan.room(f"{NAME}-{'new' if disk_lost else 'same'}")
    days = Days(Store(data=demo_data(room)).opens(), plan.random(NAME))
    stock = stock_of(_database(days.store))
    try:
        ordinary_day(days, registers=3 if disk_lost else 2)
        server_says(days.store, "backup", str(room / "backup.db"))
        full_day(days)
        before = books_of(days.store.data)
        _is_restored(days.store, room / "backup.db", disk_lost=disk_lost)
        lacked = len(before.rows["entries"]) - len(books_of(days.store.data).rows["entries"])
        days.sync(reversed(days.shops))  # another order than before: no number may go to another sale
        days.wrong += _not_as_before(before, books_of(days.store.data), f"products {days.goods[EDITED].id} differs")
        _goes_on(days, before)
        return _tally(days, stock, lacked)
    finally:
        days.closes()


def _is_restored(store: Store, backup: Path, *, disk_lost: bool) -> None:
    """The machine loses its power, and is started again with yesterday's data; or its disk is gone, too."""
    store.loses_its_server()
    if disk_lost:
        for file in (*store.data.glob("store-os.db*"), *store.data.glob("images/*")):
            file.unlink()
    server_says(store, "restore", str(backup))
    store.opens()


def _not_as_before(before: Books, after: Books, edit: str) -> list[str]:
    """What differs after every register was in contact, and which number was given to two orders.

    An edit in the office is known to be lost: were it there, this would be no backup.
    """
    differing = before.differences(after)
    wrong = [each for each in differing if each != edit] + ([] if edit in differing else [f"not so: {edit}"])
    owners: dict[str, str] = {}
    for order, number in (*before.numbers.items(), *after.numbers.items()):
        if owners.setdefault(number, order) != order:
            wrong.append(f"the OMS gave {number} to {owners[number]}, then to {order}")
    stale = sorted(key for key, revision in after.revisions.items() if revision <= before.revision)
    return wrong + [f"{' '.join(key)} has a revision from before the restore" for key in stale]


def _goes_on(days: Days, before: Books) -> None:
    """Business goes on: a new register has a series that nobody had, and every till counts what the OMS counts."""
    new = days.enrols("t4")
    given = {new.who.series.invoice, new.who.series.credit_note, new.who.series.training}
    if given & before.series:
        days.wrong.append(f"series {sorted(given & before.series)} was given twice")
    days.sell(3)
    days.sync()
    days.sync()
    counted = {str(variant): quantity for variant, quantity, _ in books_of(days.store.data).rows["stock"]}
    for shop in days.shops:
        for product in days.goods[:50]:
            variant = product.variants[0].id
            here = (shop.stock_of(variant) or 0) * 1000
            if here != counted[variant]:
                days.wrong.append(f"{shop.profile.name} counts {here} of {variant}, the OMS {counted[variant]}")


def _tally(days: Days, stock: dict[str, int], lacked: int) -> Tally:
    evidence = Evidence(
        database=_database(days.store),
        secrets=days.store.data / "secrets.json",
        acknowledged=tuple(told for shop in days.shops for told in shop.saved),
        places=tuple(place for shop in days.shops for place in shop.profile.places()),
        stock=stock,
    )
    told = len(evidence.acknowledged)
    tally = check(evidence).tally(NAME, faults=1, acknowledged=told, entries_that_the_backup_lacked=lacked)
    return tally.also(days.wrong)


def _database(store: Store) -> str:
    return f"sqlite:///{store.data / 'store-os.db'}"
