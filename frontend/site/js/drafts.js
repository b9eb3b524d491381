// What was typed into a long form is kept on this machine until it is sent, a week at most, and by the house
// for the person's other browsers, where the form says so (data-draft-keeps, data-draft-kept, data-draft-title):
// only forms that ask for it (data-draft="<who>:<form>"), never a password, a file, a hidden or a
// sealed field, and all of it goes when one signs out (data-clears-drafts). Where data-draft is empty nothing is
// kept on this machine: what sources say stays with the house.
import { say } from "./words.js";

const PREFIX = "qingfeng-draft:";
const HOUSE = 3000; // how long one must rest before the house keeps it
const WEEK = 7 * 24 * 3600 * 1000;
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);

function kept(form) {
  return [...form.elements].filter((one) => one.name && !NEVER.has(one.type) && !one.closest("[data-sealed]"));
}
function values(form) {
  return kept(form).map((one) => [one.name, one.type === "checkbox" || one.type === "radio" ? `${one.value}\u0000${one.checked}` : one.value]);
}
function fill(form, list) {
  const fields = kept(form);
  list.forEach(([name, value], place) => {
    const one = fields[place]?.name === name ? fields[place] : null;
    if (!one) return;
    if (one.type === "checkbox" || one.type === "radio") one.checked = value.endsWith("\u0000true");
    else one.value = value;
  });
}
function read(key) {
  if (!key) return null;
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key));
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  } catch { return null; }
}
function write(key, draft) {
  if (!key) return; // kept by the house alone
  try { if (draft) localStorage.setItem(PREFIX + key, JSON.stringify(draft)); else localStorage.removeItem(PREFIX + key); } catch { /* a full or closed store only means no draft */ }
}
function forgetOld() {
  try {
    Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)).forEach((key) => {
      const draft = read(key);
      const form = document.querySelector(`form[data-draft="${CSS.escape(key)}"]`);
      if (!draft || (draft.sent && !form)) write(key, null);
    });
  } catch { /* see write() */ }
}

// The house's own copy: asked for once, kept when one rests, discarded and taken back with the local one.
async function ask(address, fields) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  try {
    const answer = await fetch(address, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token ?? "", Accept: "application/json" }, body: new URLSearchParams(fields) });
    return answer.ok ? await answer.json() : null;
  } catch { return null; } // no connection: the copy on this machine stands
}
const keepInHouse = (form) => form.dataset.draftKeeps && ask(form.dataset.draftKeeps, { form: location.pathname, title: form.dataset.draftTitle || document.title, values: JSON.stringify(values(form)) });

function offer(form, draft) {
  const line = document.createElement("div");
  const text = document.createElement("p");
  const does = document.createElement("span");
  line.className = "draft no-print";
  line.setAttribute("role", "status");
  does.className = "row-of";
  line.append(text, does);
  const before = values(form);
  const button = (word, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "btn btn-small";
    one.textContent = say(word);
    one.addEventListener("click", act);
    return one;
  };
  const show = () => { text.textContent = say(draft.pk ? "draft_in_house" : "draft_found"); does.replaceChildren(button("draft_restore", restore), button("draft_drop", drop)); };
  const restore = () => { fill(form, draft.values); text.textContent = say("draft_restored"); does.replaceChildren(button("undo", back)); does.firstChild.focus(); };
  const back = () => { fill(form, before); show(); does.firstChild.focus(); };
  let house = draft.pk;
  const inHouse = async (undo) => {
    if (!form.dataset.draftKept) return;
    house ??= (await ask(form.dataset.draftKept, { form: location.pathname }))?.pk;
    if (house) await ask(form.dataset.draftKept.replace("kept/", `${house}/discard/`), undo ? { undo: "1" } : {});
  };
  const drop = () => { write(form.dataset.draft, null); inHouse(false); text.textContent = say("draft_dropped"); does.replaceChildren(button("undo", () => { if (!draft.pk) write(form.dataset.draft, draft); inHouse(true); show(); does.firstChild.focus(); })); does.firstChild.focus(); };
  show();
  form.before(line);
}

function keep(form) {
  const key = form.dataset.draft;
  const blank = JSON.stringify(values(form));
  const draft = read(key);
  if (draft && !draft.sent && JSON.stringify(draft.values) !== blank) offer(form, draft);
  else if (form.dataset.draftKept) {
    ask(form.dataset.draftKept, { form: location.pathname }).then((kept) => {
      if (kept?.pk && JSON.stringify(kept.values) !== blank && JSON.stringify(values(form)) === blank) offer(form, kept);
    });
  }
  let waiting;
  let resting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    clearTimeout(resting);
    waiting = setTimeout(() => write(key, { at: Date.now(), values: values(form) }), 400);
    resting = setTimeout(() => keepInHouse(form), HOUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    clearTimeout(resting);
    write(key, { at: Date.now(), values: values(form), sent: true });
  });
}

export function keepDrafts() {
  forgetOld();
  document.querySelectorAll("form[data-draft]").forEach(keep);
  document.querySelectorAll("form[data-clears-drafts]").forEach((form) => form.addEventListener("submit", () => {
    try { Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => localStorage.removeItem(name)); } catch { /* see write() */ }
  }));
}
