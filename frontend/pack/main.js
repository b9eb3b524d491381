// A form that opens from a disk, keeps what is filled in, and saves one sealed file. No network, nothing remembered elsewhere.
import { openPlace } from "./keep.js";
import "./pack.css";
import { parcel } from "./parcel.js";
import { local, taken } from "./photographs.js";
import { hashOf } from "./seal.js";
import { WORDS } from "./words.js";

const MOST_PHOTOS = 60;
const text = document.getElementById("contents").textContent;
const contents = JSON.parse(text);
const kinds = JSON.parse(document.getElementById("kinds").textContent);
const app = document.getElementById("app");

let tongue = 0; // 0 Chinese, 1 English
let place = null;
let filled = Object.fromEntries(contents.tasks.map((task) => [task.no, blank(task)]));
const said = { kept: "", save: "", missing: [], clear: false, photo: {} };

const say = (key) => WORDS[key][tongue];
const named = (pair) => pair[tongue] || pair[0];

function blank(task) {
  return { state: "", why_not: "", present: [], at: "", lines: [{}], own: task.questions.map(() => ""), found: "", photos: [] };
}

// --- what is kept ------------------------------------------------------------------------
let waiting = 0;
function keep() {
  said.save = "";
  said.missing = [];
  clearTimeout(waiting);
  waiting = setTimeout(keepNow, 250);
}
async function keepNow() {
  clearTimeout(waiting);
  if (!place) return;
  await place.put("answers", { contents: hashOf(new TextEncoder().encode(text)), filled });
  said.kept = local(new Date()).slice(11, 16);
  document.getElementById("kept").textContent = keptWords();
}
const keptWords = () => (place ? `${say("kept")}${said.kept && ` ${said.kept}`}` : say("not_kept"));

// --- drawing -----------------------------------------------------------------------------
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== ""));
  return made;
}

function draw() {
  document.documentElement.lang = tongue ? "en" : "zh-CN";
  document.title = `${say("title")} ${contents.code}`;
  const open = document.activeElement?.id;
  app.replaceChildren(top(), ...contents.tasks.map(section), bottom());
  document.getElementById(open)?.focus();
}

function top() {
  const expired = local(new Date()).slice(0, 10) > contents.expires_on;
  return el("header", {},
    el("div", { class: "bar" },
      el("h1", {}, say("title")),
      el("button", { id: "tongue", type: "button", lang: tongue ? "zh-CN" : "en", onclick: () => { tongue = 1 - tongue; draw(); } }, say("other"))),
    el("dl", { class: "facts" },
      pair("code", el("code", {}, `${contents.code.slice(0, 5)}-${contents.code.slice(5)}`)), pair("carriers", contents.carriers.join("、")), pair("until", contents.expires_on)),
    el("p", { class: "note" }, say("offline")),
    expired ? el("p", { class: "warn" }, say("expired")) : null,
    el("p", { id: "kept", class: place ? "quiet" : "warn", role: "status" }, keptWords()),
    contents.tasks.length < 2 ? null : el("nav", { "aria-label": say("tasks") }, el("ol", {}, contents.tasks.map((task) =>
      el("li", {}, el("a", { href: `#task-${task.no}` }, `${task.no} · ${named(kinds[task.kind].name)}`))))));
}
const pair = (key, ...value) => el("div", {}, el("dt", {}, say(key)), el("dd", {}, ...value));

