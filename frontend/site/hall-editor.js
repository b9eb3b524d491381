// The editor of a hall (<qf-hall-editor>): zones and scenes on the left, the panorama in the middle, fields on the
// right. Without this script, or without WebGL, the plain forms write the same tour.
import "./hall-editor.scss";
import { called, make } from "./js/halls/dom.js";
import { list } from "./js/halls/editor-list.js";
import { panel } from "./js/halls/editor-panel.js";
import { Stage } from "./js/halls/editor-stage.js";
import { State } from "./js/halls/editor-state.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

class HallEditor extends HTMLElement {
  connectedCallback() {
    const words = (this.words = read("hall-words")), state = (this.state = new State(read("hall-held"), this.dataset.who));
    this.stage = new Stage(state, words);
    this.list = list(state, words);
    this.panel = panel(state, words, this.stage);
    this.said = make("p", { class: "he-said", role: "status" });
    this.tools = make("div", { class: "he-tools", role: "toolbar", "aria-label": words.add });
    this.replaceChildren(this.bar(), this.offer() ?? "", make("div", { class: "he-frame" }, this.list.place, make("div", { class: "he-middle" }, this.tools, this.stage.place, make("p", { class: "small quiet" }, words.help)), this.panel.place));
    this.drawTools();
    this.stage.onarm = () => this.drawTools();
    this.stage.begin();
    state.addEventListener("change", ({ detail }) => this.draw(detail));
    this.draw("all");
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeunload", (event) => { if (state.isDirty) { event.preventDefault(); event.returnValue = words.unsaved; } });
    this.dataset.ready = "";
  }

  bar() {
    const { state, words } = this, press = (label, work, more) => make("button", { type: "button", class: "btn", onclick: work, ...more }, label);
    this.undo = press(words.undo, () => state.undo(), { "data-undo": true });
    this.redo = press(words.redo, () => state.redo(), { "data-redo": true });
    this.save = press(words.keep, () => this.keep(), { class: "btn btn-primary", "data-keep": true });
    return make("div", { class: "he-bar" }, this.undo, this.redo, this.save, this.said);
  }

  // What was left on this machine: taken over or dropped, by whoever left it.
  offer() {
    const { state, words } = this, left = state.left();
    if (!left) return null;
    const line = make("div", { class: "draft", role: "status" }, make("p", {}, left.isOlder ? words.left_older : words.left), make("span", { class: "row-of" },
      make("button", { type: "button", class: "btn btn-small", onclick: () => { state.change((_tour, self) => { self.tour = left.tour; if (!self.here) self.scene = left.tour.first; }); line.remove(); } }, words.take_over),
      make("button", { type: "button", class: "btn btn-small", onclick: () => { state.forget(); line.remove(); } }, words.drop)));
    return line;
  }

  drawTools() {
    const { words, stage } = this;
    this.tools.replaceChildren(make("span", { class: "small" }, words.add), ...Object.entries(words.kinds).map(([kind, name]) => make("button", { type: "button", class: "btn btn-small", "aria-pressed": String(stage.tool === kind), "data-tool": kind, onclick: () => stage.arm(stage.tool === kind ? "" : kind) }, name)));
  }

  draw(what) {
    const { state, words } = this;
    this.undo.disabled = !state.done.length;
    this.redo.disabled = !state.undone.length;
    const count = Object.keys(state.wrongs).length;
    this.said.textContent = count ? "" : state.isDirty ? words.unsaved : words.saved;
    this.said.classList.toggle("is-unsaved", state.isDirty);
    if (count) this.said.replaceChildren(words.refused, make("ul", {}, ...Object.entries(state.wrongs).map(([where, says]) => make("li", {}, this.whereOf(where), says))));
    this.list.draw();
    if (what !== "text") this.panel.draw();
    this.stage.show();
  }

  // A place in the tour as a button that opens it.
  whereOf(where) {
    const found = /^scenes\[(\d+)\](?:\.spots\[(\d+)\])?/.exec(where), scene = found && this.state.tour.scenes[Number(found[1])];
    if (!scene) return where ? `${where}: ` : "";
    const spot = found[2] === undefined ? null : scene.spots[Number(found[2])];
    return make("button", { type: "button", class: "he-link", onclick: () => this.state.go(scene.key, spot?.key ?? "") }, [called(scene), spot && called(spot, "title")].filter(Boolean).join(" · "));
  }

  async keep() {
    this.save.disabled = true;
    try { await this.state.keep(this.dataset.token); } catch { this.said.textContent = this.words.offline; }
    this.save.disabled = false;
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase(), isTyping = event.target.matches?.("input, textarea");
    if (key === "s") this.keep();
    else if (!isTyping && key === "z") { if (event.shiftKey) this.state.redo(); else this.state.undo(); }
    else if (!isTyping && key === "y") this.state.redo();
    else return;
    event.preventDefault();
  }
}

customElements.define("qf-hall-editor", HallEditor);
