"""What the OMS has had for ninety days leaves the browser; an anchor stands in its place, and the folder keeps all."""

import json

import pytest
from playwright.sync_api import Page, expect

from app.domain.numbers import parse_number
from app.sync.checkpoint import ANCHOR
from app.sync.folder import check_folder
from e2e.places import Places
from e2e.store import Store
from e2e.till import Till

AGE = """
    async (last) => {
        const opened = await new Promise((done, failed) => {
            const request = indexedDB.open("store-os");
            request.onsuccess = () => done(request.result);
            request.onerror = failed;
        });
        const work = opened.transaction("verdicts", "readwrite");
        const store = work.objectStore("verdicts");
        const ended = new Promise((done, failed) => [work.oncomplete, work.onabort] = [done, failed]);
        store.getAll().onsuccess = ({ target }) => {
            for (const row of target.result.filter(({ seq }) => seq < last)) {
                const verdict = JSON.parse(row.json);
                verdict.at = new Date(Date.parse(verdict.at) - 91 * 86_400_000).toISOString();
                store.put({ ...row, json: JSON.stringify(verdict) });
            }
        };
        await ended;
        opened.close();
    }
"""
"""A quarter of a year goes by between the last entry and those before it: verdicts bear the OMS's time."""
LOCAL = """
    (name) => new Promise((done, failed) => {
        const request = indexedDB.open("store-os");
        request.onerror = failed;
        request.onsuccess = () => {
            const read = request.result.transaction("local").objectStore("local").get(name);
            read.onsuccess = () => (request.result.close(), done(read.result?.value ?? ""));
        };
    })
"""
UNTIL_THERE = f"""
    async (name) => {{
        for (let looks = 0; !(await ({LOCAL})(name)); looks++) {{
            if (looks === 300) throw new Error(`there is no ${{name}} after 30 seconds`);
            await new Promise((done) => setTimeout(done, 100));
        }}
    }}
"""


@pytest.fixture(scope="module")
def sold(store: Store, warm_till: Till) -> list[str]:
    """Four sales that the OMS has; it has had three of them for a quarter of a year."""
    numbers = [warm_till.sells("Brown Bread") for _ in range(4)]
    warm_till.shows_orders(numbers, "Synced")
    places = Places(warm_till)
    places.rest()
    warm_till.page.evaluate(AGE, len(places.lines()))
    return numbers


def seqs(lines: list[str]) -> list[int]:
    return [json.loads(line)["header"]["seq"] for line in lines]


def anchored(page: Page) -> int:
    """The place of the anchor, or 0."""
    text: str = page.evaluate(LOCAL, ANCHOR)
    return int(json.loads(text[text.index("{") :])["seq"]) if text else 0  # its own hash stands before it


def test_what_is_old_leaves_the_browser_alone(warm_till: Till, sold: list[str]) -> None:
    """A disk that is full sells nothing; but the store's own copy is for ever, and its chain stays whole."""
    places = Places(warm_till)
    before = places.lines()
    last = seqs(before)[-1]

    places.wake()
    warm_till.signs_in()
    warm_till.page.evaluate(UNTIL_THERE, ANCHOR)

    places.rest()
    found = check_folder((path, text.encode()) for path, text in places.files().items())
    assert (last - 1, [before[-1]]) == (anchored(warm_till.page), places.lines())
    assert (True, before) == (found.ok, [each.entry.line.decode() for span in found.spans for each in span.entries])


def test_the_next_start_goes_on_behind_the_anchor(store: Store, warm_till: Till, sold: list[str]) -> None:
    """Head, number and chain are read from anchor and rest: nobody is told of damage, and no number comes twice."""
    places = Places(warm_till)
    places.wake()
    warm_till.signs_in()
    warm_till.is_online()
    warm_till.goes_to("Sell")
    number = warm_till.sells("Brown Bread")
    warm_till.shows_order(number, "Synced")

    last, following = parse_number(sold[-1]), parse_number(number)
    assert last is not None
    assert following is not None
    assert last.counter + 1 == following.counter
    expect(warm_till.page.locator("#trouble .trouble")).to_have_count(0)
    assert sorted([*sold, number]) == sorted(order["number"] for order in store.orders())
    places.rest()
    found = check_folder((path, text.encode()) for path, text in places.files().items())
    assert (2, True) == (len(places.lines()), found.ok)
