// When the next frame is painted.
export const painted = () =>
  new Promise((done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now()); // the first task after the frame
      port2.postMessage(null);
    }),
  );
