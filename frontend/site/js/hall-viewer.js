// A scene to look around in: Photo Sphere Viewer with tiles, spots as buttons, gyroscope and two pictures for a
// headset. Everything it knows of a scene stands in the page; it keeps the pictures of two scenes and no more.
import { Cache, Viewer } from "@photo-sphere-viewer/core";
import "@photo-sphere-viewer/core/index.css";
import { EquirectangularTilesAdapter } from "@photo-sphere-viewer/equirectangular-tiles-adapter";
import { GyroscopePlugin } from "@photo-sphere-viewer/gyroscope-plugin";
import { MarkersPlugin } from "@photo-sphere-viewer/markers-plugin";
import "@photo-sphere-viewer/markers-plugin/index.css";
import { StereoPlugin } from "@photo-sphere-viewer/stereo-plugin";
import { place as placed } from "./hall-apart.js";

const LEAST = 30, MOST = 100; // degrees one sees from above to below
const KEPT = 2;
const ASPECT = 1.6; // of the opening view as a picture; a wider stage shows more to the sides, and no less above
const degrees = (value) => `${value}deg`;
const height = (hfov) => (360 / Math.PI) * Math.atan(Math.tan((hfov * Math.PI) / 360) / ASPECT);
const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function panorama(live) {
  const tiled = live.levels.length > 0;
  const levels = tiled ? live.levels.map(([width, cols, rows]) => ({ width, cols, rows })) : [{ width: live.width, cols: 4, rows: 2 }];
  const tileUrl = (col, row, level) => (tiled ? live.tile.replace("LEVEL-COL_ROW", `${level}-${col}_${row}`) : null);
  return { baseUrl: live.base, levels, tileUrl };
}

function icon(kind) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${kind}`);
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(use);
  return drawn;
}

function button(spot, chosen) {
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = `mark is-${spot.kind}`;
  mark.dataset.key = spot.key;
  mark.setAttribute("aria-label", `${spot.no} ${spot.title}`);
  const name = document.createElement("span");
  name.className = "mark-name";
  name.textContent = spot.title;
  mark.append(icon(spot.kind), name);
  mark.addEventListener("click", () => chosen(spot));
  return mark;
}

const markers = (live, chosen) => live.spots.map((spot) => ({
  id: spot.key, element: button(spot, chosen), position: { yaw: degrees(spot.yaw), pitch: degrees(spot.pitch) },
  anchor: spot.kind === "scene" ? "center center" : "center center", zIndex: spot.kind === "scene" ? 20 : 30, hoverScale: false,
}));

export function begin(place, live, { chosen, source, words }) {
  const view = (scene) => ({ yaw: degrees(scene.view.yaw), pitch: degrees(scene.view.pitch) });
  const viewer = new Viewer({
    container: place, navbar: false, keyboard: false, loadingImg: null, loadingTxt: "", mousewheelCtrlKey: true,
    minFov: LEAST, maxFov: MOST, defaultYaw: degrees(live.view.yaw), defaultPitch: degrees(live.view.pitch),
    moveInertia: isCalm() ? 0 : 0.8, rendererParameters: { alpha: true, antialias: true, powerPreference: "low-power" },
    lang: { ctrlZoom: "", twoFingers: "", loadError: "", webglError: "", littlePlanetButton: "", stereoNotification: words.stereo },
    adapter: EquirectangularTilesAdapter.withConfig({ baseBlur: false, showErrorTile: false }),
    plugins: [[MarkersPlugin, { clickEventOnMarker: false }], [GyroscopePlugin, { touchmove: true, roll: true }], StereoPlugin],
  });
  source.pictures(viewer.textureLoader);
  Cache.maxItems = KEPT;
  const zoomOf = (scene) => viewer.dataHelper.fovToZoomLevel(Math.min(MOST, Math.max(LEAST, height(scene.view.hfov), viewer.dataHelper.hFovToVFov(scene.view.hfov))));
  const plugin = (name) => viewer.getPlugin(name);
  const turnTo = (spot, speed = "9rpm") => (isCalm() ? viewer.rotate({ yaw: degrees(spot.yaw), pitch: degrees(spot.pitch) }) : viewer.animate({ yaw: degrees(spot.yaw), pitch: degrees(spot.pitch), speed }));
  let shown = live;
  viewer.addEventListener("render", () => placed(plugin("markers").getMarkers().filter((one) => one.state.visible).map((one) => (
    { element: one.domElement, left: one.state.position2D.x, top: one.state.position2D.y, isWay: one.domElement.classList.contains("is-scene") }
  ))));

  async function change(scene, isFirst) {
    const done = await viewer.setPanorama(panorama(scene), {
      position: view(scene), zoom: zoomOf(scene), showLoader: false,
      transition: isFirst || isCalm() ? false : { effect: "fade", rotation: false, speed: 700 },
    });
    if (!done) return false;
    shown = scene;
    plugin("markers").setMarkers(markers(scene, chosen));
    viewer.needsUpdate();
    Cache.purge();
    return true;
  }

  return {
    viewer,
    change,
    look(spot) {
      place.querySelectorAll(".mark.is-lit").forEach((one) => one.classList.remove("is-lit"));
      place.querySelector(`.mark[data-key="${spot.key}"]`)?.classList.add("is-lit");
      return turnTo(spot);
    },
    towards: (spot) => turnTo(spot, "16rpm"),
    first() { turnTo(shown.view); viewer.zoom(zoomOf(shown)); },
    zoom: (by) => viewer.zoom(viewer.getZoomLevel() + by),
    turn(yaw, pitch) {
      const at = viewer.getPosition();
      viewer.rotate({ yaw: at.yaw + yaw, pitch: Math.max(-Math.PI / 2, Math.min(Math.PI / 2, at.pitch + pitch)) });
    },
    gyroscope: plugin("gyroscope"),
    stereo: plugin("stereo"),
  };
}
