// node generated.mjs PYODIDE_FOLDER LIBRARY.zip PACKAGES.zip COMPILED.wasm APP.zip OUT — makes the app's bundle as a start
// reads it: its modules, and the code that its dataclasses are made of, which each start would compile anew.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

// Node would print the line that failed, and here a line is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, library, packages, compiled, app, out] = process.argv.slice(2);
const { loadPyodide } = await import(resolve(folder, "pyodide.mjs"));
const pyodide = await loadPyodide({ stdLibURL: library });
pyodide.FS.writeFile("/lib/packages.zip", readFileSync(packages));
pyodide.FS.writeFile("/lib/app.zip", readFileSync(app));
pyodide.FS.writeFile("/lib/compiled.wasm", readFileSync(compiled));
pyodide.runPython("import sys; sys.path += ['/lib/packages.zip', '/lib/app.zip']");
pyodide.runPython("import bundled; sys.meta_path.insert(0, bundled.Bundled({}, '/lib/compiled.wasm'))");
pyodide.runPython(readFileSync(new URL("generated.py", import.meta.url), "utf8"));
const made = pyodide.globals.get("app_of")("/lib/app.zip");
writeFileSync(out, made.toJs());
