// A large screen that nobody touches: every while the next place comes, the map moves there slowly. Where the network is
// away the place stays and is tried again; without a script the page turns by itself (a refresh in its head).
const SECONDS = 18, SLOWLY = 6000;
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function tour(wall) {
  const stage = wall.querySelector("[data-tour]");
  const turn = async () => {
    try {
      await bring(wall, new URL(wall.dataset.next, location), stage);
    } catch { /* tried again */ }
    setTimeout(turn, SECONDS * 1000);
  };
  setTimeout(turn, SECONDS * 1000);
  stage?.addEventListener("drawn", () => fly(stage, wall.dataset));
  wall.dataset.ready = "";
}

async function bring(wall, address, stage) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-wall]");
  if (!fresh) return;
  const article = document.importNode(fresh.querySelector("article"), true);
  await Promise.allSettled([...article.querySelectorAll("img")].map((one) => one.decode()));
  wall.classList.add("is-turning");
  await new Promise((done) => setTimeout(done, isStill() ? 0 : 500));
  wall.querySelector("article").replaceWith(article);
  stage.querySelector(".paper").replaceWith(document.importNode(fresh.querySelector(".paper"), true));
  Object.assign(wall.dataset, { next: fresh.dataset.next, lon: fresh.dataset.lon, lat: fresh.dataset.lat });
  wall.classList.remove("is-turning");
  fly(stage, wall.dataset);
}

function fly(stage, { lon, lat }) {
  const { map } = stage;
  if (!map) return;
  const center = [Number(lon), Number(lat)];
  stage.pointer?.setLngLat(center);
  if (isStill()) map.jumpTo({ center, zoom: 13 });
  else map.flyTo({ center, zoom: 13, duration: SLOWLY, curve: 1.2 });
}
