// node snapshot.mjs PYODIDE_FOLDER PACKAGES.zip OUT — starts Pyodide once, imports everything pure, and writes its memory.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

// Node would print the line that failed, and here a line is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, packages, out] = process.argv.slice(2);
const { loadPyodide } = await import(resolve(folder, "pyodide.mjs"));
const pyodide = await loadPyodide({ _makeSnapshot: true });
// The same path as in fast.mjs: the snapshot remembers the table of contents of the zip that it has read.
pyodide.FS.writeFile("/lib/packages.zip", readFileSync(packages));
pyodide.runPython("import sys; sys.path.append('/lib/packages.zip')");
pyodide.runPython(readFileSync(new URL("preload.py", import.meta.url), "utf8"));
writeFileSync(out, pyodide.makeMemorySnapshot());
