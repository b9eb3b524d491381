// Keys: / searches, ? lists them, j and k walk through rows that open ([data-rows] a[data-row]), o opens
// one, a goes to what can be done, g and a letter goes to a page of the rail (data-go), an element with
// data-key is pressed by its key. Never in a field; who dictates can switch them off (WCAG 2.1.4).
const OFF = "qingfeng-keys-off";
const PAUSE = 1200; // between g and its letter

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
}
function isOff() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}
function switchTo(on) {
  try { if (on) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* a closed store only means that they stay on */ }
}
function rows() {
  return [...document.querySelectorAll("[data-rows] a[data-row]")].filter((row) => row.offsetParent);
}
function walk(step) {
  const all = rows();
  if (all.length === 0) return;
  const here = all.indexOf(document.activeElement);
  all[Math.min(all.length - 1, Math.max(0, here + step))].focus();
}
function open() {
  const all = rows();
  (all.find((row) => row === document.activeElement) ?? all[0])?.click();
}
function toActs() {
  const first = [...document.querySelectorAll(".act .btn, .head-acts .btn, .form-acts .btn")].find((one) => one.offsetParent && one.getAttribute("aria-disabled") !== "true");
  first?.focus();
}
function go(letter) {
  document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();
}

// The list below the search box: arrows walk into it and back.
function walkSuggestions(event) {
  const box = event.target.closest?.(".find");
  if (!box || (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Escape")) return;
  const found = [...box.querySelectorAll(".suggested a")];
  const field = box.querySelector("input[type=search]");
  if (event.key === "Escape") { box.querySelector("#suggested")?.replaceChildren(); field.focus(); return; }
  if (found.length === 0) return;
  event.preventDefault();
  const at = found.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  (at < 0 ? field : found[Math.min(at, found.length - 1)]).focus();
}

export function listenToKeys() {
  const list = document.getElementById("keys");
  const switched = document.getElementById("keys-on");
  let waits = 0;
  document.querySelectorAll("[data-opens-keys]").forEach((button) => {
    button.hidden = !list;
    button.addEventListener("click", () => list.showModal());
  });
  if (switched) {
    switched.checked = !isOff();
    switched.addEventListener("change", () => switchTo(switched.checked));
  }
  document.addEventListener("keydown", walkSuggestions);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOff() || typing(event.target)) return;
    const find = document.getElementById("find");
    const acts = { "/": find && (() => { find.focus(); find.select(); }), "?": list && (() => { if (!list.open) list.showModal(); }) };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); return; }
    if (list?.open) return;
    const since = Date.now() - waits;
    waits = 0;
    if (since < PAUSE) { event.preventDefault(); go(event.key); return; }
    if (event.key === "g") { waits = Date.now(); return; }
    const more = { j: () => walk(1), k: () => walk(-1), o: open, a: toActs }[event.key];
    if (more) { event.preventDefault(); more(); return; }
    const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key && one.offsetParent);
    if (wanted) { event.preventDefault(); wanted.focus(); wanted.click(); }
  });
}
