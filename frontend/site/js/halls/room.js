// A built hall in three dimensions, from the drawing that the house computed: x to the east, y to the north (here -z),
// z up (here y). Walls, floors and ceilings bear their light in their pictures; wood is lit.
import {
  BoxGeometry, CylinderGeometry, DirectionalLight, Group, HemisphereLight, Mesh, MeshBasicMaterial, MeshLambertMaterial,
  Path, PlaneGeometry, Scene, Shape, ShapeGeometry,
} from "three";
import { boardTexture, ceilingTexture, floorTexture, panelTexture, pictureTexture, plateTexture, wallTexture } from "./paint.js";

const TURN = { north: 0, east: -Math.PI / 2, south: Math.PI, west: Math.PI / 2 };
const WOOD = 0x5a3f28, DARK_WOOD = 0x46311f, METAL = 0x2e2c2a, MAT = 0xf7f3ea;
const FRAME = 0.07;
const lit = (color) => new MeshLambertMaterial({ color });
const flat = (map, more = {}) => new MeshBasicMaterial({ map, ...more });

function box(wide, high, deep, material, x, y, z) {
  const mesh = new Mesh(new BoxGeometry(wide, high, deep), material);
  mesh.position.set(x, y, z);
  return mesh;
}

// Everything of a drawing; waits for its pictures. `address` gives where a picture lies by its hash.
export async function hallOf(drawing, address) {
  await document.fonts.ready;
  const scene = new Scene(), whole = new Group(), woods = { wood: lit(WOOD), dark: lit(DARK_WOOD), metal: lit(METAL), mat: lit(MAT) };
  const lost = [];
  const pictures = await picturesOf(drawing, address, lost);
  for (const room of drawing.rooms) whole.add(roomOf(room, drawing, pictures, woods));
  for (const bench of drawing.benches) whole.add(benchOf(bench, woods));
  scene.add(whole, mirrored(whole));
  scene.add(new HemisphereLight(0xfff8ec, 0x8a7460, 2.2));
  const sun = new DirectionalLight(0xfff3df, 1.1);
  sun.position.set(2, 8, 3);
  scene.add(sun);
  return { scene, lost };
}

async function picturesOf(drawing, address, lost) {
  const found = new Map(), wanted = new Map(drawing.things.filter((one) => one.image).map((one) => [one.image, one.picture]));
  await Promise.all([...wanted].map(async ([digest, [wide, high]]) => {
    try { found.set(digest, await pictureTexture(address(digest), wide / high)); } catch { lost.push(digest); }
  }));
  return found;
}

// A polished floor: the hall once more below it, seen through it a little.
function mirrored(whole) {
  const below = whole.clone();
  below.scale.y = -1;
  below.traverse((one) => { if (one.userData.isFloor) one.visible = false; });
  return below;
}

function roomOf(room, drawing, pictures, woods) {
  const group = new Group(), things = drawing.things.filter((one) => one.room === room.key);
  group.position.set(room.x, 0, -room.y);
  const benches = drawing.benches.filter((one) => Math.abs(one.x - room.x) < room.width / 2 && Math.abs(one.y - room.y) < room.depth / 2);
  const floor = new Mesh(new PlaneGeometry(room.width, room.depth), flat(floorTexture(room, benches, things), { transparent: true, opacity: room.floor === "oak" ? 0.93 : 0.9 }));
  floor.rotation.x = -Math.PI / 2;
  floor.userData.isFloor = true;
  floor.renderOrder = 1;
  const ceiling = new Mesh(new PlaneGeometry(room.width, room.depth), flat(ceilingTexture(room)));
  ceiling.rotation.x = Math.PI / 2;
  ceiling.position.y = room.height;
  group.add(floor, ceiling);
  for (const side of Object.keys(TURN)) group.add(wallOf(room, side, things.filter((one) => one.wall === side), { drawing, pictures, woods }));
  return group;
}

function wallOf(room, side, things, { drawing, pictures, woods }) {
  const along = side === "north" || side === "south", wide = along ? room.width : room.depth, away = (along ? room.depth : room.width) / 2;
  const group = new Group(), turn = TURN[side];
  group.rotation.y = turn;
  group.position.set(-Math.sin(turn) * away, 0, -Math.cos(turn) * away);
  const hasDoor = side in room.doors;
  group.add(new Mesh(wallShape(wide, room.height, hasDoor && drawing), flat(wallTexture(room, wide, things, room.key + side))));
  const half = drawing.door[0] / 2 + 0.1;
  for (const [from, to] of hasDoor ? [[-wide / 2, -half], [half, wide / 2]] : [[-wide / 2, wide / 2]]) {
    group.add(box(to - from, 0.12, 0.025, woods.dark, (from + to) / 2, 0.06, 0.0125));
    group.add(box(to - from, 0.05, 0.012, woods.wood, (from + to) / 2, 0.14, 0.006));
  }
  group.add(box(wide, 0.09, 0.06, woods.wood, 0, room.height - 0.045, 0.03));
  group.add(box(wide - 1.2, 0.03, 0.04, woods.metal, 0, room.height - 0.14, 1.15));
  for (const thing of things) group.add(thingOf(thing, pictures, woods), lampOf(thing, room, woods));
  if (hasDoor) group.add(doorOf(room, room.doors[side], drawing, woods));
  return group;
}

