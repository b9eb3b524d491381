// Zones and scenes in their order, each with what moves it; a scene is opened by its name.
import { called, make } from "./dom.js";

export function list(state, words) {
  const place = make("nav", { class: "he-list", "aria-label": words.scenes });
  const move = (rows, at, by, isLike) => {
    let to = at + by;
    while (rows[to] && !isLike(rows[to])) to += by;
    if (rows[to]) [rows[at], rows[to]] = [rows[to], rows[at]];
  };
  const arrows = (name, work) => [["up", -1, "↑"], ["down", 1, "↓"]].map(([key, by, sign]) => make("button", { type: "button", class: "he-arrow", "aria-label": words[key].replace("{name}", name), onclick: () => work(by) }, sign));

  const zoneLine = (zone) => make("div", { class: "he-zone" },
    make("input", { class: "form-control", value: zone.name_zh ?? "", "aria-label": words.zone_zh, maxlength: "40", oninput: (event) => state.change((tour) => { tour.zones.find((one) => one.key === zone.key).name_zh = event.target.value; }, { as: `zone-zh-${zone.key}` }) }),
    make("input", { class: "form-control", lang: "en", value: zone.name_en ?? "", "aria-label": words.zone_en, maxlength: "100", oninput: (event) => state.change((tour) => { tour.zones.find((one) => one.key === zone.key).name_en = event.target.value; }, { as: `zone-en-${zone.key}` }) }),
    make("span", { class: "he-acts" }, ...arrows(zone.name_zh, (by) => state.change((tour) => move(tour.zones, tour.zones.findIndex((one) => one.key === zone.key), by, () => true)))));

  const sceneLine = (scene) => make("li", { class: scene.key === state.scene ? "is-here" : "" },
    make("button", { type: "button", class: "he-open", "aria-current": scene.key === state.scene ? "true" : null, onclick: () => state.go(scene.key) },
      scene.panorama ? make("img", { src: state.held.shown.replace("DIGEST", scene.panorama).replace("PART", "small"), alt: "", width: "72", height: "36", loading: "lazy" }) : make("span", { class: "he-blank" }),
      make("span", {}, called(scene), scene.key === state.tour.first ? make("span", { class: "he-first" }, words.first) : "")),
    make("span", { class: "he-acts" }, ...arrows(called(scene), (by) => state.change((tour) => move(tour.scenes, tour.scenes.findIndex((one) => one.key === scene.key), by, (other) => other.zone === scene.zone)))));

  const addScene = (zone) => state.change((tour, self) => {
    const key = self.free("scene", tour.scenes.map((one) => one.key)), used = new Set(tour.scenes.map((one) => one.panorama));
    const panorama = self.media("panorama").find((one) => !used.has(one.digest));
    tour.scenes.push({ key, zone: zone.key, name_zh: panorama?.name ?? words.new_scene, name_en: "", told_zh: "", told_en: "", panorama: panorama?.digest ?? "", view: { yaw: 0, pitch: 0, hfov: 75 }, spots: [] });
    tour.first ||= key;
    self.scene = key;
    self.spot = "";
  });
  const addZone = () => state.change((tour, self) => {
    tour.zones.push({ key: self.free("zone", tour.zones.map((one) => one.key)), name_zh: words.new_zone, name_en: "", text_zh: "", text_en: "" });
  });

  function draw() {
    const active = document.activeElement?.closest?.(".he-zone input") ? document.activeElement : null;
    if (active && place.contains(active)) return; // somebody types here
    place.replaceChildren(
      ...state.tour.zones.map((zone) => make("section", {}, zoneLine(zone),
        make("ol", { class: "plain" }, ...state.tour.scenes.filter((one) => one.zone === zone.key).map(sceneLine)),
        make("button", { type: "button", class: "btn btn-small", onclick: () => addScene(zone) }, words.add_scene))),
      make("button", { type: "button", class: "btn btn-small", onclick: addZone }, words.add_zone));
  }
  return { place, draw };
}
