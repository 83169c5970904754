// Keeps the whole app, or nothing of it, so that the register starts without a network.
// A new version waits until the page sends {"type": "take-over"}, or until the next start.
const FILES = {{precache}};
const VERSION = "store-os-{{version}}";
const PICTURES = "pictures"; // filled by the courier, kept across versions
const PATIENCE = 10_000; // milliseconds for a picture: while a request hangs, no newer version can take this one's place
const SERVER_ONLY = ["/api/", "/office", "/pay/"];

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The file with the promised content: from any older version, from the browser's own cache, or fresh from the server.
const genuine = async (path, sha256) => {
  const sources = [
    () => caches.match(path),
    () => fetch(path, { cache: path === "/" ? "no-cache" : "default" }),
    () => fetch(path, { cache: "reload" }),
  ];
  for (const source of sources) {
    const response = await source();
    if (!response?.ok) continue;
    const copy = response.clone();
    if (hex(await crypto.subtle.digest("SHA-256", await response.arrayBuffer())) === sha256) return copy;
  }
  throw new Error(`${path} is not the file that this version was made with`);
};

const keepAll = async () => {
  const cache = await caches.open(VERSION);
  try {
    await Promise.all(Object.entries(FILES).map(async ([path, sha256]) => cache.put(path, await genuine(path, sha256))));
  } catch (error) {
    await caches.delete(VERSION);
    throw error;
  }
};

const dropOlder = async () => {
  const older = (await caches.keys()).filter((name) => name.startsWith("store-os-") && name !== VERSION);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
};

const answer = async (request, path, cacheName, limit = {}) => {
  const cache = await caches.open(cacheName);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request, limit);
};

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOlder()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "take-over") event.waitUntil(self.skipWaiting());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (SERVER_ONLY.some((prefix) => pathname.startsWith(prefix))) return;
  if (pathname.startsWith("/pictures/")) event.respondWith(answer(request, pathname, PICTURES, { signal: AbortSignal.timeout(PATIENCE) }));
  else if (request.mode === "navigate") event.respondWith(answer(request, "/", VERSION));
  else if (pathname in FILES) event.respondWith(answer(request, pathname, VERSION));
});
