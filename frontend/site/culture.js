// Places and routes: every page is whole without this. It sifts the list in place, sorts it by distance when it is
// asked to, and draws the map over its drawing once the page has been read.
import "./culture.scss";
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
  const begin = () => import("./js/tour.js").then(({ begin: draw }) => draw(stage));
  if ("requestIdleCallback" in window) requestIdleCallback(begin, { timeout: 4000 });
  else setTimeout(begin, 600);
}
