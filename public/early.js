// At a first visit the largest file is asked for at once, for both workers together: they would ask for it only when
// PyScript is there, and once each. A worker waits for the lock, and reads the file where the service worker finds it, too.
const CACHE = "store-os-early"; // goes with the older versions when the first one is kept
const LARGEST = "{{asset:snapshot.bin}}";

const take = async (signal) => {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(LARGEST, { signal }));
};

// What fails, or takes longer than `within` milliseconds, is for the workers to ask for.
export const takeEarly = (within) => {
  if (navigator.serviceWorker.controller) return;
  navigator.locks.request("early", () => take(AbortSignal.timeout(within)).catch(console.info));
};

// What holds databases takes a while to open what lies on the disk: it begins now, beside the interpreter. A browser that
// is refused may not have it, and has to reach the sentence that says so.
globalThis.indexedDB?.databases?.().catch(console.info);
