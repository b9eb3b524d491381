// Files sent in pieces (<qf-upload>, desk/records/drop.html). The server knows how much of each lies there, so
// sending goes on after a lost connection, a reload, or when the same files are chosen again another day.
// Each piece is a raw body read from the disk by the browser; where the page is secure its SHA-256 goes along.
const SMALLEST = 1 << 20, FIRST = 4 << 20, LARGEST = 64 << 20;
const QUICK = 700, SLOW = 4000; // milliseconds that a piece takes: below it grows, above it shrinks
const LONGEST_WAIT = 30;
const AT_ONCE = 200; // files announced together
const LINES = 40;
const ENDS = 1 << 16; // bytes at both ends of a file that it is known by
const HIDDEN = /(^|\/)(\.[^/]*|~\$[^/]*|thumbs\.db|desktop\.ini|__MACOSX)(\/|$)/i;

class SignedOut extends Error {}
class Refused extends Error {}
class Unreadable extends Error {}

const later = (seconds) => new Promise((done) => {
  const stop = () => { clearTimeout(timer); window.removeEventListener("online", stop); done(); };
  const timer = setTimeout(stop, seconds * 1000);
  window.addEventListener("online", stop);
});

const size = (bytes) => {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let place = 0;
  while (bytes >= 1024 && place < units.length - 1) { bytes /= 1024; place += 1; }
  return `${bytes.toFixed(place && bytes < 100 ? 1 : 0)} ${units[place]}`;
};