function section(task) {
  const kind = kinds[task.kind], mine = filled[task.no];
  const facts = ["purpose", "authority", "where", "when"].filter((key) => task[key]).map((key) => pair(key, task[key]));
  return el("section", { id: `task-${task.no}`, "aria-labelledby": `head-${task.no}` },
    el("h2", { id: `head-${task.no}` }, `${task.no} · ${named(kind.name)}`),
    el("dl", { class: "facts" }, facts),
    task.rows.length ? [el("h3", {}, say("rows")), task.rows.map(record)] : null,
    el("h3", {}, say("heed")), el("ul", {}, kind.reminds.map((one) => el("li", {}, named(one)))),
    choice(task, mine),
    mine.state === "not_done" ? area(`why_not-${task.no}`, say("why_not"), mine, "why_not") : null,
    mine.state === "done" ? done(task, kind, mine) : null);
}
function done(task, kind, mine) {
  return [
    present(task, mine),
    line(`at-${task.no}`, say("at"), mine, "at", "datetime-local"),
    el("h3", {}, say("ask")),
    mine.lines.map((one, step) => form(task, kind, one, step)),
    el("button", { id: `more-${task.no}`, type: "button", onclick: () => { mine.lines.push({}); keep(); draw(); } }, say("more")),
    task.questions.map((words, step) => area(`own${step}-${task.no}`, words, mine.own, step)),
    area(`found-${task.no}`, say("found"), mine, "found"),
    photographs(task, mine),
  ];
}
function form(task, kind, one, step) {
  const { lines } = filled[task.no];
  return el("fieldset", { class: "form" }, lines.length > 1 ? el("legend", {}, `${say("form")} ${step + 1}`) : null,
    kind.asks.map((ask) => asked(ask, one, `${ask.key}-${task.no}-${step}`)),
    lines.length > 1 ? el("button", { type: "button", onclick: () => { lines.splice(step, 1); keep(); draw(); } }, say("remove")) : null);
}
function asked(ask, where, id) {
  const words = named(ask.words) + (ask.needed || ask.kind === "flag" ? "" : say("optional"));
  if (ask.kind === "flag") {
    return el("label", { class: "choice" }, el("input", { id, type: "checkbox", checked: where[ask.key] === true, onchange: (event) => { where[ask.key] = event.target.checked; keep(); } }), words);
  }
  if (ask.kind === "choice") {
    return el("fieldset", {}, el("legend", {}, words), ask.choices.map(([value, choice], step) => el("label", { class: "choice" },
      el("input", { id: `${id}-${step}`, name: id, type: "radio", checked: where[ask.key] === value, onchange: () => { where[ask.key] = value; keep(); } }), named(choice))));
  }
  const box = ask.kind === "long" ? area(id, words, where, ask.key) : line(id, words, where, ask.key, ask.kind === "day" ? "date" : "text", ask.most, ask.kind === "money" ? "decimal" : "text");
  if (named(ask.help)) box.append(el("p", { class: "quiet" }, named(ask.help)));
  return box;
}
const record = (row) => el("div", { class: "record" }, el("h4", {}, row.table),
  el("dl", {}, row.cells.map(([head, cell]) => el("div", {}, el("dt", {}, head), el("dd", {}, cell)))));

function line(id, words, where, key, type, most = 200, mode = "text") {
  const enter = (event) => { where[key] = event.target.value; keep(); };
  return el("div", { class: "field" }, el("label", { for: id }, words), el("input", { id, type, inputmode: mode, value: where[key] || "", maxlength: String(most), oninput: enter }));
}
function area(id, words, where, key) {
  const box = el("textarea", { id, rows: "3", maxlength: "5000", oninput: (event) => { where[key] = event.target.value; keep(); } });
  box.value = where[key] || "";
  return el("div", { class: "field" }, el("label", { for: id }, words), box);
}
function choice(task, mine) {
  return el("fieldset", {}, el("legend", {}, say("state")), ["done", "not_done"].map((state) => el("label", { class: "choice" },
    el("input", { type: "radio", name: `state-${task.no}`, id: `${state}-${task.no}`, checked: mine.state === state, onchange: () => { mine.state = state; keep(); draw(); } }), say(state))));
}
function present(task, mine) {
  const tick = (who) => (event) => { mine.present = contents.carriers.filter((one) => (one === who ? event.target.checked : mine.present.includes(one))); keep(); };
  return el("fieldset", {}, el("legend", {}, say("present")), contents.carriers.map((who, step) => el("label", { class: "choice" },
    el("input", { type: "checkbox", id: `present-${task.no}-${step}`, checked: mine.present.includes(who), onchange: tick(who) }), who)));
}

