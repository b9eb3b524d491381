// One walks through a hall without leaving the page: the parts of the next scene take the place of these, the address
// and the title follow. Without a drawing surface links lead from page to page, and nothing is missing.
import { online } from "./hall-live.js";
import { panelIn } from "./hall-panel.js";
import { askIn, readyOnDisk } from "./hall-quiz.js";
import { canTurn } from "./hall-turning.js";

// A surface that was only asked for is given back: a phone has few.
function hasSurface() {
  try {
    const surface = document.createElement("canvas").getContext("webgl2");
    surface?.getExtension("WEBGL_lose_context")?.loseContext();
    return Boolean(surface);
  } catch { return false; }
}
const isSeen = () => new Promise((done) => { if (document.readyState === "complete") done(); else addEventListener("load", done, { once: true }); });
const KEPT = 6; // pages of scenes
const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
const liveOf = (root) => JSON.parse(root.querySelector("#scene-live").textContent);
const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

export async function walk(stage, source = online) {
  const panel = panelIn(stage, (inside) => source.ready?.(inside));
  const ready = () => { source.ready?.(part(document, "told")); readyOnDisk(document); };
  ready();
  askIn(source, (key, answered) => {
    const listed = document.getElementById(`s-${key}`);
    listed?.replaceWith(document.importNode(answered, true));
    if (panel.isOpen() && panel.inside.dataset.of === key) panel.again(document.getElementById(`s-${key}`));
    document.querySelectorAll("[data-look]").forEach((one) => { one.hidden = !stage.classList.contains("is-live"); });
  });
  await isSeen(); // the still picture first: the viewer would take its part of a thin line
  if (!hasSurface()) return;
  const words = { stereo: stage.querySelector("[data-do=stereo]").dataset.ends };
  const { begin } = await import("./hall-viewer.js");
  const place = stage.querySelector("[data-live]");
  const pages = new Map(), seen = new Set();
  let live = liveOf(document), at = -1, scene;

  const spotOf = (key) => live.spots.find((one) => one.key === key);
  const say = (text) => { stage.querySelector("[data-said]").textContent = text; };

  function chosen(spot) {
    at = live.spots.indexOf(spot);
    tell();
    if (spot.to) { go(spot.to, { door: spot }); return; }
    scene.look(spot);
    panel.open(document.getElementById(`s-${spot.key}`), spot.title);
  }

  function tell() {
    const spot = live.spots[at];
    stage.querySelector("[data-name]").textContent = live.name;
    const turn = stage.querySelector("[data-turn]");
    turn.textContent = spot ? `${at + 1} / ${live.spots.length} ${spot.title}` : live.found;
  }

  function step(by) {
    if (!live.spots.length) return;
    at = (at + by + live.spots.length + (at < 0 && by < 0 ? 1 : 0)) % live.spots.length;
    const spot = live.spots[at];
    panel.close();
    scene.look(spot);
    tell();
    say(`${spot.no} ${spot.title}`);
  }

  function shown() {
    seen.add(live.key);
    if (seen.size === Number(stage.dataset.count)) { source.walked(stage.dataset.walked); seen.add("walked"); }
    document.title = live.title;
    document.querySelectorAll("[data-look]").forEach((one) => { one.hidden = false; });
    at = -1;
    tell();
  }

  async function page(key) {
    if (!pages.has(key)) {
      const link = document.querySelector(`a[href][data-to="${key}"]`);
      pages.set(key, await source.page(new URL(link.getAttribute("href"), document.baseURI).href));
      if (pages.size > KEPT) pages.delete(pages.keys().next().value); // the way back is short; a long walk holds no more
    }
    return new DOMParser().parseFromString(pages.get(key), "text/html");
  }

  async function go(key, { door = null, push = true, below = false } = {}) {
    if (key === live.key) return;
    panel.close();
    stage.classList.add("is-going");
    let next;
    try {
      if (door) await scene.towards(door);
      next = await page(key);
      const held = liveOf(next);
      if (!(await scene.change(held, false))) return;
      live = held;
    } catch {
      const link = document.querySelector(`a[href][data-to="${key}"]`);
      if (link) location.href = link.getAttribute("href"); // as without a script
      return;
    } finally {
      stage.classList.remove("is-going");
    }
    for (const name of ["still", "told"]) part(document, name).replaceWith(document.importNode(part(next, name), true));
    if (push) history.pushState({ scene: key }, "", source.address(live));
    ready();
    shown();
    say(live.title);
    if (below) { stage.scrollIntoView({ block: "start" }); part(document, "told").querySelector("h1").focus({ preventScroll: true }); } else place.focus({ preventScroll: true });
  }

  const doing = {
    before: () => step(-1), after: () => step(1),
    open: () => (live.spots[at] ? chosen(live.spots[at]) : step(1)),
    scenes: (from) => (panel.isOpen() ? panel.close() : panel.open(document.querySelector("[data-scenes]"), document.querySelector("[data-scenes]").getAttribute("aria-label"), { trigger: from })),
    close: () => panel.close(), in: () => scene.zoom(20), out: () => scene.zoom(-20),
    turn: () => scene.gyroscope.toggle(), stereo: () => scene.stereo.toggle(),
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen()),
  };

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== place) return;
    const step10 = Math.PI / 18;
    const keys = {
      ArrowLeft: () => scene.turn(-step10, 0), ArrowRight: () => scene.turn(step10, 0), ArrowUp: () => scene.turn(0, step10), ArrowDown: () => scene.turn(0, -step10),
      "+": () => scene.zoom(10), "=": () => scene.zoom(10), "-": () => scene.zoom(-10), Home: () => scene.first(),
      n: () => step(1), p: () => step(-1), Enter: () => doing.open(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  function listen() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-to]");
      if (link && plain(event)) { event.preventDefault(); go(link.dataset.to, { below: !stage.contains(link) }); return; }
      const look = event.target.closest("[data-look]");
      if (look) { stage.scrollIntoView({ block: "nearest" }); scene.look(spotOf(look.closest("[data-spot]").dataset.spot)); }
      const asked = event.target.closest("[data-do]");
      if (asked) doing[asked.dataset.do](asked);
    });
    document.addEventListener("focusin", (event) => {
      const spot = spotOf(event.target.closest("[data-spots] [data-spot]")?.dataset.spot);
      if (spot) scene.look(spot);
    });
    place.addEventListener("keydown", onKey);
    stage.addEventListener("keydown", (event) => { if (event.key === "Escape") panel.close(); });
    addEventListener("popstate", ({ state }) => { if (state?.scene) go(state.scene, { push: false }); });
    document.addEventListener("fullscreenchange", () => stage.querySelector("[data-do=whole]").setAttribute("aria-pressed", String(Boolean(document.fullscreenElement))));
  }

  // What only some devices have is offered by those alone.
  function offer() {
    const show = (name) => { stage.querySelector(`[data-do=${name}]`).hidden = false; };
    if (document.fullscreenEnabled) show("whole");
    canTurn().then((yes) => { stage.dataset.turns = String(yes); if (yes) { show("turn"); if (document.fullscreenEnabled) show("stereo"); } });
    scene.gyroscope.addEventListener("gyroscope-updated", ({ gyroscopeEnabled: on }) => stage.querySelector("[data-do=turn]").setAttribute("aria-pressed", String(on)));
    scene.stereo.addEventListener("stereo-updated", ({ stereoEnabled: on }) => stage.querySelector("[data-do=stereo]").setAttribute("aria-pressed", String(on)));
  }

  const first = live.key;
  place.hidden = false;
  try {
    scene = begin(place, live, { chosen, source, words });
    await scene.change(live, true);
  } catch (error) {
    place.hidden = true; // the still picture and the list stay
    console.warn(error);
    return;
  }
  stage.querySelector("[data-bar]").hidden = false;
  stage.classList.add("is-live");
  history.replaceState({ scene: first }, "");
  listen();
  offer();
  shown();
  stage.hall = { scene, go };
  const asked = /^#to-([a-z0-9-]+)$/.exec(location.hash)?.[1];
  if (asked) go(asked, { push: false });
}
