// Starts a Python worker by name. Nothing of the runtime is downloaded before the first call.
const INTERPRETER = new URL("{{asset:fast.mjs}}", location.href).href; // absolute: the worker itself runs from a blob
const MAIN = { till: "{{asset:till.py}}", courier: "{{asset:courier.py}}" };

// Resolves, once the worker's main() has returned, to PyScript's worker: a Worker with `.sync` to call Python by name.
export const startWorker = async (name) => {
  const { PyWorker } = await import("{{asset:pyscript}}/core.js");
  return PyWorker(MAIN[name], { async: true, version: INTERPRETER, config: { sync_main_only: true } });
};
