// node snapshot.mjs PYODIDE_FOLDER LIBRARY.zip PACKAGES.zip OUT — starts Pyodide once, imports everything pure, and writes its memory.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

// Node would print the line that failed, and here a line is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

// Nearly half of it is empty: its length, which pages are not, and those. fast.mjs reads it.
const PAGE = 65_536;
const withoutEmptyPages = (memory) => {
  const page = (number) => memory.subarray(number * PAGE, (number + 1) * PAGE);
  const full = [...Array(Math.ceil(memory.length / PAGE)).keys()].filter((number) => page(number).some(Boolean));
  return Buffer.concat([Buffer.from(Uint32Array.of(memory.length, full.length, ...full).buffer), ...full.map(page)]);
};

const [folder, library, packages, out] = process.argv.slice(2);
const { loadPyodide } = await import(resolve(folder, "pyodide.mjs"));
const pyodide = await loadPyodide({ _makeSnapshot: true, stdLibURL: library });
// The same path as in fast.mjs: the snapshot remembers the table of contents of the zip that it has read.
pyodide.FS.writeFile("/lib/packages.zip", readFileSync(packages));
pyodide.runPython("import sys; sys.path.append('/lib/packages.zip')");
pyodide.runPython(readFileSync(new URL("preload.py", import.meta.url), "utf8"));
writeFileSync(out, withoutEmptyPages(pyodide.makeMemorySnapshot()));
