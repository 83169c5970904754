// What a person does and reads at the register, as quickly as the page allows.
// Whatever is read goes to the console at once: a browser that is killed a moment later has said it.
window.hands ??= (() => {
  const { inDatabase, folder, hasFolder, journal, counts, inOutage, filesIn, register, files } = window.kept;
  const PATIENCE = 60_000;
  const OFFERED = 30_000; // an unfinished sale is offered within so many milliseconds, or is not offered
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const minor = (element) => Number(element.dataset.minor);
  const says = (what, facts = {}) => console.debug(`torture ${JSON.stringify({ what, ...facts })}`);

  const until = (probe, what) =>
    new Promise((done, failed) => {
      const late = setTimeout(() => (watcher.disconnect(), failed(new Error(`waited in vain for ${what}`))), PATIENCE);
      const look = () => {
        const found = probe();
        if (!found) return;
        watcher.disconnect();
        clearTimeout(late);
        done(found);
      };
      const watcher = new MutationObserver(look);
      watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });
  const there = (selector) => until(() => one(selector), selector);
  const free = (selector) =>
    until(() => all(selector).find((element) => !element.disabled && !element.closest("[inert]")), selector);
  const press = async (selector) => (await free(selector)).click();
  const type = async (selector, text) => {
    const field = await free(selector);
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };

  // Says what the till tells about a sale that it found saved, and takes the notice away.
  const reads = async () => {
    const told = one("#trouble .trouble p")?.textContent;
    if (!told) return;
    says("trouble", { told });
    await press("#trouble-seen");
    await until(() => !one("#trouble .trouble"), "the notice to go");
  };

  const signsIn = async (who, pin) => {
    await press(`#staff-${who}`);
    await type("#pin", pin);
    (await free("#pin-form")).requestSubmit();
    await until(() => one("#nav-sell") && one("#main[data-screen]"), "the register to open");
    says("signed in", { register: await register() });
    await reads();
  };

  const payments = () =>
    all(".taken li").map((row) => ({
      name: row.querySelector(".grow").childNodes[1].textContent,
      reference: row.querySelector(".quiet").textContent,
      amount: minor(row.querySelector("[data-minor]")),
    }));

  // An unfinished sale is offered after a start: resumes it, or discards it where that was asked for and allowed.
  const takesUp = async (discard) => {
    const late = performance.now() + OFFERED;
    while (!one("#draft-resume")) {
      if (performance.now() > late || (await counts()).drafts === 0) return reads().then(() => "nothing");
      await new Promise((done) => setTimeout(done, 50)); // the till opens them after it has let a person in
    }
    if (discard && !one("#found-draft .note")) {
      await press("#draft-discard");
      await until(() => !one("#found-draft"), "the offer to go");
      return "discarded";
    }
    await press("#draft-resume");
    await until(() => !one("#found-draft"), "the offer to go");
    await until(() => one("#complete-sale") || minor(one("#cart-total")) > 0, "the sale to be open");
    for (const payment of payments()) says("taken", payment);
    return one("#complete-sale") ? "checkout" : "cart";
  };

  const pieces = () => Number.parseInt(one(".cart-head .quiet")?.textContent ?? "0");
  const adds = async (codes) => {
    await press("#nav-sell");
    await there("#category-all"); // a register that has just been enrolled has its catalogue a moment later, and says so
    for (const code of codes) {
      await there("#cart-total");
      const before = pieces(); // not the total: one thing more can bring a discount that is worth more
      await type("#search", code);
      (await free("#search-form")).requestSubmit();
      await until(() => pieces() > before, `${code} to be in the cart`);
    }
    says("filled");
  };

  const pays = async ({ tender, reference, amount }) => {
    await press(`#tender-${tender}`);
    if (reference) await type("#reference", reference);
    if (!amount) return;
    await type("#amount-received", amount);
    const before = payments().length;
    await press("#add-payment");
    const taken = await until(() => payments()[before], "the payment to be taken");
    says("taken", taken);
  };

  const opensCheckout = async () => {
    await press("#checkout");
    const waits = () => one("#sell-notice")?.textContent.includes("Billing starts"); // pressed before the line was known
    if (await until(() => one("#complete-sale") || waits(), "the checkout") !== true) return;
    await until(() => !waits(), "billing to start");
    await opensCheckout();
  };

  // From the open cart, or from a checkout that was resumed, to where only "Complete sale" is left to press.
  const readies = async (mark, tenders) => {
    if (!one("#complete-sale")) await opensCheckout();
    if (one("#order-notes").value !== mark) await type("#order-notes", mark);
    for (const tender of tenders) await pays(tender);
    const { tender, reference } = tenders.at(-1);
    const name = one(`#tender-${tender}`).closest("label").querySelector(".tender").textContent.trim();
    return { mark, before: payments(), name, reference, told: !!one("#checkout-problem .note") }; // by the try before
  };
  // From there to "Sale saved", and what it says.
  const isSaved = async ({ mark, before, name, reference, told }) => {
    await until(() => one("#saved-title") || (!told && one("#checkout-problem .note")), "the sale to be saved");
    if (!one("#saved-title")) {
      const said = one("#checkout-problem").textContent;
      if (!said.includes("Billing starts")) throw new Error(said);
      // Its folder was taken before the line was known: it is saved all the same, or may be pressed again in a moment.
      await until(() => one("#saved-title, #complete-sale:enabled"), "the sale to be saved or to be free again");
      one("#complete-sale")?.click();
      return isSaved({ mark, before, name, reference, told: true });
    }
    const total = minor(one("#saved-total"));
    const rest = total - before.reduce((sum, { amount }) => sum + amount, 0);
    const paid = [...before.map(({ name, amount }) => [name, amount]), [name, rest]];
    if (reference) says("taken", { name, reference, amount: rest });
    says("saved", { number: one("#invoice-number").textContent.trim(), total, paid, mark });
  };
  const checksOut = async (mark, tenders) => {
    const due = await readies(mark, tenders);
    says("completes");
    await press("#complete-sale");
    await isSaved(due);
  };

  // Several tabs. A page that hangs, as under a print dialog, hears nothing, and its worker works on.
  // Each asks at an address of its own: of two that ask the same, the browser lets one wait for the other's answer.
  const HELD = `/api/held/${crypto.randomUUID()}`;
  const hangs = (address) => {
    const asked = new XMLHttpRequest();
    asked.open("GET", address, false);
    asked.send();
  };
  const completesHung = async (mark, tenders) => {
    const due = await readies(mark, tenders);
    hangs(HELD);
    says("completes");
    one("#complete-sale").click();
    hangs("/api/held-a-little");
    await isSaved(due);
  };
  const completesTogether = async (mark, tenders) => {
    const due = await readies(mark, tenders);
    await fetch(HELD);
    says("completes");
    one("#complete-sale").click();
    await isSaved(due);
  };
  const isElsewhere = () => until(() => one("#use-here") || one("#staff-asha"), "a word").then(({ id }) => id === "use-here");
  const takesOver = () => press("#use-here");
  const takesOverTogether = async () => {
    await fetch(HELD);
    one("#use-here").click();
  };
  // What somebody does in a tab that may be taken over meanwhile; how it ended is asked for later.
  let doing = null;
  const begins = (name, ...values) => {
    const away = there("#use-here").then(() => "taken over");
    const failed = (error) => {
      if (!one("#use-here")) throw error;
    };
    const done = window.hands[name](...values).then(() => "done", failed);
    doing = Promise.race([done, away]).then(async (ended) => ended ?? away);
    doing.catch(() => {});
  };
  const ends = () => doing;

  const leaves = async () => {
    await press("#new-sale");
    await until(() => one("#cart-total") && minor(one("#cart-total")) === 0, "the next sale");
  };

  // A copy of a register: what the banner says, and what it offers.
  const COPY = "This is a copy of a register that went on elsewhere";
  const isCopy = () => Boolean(one("#banner")?.textContent.includes(COPY));
  const setsUpAnew = async () => {
    await press("#banner-anew");
    if ((await there("#anew")).disabled && one("#give-out")) await press("#give-out"); // what nobody sends is saved first
    await press("#anew");
  };

  const isReady = async () => {
    await until(() => one("#offline-ready.blue"), "everything for offline to be here");
    await navigator.serviceWorker.ready;
  };
  const nothingWaits = () => until(() => one("#sync-to-server .badge")?.textContent === "0", "everything to be sent");
  const takesUpdate = async () => {
    await until(() => !one("#update").hidden && one("#update-now"), "an update to be offered");
    says("updates");
    one("#update-now").click();
  };

  // What becomes of versions of the app, for whoever wonders why one is not taken.
  const versions = async () => {
    const { active, waiting, installing } = (await navigator.serviceWorker.getRegistration()) ?? {};
    const states = Object.entries({ active, waiting, installing }).map(([name, each]) => `${name}: ${each?.state}`);
    return [...states, ...(await caches.keys()), `controlled: ${Boolean(navigator.serviceWorker.controller)}`].join("\n");
  };

  // Waits until everything has arrived in all places, or will not: what is missing is for the checker to say.
  const patiently = async (isSo) => {
    const late = performance.now() + PATIENCE;
    while (!(await isSo())) {
      if (performance.now() > late) return false;
      await new Promise((done) => setTimeout(done, 200));
    }
    return true;
  };
  const isSent = () =>
    patiently(async () => {
      if (!isCopy() && (await inOutage())) return false; // its end is still to be written, and sent; a copy writes none
      const { journal: recorded, verdicts, drafts } = await counts();
      return !drafts && verdicts === recorded;
    });
  const isWhole = async () => {
    const own = `${await register()}/journal/`;
    const mine = (await filesIn(await folder(), "")).filter(({ path }) => path.startsWith(own));
    if (mine.length !== (await counts()).journal) return false;
    const sizes = await Promise.all(mine.map(async ({ file }) => (await file.getFile()).size));
    return sizes.every(Boolean); // an empty one is what a kill left, until it is mended
  };
  const isComplete = () => isSent().then(() => patiently(isWhole));

  return {
    ...{ completesHung, completesTogether, isElsewhere, takesOver, takesOverTogether, begins, ends, readies },
    ...{ signsIn, takesUp, adds, checksOut, leaves, isReady, nothingWaits, takesUpdate },
    ...{ isCopy, setsUpAnew, versions, hasFolder, isSent, isWhole, isComplete, journal, files, register },
    tools: { one, all, minor, says, until, patiently, press, type, pays, inDatabase, inOutage, folder, filesIn },
  };
})();
