// Places and routes: every page is whole without this. It sifts the list in place, sorts it by distance when it is
// asked to, and draws the map over its drawing once that is seen.
import "./culture.scss";
import workerUrl from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";
import { broughtFor } from "./js/brought.js";
import { sift } from "./js/sift.js";

sift(document);
const wall = document.querySelector("[data-wall]");
if (wall) import("./js/wall-tour.js").then(({ tour }) => tour(wall));
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
const stage = document.querySelector("[data-tour][data-places]");
if (stage && !navigator.connection?.saveData) {
  const begin = () => {
    fetch(workerUrl); // kept by the browser until the map starts it
    const held = broughtFor(stage); // comes beside the script that draws it
    import("./js/tour.js").then(({ begin: draw }) => draw(stage, held));
  };
  const whenIdle = () => ("requestIdleCallback" in window ? requestIdleCallback(begin, { timeout: 2000 }) : setTimeout(begin, 200));
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle, { once: true });
}
