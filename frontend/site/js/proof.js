// A proof of entry checked beside the page: nothing is sent. What this cannot judge goes to the server as ever.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";

const text = new TextEncoder();
const HEADER = "c2sp.org/tlog-proof@v1";

class Wrong extends Error {}

function bytes(base64) {
  const held = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  if (btoa(String.fromCharCode(...held)) !== base64) throw new Wrong("base64");
  return held;
}
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const hex = (held) => [...held].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

export function read(held) {
  const cut = held.indexOf("\n\n"), head = held.slice(0, cut).split("\n"), note = held.slice(cut + 2);
  if (cut < 0 || head.shift() !== HEADER) throw new Wrong("header");
  const extra = head[0]?.startsWith("extra ") ? bytes(head.shift().slice(6)) : new Uint8Array();
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(head.shift() ?? "");
  const end = note.lastIndexOf("\n\n");
  if (!index || end < 0 || !note.endsWith("\n")) throw new Wrong("form");
  const signed = note.slice(0, end + 1), lines = signed.split("\n");
  const signatures = note.slice(end + 2, -1).split("\n").map((line) => line.split(" "));
  if (!/^(0|[1-9][0-9]{0,14})$/.test(lines[1])) throw new Wrong("checkpoint");
  return { extra, index: Number(index[1]), hashes: head.map(bytes), signed, origin: lines[0], size: Number(lines[1]), root: bytes(lines[2]), signatures };
}

// RFC 9162, 2.1.3.2
function rootFrom(leaf, index, size, hashes) {
  if (index >= size || [leaf, ...hashes].some((one) => one.length !== 32)) throw new Wrong("tree");
  let place = index, last = size - 1, root = leaf;
  for (const one of hashes) {
    if (last === 0) throw new Wrong("long");
    if (place % 2 || place === last) {
      root = sha256(joined([1], one, root));
      while (place % 2 === 0 && place) { place = Math.floor(place / 2); last = Math.floor(last / 2); }
    } else root = sha256(joined([1], root, one));
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  if (last) throw new Wrong("short");
  return root;
}

// Returns null where no key of this page is meant; throws Wrong where the proof is not true.
export function check(held, vkeys) {
  const proof = read(held);
  for (const vkey of vkeys) {
    const [, name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
    if (name !== proof.origin) continue;
    const known = bytes(key).slice(1);
    const line = proof.signatures.find((one) => one[1] === name && hex(bytes(one[2]).slice(0, 4)) === id);
    if (!line) continue;
    if (!ed25519.verify(bytes(line[2]).slice(4), text.encode(proof.signed), known)) throw new Wrong("signature");
    const leaf = proof.extra.length === 32 ? proof.extra : sha256(joined([0], proof.extra));
    if (!proof.extra.length || !same(rootFrom(leaf, proof.index, proof.size, proof.hashes), proof.root)) throw new Wrong("root");
    return { ...proof, leaf: hex(leaf), entry: proof.extra.length === 32 ? "" : new TextDecoder().decode(proof.extra) };
  }
  return null;
}

// When an entry was written, as a clock in Beijing showed it; "" where the proof does not carry the entry.
function written(entry) {
  try {
    return new Date(JSON.parse(entry).written).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16);
  } catch {
    return "";
  }
}

// Fills the places of a page with what a proof shows; a line that has nothing to say goes.
export function fillIn(place, found) {
  for (const [name, value] of Object.entries({ ...found, written: written(found.entry) })) {
    const slot = place.querySelector(`[data-${name}]`);
    if (slot && value === "") slot.closest("dl > div").remove();
    else if (slot) slot.textContent = value;
  }
}

function show(form, which, found) {
  const place = document.querySelector("[data-verdict]");
  place.replaceChildren(document.querySelector(`#proof-${which}`).content.cloneNode(true));
  if (found) fillIn(place, found);
  form.removeAttribute("data-sent");
  place.tabIndex = -1;
  place.focus();
}

// What no key of this page has signed the server may know better; a form marked `here` sends nothing at all.
export function checkHere(form) {
  const vkeys = JSON.parse(document.querySelector("#log-keys").textContent);
  form.addEventListener("submit", async (event) => {
    if (form.dataset.asks) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const file = form.querySelector("input[type=file]").files[0];
    const held = `${(file ? await file.text() : form.querySelector("textarea").value).replaceAll("\r\n", "\n").trim()}\n`;
    let found = null;
    try {
      if (held.startsWith(HEADER)) found = check(held, vkeys);
    } catch (problem) {
      if (!(problem instanceof Wrong) && !(problem instanceof DOMException)) console.error(problem.name);
      return show(form, "wrong");
    }
    if (found) return show(form, "right", found);
    if (form.dataset.proof === "here") return show(form, held.trim() ? "none" : "empty");
    form.dataset.asks = "yes";
    form.removeAttribute("data-sent");
    form.requestSubmit();
  }, true);
}