async function sha256(blob) {
  if (!window.crypto?.subtle) return ""; // a page without TLS has none; the length is checked all the same
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// By which the server knows a file again when it goes on; name and size are often the same.
async function markOf(file) {
  const ends = new Blob([file.slice(0, ENDS), file.slice(-ENDS)]);
  return `${file.lastModified}|${await sha256(ends)}`;
}

// What is on a disk no more, in use, or in a cloud alone cannot be read, which says nothing of the connection.
async function isReadable(file) {
  try { await file.slice(0, 1).arrayBuffer(); return true; } catch { return false; }
}

// Every file of what was dropped, folders walked through: [{path, file, entry}]; without `file` what cannot be read.
async function dropped(items) {
  const found = [];
  const walk = async (entry, before) => {
    const path = before + entry.name;
    if (entry.isFile) {
      found.push({ path, entry, file: await fileOf(entry) });
      return;
    }
    const reader = entry.createReader();
    for (;;) { // a reader gives a hundred at a time
      let some;
      try { some = await new Promise((done, failed) => reader.readEntries(done, failed)); } catch { some = null; }
      if (!some) found.push({ path, entry: null, file: null });
      if (!some?.length) return;
      for (const one of some) await walk(one, `${path}/`);
    }
  };
  for (const entry of [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)) await walk(entry, "");
  return found;
}

const fileOf = (entry) => new Promise((done) => entry.file(done, () => done(null)));

class Upload extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.querySelector("[data-words]").textContent);
    this.files = this.dataset.files;
    this.page = this.dataset.page;
    this.waiting = [];
    this.all = { count: 0, done: 0, size: 0, sent: 0, refused: 0 };
    this.isPaused = false;
    this.piece = FIRST;
    this.board = this.querySelector("[data-board]");
    this.lines = this.querySelector("[data-lines]");
    this.querySelector("[data-plain]").remove();
    this.querySelector("[data-pickers]").hidden = false;
    this.pick("[data-pick-files]", {});
    this.pick("[data-pick-folder]", { webkitdirectory: true });
    this.listen();
  }

  pick(button, options) {
    const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, hidden: true, ...options });
    input.addEventListener("change", () => {
      this.take([...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
      input.value = "";
    });
    this.append(input);
    this.querySelector(button)?.addEventListener("click", () => input.click());
  }

  listen() {
    const place = this.querySelector("[data-drop]");
    for (const name of ["dragenter", "dragover"]) place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("is-over"); });
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("is-over"));
    place.addEventListener("drop", async (event) => { event.preventDefault(); this.take(await dropped(event.dataTransfer.items)); });
    this.pause = this.querySelector("[data-pause]");
    this.pause.addEventListener("click", () => this.setPaused(!this.isPaused));
    window.addEventListener("beforeunload", (event) => { if (this.isSending && !this.isOver) event.preventDefault(), (event.returnValue = this.words.leave); });
  }

  setPaused(isPaused, words = "") {
    this.isPaused = isPaused;
    this.pause.textContent = isPaused ? this.words.resume : this.words.pause;
    this.note = words || (isPaused ? this.words.paused : "");
    this.show();
    if (!isPaused) this.goOn?.();
  }

  async take(chosen) {
    const files = chosen.filter((one) => !HIDDEN.test(one.path));
    const left = chosen.length - files.length;
    if (left) this.line({ path: this.fill("skipped", { count: left }) }).title.classList.add("quiet");
    if (!files.length) { this.board.hidden = !left; return; }
    this.board.hidden = false;
    this.closest("form")?.querySelector("button[type=submit]")?.setAttribute("hidden", "");
    await this.queue(files);
  }

  async queue(files) {
    for (const one of files) { this.all.count += 1; this.all.size += one.file?.size ?? 0; }
    this.waiting.push(...files);
    this.show();
    if (this.isSending) return;
    this.isSending = true;
    this.isOver = false;
    await this.send();
    this.isSending = false;
  }

  // All that waits: announced some at a time, then sent one after the other.
  async send() {
    this.began = { at: performance.now(), sent: this.all.sent };
    while (this.waiting.length) {
      const some = await this.marked(this.waiting.splice(0, AT_ONCE));
      if (!some.length) continue;
      const told = await this.keepOn(() => this.announce(some));
      for (const [place, one] of some.entries()) {
        if (told) await this.sendFile(one, told.files[place]);
        else this.leave(one, this.line(one), this.note);
      }
    }
    this.finish();
  }

  // Those that can be read, each with its mark; one that cannot is told and holds up no other.
  async marked(some) {
    const found = [];
    for (const one of some) {
      try {
        if (!one.file) throw new Unreadable();
        one.mark = await markOf(one.file);
        if (!(await isReadable(one.file))) throw new Unreadable();
        found.push(one);
      } catch {
        this.leave(one, this.line(one), this.words.unreadable);
      }
    }
    return found;
  }

  // A file that is not taken: why, and for what may go another time a button of its own.
  leave(one, line, why, { sent = 0, isFinal = false } = {}) {
    this.all.refused += 1;
    this.all.done += 1;
    this.all.size -= one.file?.size ?? 0;
    this.all.sent -= sent;
    line.refuse(`${this.words.refused}: ${why}`, !isFinal && (one.file || one.entry) ? () => this.retry(one) : null);
    this.show();
  }

  async retry(one) {
    this.all.refused -= 1;
    this.all.done -= 1;
    this.all.count -= 1;
    if (one.entry) one.file = (await fileOf(one.entry)) ?? one.file; // as it lies there now
    await this.queue([one]);
  }

  async announce(some) {
    if (!this.files) {
      const begun = await this.ask(this.dataset.begin, { method: "POST", body: this.form() });
      this.files = begun.files;
      this.page = begun.page;
    }
    const files = some.map(({ path, file, mark }) => ({ path, size: file.size, mark }));
    return this.ask(this.files, { method: "POST", body: JSON.stringify({ files }), headers: { "Content-Type": "application/json" } });
  }

  form() {
    const told = new FormData(), form = this.closest("form");
    for (const name of ["name", "request"]) if (form?.elements[name]) told.set(name, form.elements[name].value);
    return told;
  }

  async sendFile(one, told) {
    const line = this.line(one);
    if (!told || told.what) {
      this.leave(one, line, `${told?.what ?? ""} ${told?.then ?? ""}`, { isFinal: true });
      return;
    }
    const address = `${this.files}${told.no}/`;
    let offset = told.received, tries = 0, hashed = null;
    this.all.sent += offset;
    if (offset && offset < one.file.size) line.say(this.fill("goes_on", { received: size(offset) }));
    while (offset < one.file.size) {
      if (this.isPaused) await new Promise((done) => { this.goOn = done; });
      const end = Math.min(offset + this.piece, one.file.size), blob = one.file.slice(offset, end);
      const ready = hashed?.offset === offset && hashed.end === end ? hashed : { digest: sha256(blob) };
      let received;
      try {
        const digest = await ready.digest, next = Math.min(end + this.piece, one.file.size);
        if (next > end) hashed = { offset: end, end: next, digest: sha256(one.file.slice(end, next)) };
        const began = performance.now();
        received = await this.put(address, blob, offset, digest);
        this.suit(performance.now() - began);
        tries = 0;
        this.note = "";
      } catch (error) {
        hashed = null;
        const isThere = error instanceof SignedOut || (await isReadable(blob));
        if (!isThere || (error instanceof Refused && (tries += 1) > 2)) {
          this.leave(one, line, isThere ? error.message : this.words.unreadable, { sent: offset });
          return;
        }
        this.piece = Math.max(SMALLEST, this.piece / 2);
        received = await this.keepOn(async () => (await this.ask(address)).received, error);
      }
      this.all.sent += received - offset;
      offset = received;
      line.set(offset / one.file.size);
      this.show();
    }
    line.finish();
    this.all.done += 1;
    this.show();
  }

  suit(took) {
    if (took < QUICK) this.piece = Math.min(LARGEST, this.piece * 2);
    else if (took > SLOW) this.piece = Math.max(SMALLEST, this.piece / 2);
  }

  async put(address, blob, offset, digest) {
    const headers = { "X-Offset": String(offset), "Content-Type": "application/octet-stream", ...(digest && { "X-SHA256": digest }) };
    return (await this.ask(address, { method: "PUT", body: blob, headers })).received;
  }

  // Ask until there is an answer: the connection comes back, somebody signs in again.
  async keepOn(work, first = null) {
    let wait = 1, error = first;
    for (;;) {
      if (error instanceof SignedOut) {
        this.setPaused(true, this.words.signed_out);
        await new Promise((done) => { this.goOn = done; });
      } else if (error && !(error instanceof Refused)) {
        this.note = this.fill("again", { seconds: wait });
        this.show();
        await later(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      } else if (error && error !== first) {
        this.note = error.message;
        this.show();
        return null;
      }
      try { return await work(); } catch (other) { error = other; }
    }
  }

  async ask(address, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.dataset.token, ...options.headers };
    const answer = await fetch(address, { ...options, headers, credentials: "same-origin" });
    const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (answer.redirected || answer.status === 403 || (answer.ok && !isOurs)) throw new SignedOut();
    if (answer.status === 422 || answer.status === 404) {
      const told = isOurs ? await answer.json() : { what: String(answer.status), then: "" };
      throw new Refused(`${told.what} ${told.then}`);
    }
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    return answer.json();
  }

  finish() {
    this.isOver = true;
    this.note = this.all.refused ? this.fill("some", { count: this.all.refused }) : this.words.done;
    this.show();
    if (this.page && !this.all.refused) { location.assign(this.page); return; }
    if (!this.page) return;
    const link = Object.assign(document.createElement("a"), { href: this.page, className: "btn btn-primary", textContent: this.words.open });
    this.querySelector("[data-acts]").replaceChildren(link);
  }

  fill(key, values) { return this.words[key].replace(/\{(\w+)\}/g, (_found, name) => values[name] ?? ""); }

  show() {
    const { count, done, size: whole, sent } = this.all, took = (performance.now() - (this.began?.at ?? 0)) / 1000;
    const parts = [this.fill("sum", { done, all: count, sent: size(sent), size: size(whole) })];
    const speed = this.began && took > 3 ? (sent - this.began.sent) / took : 0;
    if (speed > 0 && sent < whole && !this.isPaused) {
      parts.push(this.fill("speed", { speed: size(speed) }), this.fill("left", { minutes: Math.max(1, Math.round((whole - sent) / speed / 60)) }));
    }
    this.querySelector("[data-sum]").textContent = [...parts, this.note].filter(Boolean).join(" · ");
    this.querySelector("[data-whole]").value = whole ? (100 * sent) / whole : 100 * (done / (count || 1));
  }

  // One file in the list; finished ones make room.
  line(one) {
    const item = document.createElement("li"), title = document.createElement("span"), said = document.createElement("span");
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    title.textContent = one.path;
    bar.setAttribute("aria-label", one.path);
    said.className = "small quiet";
    item.append(title, ...(one.file ? [bar] : []), said);
    this.lines.prepend(item);
    const gone = [...this.lines.querySelectorAll(".is-done")];
    if (this.lines.children.length > LINES) gone.at(-1)?.remove();
    return {
      title,
      say: (words) => { said.textContent = words; },
      set: (share) => { bar.value = share; },
      finish: () => { bar.remove(); said.textContent = this.words.whole; item.classList.add("is-done"); },
      refuse: (words, again) => {
        bar.remove();
        said.textContent = words;
        item.classList.add("is-refused");
        if (!again) return;
        const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: this.words.try_again });
        button.setAttribute("aria-label", `${this.words.try_again}: ${one.path}`);
        button.addEventListener("click", () => { item.remove(); again(); });
        item.append(button);
      },
    };
  }
}

export const defineUpload = () => customElements.get("qf-upload") ?? customElements.define("qf-upload", Upload);
