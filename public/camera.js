// Reads one code with the camera: shows what it sees until there is one, or until somebody cancels.
const EVERY = 150; // milliseconds between two looks

export const readCode = async (view) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const [detector, dialog, over] = [new BarcodeDetector(), view.firstElementChild, new AbortController()];
  const video = dialog.querySelector("video");
  const cancelled = new Promise((_, reject) => {
    const cancel = () => reject(new DOMException("cancelled", "AbortError"));
    const keys = (event) => event.key === "Escape" && (event.stopImmediatePropagation(), event.preventDefault(), cancel());
    dialog.querySelector("button").addEventListener("click", cancel);
    dialog.addEventListener("cancel", cancel); // a phone's back gesture
    addEventListener("keydown", keys, { capture: true, signal: over.signal }); // before the page's own keys
  });
  const seen = async () => {
    while (stream.active) {
      const [code] = await detector.detect(video);
      if (code) return code.rawValue;
      await new Promise((done) => setTimeout(done, EVERY));
    }
  };
  try {
    document.body.append(dialog);
    dialog.showModal();
    video.srcObject = stream;
    await video.play();
    return await Promise.race([seen(), cancelled]);
  } finally {
    over.abort();
    stream.getTracks().forEach((track) => track.stop());
    dialog.close();
    dialog.remove();
  }
};
