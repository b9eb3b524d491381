// Where scenes come from on a disk: each scene and each part of a panorama is a script that calls back here.
const waiting = new Map();

function script(address, key) {
  return new Promise((done, failed) => {
    const tag = document.createElement("script");
    waiting.set(key, done);
    tag.src = address;
    tag.onerror = () => { waiting.delete(key); tag.remove(); failed(new Error(address)); };
    tag.onload = () => tag.remove();
    document.head.append(tag);
  });
}

function hand(key, value) {
  waiting.get(key)?.(value);
  waiting.delete(key);
}

// Films on a disk may read no file of captions: their lines stand in the page, and in what is copied from it.
const added = new WeakSet();
export function addCaptions(root) {
  root.querySelectorAll("[data-cues]").forEach((held) => {
    if (added.has(held)) return;
    added.add(held);
    held.hidden = true;
    const film = held.parentElement.querySelector("video, audio");
    if (!film) return;
    film.querySelectorAll("track").forEach((one) => one.remove());
    const track = film.addTextTrack("captions", held.dataset.label, held.dataset.cues);
    const at = (text) => text.split(":").reduce((sum, part) => sum * 60 + parseFloat(part.replace(",", ".")), 0);
    held.textContent.split(/\n\s*\n/).forEach((block) => {
      const found = /([\d:.,]+)\s+-->\s+([\d:.,]+)[^\n]*\n([\s\S]+)/.exec(block);
      if (found) track.addCue(new VTTCue(at(found[1]), at(found[2]), found[3].trim()));
    });
    track.mode = held.dataset.cues === document.documentElement.lang.slice(0, 2) ? "showing" : "disabled";
  });
}

export function fromDisk(stage) {
  globalThis.qingfengScene = (key, html) => hand(key, html);
  globalThis.qingfengPicture = (key, data) => hand(key, data);
  const base = new URL(stage.dataset.offline, location).href;
  const scriptOf = (address) => address.replace(/\.(html|webp)$/, ".js");
  const pathOf = (address) => new URL(address, location).href.slice(base.length);
  const bring = (address) => script(scriptOf(new URL(address, location).href), pathOf(address));
  return {
    page: bring,
    async answer() { return ""; },
    address: (live) => (location.protocol === "file:" ? `#to-${live.key}` : live.address), // files have no history
    pictures(loader) {
      const { loadImage, loadFile } = loader;
      loader.loadImage = async (address, ...rest) => loadImage.call(loader, await bring(address), ...rest);
      loader.loadFile = async (address, ...rest) => loadFile.call(loader, await bring(address), ...rest);
    },
    walked() { /* nobody counts on a disk */ },
    ready: addCaptions,
  };
}
