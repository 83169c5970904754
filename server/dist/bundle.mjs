// node bundle.mjs PYODIDE_FOLDER SOURCE OUT [SOURCE OUT …] — compiles trees of Python with the interpreter that will read them.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

// Node would print the line that failed, and here a line is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, ...jobs] = process.argv.slice(2);
const { loadPyodide } = await import(resolve(folder, "pyodide.mjs"));
// Without columns of the source: a traceback names the line, and all of it travels a fifth lighter.
const pyodide = await loadPyodide({ env: { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" } });
pyodide.runPython(readFileSync(new URL("bundle.py", import.meta.url), "utf8"));
const bundle = pyodide.globals.get("bundle");
for (let i = 0; i < jobs.length; i += 2) {
  pyodide.mountNodeFS(`/source${i}`, resolve(jobs[i]));
  bundle(`/source${i}`, "/bundle.zip");
  writeFileSync(jobs[i + 1], pyodide.FS.readFile("/bundle.zip"));
}
