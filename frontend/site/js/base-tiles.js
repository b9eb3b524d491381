// What lies below the places when somebody moves closer: the house's own PMTiles file, read in ranges, or a tile service.
// Layers of drawn tiles take our colours by what their names say, so that both themes are one style.
const PARTS = {
  water: "water", ocean: "water", waterway: "water", waterways: "water", river: "water", rivers: "water", lake: "water",
  wood: "wood", forest: "wood", landcover: "wood", landuse: "wood", park: "wood", parks: "wood", green: "wood", natural: "wood",
  built: "built", building: "built", buildings: "built",
  road: "road", roads: "road", transportation: "road", highway: "road", highways: "road", streets: "road",
  rail: "rail", railway: "rail", railways: "rail",
  boundary: "border", boundaries: "border", border: "border", borders: "border", admin: "border",
  place: "name", places: "name", label: "name", labels: "name", water_name: "name", transportation_name: "name", pois: "name", poi: "name",
  earth: "land", land: "land",
};
const partOf = (layer) => PARTS[layer.toLowerCase()] ?? "other";
const shaped = (...kinds) => ["match", ["geometry-type"], [...kinds, ...kinds.map((kind) => `Multi${kind}`)], true, false];
const AREA = shaped("Polygon"), LINE = shaped("LineString"), POINT = shaped("Point");
const width = (low, high) => ["interpolate", ["exponential", 1.6], ["zoom"], 9, low, 16, high];

// One source layer as the layers that draw it; `token` says a colour.
function drawn(layer, token, font, language) {
  const part = partOf(layer);
  const one = (id, type, filter, paint, layout = {}) => ({ id: `below-${layer}-${id}`, source: "below", "source-layer": layer, type, filter, paint, layout });
  const round = { "line-cap": "round", "line-join": "round" };
  const areas = { water: ["--m-water", "--m-shore"], wood: ["--m-wood", "--m-wood"], built: ["--m-built", "--m-case"], land: ["--m-land", "--m-land"] }[part];
  if (areas) {
    const found = [one("area", "fill", AREA, { "fill-color": token(areas[0]), "fill-outline-color": token(areas[1]) })];
    if (part === "water") found.push(one("line", "line", LINE, { "line-color": token("--m-water"), "line-width": width(0.8, 6) }, round));
    return found;
  }
  if (part === "road") return [
    one("case", "line", LINE, { "line-color": token("--m-case"), "line-width": width(1.6, 14) }, round),
    one("line", "line", LINE, { "line-color": token("--m-road-2"), "line-width": width(0.8, 11) }, round),
  ];
  if (part === "rail") return [one("line", "line", LINE, { "line-color": token("--m-rail"), "line-width": 1.4, "line-dasharray": [5, 3] })];
  if (part === "border") return [one("line", "line", LINE, { "line-color": token("--m-border"), "line-width": 1.4, "line-dasharray": [6, 3, 1, 3] })];
  if (part === "name") {
    const names = language === "en" ? ["name:en", "name_en", "en", "name"] : ["name:zh-Hans", "name:zh", "name_zh", "zh", "name"];
    const text = ["coalesce", ...names.map((name) => ["get", name]), ""];
    return [one("name", "symbol", POINT, { "text-color": token("--m-name"), "text-halo-color": token("--m-halo"), "text-halo-width": 1.4 }, { "text-field": text, "text-font": font, "text-size": 13, "text-padding": 6 })];
  }
  return [one("line", "line", LINE, { "line-color": token("--m-contour"), "line-width": 0.8 })];
}

// Bytes that a script brought: a page on a disk may fetch nothing.
function atHand(key, text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
  return { getKey: () => key, getBytes: async (from, length) => ({ data: bytes.slice(from, from + length) }) };
}

const loaded = (address) => new Promise((done, failed) => {
  const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
  document.head.append(script);
});

async function reader(maplibregl, said) {
  const { PMTiles, Protocol } = await import("pmtiles");
  let source = new URL(said.address, location).href;
  if (location.protocol === "file:") {
    if (!said.script) return null; // too large for a script: the ground is there
    await loaded(said.script);
    source = atHand(source, window.qingfengTiles);
  }
  const file = new PMTiles(source), protocol = new Protocol();
  await file.getHeader();
  protocol.add(file);
  maplibregl.addProtocol("pmtiles", protocol.tile);
  return file.source.getKey();
}

const NOTHING = { sources: {}, layers: () => [], from: Infinity, isPicture: false };

// Returns sources, a function that makes their layers, the zoom from which the ground gives way, and whether they are pictures.
export async function below(maplibregl, said) {
  if (!said) return NOTHING;
  const picture = (id) => (token) => ({ id, type: "raster", source: id, paint: { "raster-brightness-max": Number(token("--m-picture")) } });
  if (said.kind === "service") {
    const ids = said.addresses.map((_, no) => `below-${no}`);
    const sources = Object.fromEntries(ids.map((id, no) => [id, { type: "raster", tiles: [said.addresses[no]], tileSize: 256, maxzoom: 18 }]));
    return { sources, layers: (token) => ids.map((id) => picture(id)(token)), from: Infinity, isPicture: true };
  }
  try {
    const key = await reader(maplibregl, said);
    if (!key) return NOTHING;
    const isPicture = said.form !== "mvt";
    const sources = { below: { type: isPicture ? "raster" : "vector", url: `pmtiles://${key}`, ...(isPicture ? { tileSize: 256 } : {}) } };
    if (isPicture) return { sources, layers: (token) => [picture("below")(token)], from: Infinity, isPicture };
    const order = ["land", "wood", "built", "water", "other", "rail", "road", "border", "name"];
    const sorted = [...said.layers].sort((one, other) => order.indexOf(partOf(one)) - order.indexOf(partOf(other)));
    return { sources, layers: (token, font, language) => sorted.flatMap((layer) => drawn(layer, token, font, language)), from: said.lowest, isPicture };
  } catch {
    return NOTHING; // not reachable: the ground is there
  }
}
