// The register's database and its folder as they lie there, read and written beside the product's own code.
window.kept ??= (() => {
  const opened = (name) =>
    new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  const answer = (asked) =>
    new Promise((done, failed) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  // A browser that was set up anew has another database: the younger one is meant.
  const newest = async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith("store-os")).sort().at(-1);
  const inDatabase = async (store, mode, act) => {
    const database = await opened(await newest());
    try {
      const work = database.transaction(store, mode, { durability: "strict" });
      const over = new Promise((done, failed) => ((work.oncomplete = done), (work.onabort = failed)));
      const answered = await answer(act(work.objectStore(store)));
      await over;
      return answered;
    } finally {
      database.close();
    }
  };
  const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("Store OS", { create: true });
  // What the next start finds: the folder, one that is gone from the disk, or none that was ever chosen.
  const hasFolder = async (state) => {
    const root = await navigator.storage.getDirectory();
    let handle = await folder();
    if (state === "gone") {
      handle = await root.getDirectoryHandle("Unplugged", { create: true });
      await root.removeEntry("Unplugged", { recursive: true });
    }
    const act = (store) => (state === "none" ? store.delete("folder") : store.put({ name: "folder", handle }));
    await inDatabase("handles", "readwrite", act);
  };
  const text = (bytes) => {
    let binary = "";
    for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(binary);
  };
  const journal = async () => {
    const rows = await inDatabase("journal", "readonly", (store) => store.getAll());
    return rows.map(({ seq, id, number, line }) => ({ seq, id, number: number ?? "", line: text(line) }));
  };
  const counts = async () => {
    const count = (store) => inDatabase(store, "readonly", (opened) => opened.count());
    return { journal: await count("journal"), verdicts: await count("verdicts"), drafts: await count("drafts") };
  };
  // Whether an outage was begun and not ended: the till writes its end once it hears that the OMS is there again.
  const inOutage = async () => {
    const kinds = (await inDatabase("journal", "readonly", (store) => store.getAll())).map(({ kind }) => kind);
    return kinds.lastIndexOf("session_opened") > kinds.lastIndexOf("session_closed");
  };
  const filesIn = async (handle, path) => {
    const found = [];
    for await (const [name, child] of handle.entries()) {
      if (child.kind === "directory") found.push(...(await filesIn(child, `${path}${name}/`)));
      else found.push({ path: path + name, file: child });
    }
    return found;
  };
  // Whose register this browser is: "DS01-R1".
  const register = async () => {
    const row = await inDatabase("status", "readonly", (store) => store.get("registered"));
    const { store, register } = JSON.parse(row.value);
    return `${store}-${register}`;
  };
  const files = async () => {
    const found = await filesIn(await folder(), "");
    return Promise.all(
      found.map(async ({ path, file }) => ({
        path,
        content: text(new Uint8Array(await (await file.getFile()).arrayBuffer())),
      })),
    );
  };

  return { inDatabase, folder, hasFolder, journal, counts, inOutage, filesIn, register, files };
})();
