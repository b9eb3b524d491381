// The live map: MapLibre in the form that a strict content policy allows, its worker a file of its own.
import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";
import workerUrl from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { below } from "./base-tiles.js";
import { drawTour } from "./tour-map.js";

maplibregl.setWorkerUrl(workerUrl);

export async function begin(stage) {
  const said = document.querySelector("#map-below");
  const [places, ground, tiles] = await Promise.all([
    ...[stage.dataset.places, stage.dataset.ground].map((from) => fetch(from).then((answer) => answer.json())),
    below(maplibregl, said && JSON.parse(said.textContent)),
  ]);
  return drawTour(maplibregl, stage, { places, ground, below: tiles });
}
