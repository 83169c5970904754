// Loads the one compiled package that the app stands on. Where that is the first thing that happens to an interpreter, it
// comes to lie at the same places of memory and of the table of functions each time, as whoever kept a snapshot saw it.
export const COMPILED = "/lib/compiled.wasm";
export const PAGE = 65_536;
export const ROOM = 64 * 2 ** 20; // bytes of memory that a snapshot may have; what is not written to costs nothing

const FUNCTIONS = 256; // its own begin at a multiple of it: a newer engine has one more before them
const HEAD = 32; // what the allocator takes for the sixteen bytes that are asked for first
const OWN = 8; // and its own part of a piece
const AT_ONCE = { loadAsync: false, nodelete: true, allowUndefined: true };

// `code` is a WebAssembly.Module; Python finds it under the name of a file that is empty. Returns the place in memory.
export const load = (interpreter, code, place = null) => {
  const { FS, preloadedWasm, loadWebAssemblyModule, wasmTable, _malloc } = interpreter;
  const here = _malloc(HEAD / 2); // one browser's settings are longer than another's, and lie before it
  const there = place ?? Math.ceil(here / PAGE + 1) * PAGE;
  _malloc(there - here - HEAD - OWN);
  wasmTable.grow(FUNCTIONS - (wasmTable.length % FUNCTIONS));
  FS.writeFile(COMPILED, "");
  preloadedWasm[COMPILED] = loadWebAssemblyModule(code, AT_ONCE, COMPILED, {});
  return there;
};

// A mark of what lies in pages of memory (FNV-1a over words): other content has another one, but for chance.
export const markOf = (memory, pages) => {
  let mark = 0x811c9dc5;
  for (const page of pages) {
    for (const word of new Uint32Array(memory.buffer, page * PAGE, PAGE / 4)) mark = Math.imul(mark ^ word, 0x01000193);
  }
  return mark;
};