function wallShape(wide, high, drawing) {
  const shape = new Shape().moveTo(-wide / 2, 0).lineTo(wide / 2, 0).lineTo(wide / 2, high).lineTo(-wide / 2, high).closePath();
  if (drawing) {
    const [broad, tall] = drawing.door, half = broad / 2;
    shape.holes.push(new Path().moveTo(-half, 0.001).lineTo(-half, tall).lineTo(half, tall).lineTo(half, 0.001).closePath());
  }
  const geometry = new ShapeGeometry(shape), uv = geometry.attributes.uv;
  for (let at = 0; at < uv.count; at += 1) uv.setXY(at, uv.getX(at) / wide + 0.5, uv.getY(at) / high);
  return geometry;
}

// A picture in its frame with a mount, its plate below; or a panel on its board.
function thingOf(thing, pictures, woods) {
  const group = new Group(), [wide, high] = thing.picture, isPanel = !thing.plate[1];
  group.position.set(thing.along, 0, 0);
  const middle = isPanel ? thing.bottom + high / 2 : thing.bottom + thing.high - FRAME - high / 2;
  if (isPanel) {
    group.add(box(wide + 0.05, high + 0.05, 0.03, woods.dark, 0, middle, 0.015));
    group.add(placed(new Mesh(new PlaneGeometry(wide, high), flat(panelTexture(thing))), middle, 0.032));
    return group;
  }
  frame(group, wide + 2 * FRAME, high + 2 * FRAME, middle, woods);
  const map = pictures.get(thing.image);
  group.add(placed(new Mesh(new PlaneGeometry(wide, high), map ? flat(map) : woods.mat), middle, 0.022));
  const plate = new Mesh(new PlaneGeometry(...thing.plate), flat(plateTexture(thing, thing.letters)));
  group.add(box(thing.plate[0], thing.plate[1], 0.014, woods.wood, 0, thing.bottom + thing.plate[1] / 2, 0.007));
  group.add(placed(plate, thing.bottom + thing.plate[1] / 2, 0.016));
  return group;
}

function frame(group, wide, high, middle, woods) {
  const broad = 0.05, deep = 0.045;
  group.add(box(wide, high, 0.018, woods.mat, 0, middle, 0.009));
  for (const side of [-1, 1]) {
    group.add(box(wide, broad, deep, woods.dark, 0, middle + side * (high / 2 - broad / 2), deep / 2));
    group.add(box(broad, high - 2 * broad, deep, woods.dark, side * (wide / 2 - broad / 2), middle, deep / 2));
  }
}

function placed(mesh, y, z) {
  mesh.position.set(0, y, z);
  return mesh;
}

// A lamp on the rail, turned to what it lights.
function lampOf(thing, room, woods) {
  const lamp = new Group(), can = new Mesh(new CylinderGeometry(0.035, 0.045, 0.16, 12), woods.metal);
  can.rotation.x = 0.55;
  can.position.y = -0.1;
  lamp.add(can, box(0.014, 0.08, 0.014, woods.metal, 0, -0.03, 0));
  lamp.position.set(thing.along, room.height - 0.15, 1.15);
  return lamp;
}

// An opening with its jambs and the board over it; the way out is closed by two leaves.
function doorOf(room, to, drawing, woods) {
  const group = new Group(), [wide, high] = drawing.door, deep = drawing.thick + 0.04;
  for (const side of [-1, 1]) {
    group.add(box(0.1, high + 0.1, 0.05, woods.dark, side * (wide / 2 + 0.05), (high + 0.1) / 2, 0.025));
    group.add(box(0.02, high, deep, woods.wood, side * (wide / 2 - 0.01), high / 2, -deep / 2));
  }
  group.add(box(wide + 0.2, 0.1, 0.05, woods.dark, 0, high + 0.05, 0.025));
  group.add(box(wide, 0.02, deep, woods.wood, 0, high - 0.01, -deep / 2));
  group.add(box(wide, 0.012, deep, woods.wood, 0, 0.004, -deep / 2));
  const next = drawing.rooms.find((one) => one.key === to), names = next ? [next.name_zh, next.name_en] : [drawing.name_zh, drawing.name_en];
  const board = [1.7, Math.min(0.46, room.height - high - 0.3)];
  group.add(box(board[0] + 0.04, board[1] + 0.04, 0.05, woods.dark, 0, high + 0.16 + board[1] / 2, 0.03));
  group.add(placed(new Mesh(new PlaneGeometry(...board), flat(boardTexture(...board, ...names))), high + 0.16 + board[1] / 2, 0.057));
  if (!next) for (const side of [-1, 1]) leaf(group, side, wide / 2, high, woods);
  return group;
}

function leaf(group, side, wide, high, woods) {
  group.add(box(wide - 0.01, high, 0.05, woods.wood, side * (wide / 2), high / 2, -0.1));
  for (const [y, tall] of [[0.55, 0.8], [1.65, 1.15]]) group.add(box(wide - 0.22, tall, 0.02, woods.dark, side * (wide / 2), y, -0.07));
  group.add(box(0.03, 0.2, 0.05, woods.metal, side * 0.06, 1.1, -0.06));
}

function benchOf(bench, woods) {
  const group = new Group(), [long, broad, high] = [1.9, 0.5, 0.45];
  group.add(box(long, 0.06, broad, woods.wood, 0, high - 0.03, 0));
  for (const side of [-1, 1]) group.add(box(0.07, high - 0.06, broad - 0.08, woods.dark, side * (long / 2 - 0.18), (high - 0.06) / 2, 0));
  group.add(box(long - 0.4, 0.05, 0.05, woods.dark, 0, 0.16, 0));
  group.position.set(bench.x, 0, -bench.y);
  if (!bench.lies_east) group.rotation.y = Math.PI / 2;
  return group;
}

export function dispose(scene) {
  scene.traverse((one) => {
    one.geometry?.dispose();
    one.material?.map?.dispose();
    one.material?.dispose?.();
  });
}
