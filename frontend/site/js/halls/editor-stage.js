// The panorama that is edited: spots are buttons that are dragged or moved with the arrow keys; a tool that is armed
// puts a new one where one presses, or with Enter in the middle of what is seen.
import { Cache, Viewer } from "@photo-sphere-viewer/core";
import "@photo-sphere-viewer/core/index.css";
import { EquirectangularTilesAdapter } from "@photo-sphere-viewer/equirectangular-tiles-adapter";
import { MarkersPlugin } from "@photo-sphere-viewer/markers-plugin";
import "@photo-sphere-viewer/markers-plugin/index.css";
import { called, make } from "./dom.js";
import { rounded, turned } from "./editor-state.js";
import { MOVES, put } from "../hall-apart.js";

const LEAST = 30, MOST = 100, STEP = 5, FINE = 1;
const SIGNS = { text: "文", picture: "图", audio: "音", video: "影", link: "链", quiz: "问", scene: "➜" };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (radian) => rounded((radian * 180) / Math.PI);

export class Stage {
  constructor(state, words) {
    Object.assign(this, { state, words, tool: "", shown: "" });
    this.place = make("div", { class: "he-stage", tabindex: "0", role: "application", "aria-label": words.stage });
    this.cross = make("div", { class: "he-cross", "aria-hidden": "true" });
    this.said = make("p", { class: "heard", role: "status" });
  }

