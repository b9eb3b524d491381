// A hall as it is edited: one tour, every change a step that can be undone; kept on this machine until the house has it.
const MOST = 200;
const WEEK = 7 * 24 * 3600 * 1000;
const PREFIX = "qingfeng-draft:"; // signing out clears all of these (drafts.js)
const copy = (value) => JSON.parse(JSON.stringify(value));

export const turned = (yaw) => ((((yaw + 180) % 360) + 360) % 360) - 180;
export const rounded = (value) => Math.round(value * 100) / 100;

export class State extends EventTarget {
  constructor(held, who) {
    super();
    this.held = held;
    this.tour = copy(held.tour);
    this.base = held.base;
    this.kept = JSON.stringify(held.tour);
    this.done = [];
    this.undone = [];
    this.wrongs = {};
    this.key = `${PREFIX}${who}:hall-editor:${held.slug}`;
    this.scene = this.tour.first || this.tour.scenes[0]?.key || "";
    this.spot = "";
  }

  get here() { return this.tour.scenes.find((one) => one.key === this.scene); }
  get chosen() { return this.here?.spots?.find((one) => one.key === this.spot); }
  get isDirty() { return JSON.stringify(this.tour) !== this.kept; }
  media(kind) { return this.held.media.filter((one) => one.kind === kind); }
  medium(digest) { return this.held.media.find((one) => one.digest === digest); }

  tell(what) { this.dispatchEvent(new CustomEvent("change", { detail: what })); }

  // One change; typing in one field is one step, however many letters it has.
  change(work, { as = "" } = {}) {
    const before = JSON.stringify(this.tour);
    work(this.tour, this);
    if (JSON.stringify(this.tour) === before) return;
    if (!as || this.as !== as) this.done.push(before);
    if (this.done.length > MOST) this.done.shift();
    this.as = as;
    this.undone = [];
    this.remember();
    this.tell(as ? "text" : "all");
  }

  undo() { this.step(this.done, this.undone); }
  redo() { this.step(this.undone, this.done); }

  step(from, to) {
    if (!from.length) return;
    to.push(JSON.stringify(this.tour));
    this.tour = JSON.parse(from.pop());
    this.as = "";
    if (!this.here) this.scene = this.tour.first || this.tour.scenes[0]?.key || "";
    if (!this.chosen) this.spot = "";
    this.remember();
    this.tell("all");
  }

  go(scene, spot = "") {
    const isOther = scene !== this.scene;
    this.scene = scene;
    this.spot = spot;
    this.as = "";
    this.tell(isOther ? "scene" : "spot");
  }

  remember() {
    try {
      if (this.isDirty) localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), base: this.base, tour: this.tour }));
      else localStorage.removeItem(this.key);
    } catch { /* a full or closed store only means no draft */ }
  }

  // What was left here before it was kept; older where somebody else changed the hall since.
  left() {
    try {
      const draft = JSON.parse(localStorage.getItem(this.key));
      return draft && Date.now() - draft.at < WEEK && JSON.stringify(draft.tour) !== this.kept ? { tour: draft.tour, isOlder: draft.base !== this.base } : null;
    } catch { return null; }
  }

  forget() { try { localStorage.removeItem(this.key); } catch { /* see remember() */ } }

  async keep(token) {
    const sent = JSON.stringify(this.tour);
    const answer = await fetch(this.held.keep, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token }, body: `{"base": ${JSON.stringify(this.base)}, "tour": ${sent}}` });
    const told = await answer.json().catch(() => ({}));
    this.wrongs = answer.ok ? {} : (told.wrongs ?? {});
    if (answer.ok) {
      this.base = told.base;
      this.kept = sent;
      this.remember();
    }
    this.tell("kept");
    return answer.ok;
  }

  // What is wrong at a field of the scene or spot that is open.
  wrongAt(field) {
    const scene = this.tour.scenes.findIndex((one) => one.key === this.scene), spot = this.here?.spots?.findIndex((one) => one.key === this.spot) ?? -1;
    return this.wrongs[this.spot ? `scenes[${scene}].spots[${spot}].${field}` : `scenes[${scene}].${field}`] ?? "";
  }

  free(begin, taken) {
    let no = 1;
    while (taken.includes(`${begin}-${no}`)) no += 1;
    return `${begin}-${no}`;
  }
}
