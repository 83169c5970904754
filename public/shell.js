// The page: tells the till what people do, and morphs what the till draws. It knows no word of the trade:
// the names of events and regions are Python's, the sentences are the templates of index.html.
import { neighbour, STEPS } from "./arrows.js";
import { startWorker } from "./boot.js";
import { database, install, offered, painted, pick, print } from "./outside.js";
import { scrolling } from "./scrolling.js";
import { keepUpdated, offerUpdate, update } from "./updating.js";
import { Idiomorph } from "./vendor/idiomorph.js";

const BEAT = 2_000;
const SILENT_BEATS = { till: 5, courier: 15 }; // the courier's requests block it, the longest for fifteen seconds
const [LATE_START, SLOW_START, LONGEST_START] = [5_000, 20_000, 180_000]; // a first start downloads all of it
const HEALTHY = 60_000; // a worker that lived so long is started again at once
const TAB_PATIENCE = 500; // a page that is reloaded gives its lock back a little late
const WEDGE_GAP = 50; // milliseconds between the keys of a scanner; nobody types six so fast, and Enter
const WEDGE_SHORTEST = 6;
const OURS = new Set("event input change submit key focus modal close do then else scan scrolled arrows pressed idle unsaved reload".split(" "));

const [app, notices, root] = ["#app", "#notices", "html"].map((selector) => document.querySelector(selector));
const blank = app.innerHTML;
const all = (selector) => [...document.querySelectorAll(selector)];
const template = (id) => document.getElementById(id).content.cloneNode(true);
const show = (id) => (app.replaceChildren(template(id)), (app.inert = false)); // a till may just be starting again
const notice = (id) => notices.replaceChildren(template(id));

const refusal = () => {
  const agent = navigator.userAgent;
  if (!isSecureContext) return "insecure";
  if (agent.includes("Safari/") && !/Chrom(e|ium)\/|Edg\/|Android|CriOS|FxiOS|EdgiOS/.test(agent)) return "safari";
  return "showDirectoryPicker" in window ? null : "unsupported";
};

// Messages to the till. What a person typed stays until the till has drawn with it in mind.
const early = [];
let [till, sent, typed] = [null, 0, new WeakMap()];

const fields = ({ dataset }) =>
  Object.fromEntries(
    Object.entries(dataset)
      .filter(([name]) => !OURS.has(name))
      .map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
const deliver = async (number, text, element) => {
  await till.sync.receive(number, text).catch(till.dies);
  if (element) delete element.dataset.pressed;
};
const send = (event, values = {}, element = null) => {
  const message = [++sent, JSON.stringify({ event, ...values }), element];
  if (element) element.dataset.pressed = ""; // seen in this frame, whatever the till is doing
  till ? deliver(...message) : early.push(message);
  return sent;
};

// Drawing.
const modal = () => all("dialog[open][data-modal]").at(-1);
const close = (node) => {
  // Closing gives the focus back to where it was, removing does not.
  if (node.matches?.("dialog[open]")) node.close();
  node.querySelectorAll?.("dialog[open]").forEach((dialog) => dialog.close());
};
const draw = (seen, text) => {
  const [known, scroll] = [new Set(all("[data-focus]").map((element) => element.id)), scrolling()];
  const beforeAttributeUpdated = (name, element) => {
    if (name === "open") return !element.matches("dialog[data-modal]");
    return !["value", "checked", "selected"].includes(name) || (typed.get(element) ?? 0) <= seen;
  };
  const how = { morphStyle: "outerHTML", callbacks: { beforeAttributeUpdated, beforeNodeRemoved: close } };
  for (const [id, html] of Object.entries(JSON.parse(text))) {
    const region = document.getElementById(id);
    if (region) Idiomorph.morph(region, html, how);
  }
  const lang = document.getElementById("header")?.lang || "en";
  if (root.lang !== lang) root.lang = lang; // the same again, and every element's style is computed again
  scroll();
  all("dialog[data-modal]:not([open])").forEach((dialog) => dialog.showModal());
  all("[data-focus]").findLast((element) => !known.has(element.id))?.focus();
  if (holding && !document.getElementById("starting-title")) accompany(holding);
  offerUpdate();
  if (document.querySelector("[data-reload]")) location.reload();
};

// What only a page can do, under the person's gesture.
const actions = {
  install,
  print,
  reload: () => location.reload(),
  persist: () => navigator.storage.persist(),
  dismiss: () => notices.replaceChildren(),
  "take-over": () => takeOver(),
  "pick-folder": async ({ dataset: { folder: name = "folder", mode = "readwrite" } }) => {
    const handle = await window.showDirectoryPicker({ mode, id: "store-os" });
    await (await database()).put("handles", { name, handle });
  },
  "grant-folder": async () => {
    const kept = await (await database()).get("handles", "folder");
    const answer = await kept?.handle.requestPermission({ mode: "readwrite" });
    if (answer !== "granted") throw new DOMException(answer, "NotAllowedError");
  },
  "pick-device": ({ dataset }) => pick(dataset.kind),
  "read-code": async () => {
    const { readCode } = await import("./camera.js");
    send(document.body.dataset.scan, { code: await readCode(template("camera")) });
  },
  update,
};
const act = async (element) => {
  const { do: what, then: done, else: failed } = element.dataset;
  try {
    await actions[what](element);
    if (done) send(done, fields(element), element);
  } catch (error) {
    if (!failed) throw error;
    send(failed, { ...fields(element), why: error.name }, element);
  }
};

// Pointer and forms.
const leave = (dialog) => dialog.dataset.close && send(dialog.dataset.close);
const beside = ({ clientX: x, clientY: y, detail }, dialog) => {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return detail && (x < left || x > right || y < top || y > bottom);
};
document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.matches("dialog[data-modal]") && beside(event, target)) return void leave(target);
  const element = target.closest("[data-event], [data-do]");
  if (!element || element.matches(":disabled, [aria-disabled=true]")) return;
  if (element.matches("a")) event.preventDefault();
  if (element.dataset.do) act(element);
  else send(element.dataset.event, fields(element), element);
});
document.addEventListener("input", ({ target }) => {
  const { input: name } = target.dataset;
  typed.set(target, name ? send(name, { value: target.value, ...fields(target) }) : Infinity);
});
document.addEventListener("change", ({ target }) => {
  const { change: name } = target.dataset;
  const value = target.type === "checkbox" ? String(target.checked) : target.value;
  const together = target.type === "radio" ? all(`input[name="${target.name}"]`) : [target, ...(target.options ?? [])];
  const number = name ? send(name, { value, ...fields(target) }) : Infinity;
  if (name || !target.dataset.input) together.forEach((each) => typed.set(each, number)); // or a drawing would choose another
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target: form, submitter } = event;
  const number = send(form.dataset.submit, { ...Object.fromEntries(new FormData(form)), ...fields(form) }, submitter);
  for (const control of form.elements) [control, ...(control.options ?? [])].forEach((each) => typed.set(each, number));
});
document.addEventListener("scrollend", ({ target }) => target.dataset?.scrolled && send(target.dataset.scrolled), true);
document.addEventListener("cancel", (event) => (event.preventDefault(), leave(event.target)), true); // a phone's back gesture

