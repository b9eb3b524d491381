// The live map: MapLibre in the form that a strict content policy allows, its worker a file of its own.
import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";
import workerUrl from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { below } from "./base-tiles.js";
import { drawTour } from "./tour-map.js";

maplibregl.setWorkerUrl(workerUrl);

export async function begin(stage, held) {
  const said = document.querySelector("#map-below");
  const [data, tiles] = await Promise.all([held, below(maplibregl, said && JSON.parse(said.textContent))]);
  return drawTour(maplibregl, stage, { ...data, below: tiles });
}
