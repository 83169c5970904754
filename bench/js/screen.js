// Runs in the till's own page: what a cashier does, and when its effect is painted; beside it Dexie and the bare work.
import Dexie from "dexie";
import { painted } from "./painted.js";

const PATIENCE = 5_000;
const text = (selector) => document.querySelector(selector)?.textContent ?? "";
// Milliseconds from an act until its effect is in the page, and until it is painted; null where nothing changed.
const watched = async (act, happened) => {
  let observer;
  const seen = new Promise((done) => {
    observer = new MutationObserver(() => happened() && done(performance.now()));
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const began = performance.now();
  act();
  const there = await Promise.race([seen, new Promise((done) => setTimeout(done, PATIENCE, null))]);
  observer.disconnect();
  return there && [there - began, (await painted()) - began];
};

const database = new Dexie("bench-barcodes");
database.version(1).stores({ products: "++id, barcode" });

const request = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
let bare = null;
const prepared = async () => {
  const opening = indexedDB.open("bench-bare", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("lines", { keyPath: "seq" });
  const root = await navigator.storage.getDirectory();
  return {
    db: await request(opening),
    key: await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]),
    folder: await root.getDirectoryHandle("bench-bare", { create: true }),
    seq: 0,
  };
};

globalThis.bench = {
  scan: (code) => {
    const before = text("#cart");
    const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    [...code].forEach(press);
    return watched(() => press("Enter"), () => text("#cart") !== before);
  },
  key: (value) => {
    const field = document.querySelector("#search");
    const before = text("#products");
    return watched(
      () => {
        field.value = value;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      },
      () => text("#products") !== before,
    );
  },
  // The least that a key can take in this page: what lies on the shelf changes places, and nobody is asked.
  alone: async () => {
    const shelf = document.querySelector("#products");
    const tiles = [...shelf.children];
    const took = await watched(() => shelf.replaceChildren(...tiles.map((tile) => tile.cloneNode(true)).reverse()), () => true);
    shelf.replaceChildren(...tiles);
    await painted();
    return took;
  },
  save: () =>
    watched(() => document.querySelector("#complete-sale").click(), () => document.querySelector("#saved-title")),
  // The same bytes: sealed, hashed, put strictly, written to a file of the same file system.
  bare: async (size) => {
    bare ??= await prepared();
    const body = crypto.getRandomValues(new Uint8Array(size));
    const began = performance.now();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, bare.key, body);
    await crypto.subtle.digest("SHA-256", sealed);
    bare.seq += 1;
    await new Promise((done, failed) => {
      const work = bare.db.transaction("lines", "readwrite", { durability: "strict" });
      work.objectStore("lines").put({ seq: bare.seq, line: new Uint8Array(sealed) });
      work.oncomplete = done;
      work.onabort = () => failed(work.error);
    });
    bare.file = await bare.folder.getFileHandle(`${bare.seq}.json`, { create: true });
    const stream = await bare.file.createWritable(); // a handle that is collected while it is asked never answers
    await stream.write(sealed);
    await stream.close();
    return performance.now() - began;
  },
  newest: async () => {
    const db = await request(indexedDB.open("store-os"));
    const newest = await request(db.transaction("journal").objectStore("journal").openCursor(null, "prev"));
    db.close();
    return newest.value.line.byteLength;
  },
  put: (codes) => database.products.bulkAdd(codes.map(([barcode, name]) => ({ barcode, name }))).then(() => null),
  get: async (code) => {
    const began = performance.now();
    const found = await database.products.where("barcode").equals(code).first();
    const took = performance.now() - began;
    if (found?.barcode !== code) throw new Error(`Dexie has no ${code}`);
    return took;
  },
};
