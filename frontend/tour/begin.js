// Pages of the export: their list is sifted at once; the map comes as a script once its drawing is seen, since a page on
// a disk may fetch nothing else.
import { sift } from "../site/js/sift.js";

sift(document);
const { src } = document.currentScript;
const beside = (name) => new URL(name, src).href;

function begin() {
  const script = Object.assign(document.createElement("script"), { src: beside("map.js") });
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside("map.css"), onload: () => document.head.append(script) });
  document.head.append(sheet);
}

if (document.querySelector("#tour-data")) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
