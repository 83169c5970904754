// Starts a Python worker by name. Nothing of the runtime is downloaded before the first call.
import { takeEarly } from "./early.js";
const INTERPRETER = new URL("{{asset:fast.mjs}}", location.href).href; // absolute: the worker itself runs from a blob
const MAIN = { till: "{{asset:till.py}}", courier: "{{asset:courier.py}}" };

const asked = []; // who waits for the Worker itself, in the order of asking: PyScript gives it out only once it is up
const handOver = (_, worker) => asked.shift()?.(worker);

// PyScript is of several files. Where one does not come it says so to nobody but the page, and is never there in this one.
const pyscript = async () => {
  const { PyWorker, hooks } = await import("{{asset:pyscript}}/core.js");
  await customElements.whenDefined("py-script"); // a worker made earlier has no `pyscript` module
  hooks.main.onWorker.add(handOver);
  return PyWorker;
};

// Resolves to PyScript's worker, a Worker with `.sync` to call Python by name, once main() of app/NAME/main.py has
// returned. Ends it and rejects where main() failed (Python's traceback is in the console), or took over `within` ms.
export const startWorker = (name, within = 2 ** 31 - 1) => {
  if (name === "till") takeEarly(within);
  const mark = `${name} starts`; // whoever comes after a start that did not come to its end uses none of its files
  const [how, made] = [localStorage[mark] ?? "", Promise.withResolvers()];
  localStorage[mark] = "#anew";
  const failed = new Promise((_, fail) => addEventListener("unhandledrejection", ({ reason }) => fail(reason)));
  const up = Promise.race([pyscript(), failed]).then((PyWorker) => {
    performance.mark(`${name}: worker asked for`);
    asked.push(made.resolve);
    return PyWorker(MAIN[name], { async: true, version: INTERPRETER + how, config: { sync_main_only: true } });
  });
  // `started` is set by the last line of the main script: PyScript calls a script that raised done, too.
  const started = up.then((worker) => worker.sync.started().then(() => (localStorage.removeItem(mark), worker)));
  const late = new Promise((_, fail) => setTimeout(fail, within, new Error("it takes too long")));
  return Promise.race([started, late]).catch((cause) => {
    made.promise.then((worker) => worker.terminate());
    throw new Error(`${name} did not start`, { cause });
  });
};
