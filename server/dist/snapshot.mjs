// node snapshot.mjs PYODIDE_FOLDER LIBRARY.zip PACKAGES.zip COMPILED.wasm APP.zip OUT — starts Pyodide once, imports
// everything that needs no page, and writes its memory. public/fast.mjs reads it.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { COMPILED, load, markOf, PAGE, ROOM } from "../../public/compiled.mjs";

// Node would print the line that failed, and here a line is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, library, packages, compiled, app, out] = process.argv.slice(2);
const { default: createModule } = await import(resolve(folder, "pyodide.asm.mjs"));
const { loadPyodide } = await import(resolve(folder, "pyodide.mjs"));
const code = new WebAssembly.Module(readFileSync(compiled));

let place, fresh, table;
const createPyodideModule = (settings) => {
  // Before Python begins, as in a browser, where it does not begin at all.
  settings.onRuntimeInitialized = () => {
    place = load(settings, code);
    fresh = settings.HEAPU8.slice();
    table = settings.wasmTable.length;
  };
  return createModule(settings);
};
const pyodide = await loadPyodide({ _makeSnapshot: true, stdLibURL: library, createPyodideModule });
if (pyodide._module.wasmTable.length !== table) throw new Error("functions came into the table before the snapshot");

// The same paths as in fast.mjs: the snapshot remembers the tables of contents of the zips that it has read.
const archives = [library, packages, app].map((path) => readFileSync(path));
pyodide.FS.writeFile("/lib/packages.zip", archives[1]);
pyodide.FS.writeFile("/lib/app.zip", archives[2]);
pyodide.runPython("import sys; sys.path.append('/lib/packages.zip')");
pyodide.runPython(`import bundled; bundled.begin("/lib/app.zip", "${COMPILED}", "/lib/packages.zip")`);
pyodide.runPython(readFileSync(new URL("preload.py", import.meta.url), "utf8"));
if (pyodide._module.wasmTable.length !== table) throw new Error("imports put functions into the table");

// What Pyodide makes: where the memory begins, how long the text of its own settings is, those, and the memory.
const made = pyodide.makeMemorySnapshot();
const [, start, length] = new Uint32Array(made.buffer, 0, 3);
const settings = JSON.parse(new TextDecoder().decode(made.subarray(48, 48 + length)));
const memory = made.slice(start);
if (memory.length > ROOM) throw new Error(`the snapshot needs more room: ${memory.length} bytes`);

// Nearly half of it is empty, and some is as the interpreter has it anyway: neither has to be kept.
const bytes = (of, page) => Buffer.from(of.buffer, page * PAGE, PAGE);
const isSame = (page) => (page + 1) * PAGE <= fresh.length && bytes(fresh, page).equals(bytes(memory, page));
const numbers = [...Array(memory.length / PAGE).keys()];
const used = numbers.filter((page) => bytes(memory, page).some(Boolean));
const same = used.filter(isSame);
const kept = used.filter((page) => !isSame(page));
const zeroed = numbers.filter((page) => !used.includes(page) && (page + 1) * PAGE <= fresh.length && bytes(fresh, page).some(Boolean));
const sizes = archives.map(({ length }) => length);
const head = { settings, place, table, same, mark: markOf(memory, same), kept, zeroed, sizes };
const text = Buffer.from(JSON.stringify(head));
writeFileSync(out, Buffer.concat([Buffer.from(Uint32Array.of(text.length).buffer), text, ...kept.map((page) => bytes(memory, page))]));
