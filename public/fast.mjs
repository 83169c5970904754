// What PyScript takes for its interpreter: Pyodide, started from a memory snapshot with everything imported that needs no
// page. If the snapshot cannot be used, the same Python starts the plain way, only later.
import { COMPILED, load, markOf, PAGE, ROOM } from "{{asset:compiled.mjs}}";
import * as paged from "{{asset:paged.mjs}}";
import { forget, keep, lay, open, readerOf } from "{{asset:stored.mjs}}";
import createModule from "{{asset:pyodide}}/pyodide.asm.mjs";
import { loadPyodide as loadPlain, version } from "{{asset:pyodide}}/pyodide.mjs";

export { version };

const SNAPSHOT = "{{asset:snapshot.bin}}";
const LIBRARY = new URL("{{asset:library.zip}}", import.meta.url).href; // compiled; Pyodide's own is source
const ARCHIVES = { "/lib/python314.zip": LIBRARY, "/lib/packages.zip": "{{asset:packages.zip}}", "/lib/app.zip": "{{asset:app.zip}}" };
const FILES = Object.fromEntries([SNAPSHOT, ...Object.values(ARCHIVES)].map((path) => [path.split("/").at(-1), path]));
const NAMES = Object.keys(FILES);
const INDEX = new URL("{{asset:pyodide}}/", import.meta.url).href;
const BEGIN = `
import sys
"/lib/packages.zip" in sys.path or sys.path.append("/lib/packages.zip")
import bundled
bundled.begin("/lib/app.zip", "${COMPILED}", "/lib/packages.zip")
`;

// From where the service worker keeps it: asking it would take half as long again.
const kept = async (path) => {
  const address = new URL(path, import.meta.url).href;
  const response = (await caches.match(address, { ignoreVary: true })) ?? (await fetch(address));
  if (!response.ok) throw new Error(`${path} could not be read (${response.status})`);
  return response;
};
const bytes = async (path) => new Uint8Array(await (await kept(path)).arrayBuffer());

// The marks of this worker's start, for whoever asks: `?profile` does.
const marks = new BroadcastChannel("marks");
const told = () => performance.getEntriesByType("mark").map(({ name, startTime }) => [name, startTime]);
marks.onmessage = ({ data }) => data === "tell" && marks.postMessage({ origin: performance.timeOrigin, marks: told() });

export const loadPyodide = async (options) => {
  performance.mark("interpreter asked for");
  const code = WebAssembly.compileStreaming(kept("{{asset:compiled.wasm}}"));
  const pyodide = await start(code, {
    ...options,
    indexURL: INDEX,
    packageBaseUrl: INDEX,
    lockFileContents: { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" }, packages: {} },
  });
  performance.mark("interpreter runs");
  pyodide.registerJsModule("paged", paged);
  pyodide.runPython(BEGIN);
  performance.mark("app there");
  return pyodide;
};

const start = async (code, options) => {
  const opened = import.meta.url.endsWith("#anew") ? forget(NAMES).catch(console.info) : open(NAMES); // beside the interpreter's own files
  try {
    const found = opened.then((files) => (files ? own(files) : cached()));
    found.catch(() => {}); // heard where it is waited for
    const createPyodideModule = async (settings) => {
      const interpreter = await createModule(withRoom(settings));
      const { head, fill, archives } = await found;
      load(interpreter, await code, head.place);
      archives(interpreter.FS);
      interpreter.API.restoreSnapshot = () => restore(interpreter, head, fill);
      return interpreter;
    };
    // An empty one: it tells Pyodide that Python runs already. What lies in ours is put into the memory directly. And it
    // wants to fetch a library: ours is in its place before anybody reads one.
    const given = { _loadSnapshot: new Uint8Array(), stdLibURL: import.meta.url };
    const pyodide = await loadPlain({ ...options, ...given, createPyodideModule });
    (await found).done();
    return pyodide;
  } catch (error) {
    console.warn("The fast start was not possible, starting the plain way.", error);
    const files = await opened;
    if (files) await forget(NAMES, files);
    const createPyodideModule = async (settings) => {
      const interpreter = await createModule(settings);
      load(interpreter, await code);
      return interpreter;
    };
    const pyodide = await loadPlain({ ...options, stdLibURL: LIBRARY, createPyodideModule });
    (await read())(pyodide.FS);
    return pyodide;
  }
};

// All archives out of the cache; resolves to what puts them before Python.
const read = async () => {
  const contents = await Promise.all(Object.values(ARCHIVES).map(bytes));
  return (FS) => Object.keys(ARCHIVES).forEach((path, nth) => FS.writeFile(path, contents[nth], { canOwn: true }));
};

// Where each comes from: `head` describes the snapshot, `fill(into, nth)` gives a page of it, `archives(FS)` puts the archives
// before Python, and `done()` is called once the memory is restored.
const own = ([snapshot, ...archives]) => {
  const { head, fill } = described(readerOf(snapshot));
  if (archives.some((access, nth) => access.getSize() !== head.sizes[nth])) throw new Error("an archive is not whole");
  const put = (FS) => Object.keys(ARCHIVES).forEach((path, nth) => lay(FS, path, archives[nth]));
  return { head, fill, archives: put, done: () => snapshot.close() };
};

// At a first visit the page fetches the snapshot for both workers, and holds this lock meanwhile.
const cached = async () => {
  const reading = read();
  reading.catch(() => {});
  await navigator.locks.request("early", { mode: "shared" }, () => {});
  let all = await bytes(SNAPSHOT);
  const done = () => {
    all = null; // whoever can still read it would keep as much memory as Python has
    keep(NAMES, (name) => kept(FILES[name]));
  };
  return { ...described((into, at) => into.set(all.subarray(at, at + into.length))), archives: await reading, done };
};

// What server/dist/snapshot.mjs wrote: a text, behind its length, and the pages of memory that it names.
const described = (read) => {
  const length = new Uint32Array(1);
  read(new Uint8Array(length.buffer), 0);
  const text = new Uint8Array(length[0]);
  read(text, 4);
  performance.mark("memory snapshot found");
  return { head: JSON.parse(new TextDecoder().decode(text)), fill: (into, nth) => read(into, 4 + text.length + nth * PAGE) };
};

// Returns what Pyodide kept of itself beside the memory; throws where this interpreter is not as the one that was kept.
const restore = (interpreter, { settings, table, same, mark, kept: numbers, zeroed }, fill) => {
  const { HEAPU8: memory, HEAP32: words, wasmTable } = interpreter;
  // How this engine calls Python's functions quickly, which the one that made the snapshot may not have known.
  const trampoline = (interpreter.__PyRuntime + words[interpreter.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4]) / 4;
  const here = words[trampoline];
  if (wasmTable.length !== table || markOf(memory, same) !== mark) throw new Error("the snapshot is of another interpreter");
  numbers.forEach((page, nth) => fill(memory.subarray(page * PAGE, (page + 1) * PAGE), nth));
  for (const page of zeroed) memory.fill(0, page * PAGE, (page + 1) * PAGE);
  words[trampoline] = here;
  performance.mark("memory restored");
  return settings;
};

// The interpreter's memory starts smaller than the snapshot: grow it before anything is put into it.
const withRoom = (settings) => {
  const instantiate = settings.instantiateWasm;
  settings.instantiateWasm = (imports, ready) =>
    instantiate(imports, (instance, module) => {
      const { memory } = instance.exports;
      memory.grow((ROOM - memory.buffer.byteLength) / PAGE);
      ready(instance, module);
    });
  return settings;
};
