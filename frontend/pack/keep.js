// What was filled in stays on this device until it is cleared: in IndexedDB, which a file from a disk may use.
// Where the browser does not allow it, the page says so and warns before it is closed.

const STORE = "kept";

/** A place to keep things in, or null if this browser gives none. */
export async function openPlace(code) {
  try {
    const base = await asked(() => {
      const request = indexedDB.open(`qingfeng-pack-${code}`, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      return request;
    });
    const place = {
      get: (key) => asked(() => base.transaction(STORE).objectStore(STORE).get(key)),
      put: (key, value) => asked(() => base.transaction(STORE, "readwrite").objectStore(STORE).put(value, key)),
      clear: () => asked(() => base.transaction(STORE, "readwrite").objectStore(STORE).clear()),
    };
    await place.get("answers");
    return place;
  } catch {
    return null;
  }
}

function asked(ask) {
  return new Promise((done, failed) => {
    const request = ask();
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("blocked"));
  });
}
