// The district as MapLibre draws it: the same ground, marks and names as the drawing below it, with clusters and story
// cards. Colours come from the tokens, so both themes are one style.
const KINDS = { person: "M0-11a11 11 0 1 1 0 22a11 11 0 1 1 0-22z", precept: "M0-13L13 0L0 13L-13 0z", red_site: "M0-14l4 9.4l10.2.8l-7.8 6.6l2.4 10L0 6.4l-8.8 5.4l2.4-10l-7.8-6.6l10.2-.8z", village: "M0-13L13 10H-13z", hall: "M-10.5-10.5h21v21h-21z" };
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FONT = ["PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"];
const width = (low, high) => ["interpolate", ["exponential", 1.6], ["zoom"], 9, low, 15, high];
const of = (layer) => ["==", ["get", "layer"], layer];

function style(data) {
  const { below } = data;
  const plain = (id, type, paint, more = {}) => ({ id, type, source: "ground", paint, ...more });
  const ground = (id, type, paint, more = {}) => plain(id, type, paint, below.from < 24 ? { ...more, maxzoom: below.from } : more); // gives way to tiles
  const road = (rank, low, high) => [
    ground(`case-${rank}`, "line", { "line-color": token("--m-case"), "line-width": width(low + 1, high + 3) }, { filter: ["all", of("road"), ["==", ["get", "rank"], rank]], layout: { "line-cap": "round", "line-join": "round" }, minzoom: rank > 2 ? 10.5 : 0 }),
    ground(`road-${rank}`, "line", { "line-color": token(rank === 1 ? "--m-road-1" : "--m-road-2"), "line-width": width(low, high) }, { filter: ["all", of("road"), ["==", ["get", "rank"], rank]], layout: { "line-cap": "round", "line-join": "round" }, minzoom: rank > 2 ? 10.5 : 0 }),
  ];
  const name = (id, kinds, size, colour, more = {}) => ({
    id, type: "symbol", source: "ground", filter: ["all", of("label"), ["in", ["get", "kind"], ["literal", kinds]]],
    layout: { "text-field": ["get", data.language], "text-font": FONT, "text-size": size, "text-rotate": ["coalesce", ["get", "turn"], 0], "symbol-sort-key": ["get", "rank"], "text-padding": 6, ...more },
    paint: { "text-color": token(colour), "text-halo-color": token("--m-halo"), "text-halo-width": 1.6 },
  });
  return {
    version: 8,
    sources: {
      ...below.sources,
      ground: { type: "geojson", data: data.ground },
      places: { type: "geojson", data: data.places, cluster: true, clusterRadius: 44, clusterMaxZoom: 13 },
    },
    layers: [
      { id: "outside", type: "background", paint: { "background-color": token("--m-outside") } },
      plain("land", "fill", { "fill-color": token("--m-land") }, { filter: of("land") }),
      ground("wood", "fill", { "fill-color": token("--m-wood") }, { filter: of("wood") }),
      ground("contour", "line", { "line-color": token("--m-contour"), "line-width": 0.8 }, { filter: of("contour") }),
      ground("built", "fill", { "fill-color": token("--m-built") }, { filter: of("built") }),
      ground("water", "fill", { "fill-color": token("--m-water"), "fill-outline-color": token("--m-shore") }, { filter: of("water") }),
      ground("rail", "line", { "line-color": token("--m-rail"), "line-width": 1.6, "line-dasharray": [5, 3] }, { filter: of("rail") }),
      ...road(3, 0.6, 7), ...road(2, 1.1, 10), ...road(1, 1.9, 13),
      ...below.layers(token, FONT, data.language),
      plain("border", "line", { "line-color": token("--m-border"), "line-width": 1.6, "line-dasharray": [6, 3, 1, 3] }, { filter: of("land") }),
      ...(below.isPicture ? [] : [name("waters", ["water", "river"], 13, "--m-name-water"), name("woods", ["wood"], 12, "--m-name-wood"),
      name("towns", ["town"], ["interpolate", ["linear"], ["get", "rank"], 1, 19, 3, 13], "--m-name", { "text-variable-anchor": ["center", "bottom", "top"], "text-radial-offset": 1.4 })]),
      { id: "clusters", type: "circle", source: "places", filter: ["has", "point_count"], paint: { "circle-color": token("--act"), "circle-radius": ["step", ["get", "point_count"], 15, 10, 19, 100, 24, 1000, 30], "circle-stroke-width": 3, "circle-stroke-color": token("--sheet") } },
      { id: "counts", type: "symbol", source: "places", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 14, "text-allow-overlap": true }, paint: { "text-color": token("--act-ink") } },
      { id: "spots", type: "symbol", source: "places", filter: ["!", ["has", "point_count"]], layout: { "icon-image": ["get", "k"], "icon-allow-overlap": true, "text-field": ["get", "n"], "text-font": FONT, "text-size": 13, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 1.1, "text-optional": true, "text-max-width": 12 }, paint: { "text-color": token("--ink"), "text-halo-color": token("--m-halo"), "text-halo-width": 1.8 } },
    ],
  };
}

