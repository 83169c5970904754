// What somebody does to the storage of a register from outside, and what the screen says of it.
// Stands behind hands.js, and adds to its hands.
(() => {
  if (window.hands.cannotSave) return;
  const { one, all, minor, says, until, patiently, press, type, pays } = window.hands.tools;
  const { inDatabase, inOutage, folder, filesIn } = window.hands.tools;
  const PROBLEM = "#checkout-problem .note";
  const ENOUGH = 8 << 20; // bytes: the browser counts what is free again in its own time
  window.showDirectoryPicker = folder; // headless Chromium has none

  // Notices of trouble come beside the work: whoever stands there reads each at once.
  setInterval(() => {
    const told = one("#nav-sell") && one("#trouble .trouble p")?.textContent;
    if (!told) return;
    says("trouble", { told });
    one("#trouble-seen").click();
  }, 100);

  // Presses "Complete sale" where it may not be saved: what is told, and whether the sale is still open as it was.
  const cannotSave = async (mark, tender) => {
    if (!one("#complete-sale")) await press("#checkout");
    await until(() => one("#complete-sale"), "the checkout");
    if (one("#order-notes").value !== mark) await type("#order-notes", mark);
    await pays(tender);
    const amounts = () => all("[data-minor]").map(minor).join();
    const before = amounts();
    const old = one(PROBLEM); // of the try before: it goes when this one begins, and is no answer to it
    await press("#complete-sale");
    await until(() => one("#saved-title") || one(PROBLEM) !== old || !old, "the try before to be forgotten");
    await until(() => one("#saved-title") || one(PROBLEM), "an answer");
    if (one("#saved-title")) return { told: "", kept: true };
    return { told: one(PROBLEM).textContent.trim(), kept: Boolean(one("#complete-sale")) && amounts() === before };
  };
  // Goes on selling after the data of the browser was cleared: it must not come to "Sale saved".
  const triesToSell = async (code) => {
    for (let tries = 0; tries < 12; tries++) {
      const field = one("#search");
      if (field) {
        field.value = code;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        one("#search-form").requestSubmit();
      }
      for (let looks = 0; looks < 50; looks++) {
        if (one("#stopped-title")) return one("#stopped-title").textContent.trim();
        await new Promise((done) => setTimeout(done, 100));
      }
      says("scans again"); // a scan that nothing came of is tried again, as anybody would
    }
    throw new Error("waited in vain for the register to stop");
  };
  const hasRoom = async () => {
    await new Promise((done, failed) => {
      const asked = indexedDB.deleteDatabase("ballast");
      asked.onsuccess = () => done();
      asked.onerror = () => failed(asked.error);
    });
    await patiently(() => navigator.storage.estimate().then(({ quota, usage }) => quota - usage > ENOUGH));
  };

  // --- the folder ---------------------------------------------------------------------------------------
  const persistent = async (act) => {
    for (let tries = 0; ; tries++) {
      try {
        return await act();
      } catch (error) {
        if (tries === 50) throw error; // a file that is just being written is locked, and its swap file goes
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  };
  const goes = () =>
    persistent(async () => (await navigator.storage.getDirectory()).removeEntry("Store OS", { recursive: true }));
  const writes = (path, content) =>
    persistent(async () => {
      let handle = await folder();
      const names = path.split("/");
      for (const name of names.slice(0, -1)) handle = await handle.getDirectoryHandle(name, { create: true });
      const stream = await (await handle.getFileHandle(names.at(-1), { create: true })).createWritable();
      await stream.write(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));
      await stream.close();
    });
  const content = () => persistent(window.hands.files);
  const comesBack = async (files) => {
    for (const { path, content } of files) await writes(path, content);
  };
  const saysFolder = () => until(() => one("#banner-folder"), "the banner to say it").then(() => true);
  const choosesAgain = async () => {
    one("#banner-folder")?.click(); // one that is back is found by itself, perhaps while somebody reaches for it
    await until(() => !one("#banner-folder"), "the folder to work");
  };
  const chooses = async () => {
    await press("#nav-settings");
    await press("#choose-folder");
    await press("#nav-sell");
  };
  // Whether the list of what was found in the folder names a file.
  const names = async (file) => {
    await press("#nav-settings");
    const listed = () => all('ul[aria-label="Found in the folder"] li').some((said) => said.textContent.includes(file));
    const told = await Promise.race([until(listed, file).catch(() => false), new Promise((done) => setTimeout(done, 20_000))]);
    await press("#nav-sell");
    return Boolean(told);
  };

  // --- whether everything has arrived --------------------------------------------------------------------
  const filed = async () => {
    const where = `${await window.hands.register()}/journal/`;
    const own = (await filesIn(await folder(), "")).filter(({ path }) => path.startsWith(where));
    return new Set(own.map(({ path }) => Number.parseInt(path.split("/").at(-1))));
  };
  // Waits until the folder has a file for each entry and, where that is asked, the OMS has answered to each.
  const hasArrived = (sent) =>
    patiently(async () => {
      if (sent && (await inOutage())) return false;
      const seqs = await inDatabase("journal", "readonly", (store) => store.getAllKeys());
      const verdicts = await inDatabase("verdicts", "readonly", (store) => store.count());
      const there = await persistent(filed);
      return seqs.every((seq) => there.has(seq)) && (!sent || verdicts === seqs.length);
    });

  // --- a lost register ------------------------------------------------------------------------------------
  const recovers = async (lost, code, pin) => {
    await press("#nav-settings");
    await press("#lost-folder");
    await until(() => one("#recovery-code") || one(`#lost-${lost}`), "the folder to be read");
    if (one(`#lost-${lost}`)) await press(`#lost-${lost}`);
    await type("#recovery-code", code);
    await type("#recovery-pin", pin);
    await press("#recovery-go");
    const said = await until(() => one("#recovery-result, #recovery-pin-problem .note, #recovery-why"), "the recovery");
    const told = said.textContent.trim();
    await press("#nav-sell");
    return told;
  };

  const added = { cannotSave, triesToSell, hasRoom, goes, writes, content, comesBack, saysFolder, choosesAgain };
  Object.assign(window.hands, added, { chooses, names, hasArrived, recovers });
})();
