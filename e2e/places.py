"""The two places of the journal, IndexedDB and the folder, seen and spoilt from outside while the register rests."""

from e2e.till import Till

QUIET = "/manifest.webmanifest"
"""A page of the same address on which nothing of ours runs."""
OPENED = """
    const opened = await new Promise((done, failed) => {
        const request = indexedDB.open("store-os");
        request.onsuccess = () => done(request.result);
        request.onerror = failed;
    });
    const work = opened.transaction("journal", "readwrite", { durability: "strict" });
    const journal = work.objectStore("journal");
    const ended = new Promise((done, failed) => { work.oncomplete = done; work.onabort = failed; });
    const all = await new Promise((done) => {
        const request = journal.getAll();
        request.onsuccess = () => done(request.result);
    });
"""
LINES = f"async () => {{ {OPENED} opened.close(); return all.map((row) => new TextDecoder().decode(row.line)); }}"
FORGET = f"async (seqs) => {{ {OPENED} seqs.forEach((seq) => journal.delete(seq)); await ended; opened.close(); }}"
SPOIL = f"""
    async (seq) => {{
        {OPENED}
        const row = all.find((each) => each.seq === seq);
        row.line[row.line.length - 30] ^= 1;
        journal.put(row);
        await ended;
        opened.close();
    }}
"""
FILES = """
    async () => {
        const found = {};
        const walk = async (folder, path) => {
            for await (const [name, handle] of folder.entries()) {
                if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
                else found[path + name] = await (await handle.getFile()).text();
            }
        };
        await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("Store OS"), "");
        return found;
    }
"""
WRITE = """
    async ([path, text]) => {
        const parts = path.split("/");
        let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("Store OS");
        for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
        const held = await folder.getFileHandle(parts.at(-1)); // one that is collected while it is asked never answers
        const stream = await held.createWritable();
        await stream.write(text);
        await stream.close();
    }
"""


class Places:
    """What lies in both places; the register has to be put to rest first, and starts again when it is opened."""

    def __init__(self, till: Till) -> None:
        self._till = till

    def rest(self) -> None:
        """Leave the register for a page on which nothing runs."""
        self._till.page.goto(self._till.address + QUIET)

    def wake(self) -> None:
        """Start the register again."""
        self._till.page.goto(self._till.address)
        self._till.is_ready_to_sign_in()

    def lines(self) -> list[str]:
        """The journal of the browser, in its order."""
        lines: list[str] = self._till.page.evaluate(LINES)
        return lines

    def forgets(self, *seqs: int) -> None:
        """The browser loses rows."""
        self._till.page.evaluate(FORGET, seqs)

    def spoils(self, seq: int) -> None:
        """One bit of what is sealed in a row is another."""
        self._till.page.evaluate(SPOIL, seq)

    def files(self) -> dict[str, str]:
        """The files of the folder by their paths, the README left out."""
        files: dict[str, str] = self._till.page.evaluate(FILES)
        return {path: text for path, text in sorted(files.items()) if "/" in path}

    def writes(self, path: str, text: str) -> None:
        """Somebody writes over a file of the folder."""
        self._till.page.evaluate(WRITE, [path, text])
