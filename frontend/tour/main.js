// The map of the export: one script that opens from a disk; what it draws stands in the page, nothing is fetched.
import maplibregl from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { below } from "../site/js/base-tiles.js";
import { drawTour } from "../site/js/tour-map.js";

const stage = document.querySelector("[data-tour]");
const held = JSON.parse(document.querySelector("#tour-data").textContent);
below(maplibregl, held.below).then((tiles) => drawTour(maplibregl, stage, { ...held, below: tiles }));