// Keyboard and scanner.
const isField = (element) => element.matches("input:not([type=radio], [type=checkbox], [type=button]), textarea, select");
const usable = (element) =>
  element.checkVisibility() && !element.matches(":disabled") && !element.closest("[inert]") && (modal()?.contains(element) ?? true);
const keyed = (key) => all(`[data-key="${CSS.escape(key)}"]`).find(usable);
const use = (element) => (isField(element) ? (element.focus(), element.select?.()) : element.click());
let burst = { text: "", at: 0, before: new Map() };
const isScan = ({ key, target, timeStamp }) => {
  const quick = timeStamp - burst.at < WEDGE_GAP;
  if (key.length > 1) return key === "Enter" && quick && burst.text.length >= WEDGE_SHORTEST;
  const field = isField(target) ? target : keyed("/");
  if (!quick) burst = { text: "", before: new Map() };
  if (field && !burst.before.has(field)) burst.before.set(field, field.value); // a dialog may open in the middle of a code
  Object.assign(burst, { text: burst.text + key, at: timeStamp });
  return false;
};
const scan = () => {
  const { before, text } = burst;
  burst.at = 0; // the next code begins with its own first key, however quickly it comes
  for (const [field, was] of [...before].filter(([field, was]) => field.value !== was)) {
    field.value = was;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  send(document.body.dataset.scan, { code: text });
};
const keyAction = (event) => {
  const { key, target } = event;
  if (isScan(event)) return scan;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || (event.repeat && !STEPS[key])) return null;
  if (key === "Escape" && document.querySelector(":popover-open")) return null; // the browser closes it
  if (key === "Escape" && modal()) return () => leave(modal());
  const typing = isField(target);
  const element = key.length === 1 && typing ? null : keyed(key);
  if (element) return () => use(element);
  const area = STEPS[key] && target.closest("[data-arrows]");
  const free = !typing || (STEPS[key]?.[1] && target.matches("[type=search], [type=text]"));
  if (area && free) return () => neighbour(target, STEPS[key], area, usable).focus();
  if ((key === "Enter" || key === " ") && target.matches("[role=button]:not(button)")) return () => target.click();
  if (!typing && key.length === 1 && key !== " " && keyed("/")) use(keyed("/")); // and the letter lands there
  return null;
};
document.addEventListener("keydown", (event) => {
  const action = keyAction(event);
  if (!action) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  action();
}, true);

