// What a start reads, the memory snapshot and the archives of Python's modules, as files of the browser's own: what lies in
// the cache comes through other processes, these are read where they lie, and only as far as somebody asks. They are
// written behind a start that did not find all of them, and stand under the names of their content.
const FOLDER = "start";
const LATER = 20_000; // milliseconds: nothing is written beside a start
const END = 2; // the runtime's SEEK_END

// Whoever is asked has a name until the answer is there: a handle that is collected meanwhile never answers (Chromium 156).
const folder = async (create) => {
  const root = await navigator.storage.getDirectory();
  return await root.getDirectoryHandle(FOLDER, { create });
};

const opened = async (here, name) => {
  const file = await here.getFileHandle(name);
  const access = await file.createSyncAccessHandle({ mode: "read-only" }); // each worker reads it
  if (access.getSize()) return access;
  access.close(); // a kill left it, or it is being written
  throw new Error(`${name} is empty`);
};

// Resolves to a FileSystemSyncAccessHandle for each, or to null where not all of them are kept.
export const open = async (names) => {
  try {
    const here = await folder(false);
    const tried = await Promise.allSettled(names.map((name) => opened(here, name)));
    if (tried.every(({ value }) => value)) return tried.map(({ value }) => value);
    tried.forEach(({ value }) => value?.close());
  } catch {
    // there is no such folder, or no such files in this browser
  }
  return null;
};

// Fills `into` from a place of the file on.
export const readerOf = (access) => (into, at) => {
  if (access.read(into, { at }) !== into.length) throw new Error("a file of the start is not whole");
};

// What cannot be used is written anew; another worker may read it now, and forgets it later.
export const forget = async (names, files = []) => {
  files.forEach((access) => access.close());
  const here = await folder(true);
  await Promise.allSettled(names.map((name) => here.removeEntry(name)));
};

// Lays a file before Python, to be read where it lies for as long as the worker lives.
export const lay = (FS, path, access) => {
  FS.writeFile(path, "");
  const { node } = FS.lookupPath(path);
  const { node_ops: byNode, stream_ops: byStream } = node;
  const size = access.getSize();
  node.node_ops = { ...byNode, getattr: (asked) => ({ ...byNode.getattr(asked), size }) };
  node.stream_ops = {
    llseek: (stream, offset, whence) => (whence === END ? size + offset : byStream.llseek(stream, offset, whence)),
    read: (_, into, start, length, from) => access.read(into.subarray(start, start + length), { at: from }),
  };
};

const write = async (here, name, response) => {
  const file = await here.getFileHandle(name, { create: true });
  await response.body.pipeTo(await file.createWritable()); // in its place when all of it is there
};

// One of the workers does it, and what fails is tried again after the next start.
export const keep = (names, response) => {
  const alone = async (lock) => {
    const there = lock && (await open(names));
    there?.forEach((access) => access.close());
    if (!lock || there) return;
    const here = await folder(true);
    for await (const other of here.keys()) if (!names.includes(other)) await here.removeEntry(other).catch(() => {}); // it is read now
    for (const name of names) await write(here, name, await response(name));
  };
  setTimeout(() => navigator.locks.request(`keeps ${names[0]}`, { ifAvailable: true }, alone).catch(console.info), LATER);
};
