"""A browser in which a register has sold for long: the real till in it is given a past, in both places."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from app.sync.checkpoint import CHECKPOINT
from app.sync.entry import Entry, file_path
from app.sync.records import read_record
from app.sync.said import closed
from app.sync.settled import Judged
from app.sync.status import Registered
from bench.sold import WAITING, Past, accepted
from bench.till import LOOK
from e2e.profiles import ANSWERED, EMPTY_PAGE
from e2e.store import Store
from e2e.till import Till
from tests.fakes.courier import FakeKeys
from tests.fakes.register import at_once

AT_ONCE = 2_000
OPEN = (
    "async () => {"
    + ANSWERED
    + """
    const database = await answered(indexedDB.open("store-os"));
    const get = (store, name) => answered(database.transaction(store).objectStore(store).get(name));
    if (await answered(database.transaction("journal").objectStore("journal").count())) throw new Error("it has sold");
    globalThis.aged = { answered, database, worker: new Worker(URL.createObjectURL(new Blob([`
        const folders = new Map();
        const folder = async (names) => {
            const path = names.join("/");
            if (folders.has(path)) return folders.get(path);
            const above = names.length ? await folder(names.slice(0, -1)) : await navigator.storage.getDirectory();
            const found = names.length ? await above.getDirectoryHandle(names.at(-1), { create: true }) : above;
            folders.set(path, found);
            return found;
        };
        onmessage = async ({ data }) => {
            self.held = []; // a handle that is collected while it is asked is never answered
            for (const { path, line } of data) {
                const above = await folder(["Store OS", ...path.slice(0, -1)]);
                const file = await above.getFileHandle(path.at(-1), { create: true });
                self.held.push(file);
                const open = await file.createSyncAccessHandle();
                open.write(new TextEncoder().encode(line));
                open.close();
            }
            postMessage(null);
        };
    `]))) };
    return (await get("status", "registered")).value;
}"""
)
SOLD = """async (sold) => {
    const work = aged.database.transaction(["journal", "verdicts"], "readwrite");
    for (const { item, line, verdict } of sold) {
        work.objectStore("journal").put({ ...item, line: new TextEncoder().encode(line) });
        if (verdict) work.objectStore("verdicts").put(verdict);
    }
    await new Promise((done, failed) => { work.oncomplete = done; work.onabort = () => failed(work.error); });
    await new Promise((done) => { aged.worker.onmessage = done; aged.worker.postMessage(sold); });
}"""
CLOSE = """async (record) => {
    await aged.answered(aged.database.transaction("local", "readwrite").objectStore("local").put(record));
    aged.database.close();
    aged.worker.terminate();
}"""

NOTED = (
    "async () => {"
    + ANSWERED
    + """
    const database = await answered(indexedDB.open("store-os"));
    const found = await answered(database.transaction("status").objectStore("status").get("judged"));
    database.close();
    return found?.value ?? "";
}"""
)


def has_sold(till: Till, store: Store, many: int) -> None:
    """Give a till that is ready for offline, and has sold nothing yet, so many orders; it has to be started again."""
    till.page.goto(f"{till.address}{EMPTY_PAGE}")
    me = Registered.model_validate_json(till.page.evaluate(OPEN))
    keys = FakeKeys({me.key_id: store.data_key(me.register)}, me.key_id)
    past = Past(me, keys, many, datetime.now(UTC))
    records = _records(past)
    while some := list(islice(records, AT_ONCE)):
        till.page.evaluate(SOLD, some)
    till.page.evaluate(CLOSE, {"name": CHECKPOINT, "value": past.checkpoint})


def is_summed_up(till: Till, many: int) -> None:
    """Start it once, until its courier has looked at what was said to so many orders, as it would have from the first.

    The OMS must be out of reach: it knows of none of them.
    """
    till.page.goto(till.address)
    settled = max(many - WAITING, 0)
    while (judged := read_record(Judged, till.page.evaluate(NOTED))) is None or judged.booked_to < settled:
        till.page.wait_for_timeout(LOOK)
    till.page.goto("about:blank")


def _records(past: Past) -> Iterator[Mapping[str, Any]]:
    for entry, settled in past.entries():
        item = entry.header.model_dump(mode="json", include={"seq", "id", "kind", "number"})
        item["at"] = entry.header.at.isoformat()
        verdict = _verdict(past, entry) if settled else None
        yield {"item": item, "line": entry.line.decode(), "path": file_path(entry.header), "verdict": verdict}


def _verdict(past: Past, entry: Entry) -> Mapping[str, Any]:
    said = accepted(entry, past.now)
    return {"digest": said.digest, "seq": said.seq, "json": at_once(closed(past.keys, said))}
