// What PyScript takes for its interpreter: Pyodide, started from a memory snapshot with everything pure already imported.
// If the snapshot cannot be used, the same Python starts the plain way, only later.
import createModule from "{{asset:pyodide}}/pyodide.asm.mjs";
import { loadPyodide as load, version } from "{{asset:pyodide}}/pyodide.mjs";

export { version };

const INDEX = new URL("{{asset:pyodide}}/", import.meta.url).href;
const COMPILED = "/lib/compiled.wasm";
const PREPARE = `
import sys
"/lib/packages.zip" in sys.path or sys.path.append("/lib/packages.zip")
import bundled
bundled.begin("/lib/app.bin", "${COMPILED}")
`;

// From where the service worker keeps it: asking it would take half as long again.
const bytes = async (path) => {
  const address = new URL(path, import.meta.url).href;
  const response = (await caches.match(address, { ignoreVary: true })) ?? (await fetch(address));
  if (!response.ok) throw new Error(`${path} could not be read (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
};

// The marks of this worker's start, for whoever asks: `?profile` does.
const marks = new BroadcastChannel("marks");
const told = () => performance.getEntriesByType("mark").map(({ name, startTime }) => [name, startTime]);
marks.onmessage = ({ data }) => data === "tell" && marks.postMessage({ origin: performance.timeOrigin, marks: told() });

export const loadPyodide = async (options) => {
  performance.mark("interpreter asked for");
  const [packages, app, compiled, pyodide] = await Promise.all([
    bytes("{{asset:packages.zip}}"),
    bytes("{{asset:app.bin}}"),
    WebAssembly.compileStreaming(fetch(new URL("{{asset:compiled.wasm}}", import.meta.url))),
    start({
      ...options,
      indexURL: INDEX,
      stdLibURL: new URL("{{asset:library.zip}}", import.meta.url).href, // compiled; Pyodide's own is source
      packageBaseUrl: INDEX,
      lockFileContents: { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" }, packages: {} },
    }),
  ]);
  performance.mark("interpreter runs, all files read");
  pyodide.FS.writeFile("/lib/packages.zip", packages, { canOwn: true });
  pyodide.FS.writeFile("/lib/app.bin", app, { canOwn: true });
  isCompiled(pyodide.FS, COMPILED, compiled);
  pyodide.runPython(PREPARE);
  performance.mark("packages unpacked");
  return pyodide;
};

// A file whose content was compiled beside the interpreter's start: who loads it is given the module in place of bytes.
const isCompiled = (files, path, module) => {
  const read = files.readFile;
  files.writeFile(path, "");
  files.readFile = (wanted, ...options) => (wanted === path ? module : read.call(files, wanted, ...options));
};

const start = async (options) => {
  try {
    const snapshot = bytes("{{asset:snapshot.bin}}").then(withEmptyPages); // read beside the interpreter's own files
    snapshot.then(() => performance.mark("memory snapshot read"), () => {});
    return await load({ ...options, _loadSnapshot: snapshot, createPyodideModule: withRoom });
  } catch (error) {
    console.warn("The fast start was not possible, starting the plain way.", error);
    return load(options);
  }
};

// What server/dist/snapshot.mjs wrote: the length, which pages are not empty, and those.
const PAGE = 65_536;
const withEmptyPages = ({ buffer }) => {
  const [length, count] = new Uint32Array(buffer, 0, 2);
  const memory = new Uint8Array(length);
  new Uint32Array(buffer, 8, count).forEach((page, at) => {
    const from = 8 + 4 * count + at * PAGE;
    memory.set(new Uint8Array(buffer, from, Math.min(PAGE, length - page * PAGE)), page * PAGE);
  });
  return memory;
};

// The interpreter's memory starts smaller than the snapshot: grow it before it is restored,
// or restoring fails with "offset is out of bounds".
const withRoom = async (settings) => {
  const instantiate = settings.instantiateWasm;
  settings.instantiateWasm = (imports, ready) =>
    instantiate(imports, (instance, module) => {
      const { memory } = instance.exports;
      const missing = settings.INITIAL_MEMORY - memory.buffer.byteLength; // Pyodide has set it to the snapshot's length
      if (missing > 0) memory.grow(Math.ceil(missing / 65536));
      ready(instance, module);
    });
  return createModule(settings);
};
