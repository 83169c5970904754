// The memory snapshot as a file of the browser's own: what lies in the cache comes through other processes, this is read
// where it belongs, without a copy. It is written behind a start that found none, and stands under the name of its content.
const FOLDER = "start";
const LATER = 20_000; // milliseconds: nothing is written beside a start

const folder = async (create) => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create });

// Returns how to read it, or null where it is not kept: `read(into, at)` fills `into`; `close` and `forget` end it.
export const open = async (name) => {
  try {
    const here = await folder(false);
    const file = await here.getFileHandle(name);
    const access = await file.createSyncAccessHandle({ mode: "read-only" }); // each worker reads it
    if (!access.getSize()) return access.close(), null; // a kill left it, or it is being written
    const read = (into, at) => {
      if (access.read(into, { at }) !== into.length) throw new Error(`${name} is not whole`);
    };
    const forget = () => (access.close(), here.removeEntry(name).catch(() => {})); // another worker may read it
    return { read, close: () => access.close(), forget };
  } catch {
    return null;
  }
};

const write = async (name, body) => {
  const here = await folder(true);
  for await (const other of here.keys()) if (other !== name) await here.removeEntry(other).catch(() => {}); // it is read now
  const file = await here.getFileHandle(name, { create: true });
  await body.pipeTo(await file.createWritable()); // in its place when all of it is there
};

// One of the workers does it, and what fails is tried again after the next start.
export const keep = (name, response) => {
  const alone = async (lock) => {
    const there = lock && (await open(name));
    there?.close();
    if (lock && !there) await write(name, (await response()).body);
  };
  setTimeout(() => navigator.locks.request(`keeps ${name}`, { ifAvailable: true }, alone).catch(console.info), LATER);
};