  begin() {
    try {
      this.viewer = new Viewer({
        container: this.place, navbar: false, keyboard: false, loadingTxt: "", mousewheelCtrlKey: false, minFov: LEAST, maxFov: MOST, moveInertia: 0,
        lang: { loadError: "", webglError: "" },
        adapter: EquirectangularTilesAdapter.withConfig({ baseBlur: false, showErrorTile: false }),
        plugins: [[MarkersPlugin, { clickEventOnMarker: false }]],
      });
    } catch {
      this.place.replaceChildren(make("p", { class: "he-flat" }, this.words.no_webgl));
      return;
    }
    Cache.maxItems = 2;
    this.markers = this.viewer.getPlugin(MarkersPlugin);
    if (!MOVES) this.viewer.addEventListener("render", () => { for (const one of this.markers.getMarkers()) if (one.state.visible) put(one.domElement, one.state.position2D); });
    this.place.append(this.cross, this.said);
    this.viewer.addEventListener("click", ({ data }) => { if (this.tool && !data.rightclick) this.add(turned(degrees(data.yaw)), degrees(data.pitch)); });
    this.place.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  arm(tool) {
    this.tool = tool;
    this.place.classList.toggle("is-armed", Boolean(tool));
    this.onarm?.(tool);
    if (tool) { this.said.textContent = this.words.armed; this.place.focus(); }
  }

  add(yaw, pitch) {
    const kind = this.tool;
    this.arm("");
    this.state.change((tour, self) => {
      const here = self.here;
      here.spots ??= [];
      const key = self.free("spot", here.spots.map((one) => one.key)), others = tour.scenes.filter((one) => one.key !== here.key);
      const spot = { key, kind, yaw, pitch, title_zh: "", title_en: "" };
      if (kind === "scene") Object.assign(spot, { to: others[0]?.key ?? "", title_zh: this.words.to_zh.replace("{name}", others[0]?.name_zh ?? "").slice(0, 60), title_en: this.words.to_en.replace("{name}", others[0]?.name_en ?? "").slice(0, 140) });
      if (kind === "quiz") spot.quiz = { question_zh: "", question_en: "", answers: [{ zh: "", en: "" }, { zh: "", en: "" }], right: 0, why_zh: "", why_en: "" };
      here.spots.push(spot);
      self.spot = key;
    });
  }

  view() {
    if (!this.viewer || !this.shown) return null;
    const { yaw, pitch } = this.viewer.getPosition();
    const hfov = this.viewer.dataHelper.vFovToHFov(this.viewer.dataHelper.zoomLevelToFov(this.viewer.getZoomLevel()));
    return { yaw: turned(degrees(yaw)), pitch: degrees(pitch), hfov: rounded(Math.max(30, Math.min(110, hfov))) };
  }

  look(spot) { this.viewer?.rotate({ yaw: radians(spot.yaw), pitch: radians(spot.pitch) }); }

  async show() {
    const { here } = this.state;
    if (!this.viewer) return;
    const panorama = here?.panorama ?? "", isOther = panorama !== this.shown || here?.key !== this.scene;
    this.scene = here?.key;
    this.place.classList.toggle("is-empty", !panorama);
    if (!panorama) { this.shown = ""; this.markers.clearMarkers(); return; }
    if (isOther) {
      this.shown = panorama;
      const medium = this.state.medium(panorama) ?? { levels: [] }, address = (part) => this.state.held.shown.replace("DIGEST", panorama).replace("PART", part);
      const tiled = medium.levels?.length > 0;
      const view = here.view ?? { yaw: 0, pitch: 0, hfov: 75 };
      await this.viewer.setPanorama({ baseUrl: address("base"), levels: tiled ? medium.levels.map(([width, cols, rows]) => ({ width, cols, rows })) : [{ width: medium.width ?? 2048, cols: 4, rows: 2 }], tileUrl: (col, row, level) => (tiled ? address(`${level}-${col}_${row}`) : null) },
        { position: { yaw: radians(view.yaw), pitch: radians(view.pitch) }, zoom: this.viewer.dataHelper.fovToZoomLevel(Math.min(MOST, Math.max(LEAST, this.viewer.dataHelper.hFovToVFov(view.hfov)))), showLoader: false, transition: false });
      Cache.purge();
      this.place.dataset.shown = here.key;
    }
    this.mark();
  }

  mark() {
    const spots = this.state.here?.spots ?? [], focused = this.place.querySelector(".he-mark:focus")?.dataset.key;
    this.markers.setMarkers(spots.map((spot) => ({ id: spot.key, element: this.button(spot), position: { yaw: radians(spot.yaw), pitch: radians(spot.pitch) }, anchor: "center center", hoverScale: false })));
    if (!focused) return;
    const back = () => this.place.querySelector(`.he-mark[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.place.querySelector(`.he-mark[data-key="${CSS.escape(focused)}"]`)?.closest(".psv-marker")?.classList.add("psv-marker--visible"); // what is drawn in the next frame only takes no focus
    back(); // at once, so that no key is lost between two of them
    requestAnimationFrame(() => { if (document.activeElement === document.body) back(); });
  }

  button(spot) {
    const one = make("button", { type: "button", class: `he-mark is-${spot.kind}${spot.key === this.state.spot ? " is-here" : ""}`, "data-key": spot.key, title: this.words.mark_help }, SIGNS[spot.kind], make("span", { class: "he-mark-name" }, spot.title_zh || spot.title_en ? called(spot, "title") : this.words.kinds[spot.kind]));
    one.addEventListener("pointerdown", (event) => this.drag(event, spot, one));
    one.addEventListener("keydown", (event) => this.nudge(event, spot));
    one.addEventListener("click", (event) => { event.stopPropagation(); this.state.go(this.state.scene, spot.key); });
    return one;
  }

  // Where on the panorama a pointer is.
  at(event) {
    const box = this.place.getBoundingClientRect();
    const found = this.viewer.dataHelper.viewerCoordsToSphericalCoords({ x: event.clientX - box.left, y: event.clientY - box.top });
    return found && { yaw: turned(degrees(found.yaw)), pitch: degrees(found.pitch) };
  }

  drag(event, spot, button) {
    event.stopPropagation();
    const from = { x: event.clientX, y: event.clientY };
    let last = null;
    button.setPointerCapture(event.pointerId);
    const move = (moved) => {
      moved.stopPropagation();
      if (!last && Math.hypot(moved.clientX - from.x, moved.clientY - from.y) < 5) return;
      last = this.at(moved) ?? last;
      if (last) this.markers.updateMarker({ id: spot.key, position: { yaw: radians(last.yaw), pitch: radians(last.pitch) } });
    };
    const end = () => {
      button.removeEventListener("pointermove", move);
      button.removeEventListener("pointerup", end);
      button.removeEventListener("pointercancel", end);
      if (!last) return;
      this.state.spot = spot.key;
      this.state.change((_tour, self) => Object.assign(self.here.spots.find((one) => one.key === spot.key), last));
    };
    button.addEventListener("pointermove", move);
    button.addEventListener("pointerup", end);
    button.addEventListener("pointercancel", end);
  }

  nudge(event, spot) {
    const way = ARROWS[event.key], step = event.shiftKey ? 0.2 : FINE;
    if (event.key === "Delete") this.state.change((_tour, self) => { self.here.spots = self.here.spots.filter((one) => one.key !== spot.key); self.spot = ""; });
    else if (way) this.state.change((_tour, self) => { const one = self.here.spots.find((each) => each.key === spot.key); one.yaw = rounded(turned(one.yaw + way[0] * step)); one.pitch = rounded(Math.max(-90, Math.min(90, one.pitch + way[1] * step))); }, { as: `move-${spot.key}` });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  key(event) {
    if (event.target !== this.place) return;
    const way = ARROWS[event.key], { yaw, pitch } = this.viewer.getPosition();
    if (way) this.viewer.rotate({ yaw: yaw + radians(way[0] * STEP), pitch: Math.max(-Math.PI / 2, Math.min(Math.PI / 2, pitch + radians(way[1] * STEP))) });
    else if (event.key === "+" || event.key === "=") this.viewer.zoomIn(10);
    else if (event.key === "-") this.viewer.zoomOut(10);
    else if (event.key === "Escape") this.arm("");
    else if (event.key === "Enter" && this.tool && this.shown) this.add(turned(degrees(yaw)), degrees(pitch));
    else return;
    event.preventDefault();
  }
}
