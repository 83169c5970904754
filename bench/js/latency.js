// Runs in the till's page: how long a key waits for its frame, the page's long tasks, and what the courier brought.
import { painted } from "./painted.js";

const taken = { waits: [], tasks: [] };
let images = 0;
// The time of a real key is when the browser got it, however long the page was busy with something else.
const measure = async ({ timeStamp }) => {
  const { waits } = taken;
  waits.push((await painted()) - timeStamp);
};
addEventListener("keydown", measure, true);
new PerformanceObserver((list) => taken.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
  type: "longtask",
});
new BroadcastChannel("store-os").onmessage = ({ data: word }) => (images += word === "image");
const request = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
let db = null;

globalThis.bench = {
  // How many images the courier has put in place, and up to which change it has read.
  brought: async () => {
    db ??= await request(indexedDB.open("store-os"));
    const synced = await request(db.transaction("status").objectStore("status").get("synced"));
    return [images, JSON.parse(synced.value).cursor];
  },
  // What was taken since the last time, once the last key is painted.
  taken: async () => {
    await painted();
    const told = { waits: taken.waits, tasks: taken.tasks };
    [taken.waits, taken.tasks] = [[], []];
    return told;
  },
};
