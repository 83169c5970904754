// Starts a Python worker by name. Nothing of the runtime is downloaded before the first call.
const INTERPRETER = new URL("{{asset:fast.mjs}}", location.href).href; // absolute: the worker itself runs from a blob
const MAIN = { till: "{{asset:till.py}}", courier: "{{asset:courier.py}}" };

// Resolves to PyScript's worker, a Worker with `.sync` to call Python by name, once main() of app/NAME/main.py has
// returned; rejects where main() failed, and then the console holds Python's traceback.
export const startWorker = async (name) => {
  const { PyWorker } = await import("{{asset:pyscript}}/core.js");
  await customElements.whenDefined("py-script"); // a worker made earlier has no `pyscript` module
  const worker = await PyWorker(MAIN[name], { async: true, version: INTERPRETER, config: { sync_main_only: true } });
  // Set by the last line of the main script: PyScript calls a script that raised done, too.
  await worker.sync.started().catch(() => {
    worker.terminate(); // or each new try would leave one behind
    throw new Error(`${name} did not start`);
  });
  return worker;
};
