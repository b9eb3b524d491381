// Whether a device can tell how it is held. Browsers of machines without such a sensor have the interface all the same,
// and send one empty event; some phones send none before they were asked, which needs a press.
const QUIET = 1200; // milliseconds

export function canTurn() {
  if (!isSecureContext || !("DeviceOrientationEvent" in window)) return Promise.resolve(false);
  const isAsked = typeof DeviceOrientationEvent.requestPermission === "function" && navigator.maxTouchPoints > 1;
  return new Promise((done) => {
    addEventListener("deviceorientation", ({ alpha }) => done(Number.isFinite(alpha)), { once: true });
    setTimeout(() => done(isAsked), QUIET);
  });
}
