// The map itself: MapLibre in the form that a strict content policy allows, its worker a file of its own.
import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";
import workerUrl from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { light } from "./timeline.js";

maplibregl.setWorkerUrl(workerUrl);
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function style(areas, options) {
  const sources = { areas: { type: "geojson", data: areas } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": token("--grey-soft") } }];
  if (options.tiles) {
    sources.tiles = { type: "raster", tiles: [options.tiles], tileSize: 256, attribution: options.credit || "" };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push({ id: "areas", type: "fill", source: "areas", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": token("--act"), "fill-opacity": 0.1 } });
  layers.push({ id: "edges", type: "line", source: "areas", paint: { "line-color": token("--edge"), "line-width": 1 } });
  return { version: 8, sources, layers };
}

function named(one) {
  const name = document.createElement("span");
  name.className = "map-name";
  name.textContent = one.name;
  name.setAttribute("role", "img");
  name.setAttribute("aria-label", one.name);
  return new maplibregl.Marker({ element: name, anchor: "top" }).setLngLat([one.lon, one.lat]);
}

// Records of one place stand at one mark, which says the first of their numbers.
function dotted(list) {
  const dot = document.createElement("button");
  dot.type = "button";
  dot.className = `map-dot${list.some((one) => one.own) ? " is-own" : ""}`;
  dot.textContent = list.length > 1 ? `${list[0].no}+` : list[0].no;
  dot.setAttribute("aria-label", list.map((one) => `${one.no} ${one.words}`).join("; "));
  dot.dataset.moment = list.map((one) => one.no).join(" ");
  dot.addEventListener("click", () => light(list[0].no, { scroll: true }));
  return new maplibregl.Marker({ element: dot }).setLngLat([list[0].lon, list[0].lat]);
}

export function draw(place, data, options) {
  const bounds = new maplibregl.LngLatBounds();
  data.moments.forEach((one) => bounds.extend([one.lon, one.lat]));
  let map;
  try {
    map = new maplibregl.Map({
      container: place, locale: data.words, style: style(data.areas, options), bounds, fitBoundsOptions: { padding: 48, maxZoom: 13 },
      attributionControl: options.tiles ? { compact: true } : false, dragRotate: false, pitchWithRotate: false, cooperativeGestures: false,
    });
  } catch {
    return null; // no drawing surface: the list says the same
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  map.scrollZoom.disable();
  const byPlace = new Map();
  data.moments.forEach((one) => { const key = `${one.lon},${one.lat}`; byPlace.set(key, [...(byPlace.get(key) ?? []), one]); });
  data.places.forEach((one) => named(one).addTo(map));
  byPlace.forEach((list) => dotted(list).addTo(map));
  return map;
}
