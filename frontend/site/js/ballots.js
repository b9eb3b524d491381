// The voter's page. Random tokens are covered here and signed by the house (RSABSSA-SHA384-PSS-Randomized,
// RFC 9474); what is filled in stays in this browser until it is put into the box, and the box is asked without
// cookies, so that it cannot know who comes. SHA-384 comes from @noble/hashes: a browser gives its own only to
// addresses with TLS, and an office's network may have none.
import { sha256, sha384 } from "@noble/hashes/sha2.js";

const EXPONENT = 65537n;
const SALT = 48;
const DIGEST = 48;
const SCORES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

// --- numbers and bytes -------------------------------------------------------------------------
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
const numberOf = (bytes) => BigInt(`0x${hex(bytes) || "0"}`);
const bytesOf = (number, size) => Uint8Array.from(number.toString(16).padStart(size * 2, "0").match(/../g), (pair) => parseInt(pair, 16));
const packed = (bytes) => btoa(String.fromCharCode(...bytes));
const unpacked = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

function power(base, exponent, modulus) {
  let found = 1n;
  for (let rest = exponent, square = base % modulus; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) found = (found * square) % modulus;
  }
  return found;
}

// The inverse by the extended algorithm of Euclid; 0 where there is none.
function inverse(value, modulus) {
  let [old, now, before, after] = [value % modulus, modulus, 1n, 0n];
  while (now) {
    const times = old / now;
    [old, now] = [now, old - times * now];
    [before, after] = [after, before - times * after];
  }
  return old === 1n ? ((before % modulus) + modulus) % modulus : 0n;
}

// --- RFC 9474 and RFC 8017 ---------------------------------------------------------------------
function mask(seed, size) {
  const blocks = Array.from({ length: Math.ceil(size / DIGEST) }, (_one, no) => sha384(joined(seed, [no >>> 24, (no >>> 16) & 255, (no >>> 8) & 255, no & 255])));
  return joined(...blocks).slice(0, size);
}
const salted = (message, salt) => sha384(joined(new Uint8Array(8), sha384(message), salt));

export function encode(message, bits, salt) {
  const size = Math.ceil(bits / 8);
  const digest = salted(message, salt);
  const block = joined(new Uint8Array(size - SALT - DIGEST - 2), [1], salt);
  const cover = mask(digest, block.length);
  const covered = block.map((one, place) => one ^ cover[place]);
  covered[0] &= 255 >> (8 * size - bits);
  return joined(covered, digest, [0xbc]);
}

export function holds(message, signature, modulus) {
  const bits = modulus.toString(2).length - 1;
  const size = Math.ceil(bits / 8);
  const encoded = bytesOf(power(numberOf(signature), EXPONENT, modulus), size);
  const covered = encoded.slice(0, size - DIGEST - 1);
  const digest = encoded.slice(size - DIGEST - 1, -1);
  const cover = mask(digest, covered.length);
  const block = covered.map((one, place) => one ^ cover[place]);
  block[0] &= 255 >> (8 * size - bits);
  return encoded[size - 1] === 0xbc && block[block.length - SALT - 1] === 1
    && block.slice(0, -SALT - 1).every((one) => one === 0) && hex(digest) === hex(salted(message, block.slice(-SALT)));
}

export function cover(modulus) {
  const size = Math.ceil(modulus.toString(2).length / 8);
  const message = random(64); // 32 bytes of the RFC's prefix, 32 of our own
  const encoded = numberOf(encode(message, modulus.toString(2).length - 1, random(SALT)));
  let factor = 0n;
  let back = 0n;
  while (!back) {
    factor = numberOf(random(size + 16)) % modulus;
    back = inverse(factor, modulus);
  }
  return { message: packed(message), blinded: packed(bytesOf((encoded * power(factor, EXPONENT, modulus)) % modulus, size)), back: back.toString(16) };
}

export function uncover(token, signed, modulus) {
  const size = Math.ceil(modulus.toString(2).length / 8);
  const signature = bytesOf((numberOf(unpacked(signed)) * BigInt(`0x${token.back}`)) % modulus, size);
  if (!holds(unpacked(token.message), signature, modulus)) throw new Error("signature");
  return packed(signature);
}

// --- what this browser keeps -------------------------------------------------------------------
function store(data) {
  const key = `qingfeng-ballots:${data.round}:${data.mark}`;
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; } };
  const kept = { tokens: {}, answers: {}, sent: {}, ...read() };
  return { kept, save: () => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* a closed store keeps nothing beyond this page */ } } };
}

// --- asking the house --------------------------------------------------------------------------
async function ask(address, body, options) {
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store", ...(body ? { method: "POST", body: JSON.stringify(body) } : {}), ...options });
  } catch { throw new Error("offline"); }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.why || String(answer.status));
  return said;
}
const unnamed = { credentials: "omit", referrerPolicy: "no-referrer", headers: { "Content-Type": "application/json" } };

