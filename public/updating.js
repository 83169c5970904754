// Versions of the app: a new one is loaded beside the one in use, and takes its place when the person says so, while
// nothing is under way. Without a server the version that is here goes on.
const HOUR = 3_600_000;
const MINUTE = 60_000;
const AGAIN = 2_000;
const versions = navigator.serviceWorker; // none where the address is not secure

let registration = null;
export const offerUpdate = () => {
  const waits = registration?.waiting && versions.controller;
  const idle = document.querySelector("[data-idle]");
  document.getElementById("update").hidden = !(waits && idle);
  if (idle) keepUpdated(); // a first visit reads and digests everything that there is: not before somebody can sell
};
const seen = () => {
  if (registration.installing) registration.installing.onstatechange = offerUpdate;
  offerUpdate();
};

// Registered again it is the one that is there; or a first one, where the files of the first did not all come.
const look = async () => {
  const before = registration;
  try {
    registration = await versions.register("/service-worker.js");
    registration.onupdatefound = seen;
    seen();
    if (registration === before) await registration.update();
  } catch (error) {
    console.info(error);
  }
  setTimeout(look, registration?.active ? HOUR : MINUTE);
};
let looking = null;
export const keepUpdated = () => (looking ??= look());

// An old version that is just waking up as the new one asks for its place is not told to go, however often it is asked;
// the browser looks again when somebody opens an address, whatever is there.
const frame = Object.assign(document.createElement("iframe"), { hidden: true });
const ask = (times) => {
  if (!registration.waiting) return location.reload(); // it has its place
  registration.waiting.postMessage({ type: "take-over" });
  if (times) frame.src = `/api/?${times}`;
  setTimeout(ask, AGAIN, times + 1);
};
let asked = false;
export const update = () => {
  asked = true;
  document.body.append(frame);
  ask(0);
};

// A page of the version before would look for files that are not kept any more: the one that asked, and one that only
// waits in another tab. Whoever sells meanwhile is not disturbed.
let controller = versions?.controller;
versions?.addEventListener("controllerchange", () => {
  const changed = controller && versions.controller;
  controller = versions.controller;
  if (changed && (asked || !document.getElementById("header"))) location.reload();
});
