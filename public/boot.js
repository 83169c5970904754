// Starts a Python worker by name. Nothing of the runtime is downloaded before the first call.
import { takeEarly } from "./early.js";
const INTERPRETER = new URL("{{asset:fast.mjs}}", location.href).href; // absolute: the worker itself runs from a blob
const MAIN = { till: "{{asset:till.py}}", courier: "{{asset:courier.py}}" };

const asked = []; // who waits for the Worker itself, in the order of asking: PyScript gives it out only once it is up
const handOver = (_, worker) => asked.shift()?.(worker);

// Resolves to PyScript's worker, a Worker with `.sync` to call Python by name, once main() of app/NAME/main.py has
// returned. Ends it and rejects where main() failed (Python's traceback is in the console), or took over `within` ms.
export const startWorker = async (name, within = 2 ** 31 - 1) => {
  if (name === "till") takeEarly(within);
  const { PyWorker, hooks } = await import("{{asset:pyscript}}/core.js");
  await customElements.whenDefined("py-script"); // a worker made earlier has no `pyscript` module
  performance.mark(`${name}: worker asked for`);
  hooks.main.onWorker.add(handOver);
  const made = new Promise((resolve) => asked.push(resolve));
  const up = PyWorker(MAIN[name], { async: true, version: INTERPRETER, config: { sync_main_only: true } });
  // `started` is set by the last line of the main script: PyScript calls a script that raised done, too.
  const started = up.then((worker) => worker.sync.started().then(() => worker));
  const late = new Promise((_, fail) => setTimeout(fail, within, new Error("it takes too long")));
  return Promise.race([started, late]).catch((cause) => {
    made.then((worker) => worker.terminate());
    throw new Error(`${name} did not start`, { cause });
  });
};
