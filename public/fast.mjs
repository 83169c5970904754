// What PyScript takes for its interpreter: Pyodide, started from a memory snapshot with everything pure already imported.
// If the snapshot cannot be used, the same Python starts the plain way, only later.
import createModule from "{{asset:pyodide}}/pyodide.asm.mjs";
import { loadPyodide as load, version } from "{{asset:pyodide}}/pyodide.mjs";

export { version };

const INDEX = new URL("{{asset:pyodide}}/", import.meta.url).href;
const SITE_PACKAGES = "/lib/python3.14/site-packages";
// A snapshot remembers the state of `random`: without new seed every register would draw the same numbers.
const PREPARE = `
import random, sys
sys.path += [path for path in ("/lib/packages.zip", "/lib/app.zip") if path not in sys.path]
random.seed()
`;

const bytes = async (address) => {
  const response = await fetch(new URL(address, import.meta.url));
  if (!response.ok) throw new Error(`${address} could not be read (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
};

export const loadPyodide = async (options) => {
  const [packages, compiled, app, pyodide] = await Promise.all([
    bytes("{{asset:packages.zip}}"),
    bytes("{{asset:compiled.zip}}"),
    bytes("{{asset:app.zip}}"),
    start({
      ...options,
      indexURL: INDEX,
      packageBaseUrl: INDEX,
      lockFileContents: { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" }, packages: {} },
    }),
  ]);
  pyodide.FS.writeFile("/lib/packages.zip", packages, { canOwn: true });
  pyodide.FS.writeFile("/lib/app.zip", app, { canOwn: true });
  pyodide.unpackArchive(compiled, "zip", { extractDir: SITE_PACKAGES });
  pyodide.runPython(PREPARE);
  return pyodide;
};

const start = async (options) => {
  try {
    const snapshot = await bytes("{{asset:snapshot.bin}}");
    return await load({ ...options, _loadSnapshot: snapshot, createPyodideModule: roomFor(snapshot.length) });
  } catch (error) {
    console.warn("The fast start was not possible, starting the plain way.", error);
    return load(options);
  }
};

// The interpreter's memory starts smaller than the snapshot: grow it before it is restored,
// or restoring fails with "offset is out of bounds".
const roomFor = (length) => async (settings) => {
  const instantiate = settings.instantiateWasm;
  settings.instantiateWasm = (imports, ready) =>
    instantiate(imports, (instance, module) => {
      const { memory } = instance.exports;
      const missing = length - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65536));
      ready(instance, module);
    });
  return createModule(settings);
};
