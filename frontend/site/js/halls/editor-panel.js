// What is open, as fields: a scene, or a spot of it; both languages side by side, what was refused said at its field.
import { called, ident, make } from "./dom.js";
import { rounded, turned } from "./editor-state.js";

const LONG = { text: [1500, 5000], told: [3000, 9000], question: [200, 500], why: [400, 1200] };
const SHORT = { name: [40, 100], title: [60, 140] };

export function panel(state, words, stage) {
  const place = make("section", { class: "he-panel", "aria-label": words.fields });
  const set = (field, value, as = "") => state.change((tour, self) => { const one = self.chosen ?? self.here; if (value === "" && !field.endsWith("_zh") && !field.endsWith("_en")) delete one[field]; else one[field] = value; }, { as });

  function wrap(label, control, field) {
    const id = ident(), wrong = state.wrongAt(field);
    control.id = id;
    control.classList.add("form-control");
    if (wrong) { control.setAttribute("aria-invalid", "true"); control.setAttribute("aria-describedby", `${id}-wrong`); }
    return make("div", { class: "field" }, make("label", { class: "field-label", for: id }, label), control, wrong ? make("p", { class: "field-error", id: `${id}-wrong` }, wrong) : "");
  }

  function pair(name, target = null, path = name) {
    const lengths = LONG[name] ?? SHORT[name], isLong = name in LONG;
    return make("div", { class: isLong ? "he-pair is-long" : "he-pair" }, ...["zh", "en"].map((language, no) => {
      const field = `${name}_${language}`, from = (target?.() ?? state.chosen ?? state.here)[field] ?? "";
      const control = make(isLong ? "textarea" : "input", { rows: isLong ? "5" : null, maxlength: String(lengths[no]), lang: language === "en" ? "en" : null, "data-field": field, value: from,
        oninput: (event) => state.change((_tour, self) => { (target?.() ?? self.chosen ?? self.here)[field] = event.target.value; }, { as: `${state.scene}/${state.spot}/${path}/${language}` }) });
      return wrap(`${words[name]} · ${words[language]}`, control, path === name ? field : `${path}_${language}`);
    }));
  }

  function choice(field, label, options, blank = true) {
    const now = (state.chosen ?? state.here)[field] ?? "";
    const control = make("select", { class: "form-select", "data-field": field, onchange: (event) => set(field, event.target.value) }, ...(blank ? [make("option", { value: "" }, "—")] : []), ...options.map(([value, said]) => make("option", { value }, said)));
    control.value = now;
    return wrap(label, control, field);
  }

  function number(label, value, least, most, work, field) {
    return wrap(label, make("input", { type: "number", step: "0.1", min: String(least), max: String(most), value: String(rounded(value)), "data-field": field, onchange: (event) => { const given = Number(event.target.value); if (Number.isFinite(given)) work(Math.max(least, Math.min(most, given))); } }), field);
  }

  const press = (label, work, more = {}) => make("button", { type: "button", class: "btn btn-small", onclick: work, ...more }, label);

  function scene() {
    const one = state.here, view = one.view ?? { yaw: 0, pitch: 0, hfov: 75 };
    const looks = (name, value) => state.change((_tour, self) => { self.here.view = { ...(self.here.view ?? view), [name]: value }; });
    return [
      make("h2", {}, words.scene),
      pair("name"),
      choice("panorama", words.panorama, state.media("panorama").map((each) => [each.digest, each.name])),
      choice("zone", words.zone, state.tour.zones.map((each) => [each.key, called(each)]), false),
      make("fieldset", { class: "he-angles" }, make("legend", {}, words.view),
        number(words.yaw, view.yaw, -180, 180, (value) => looks("yaw", value), "view.yaw"), number(words.pitch, view.pitch, -90, 90, (value) => looks("pitch", value), "view.pitch"), number(words.hfov, view.hfov, 30, 110, (value) => looks("hfov", value), "view.hfov"),
        press(words.set_view, () => { const seen = stage.view(); if (seen) state.change((_tour, self) => { self.here.view = seen; }); }, { "data-set-view": true })),
      pair("told"),
      make("p", { class: "row-of" }, state.tour.first === one.key ? make("span", { class: "quiet small" }, words.first) : press(words.make_first, () => state.change((tour) => { tour.first = one.key; })),
        press(words.remove_scene, () => state.change((tour, self) => {
          tour.scenes = tour.scenes.filter((each) => each.key !== one.key);
          for (const each of tour.scenes) each.spots = (each.spots ?? []).filter((spot) => spot.to !== one.key);
          if (tour.first === one.key) tour.first = tour.scenes[0]?.key ?? "";
          self.scene = tour.first;
          self.spot = "";
        }))),
      spots(one),
    ];
  }

  const spots = (one) => make("div", {}, make("h3", {}, words.spots), make("ol", { class: "plain he-spots" }, ...(one.spots ?? []).map((spot) => make("li", {}, make("button", { type: "button", class: "he-open", onclick: () => { state.go(state.scene, spot.key); stage.look(spot); } }, `${words.kinds[spot.kind]}: ${called(spot, "title")}`)))));

  function angles(one) {
    const at = (name, value) => state.change((_tour, self) => { self.chosen[name] = value; });
    return make("fieldset", { class: "he-angles" }, make("legend", {}, words.where),
      number(words.yaw, one.yaw, -180, 180, (value) => at("yaw", value), "yaw"), number(words.pitch, one.pitch, -90, 90, (value) => at("pitch", value), "pitch"),
      press(words.to_middle, () => { const seen = stage.view(); if (seen) state.change((_tour, self) => { self.chosen.yaw = seen.yaw; self.chosen.pitch = seen.pitch; }); }));
  }

  // The way back lies behind whoever came in, unless there is one.
  function wayBack() {
    const from = state.here, way = state.chosen, to = state.tour.scenes.find((one) => one.key === way.to);
    if (!to || (to.spots ?? []).some((one) => one.kind === "scene" && one.to === from.key)) return "";
    return press(words.way_back, () => state.change((tour, self) => {
      const there = tour.scenes.find((one) => one.key === way.to);
      there.spots ??= [];
      there.spots.push({ key: self.free("way", there.spots.map((one) => one.key)), kind: "scene", to: from.key, yaw: rounded(turned(way.yaw + 180)), pitch: way.pitch, title_zh: words.back_zh.replace("{name}", from.name_zh ?? "").slice(0, 60), title_en: words.back_en.replace("{name}", from.name_en ?? "").slice(0, 140) });
    }), { "data-way-back": true });
  }

  function quiz() {
    const held = () => state.chosen.quiz;
    const line = (answer, no) => make("li", { class: "he-answer" },
      make("input", { type: "radio", name: "he-right", checked: held().right === no, "aria-label": words.right.replace("{no}", no + 1), onchange: () => state.change(() => { held().right = no; }) }),
      ...["zh", "en"].map((language) => make("input", { class: "form-control", lang: language === "en" ? "en" : null, value: answer[language] ?? "", maxlength: language === "zh" ? "100" : "250", "aria-label": `${words.answer} ${no + 1} · ${words[language]}`, oninput: (event) => state.change(() => { held().answers[no][language] = event.target.value; }, { as: `${state.scene}/${state.spot}/answer-${no}-${language}` }) })),
      held().answers.length > 2 ? press("×", () => state.change(() => { held().answers.splice(no, 1); held().right = Math.min(held().right, held().answers.length - 1); }), { "aria-label": words.less }) : "");
    return [pair("question", held, "quiz.question"), make("ol", { class: "plain" }, ...held().answers.map(line)), held().answers.length < 6 ? press(words.more, () => state.change(() => { held().answers.push({ zh: "", en: "" }); })) : "", pair("why", held, "quiz.why")];
  }

  function spot() {
    const one = state.chosen, { kind } = one, isListed = /^(x|go)-/.test(one.key) && state.held.is_built;
    const names = (of) => state.media(of).map((each) => [each.digest, each.name]), captions = state.held.captions.map((each) => [each.digest, each.name]);
    return [
      make("p", {}, press(`← ${state.here.name_zh}`, () => state.go(state.scene))),
      make("h2", {}, words.kinds[kind]),
      isListed ? make("p", { class: "small quiet" }, words.of_list) : "",
      pair("title"),
      kind === "scene" ? choice("to", words.to, state.tour.scenes.filter((each) => each.key !== state.scene).map((each) => [each.key, called(each)]), false) : pair("text"),
      ["picture", "audio", "video"].includes(kind) ? choice("medium", words.kinds[kind], names(kind)) : "",
      ["text", "link", "quiz"].includes(kind) ? choice("medium", words.picture_beside, names("picture")) : "",
      ["picture", "audio", "video"].includes(kind) ? pair("told") : "",
      ...(["audio", "video"].includes(kind) ? [choice("captions_zh", words.captions_zh, captions), choice("captions_en", words.captions_en, captions)] : []),
      kind === "link" ? wrap(words.href, make("input", { value: one.href ?? "", maxlength: "300", "data-field": "href", oninput: (event) => set("href", event.target.value, `${one.key}/href`) }), "href") : "",
      ...(kind === "quiz" ? quiz() : []),
      angles(one),
      make("p", { class: "row-of" }, kind === "scene" ? wayBack() : "", press(words.remove_spot, () => state.change((_tour, self) => { self.here.spots = self.here.spots.filter((each) => each.key !== one.key); self.spot = ""; }), { "data-remove": true })),
    ];
  }

  function draw() {
    if (!state.here) { place.replaceChildren(make("p", { class: "quiet" }, state.tour.zones.length ? words.no_scene : words.no_zone)); return; }
    place.replaceChildren(...(state.chosen ? spot() : scene()).filter(Boolean));
  }
  return { place, draw };
}