// Marks are drawn from the same outlines as the drawing's, at twice the size for sharp screens.
function addMarks(map) {
  for (const [kind, outline] of Object.entries(KINDS)) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 72;
    const pen = canvas.getContext("2d");
    pen.translate(36, 36);
    pen.scale(2, 2);
    const path = new Path2D(outline);
    pen.lineWidth = 4; pen.lineJoin = "round"; pen.strokeStyle = token("--sheet"); pen.stroke(path);
    pen.fillStyle = token(`--k-${kind}`); pen.fill(path);
    const held = pen.getImageData(0, 0, 72, 72);
    if (map.hasImage(kind)) map.updateImage(kind, held); else map.addImage(kind, held, { pixelRatio: 2.4 });
  }
}

// The card of a place: from the list where it stands there, else from its own page.
function story(feature, stage) {
  const said = feature.properties;
  const card = [...document.querySelectorAll(".card a")].find((one) => one.getAttribute("href") === said.u)?.closest(".card");
  const box = Object.assign(document.createElement("div"), { className: "tale-card" });
  const heading = Object.assign(document.createElement("h2"), { textContent: said.n });
  box.append(heading, Object.assign(document.createElement("a"), { href: said.u, textContent: stage.dataset.read }));
  const fill = (picture, abstract) => {
    if (picture) { const copy = document.importNode(picture); copy.loading = "eager"; copy.alt = ""; heading.before(copy); }
    if (abstract) heading.after(Object.assign(document.createElement("p"), { textContent: abstract.textContent }));
  };
  if (card) fill(card.querySelector("img"), card.querySelector("div > p:last-child"));
  else fetch(said.u).then((answer) => answer.text()).then((text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    fill(page.querySelector(".cover img"), page.querySelector("article > .lead"));
  }).catch(() => {}); // the name and the way to its page are there
  return box;
}

function extent(collection) {
  const land = collection.features.filter((one) => one.properties.layer === "land");
  const points = (land.length ? land : collection.features).flatMap((one) => one.geometry.coordinates.flat(Infinity));
  const sides = [0, 1].map((side) => points.filter((_, no) => no % 2 === side));
  const least = (list) => list.reduce((a, b) => Math.min(a, b), Infinity), most = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);
  return points.length ? [[least(sides[0]), least(sides[1])], [most(sides[0]), most(sides[1])]] : undefined;
}

export function drawTour(maplibregl, stage, data) {
  const place = document.createElement("div");
  place.className = "live";
  stage.append(place);
  let asked = document.querySelector("[data-cards]")?.sifted;
  const shown = () => (asked ? sifted(data.places, asked) : data.places);
  const now = () => style({ ...data, places: shown(), language: stage.dataset.language });
  const bounds = extent(data.ground.features.length ? data.ground : data.places);
  let map;
  try {
    map = new maplibregl.Map({
      container: place, style: now(), bounds, fitBoundsOptions: { padding: stage.clientWidth < 600 ? { top: 64, right: 36, bottom: 44, left: 36 } : 36 },
      attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 17, fadeDuration: 120, renderWorldCopies: false,
      pixelRatio: Math.min(devicePixelRatio, 2), // a phone's third pixel costs more than it shows
      localIdeographFontFamily: FONT[0],
    });
  } catch {
    place.remove(); // no drawing surface: the drawing and the list say the same
    return null;
  }
  map.getCanvas().setAttribute("aria-label", stage.dataset.words);
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  map.on("styleimagemissing", () => addMarks(map));
  map.once("idle", () => { stage.classList.add("is-live"); stage.dispatchEvent(new Event("drawn")); });
  listen(maplibregl, map, stage);
  document.addEventListener("sifted", ({ detail }) => {
    asked = detail;
    map.getSource("places")?.setData(shown());
    bring(maplibregl, map, shown().features);
  });
  document.addEventListener("located", ({ detail }) => {
    new maplibregl.Marker({ color: token("--act") }).setLngLat(detail).addTo(map);
    if (bounds && new maplibregl.LngLatBounds(bounds).contains(detail)) map.easeTo({ center: detail });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { map.setStyle(now(), { diff: false }); map.once("styledata", () => addMarks(map)); });
  stage.map = map;
  if (stage.dataset.lon) stage.pointer = new maplibregl.Marker({ color: token("--act"), scale: 1.4 }).setLngLat([Number(stage.dataset.lon), Number(stage.dataset.lat)]).addTo(map);
  return map;
}

// Where somebody has moved away from all that is left, the map goes there.
function bring(maplibregl, map, features) {
  const seen = map.getBounds();
  if (!features.length || features.some((one) => seen.contains(one.geometry.coordinates))) return;
  const around = features.reduce((box, one) => box.extend(one.geometry.coordinates), new maplibregl.LngLatBounds());
  map.fitBounds(around, { padding: 60, maxZoom: 13 });
}

function sifted(places, asked) {
  const hrefs = asked.hrefs && new Set(asked.hrefs.map((one) => new URL(one, location).href));
  return {
    type: "FeatureCollection",
    features: places.features.filter(({ properties: one }) => (!asked.kind || one.k === asked.kind) && (!asked.theme || one.t === asked.theme) && (!hrefs || hrefs.has(new URL(one.u, location).href))),
  };
}

function listen(maplibregl, map, stage) {
  map.on("click", "clusters", async (event) => {
    const [cluster] = event.features;
    const zoom = await map.getSource("places").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom: zoom + 0.4 });
  });
  map.on("click", "spots", (event) => {
    const [spot] = event.features;
    new maplibregl.Popup({ maxWidth: "300px", offset: 14 }).setLngLat(spot.geometry.coordinates).setDOMContent(story(spot, stage)).addTo(map);
  });
  for (const layer of ["clusters", "spots"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}
