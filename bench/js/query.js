// The searches that people would pick for a page, each set up as its documentation says: names by their beginnings.
import { create, insertMultiple, load, save, search as ask } from "@orama/orama";
import FlexSearch from "flexsearch";
import Fuse from "fuse.js";
import MiniSearch from "minisearch";

const LIMIT = 30;
const MINI = { fields: ["name"], searchOptions: { prefix: true, combineWith: "AND" } };
const FLEX = { tokenize: "forward" };
const SCHEMA = { name: "string" };

const mini = {
  make: (docs) => {
    const made = new MiniSearch(MINI);
    made.addAll(docs);
    return made;
  },
  keep: async (made) => JSON.stringify(made),
  open: (text) => MiniSearch.loadJSON(text, MINI),
  ask: (made, text) => made.search(text).slice(0, LIMIT),
};
const flex = {
  make: (docs) => {
    const made = new FlexSearch.Index(FLEX);
    for (const { id, name } of docs) made.add(id, name);
    return made;
  },
  keep: async (made) => {
    const parts = [];
    await made.export((key, data) => void parts.push([key, data]));
    return parts;
  },
  open: (parts) => {
    const made = new FlexSearch.Index(FLEX);
    for (const [key, data] of parts) made.import(key, data);
    return made;
  },
  ask: (made, text) => made.search(text, { limit: LIMIT }),
};
const orama = {
  make: async (docs) => {
    const made = create({ schema: SCHEMA });
    await insertMultiple(made, docs.map(({ id, name }) => ({ id: String(id), name })), 5_000);
    return made;
  },
  keep: async (made) => JSON.stringify(save(made)),
  open: (text) => {
    const made = create({ schema: SCHEMA });
    load(made, JSON.parse(text));
    return made;
  },
  ask: (made, text) => ask(made, { term: text, properties: ["name"], threshold: 0, limit: LIMIT }),
};
const fuse = {
  make: (docs) => new Fuse(docs, { keys: ["name"] }),
  ask: (made, text) => made.search(text, { limit: LIMIT }),
};
const engines = { MiniSearch: mini, FlexSearch: flex, Orama: orama, "Fuse.js": fuse };
const made = {};
const kept = {};

// What is kept lies in IndexedDB, as a page would keep it.
const answered = (request) => new Promise((done, failed) => {
  [request.onsuccess, request.onerror] = [() => done(request.result), () => failed(request.error)];
});
const forms = async (mode) => {
  const opening = indexedDB.open("kept", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("forms");
  return (await answered(opening)).transaction("forms", mode).objectStore("forms");
};

globalThis.bench = {
  names: Object.keys(engines),
  kept,
  index: async (names) => {
    const docs = names.map((name, id) => ({ id, name }));
    for (const [name, engine] of Object.entries(engines)) {
      made[name] = await engine.make(docs);
      if (!engine.keep) continue;
      const form = await engine.keep(made[name]);
      kept[name] = JSON.stringify(form).length;
      await answered((await forms("readwrite")).put(form, name));
    }
    return kept;
  },
  // Milliseconds and hits of each question.
  asks: async (name, questions) => {
    const told = [];
    for (const text of questions) {
      const began = performance.now();
      let found = engines[name].ask(made[name], text);
      if (found instanceof Promise) found = await found;
      told.push([performance.now() - began, (found.hits ?? found).length]);
    }
    return told;
  },
  // Milliseconds from the stored form to the first answer.
  ready: async (name, question) => {
    const began = performance.now();
    const opened = engines[name].open(await answered((await forms("readonly")).get(name)));
    await engines[name].ask(opened, question);
    return performance.now() - began;
  },
};
