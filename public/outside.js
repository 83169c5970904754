// What only a page can do for a worker: give a file to the person, print, and pass bytes on to a device that a person
// has granted. The device is asked for once, under a gesture; the browser remembers it, and at most one is used.
import { openDB } from "./vendor/idb.js";

const HOUR = 3_600_000;
const FRAME = 100; // milliseconds, at the most
const CHUNK = 4_096; // bytes at once: what small devices hold
const PATIENCE = 15_000; // milliseconds for a device that is out of paper, or stuck
const PRINTERS = { filters: [{ classCode: 7 }] }; // of the USB standard

// A browser that was set up anew has several databases; the youngest is in use.
export const database = async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name).filter((name) => /^store-os(-\d+)?$/.test(name));
  const name = names.sort((one, other) => one.length - other.length || (one < other ? -1 : 1)).at(-1) ?? "store-os";
  return openDB(name, undefined, { blocking: (now, next, { target }) => target.close() });
};

// Resolves when what was drawn can be seen; a page that nobody looks at has no frames.
export const painted = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, FRAME);
  });

const download = (name, type, bytes) => {
  const href = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement("a"), { href, download: name });
  link.click();
  setTimeout(URL.revokeObjectURL, HOUR, link.href);
};

// A strip of paper is as long as what is on it; what is drawn has the proportions of what is printed.
const page = new CSSStyleSheet();
document.adoptedStyleSheets.push(page);
const room = ({ dataset, clientWidth, clientHeight }) =>
  `@page { size: ${dataset.strip}mm ${Math.ceil((dataset.strip * clientHeight * 1.05) / clientWidth)}mm; margin: 0 }`;
export const print = () => {
  const strip = document.querySelector("[data-strip]");
  page.replaceSync(strip ? room(strip) : "");
  window.print();
};

// A browser that can install the page says so once, and is asked only when the person wants it.
let installer = null;
const installable = (event) => {
  event?.preventDefault();
  installer = event;
  document.documentElement.classList.toggle("installable", event !== null);
};
addEventListener("beforeinstallprompt", installable);
addEventListener("appinstalled", () => (installable(null), navigator.storage.persist()));
export const install = async () => {
  await installer.prompt();
  installable(null);
  await navigator.storage.persist();
};

const granted = async () => [
  ...((await navigator.usb?.getDevices()) ?? []).map((device) => ({ kind: "usb", name: device.productName ?? "", device })),
  ...((await navigator.serial?.getPorts()) ?? []).map((device) => ({ kind: "serial", name: "", device })),
];
export const pick = async (kind) => {
  const missing = () => Promise.reject(new DOMException("this browser has none", "NotSupportedError"));
  const ask = { usb: () => navigator.usb?.requestDevice(PRINTERS), serial: () => navigator.serial?.requestPort() };
  const picked = await (ask[kind]() ?? missing());
  for (const { device } of await granted()) if (device !== picked) await device.forget();
};

// Each step has its time, and not the whole of it: a long strip takes a minute on a slow line.
const late = () => new Promise((_, reject) => setTimeout(() => reject(new DOMException("late", "TimeoutError")), PATIENCE));
const soon = (step) => Promise.race([step, late()]);
const send = {
  usb: async (device, bytes) => {
    await soon(device.open());
    if (!device.configuration) await soon(device.selectConfiguration(1));
    const faces = device.configuration.interfaces.flatMap(({ interfaceNumber, alternates }) =>
      alternates.map((alternate) => ({ ...alternate, interfaceNumber, ends: alternate.endpoints })));
    const outlet = ({ ends }) => ends.find(({ direction, type }) => direction === "out" && type === "bulk");
    const face = faces.find((each) => each.interfaceClass === 7 && outlet(each)) ?? faces.find(outlet);
    await soon(device.claimInterface(face.interfaceNumber));
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const { status } = await soon(device.transferOut(outlet(face).endpointNumber, bytes.slice(at, at + CHUNK)));
      if (status !== "ok") throw new DOMException(status, "NetworkError");
    }
  },
  serial: async (port, bytes, baudRate) => {
    await soon(port.open({ baudRate }));
    const writer = port.writable.getWriter();
    try {
      for (let at = 0; at < bytes.length; at += CHUNK) await soon(writer.write(bytes.slice(at, at + CHUNK)));
      await soon(writer.close());
    } catch (error) {
      await soon(writer.abort()).catch(console.info); // a port is not closed while somebody writes
      throw error;
    } finally {
      writer.releaseLock();
    }
  },
};
const look = async () => {
  const [found] = await granted();
  return JSON.stringify(found ? { state: "ready", kind: found.kind, name: found.name } : { state: "none" });
};
const feed = async (bytes, speed) => {
  const [found] = await granted();
  if (!found) return JSON.stringify({ state: "none" });
  const { kind, name, device } = found;
  try {
    await send[kind](device, bytes, speed);
    await soon(device.close());
    return JSON.stringify({ state: "ready", kind, name });
  } catch (error) {
    await soon(device.close()).catch(console.info); // or it stays open for ever
    return JSON.stringify({ state: "failed", kind, name, why: error.name });
  }
};

// A worker that is activated has kept all its files, and put away those of the version before.
const kept = async () => (await navigator.serviceWorker?.getRegistration())?.active?.state === "activated";

export const offered = { download, print, look, feed, kept };