// Both workers live as long as this page holds the register, and are started again when they die.
let holding = null;
const accompany = (hold) => (hold.courier ??= hold === holding && keepAlive("courier", hold));
const greet = (worker, dies, hold) => {
  worker.sync.patch = (seen, text) => {
    queueMicrotask(() => draw(seen, text)); // what goes wrong is the page's error: a worker would not tell anybody
    return painted();
  };
  Object.assign(worker.sync, offered);
  worker.sync.hello();
  [till, typed] = [{ sync: worker.sync, dies }, new WeakMap()];
  early.splice(0).forEach((message) => deliver(...message));
  app.inert = false;
  delete sessionStorage.loads;
  setTimeout(() => (accompany(hold), keepUpdated()), LATE_START); // or when somebody can sign in, and sell
};
const death = (name, worker, hold, patience) =>
  new Promise((resolve) => {
    let missed = 0;
    const timer = setInterval(() => {
      if (++missed > SILENT_BEATS[name] * patience) dies(Object.assign(new Error("it is silent"), { slow: true }));
      else worker.sync.beat().then(() => (missed = 0), dies);
    }, BEAT);
    const dies = (reason) => {
      clearInterval(timer);
      worker.terminate();
      resolve(reason);
    };
    worker.addEventListener("error", (event) => (event.preventDefault(), dies(event.message))); // or it is the page's error, too
    hold.ends.push(dies);
    if (name === "till") greet(worker, dies, hold);
  });
const life = (name, hold, patience) => {
  const late = setTimeout(() => notices.firstElementChild ?? notice(`slow-${name}`), SLOW_START);
  const ends = (worker) => (hold === holding ? death(name, worker, hold, patience) : worker.terminate());
  const lives = async (worker, began = performance.now()) => [await ends(worker), performance.now() - began > HEALTHY];
  return startWorker(name, LONGEST_START * patience)
    .finally(() => (clearTimeout(late), notices.querySelector(".slow")?.remove()))
    .then(lives, (error) => [Object.assign(error, { slow: true }), false]);
};
const whole = () => customElements.get("py-script"); // what did not come is never there in this page
const keepAlive = async (name, hold) => {
  const loads = Number(sessionStorage.loads ?? 0); // of the page, without its files having come
  for (let [deaths, patience] = [loads, 1 + loads]; hold === holding; deaths++) {
    const [reason, healthy] = await life(name, hold, patience);
    if (hold !== holding) return;
    console.error(name, reason);
    if (name === "till") [till, app.inert] = [null, true];
    notice(whole() ? `restarted-${name}` : "slow-till");
    if (!whole()) sessionStorage.loads = loads + 1;
    [deaths, patience] = healthy ? [0, 1] : [deaths, patience + !!reason?.slow]; // what is too slow for one try is not for all
    await new Promise((resolve) => setTimeout(resolve, Math.min(HEALTHY, deaths * deaths * 1_000)));
    if (hold === holding && !whole()) return location.reload(); // nothing ran in it yet
  }
};
const stop = () => {
  const ends = holding?.ends ?? [];
  [holding, till] = [null, null];
  ends.forEach((dies) => dies("stopped"));
};

// One page holds the register; another one waits for it, or takes it over.
const queueing = new AbortController();
const acquire = async (options) => {
  const hold = { ends: [] };
  const begin = () => {
    holding = hold;
    app.innerHTML = blank;
    keepAlive("till", hold);
    if (!navigator.serviceWorker.controller) accompany(hold); // a first visit waits for both
    return new Promise(() => {}); // held until the page goes, or somebody takes it
  };
  try {
    await navigator.locks.request("register", options, begin);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    if (holding !== hold) return;
    stop();
    show("taken-over");
    offerUpdate(); // not from here
  }
};
const takeOver = () => {
  stop();
  queueing.abort();
  acquire({ steal: true });
};

const open = () => {
  const channel = new BroadcastChannel("store-os");
  for (const hint of ["online", "offline"]) addEventListener(hint, () => channel.postMessage(hint));
  addEventListener("beforeunload", (event) => document.querySelector("[data-unsaved]") && event.preventDefault());
  setTimeout(() => holding ?? show("elsewhere"), TAB_PATIENCE);
  acquire({ signal: queueing.signal });
  navigator.storage.persist();
};

for (const trouble of ["error", "unhandledrejection"]) addEventListener(trouble, () => notice("broken"));
root.classList.toggle("no-camera", !("BarcodeDetector" in window));
if (location.search === "?profile") import("./profile.js");
const refused = refusal();
refused ? show(refused) : open();