// The keys come without saying who asks, so that nobody can be given one of their own; their digest stands in
// the journal since the round was opened.
async function keysOf(data) {
  const found = await ask(data.keys, null, { credentials: "omit", referrerPolicy: "no-referrer" });
  const told = Object.keys(found).map(Number).sort((one, other) => one - other).map((slate) => `${slate} ${found[slate]}\n`).join("");
  if (hex(sha256(new TextEncoder().encode(told))) !== data.digest) throw new Error("other_keys");
  return Object.fromEntries(Object.entries(found).map(([slate, text]) => [slate, BigInt(`0x${text}`)]));
}

async function takeTokens(data, kept, save) {
  const keys = await keysOf(data);
  const wanted = data.slates.filter((one) => !kept.tokens[one.id]?.signature && !kept.sent[one.id] && (!one.taken || kept.tokens[one.id]));
  for (const one of wanted) kept.tokens[one.id] ??= cover(keys[one.id]);
  save();
  if (!wanted.length) return;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const given = await ask(data.tokens, Object.fromEntries(wanted.map((one) => [one.id, kept.tokens[one.id].blinded])), { credentials: "same-origin", headers: { "X-CSRFToken": token } });
  for (const one of wanted) {
    kept.tokens[one.id].signature = uncover(kept.tokens[one.id], given[one.id], keys[one.id]);
    delete kept.tokens[one.id].back;
    delete kept.tokens[one.id].blinded;
  }
  save();
}

function mixed(rows) {
  const found = [...rows];
  for (let place = found.length - 1; place > 0; place -= 1) {
    const other = Number(numberOf(random(8)) % BigInt(place + 1));
    [found[place], found[other]] = [found[other], found[place]];
  }
  return found;
}

async function put(data, slate, kept, save) {
  const { scores, remarks } = kept.answers[slate.id];
  const { message, signature } = kept.tokens[slate.id];
  const body = { slate: slate.id, message, signature, scores: Object.fromEntries(Object.entries(scores).filter(([, one]) => one !== null)), remarks: remarks ?? {} };
  await ask(data.box, body, unnamed);
  kept.sent[slate.id] = true;
  delete kept.answers[slate.id];
  delete kept.tokens[slate.id];
  save();
}

// --- the form ----------------------------------------------------------------------------------
function made(tag, options = {}, ...inside) {
  const { text, ...rest } = options;
  const one = Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text });
  for (const [name, value] of Object.entries(rest)) if (value !== false) one.setAttribute(name, value === true ? "" : value);
  one.append(...inside);
  return one;
}

function isDone(slate, form, kept) {
  const scores = kept.answers[slate.id]?.scores ?? {};
  const said = slate.people.map((person) => scores[person.id]);
  return said.some(Boolean) && said.every((one) => one === null || (one && form.dimensions.every((dimension) => one[dimension.key])));
}

function scale(slate, person, dimension, kept, changed) {
  const name = `s${slate.id}-${person.id}-${dimension.key}`;
  const line = made("p", { class: "scale-words", "aria-live": "polite" });
  const tell = (score) => {
    const near = Object.keys(dimension.anchors).map(Number).sort((one, other) => Math.abs(one - score) - Math.abs(other - score))[0];
    line.textContent = score ? `${score} · ${dimension.anchors[near]}` : Object.entries(dimension.anchors).map(([at, words]) => `${at} ${words}`).join("；");
  };
  const row = made("div", { class: "scale-row" });
  for (const score of SCORES) {
    const input = made("input", { type: "radio", name, value: score, id: `${name}-${score}` });
    input.checked = kept.answers[slate.id]?.scores?.[person.id]?.[dimension.key] === score;
    input.addEventListener("change", () => {
      const answer = (kept.answers[slate.id] ??= { scores: {}, remarks: {} });
      answer.scores[person.id] = { ...(answer.scores[person.id] ?? {}), [dimension.key]: score };
      tell(score);
      changed();
    });
    row.append(made("span", {}, input, made("label", { for: `${name}-${score}`, text: score })));
  }
  tell(kept.answers[slate.id]?.scores?.[person.id]?.[dimension.key]);
  return made("fieldset", { class: "scale" }, made("legend", { text: dimension.name }), row, line);
}

