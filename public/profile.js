// Loaded for `?profile` alone: prints the marks of the start, in milliseconds since the navigation, as they come.
// A worker has a clock of its own, so each mark comes with the moment at which that clock was started.
const EVERY = 500;
const channel = new BroadcastChannel("marks"); // fast.mjs answers in each worker, when it is not busy
const printed = new Set();
const origins = [performance.timeOrigin];

const print = (origin, marks) => {
  if (!origins.includes(origin)) origins.push(origin);
  const who = origin === performance.timeOrigin ? "page" : `worker ${origins.indexOf(origin)}`;
  for (const [step, at] of marks) {
    const line = `profile: ${Math.round(origin + at - performance.timeOrigin)} ms, ${who}, ${step}`;
    if (!printed.has(line)) console.info(line);
    printed.add(line);
  }
};
const ask = () => {
  print(performance.timeOrigin, performance.getEntriesByType("mark").map(({ name, startTime }) => [name, startTime]));
  channel.postMessage("tell");
};
channel.onmessage = ({ data: { origin, marks } }) => print(origin, marks);
const title = () => document.querySelector("main h1, main h2")?.textContent;
let shown = title();
new MutationObserver(() => title() !== shown && performance.mark(`drawn: ${(shown = title())}`))
  .observe(document.getElementById("app"), { subtree: true, childList: true, characterData: true });
setInterval(ask, EVERY);