// --- photographs -------------------------------------------------------------------------
function photographs(task, mine) {
  const id = `photos-${task.no}`;
  return el("div", { class: "field" }, el("h3", {}, say("photos")),
    el("p", { class: "quiet" }, say(task.about_place ? "with_place" : "stripped")),
    el("label", { class: "button", for: id }, say("add")),
    el("input", { id, class: "heard", type: "file", accept: "image/jpeg,image/png,image/webp", multiple: true, onchange: (event) => add(task, mine, event.target) }),
    said.photo[task.no] ? el("p", { class: "warn", role: "alert" }, said.photo[task.no]) : null,
    mine.photos.map((one, step) => photograph(task, mine, one, step)));
}
function photograph(task, mine, one, step) {
  const id = `caption-${task.no}-${step}`;
  const address = URL.createObjectURL(new Blob([one.bytes], { type: "image/jpeg" }));
  const when = `${one.taken_at.replace("T", " ")}${one.time_from === "file" ? say("from_file") : ""}`;
  const enter = (event) => { one.caption = event.target.value; keep(); };
  return el("figure", {},
    el("img", { src: address, alt: one.caption || `${say("photos")} ${step + 1}`, onload: () => URL.revokeObjectURL(address) }),
    el("figcaption", {},
      el("span", {}, when, one.place ? ` · ${one.place.join(", ")}` : ""), el("code", {}, one.sha256.slice(0, 16)),
      el("label", { for: id }, say("caption")), el("input", { id, type: "text", maxlength: "200", value: one.caption, oninput: enter }),
      el("button", { type: "button", onclick: () => { mine.photos.splice(step, 1); keep(); draw(); } }, say("remove"))));
}
async function add(task, mine, input) {
  said.photo[task.no] = "";
  for (const file of [...input.files]) {
    if (Object.values(filled).reduce((sum, one) => sum + one.photos.length, 0) >= MOST_PHOTOS) { said.photo[task.no] = say("too_many"); break; }
    const one = await taken(file, task.about_place);
    if (!one) said.photo[task.no] = say("no_picture") + file.name;
    else if (!mine.photos.some((other) => other.came_as === one.came_as)) mine.photos.push(one);
  }
  await keepNow();
  draw();
}

// --- saving ------------------------------------------------------------------------------
function missing() {
  return contents.tasks.map((task) => [task, lacks(task, filled[task.no])]).filter(([, found]) => found.length)
    .map(([task, found]) => `${say("task_short").replace("%n", task.no)}${tongue ? ": " : "："}${found.join(tongue ? "; " : "；")}`);
}
function lacks(task, mine) {
  if (!mine.state) return [say("state")];
  if (mine.state === "not_done") return mine.why_not.trim() ? [] : [say("why_not")];
  const asks = mine.lines.flatMap((one) => kinds[task.kind].asks.filter((ask) => ask.needed && !String(one[ask.key] || "").trim()).map((ask) => named(ask.words)));
  return [mine.present.length < 2 && say("present"), !mine.at && say("at"), ...new Set(asks), !mine.found.trim() && say("found")].filter(Boolean);
}
async function save() {
  const lacks = missing();
  if (lacks.length && said.missing.join() !== lacks.join()) { said.missing = lacks; draw(); return; }
  said.missing = [];
  await keepNow();
  const bytes = parcel(text, contents, filled);
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  el("a", { href: address, download: `qingfeng-${contents.code}.qfp` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  said.save = `${say("saved")} ${hashOf(bytes).slice(0, 8)}`;
  draw();
}
async function clear() {
  if (!said.clear) { said.clear = true; draw(); return; }
  await place?.clear();
  filled = Object.fromEntries(contents.tasks.map((task) => [task.no, blank(task)]));
  Object.assign(said, { clear: false, kept: "", save: say("cleared"), missing: [] });
  draw();
}
function bottom() {
  return el("footer", {},
    said.missing.length ? el("div", { class: "warn", role: "alert" }, el("p", {}, say("missing")), el("ul", {}, said.missing.map((one) => el("li", {}, one)))) : null,
    said.save ? el("p", { id: "saved", class: "note", role: "status" }, said.save) : null,
    el("div", { class: "acts" },
      el("button", { id: "save", class: "do", type: "button", onclick: save }, said.missing.length ? say("save_anyway") : say("save")),
      said.save ? el("button", { id: "clear", type: "button", onclick: clear }, say(said.clear ? "sure" : "clear")) : null));
}

addEventListener("beforeunload", (event) => { if (!place && !said.save) event.preventDefault(); });
addEventListener("pagehide", keepNow);

openPlace(contents.code).then(async (found) => {
  place = found;
  const before = await place?.get("answers");
  if (before?.contents === hashOf(new TextEncoder().encode(text))) filled = before.filled;
  draw();
});