function ofPerson(slate, person, data, kept, changed) {
  const scales = made("div", { class: "scales" }, ...data.forms[slate.form].dimensions.map((one) => scale(slate, person, one, kept, changed)));
  const parts = [scales];
  if (slate.people.length > 1) {
    const box = made("input", { type: "checkbox", id: `out-${slate.id}-${person.id}`, class: "form-check-input" });
    box.checked = kept.answers[slate.id]?.scores?.[person.id] === null;
    scales.hidden = box.checked;
    box.addEventListener("change", () => {
      const answer = (kept.answers[slate.id] ??= { scores: {}, remarks: {} });
      if (box.checked) answer.scores[person.id] = null; else delete answer.scores[person.id];
      scales.hidden = box.checked;
      changed();
    });
    parts.unshift(made("h4", { text: `${person.name} · ${person.post}` }));
    parts.push(made("label", { class: "choice small" }, box, made("span", { text: data.words.unknown })));
  }
  if (slate.remark) {
    const text = made("textarea", { id: `remark-${slate.id}`, class: "form-control", rows: 2, maxlength: 300 });
    text.value = kept.answers[slate.id]?.remarks?.[person.id] ?? "";
    text.addEventListener("input", () => {
      (kept.answers[slate.id] ??= { scores: {}, remarks: {} }).remarks[person.id] = text.value;
      changed();
    });
    parts.push(made("label", { class: "small", for: `remark-${slate.id}`, text: data.words.remark }), text);
  }
  return made("section", { class: "ballot-person" }, ...parts);
}

function ofSlate(slate, data, kept, changed) {
  const state = made("span", { class: "ballot-state" });
  const fold = made("details", { class: "ballot", "data-slate": slate.id },
    made("summary", {}, made("span", {}, made("b", { text: slate.title }), " ", made("span", { class: "quiet small", text: slate.under })), state),
    ...slate.people.map((person) => ofPerson(slate, person, data, kept, changed)));
  const show = () => {
    const sent = kept.sent[slate.id];
    const elsewhere = slate.taken && !sent && !kept.tokens[slate.id];
    state.textContent = sent ? `✓ ${data.words.sent}` : elsewhere ? data.words.elsewhere : isDone(slate, data.forms[slate.form], kept) ? `✓ ${data.words.done}` : "";
    if (sent || elsewhere) { fold.open = false; fold.querySelectorAll("section").forEach((one) => one.remove()); fold.classList.add("is-over"); }
  };
  return { fold, show };
}

export function fillInBallots(place) {
  const data = JSON.parse(document.getElementById("ballots").textContent);
  const { kept, save } = store(data);
  const fill = (words, values) => Object.entries(values).reduce((text, [name, value]) => text.replace(`%(${name})s`, value), words);
  const bar = made("p", { class: "ballot-bar", role: "status" });
  const wrong = made("div", { class: "note note-warning", role: "alert", hidden: true });
  const button = made("button", { type: "button", class: "btn btn-primary" });
  let resting;
  const parts = data.slates.map((slate) => ofSlate(slate, data, kept, () => { clearTimeout(resting); resting = setTimeout(save, 300); show(); }));
  const holding = () => data.slates.filter((one) => kept.tokens[one.id]?.signature);
  const ready = () => holding().filter((one) => isDone(one, data.forms[one.form], kept));
  const untaken = () => data.slates.some((one) => !kept.sent[one.id] && !kept.tokens[one.id]?.signature && (!one.taken || kept.tokens[one.id]));
  const list = made("div", { class: "ballots" });
  function show() {
    parts.forEach((part) => part.show());
    list.hidden = !holding().length && untaken();
    const sent = data.slates.filter((one) => kept.sent[one.id]).length;
    const done = data.slates.filter((one) => isDone(one, data.forms[one.form], kept)).length;
    bar.textContent = fill(data.words.progress, { done, all: data.slates.length, sent });
    if (sent === data.slates.length) bar.textContent = data.words.all_sent;
    button.hidden = sent === data.slates.length || (!untaken() && !holding().length);
    button.textContent = untaken() ? data.words.take : data.words.send;
  }
  async function doing(words, act) {
    wrong.hidden = true;
    button.setAttribute("aria-disabled", "true");
    button.textContent = words;
    try { await act(); } catch (error) {
      wrong.textContent = fill(data.words.failed, { why: data.words[error.message] ?? error.message });
      wrong.hidden = false;
    }
    button.removeAttribute("aria-disabled");
    show();
  }
  button.addEventListener("click", () => {
    if (button.hasAttribute("aria-disabled")) return;
    if (untaken()) doing(data.words.taking, () => takeTokens(data, kept, save));
    else if (!ready().length) doing(data.words.sending, async () => { throw new Error("nothing"); });
    else doing(data.words.sending, async () => { for (const slate of mixed(ready())) await put(data, slate, kept, save); });
  });
  for (const form of ["peer", "democratic"]) {
    const mine = parts.filter((_part, place_) => data.slates[place_].form === form);
    if (mine.length) list.append(made("h2", { text: data.words[form] }), ...mine.map((part) => part.fold));
  }
  place.replaceChildren(bar, list, wrong, made("p", { class: "form-acts" }, button));
  show();
}
