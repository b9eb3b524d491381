// The page of a built hall: a walk through it that follows each change of its forms, and the making of its panoramas.
// Without WebGL the list and its forms stay as they are; the panoramas are made where there is one.
import { WebGLRenderer } from "three";
import { camera } from "./js/halls/panorama.js";
import { dispose, hallOf } from "./js/halls/room.js";
import { Walk } from "./js/halls/walk.js";

const REST = 350; // milliseconds one must rest before a change is drawn

class Built extends HTMLElement {
  async connectedCallback() {
    this.words = JSON.parse(this.querySelector("[data-words]").textContent);
    this.canvas = this.querySelector("canvas");
    this.said = this.querySelector("[data-said]");
    try {
      this.renderer = new WebGLRenderer({ canvas: this.canvas, antialias: true, preserveDrawingBuffer: true });
    } catch {
      this.say(this.words.no_webgl);
      this.classList.add("is-flat");
      return;
    }
    this.walk = new Walk(this.renderer, this.canvas, { onStand: (stand) => this.mark(stand) });
    const told = this.querySelector("#hall-drawing");
    await this.draw(told ? JSON.parse(told.textContent) : await (await fetch(this.dataset.drawing)).json());
    this.querySelector("[data-render]")?.addEventListener("click", () => this.render());
    this.querySelector("[data-cancel]")?.addEventListener("click", () => { this.isCancelled = true; });
    for (const form of document.querySelectorAll("form[data-redraws]")) form.addEventListener("input", () => this.later(form));
    this.dataset.ready = "";
  }

  say(words) { this.said.textContent = words; }

  address(digest) { return this.dataset.pictures.replace("DIGEST", digest); }

  async draw(drawing) {
    this.drawing = drawing;
    const { scene, lost } = await hallOf(drawing, (digest) => this.address(digest));
    if (this.scene) dispose(this.scene);
    this.scene = scene;
    this.chips();
    this.walk.show(drawing, scene);
    this.say(lost.length ? this.words.lost.replace("{n}", lost.length) : "");
    const wanted = drawing.things.find((one) => one.key === this.dataset.looksAt);
    if (wanted) this.lookAt(wanted);
  }

  lookAt(thing) {
    const stand = this.drawing.stands.find((one) => one.reads.includes(thing.key));
    if (stand) this.walk.go(stand, { isAtOnce: true, yaw: Math.atan2(thing.x - stand.x, thing.y - stand.y) });
  }

  chips() {
    const place = this.querySelector("[data-stands]"), name = document.documentElement.lang.startsWith("en") ? "name_en" : "name_zh";
    place.replaceChildren(...this.drawing.stands.map((stand) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: stand[name] });
      chip.dataset.stand = stand.key;
      chip.addEventListener("click", () => this.walk.go(stand));
      return chip;
    }));
  }

  mark(stand) {
    for (const chip of this.querySelectorAll("[data-stand]")) chip.toggleAttribute("aria-current", chip.dataset.stand === stand.key);
  }

  // A form says how it would look if it were kept; what is wrong is said at its field by the house when it is sent.
  later(form) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const answer = await fetch(form.dataset.redraws, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok) await this.draw(told);
      else this.say(told.says ?? "");
    }, REST);
  }

  async render() {
    const buttons = this.querySelector("[data-render]"), cancel = this.querySelector("[data-cancel]"), bar = this.querySelector("progress");
    const { stands } = this.drawing, made = {};
    this.isCancelled = false;
    buttons.disabled = true;
    bar.hidden = cancel.hidden = false;
    bar.max = stands.length;
    this.walk.isTaking = true;
    this.walk.hideRings(true);
    const eye = camera(this.renderer, this.drawing.eye);
    const warn = (event) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    try {
      for (const [no, stand] of stands.entries()) {
        if (this.isCancelled) throw new Error(this.words.cancelled);
        bar.value = no;
        this.say(this.words.rendering.replace("{no}", no + 1).replace("{all}", stands.length));
        await new Promise((done) => setTimeout(done)); // let the page breathe
        made[stand.key] = (await this.send(this.dataset.panoramas, { stand: stand.key, plan: this.drawing.plan, picture: await eye.take(this.scene, stand) })).digest;
      }
      bar.value = stands.length;
      const ended = await this.send(this.dataset.finish, { plan: this.drawing.plan, panoramas: JSON.stringify(made) });
      window.removeEventListener("beforeunload", warn);
      this.say(this.words.done);
      this.dataset.done = "";
      if (ended.then) location.assign(ended.then);
    } catch (error) {
      this.say(error.message || this.words.failed);
    } finally {
      window.removeEventListener("beforeunload", warn);
      eye.end();
      this.walk.isTaking = false;
      this.walk.hideRings(false);
      this.walk.fit();
      buttons.disabled = false;
      bar.hidden = cancel.hidden = true;
    }
  }

  async send(address, parts) {
    const body = new FormData();
    for (const [name, value] of Object.entries(parts)) body.set(name, value);
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": this.dataset.token ?? "", Accept: "application/json" }, credentials: "same-origin" });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.says || this.words.failed);
    return told;
  }
}

customElements.define("qf-built", Built);
