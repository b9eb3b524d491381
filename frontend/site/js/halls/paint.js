// What the surfaces of a built hall look like: walls, floors, ceilings, plates and panels, drawn on canvases with the
// light already in them. Lengths are metres; `scale` is pixels a metre.
import { CanvasTexture, SRGBColorSpace } from "three";

export const SERIF = '"Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", STSong, SimSun, serif';
const LATIN = '"Noto Serif", "Source Serif 4", Georgia, "Times New Roman", "Noto Serif CJK SC", serif';
const WALLS = { plaster: "#ece6da", celadon: "#d3ded7", brick: "#b9beba", cinnabar: "#8d4038", ink: "#3f474d" };
const DARK = new Set(["cinnabar", "ink"]);
const FLOORS = { oak: ["#a9825a", "#9c754e", "#b58e66", "#a37c55"], slate: ["#7e8588", "#777e81", "#858c8e"], tile: ["#8c8479", "#867e73", "#928a7f"], terrazzo: ["#cfcac0"] };
const GLOW = { warm: "255, 226, 178", neutral: "255, 244, 226", day: "240, 248, 255" };
const MOST = 2048;
const INK = "#2b2723", SOFT = "#6a6259", GOLD = "#e4c98c", WALNUT = "#46311f";

// The same numbers each time: a hall rendered again is the same to the pixel.
export function chance(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let one = Math.imul(state ^ (state >>> 15), 1 | state);
    one = (one + Math.imul(one ^ (one >>> 7), 61 | one)) ^ one;
    return ((one ^ (one >>> 14)) >>> 0) / 4294967296;
  };
}

const seedOf = (text) => [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)) | 0, 7);

function sheet(wide, high, wanted) {
  const scale = Math.min(wanted, MOST / wide, MOST / high);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(2, Math.round(wide * scale));
  canvas.height = Math.max(2, Math.round(high * scale));
  const ctx = canvas.getContext("2d");
  ctx.scale(canvas.width / wide, canvas.height / high);
  return { canvas, ctx, wide, high };
}

function textured({ canvas }) {
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 2;
  return texture;
}

// A picture as large as it is hung; drawn anew, as a drawing in lines has no size of its own.
export async function pictureTexture(address, aspect) {
  const image = new Image(), canvas = document.createElement("canvas");
  image.src = address;
  await image.decode();
  canvas.width = Math.round(aspect >= 1 ? 1280 : 1280 * aspect);
  canvas.height = Math.round(canvas.width / aspect);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return textured({ canvas });
}

function shade(ctx, x, y, wide, high, from, to, ends) {
  const gradient = ctx.createLinearGradient(...ends);
  gradient.addColorStop(0, from);
  gradient.addColorStop(1, to);
  ctx.fillStyle = gradient;
  ctx.fillRect(x, y, wide, high);
}

// Corners, floor and ceiling take light away.
function corners(ctx, wide, high, most) {
  const dark = `rgba(58, 42, 26, ${most})`, none = "rgba(58, 42, 26, 0)", reach = 0.9;
  shade(ctx, 0, 0, reach, high, dark, none, [0, 0, reach, 0]);
  shade(ctx, wide - reach, 0, reach, high, dark, none, [wide, 0, wide - reach, 0]);
  shade(ctx, 0, 0, wide, 0.8, dark, none, [0, 0, 0, 0.8]);
  shade(ctx, 0, high - 1.3, wide, 1.3, dark, none, [0, high, 0, high - 1.3]);
}

function pool(ctx, x, y, reachX, reachY, colour, most) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(reachX, reachY);
  const gradient = ctx.createRadialGradient(0, 0, 0.05, 0, 0, 1);
  gradient.addColorStop(0, `rgba(${colour}, ${most})`);
  gradient.addColorStop(0.45, `rgba(${colour}, ${most * 0.55})`);
  gradient.addColorStop(1, `rgba(${colour}, 0)`);
  ctx.fillStyle = gradient;
  ctx.fillRect(-1, -1, 2, 2);
  ctx.restore();
}

function bricks(ctx, wide, high, random) {
  const long = 0.3, tall = 0.075;
  for (let row = 0; row * tall < high; row += 1) {
    for (let at = row % 2 ? -long / 2 : 0; at < wide; at += long) {
      const tone = 150 + Math.floor(random() * 26);
      ctx.fillStyle = `rgba(${tone}, ${tone + 5}, ${tone + 2}, .55)`;
      ctx.fillRect(at + 0.004, row * tall + 0.004, long - 0.008, tall - 0.008);
    }
  }
}

// Fine unevenness, so that no surface looks like paper on a screen.
function grain({ canvas, ctx }, random, most) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 256;
  const inner = tile.getContext("2d"), data = inner.createImageData(256, 256);
  for (let at = 0; at < data.data.length; at += 4) {
    const tone = 128 + (random() - 0.5) * 255;
    data.data.set([tone, tone, tone, 255 * most], at);
  }
  inner.putImageData(data, 0, 0);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalCompositeOperation = "soft-light";
  ctx.fillStyle = ctx.createPattern(tile, "repeat");
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.restore();
}

// A wall as somebody faces it; `things` have `along` (from its middle), `bottom`, `wide`, `high`.
export function wallTexture(room, wide, things, seed) {
  const high = room.height, one = sheet(wide, high, room.wall === "brick" ? 190 : 110), { ctx } = one, random = chance(seedOf(seed));
  ctx.fillStyle = WALLS[room.wall];
  ctx.fillRect(0, 0, wide, high);
  if (room.wall === "brick") bricks(ctx, wide, high, random);
  else grain(one, random, 0.14);
  const glow = GLOW[room.light], dark = DARK.has(room.wall);
  ctx.save();
  ctx.globalCompositeOperation = "multiply";
  corners(ctx, wide, high, dark ? 0.45 : 0.22);
  ctx.restore();
  ctx.save();
  ctx.globalCompositeOperation = "soft-light";
  shade(ctx, 0, 0, wide, high, `rgba(${glow}, .5)`, `rgba(${glow}, .06)`, [0, 0.3, 0, high]);
  ctx.restore();
  ctx.save();
  ctx.globalCompositeOperation = dark ? "screen" : "soft-light";
  for (const thing of things) {
    const x = wide / 2 + thing.along, y = high - thing.bottom - thing.high * 0.62;
    pool(ctx, x, y, thing.wide / 2 + 0.8, thing.high / 2 + 0.85, glow, dark ? 0.42 : 1);
    if (!dark) pool(ctx, x, y - thing.high * 0.2, thing.wide / 2 + 0.45, thing.high / 2 + 0.5, "255, 250, 238", 0.9);
  }
  ctx.restore();
  for (const thing of things) shadow(ctx, wide / 2 + thing.along, high, thing);
  return textured(one);
}

function shadow(ctx, x, high, thing) {
  const scale = ctx.getTransform().a;
  const [wide, tall] = thing.picture, y = high - thing.bottom - thing.high;
  ctx.save();
  ctx.shadowColor = "rgba(20, 14, 8, .5)";
  ctx.shadowBlur = 0.16 * scale;
  ctx.shadowOffsetY = 0.07 * scale;
  ctx.fillStyle = "rgba(20, 14, 8, .6)";
  ctx.fillRect(x - wide / 2 - 0.04, y, wide + 0.08, tall + 0.1);
  if (thing.plate[1]) {
    ctx.shadowBlur = 0.06 * scale;
    ctx.shadowOffsetY = 0.02 * scale;
    ctx.fillRect(x - thing.plate[0] / 2, high - thing.bottom - thing.plate[1], ...thing.plate);
  }
  ctx.restore();
}

function planks(ctx, wide, deep, tones, random) {
  const broad = 0.16;
  for (let row = 0; row * broad < deep; row += 1) {
    for (let at = -random() * 1.8; at < wide; ) {
      const long = 1.2 + random() * 0.9;
      ctx.fillStyle = tones[Math.floor(random() * tones.length)];
      ctx.fillRect(at, row * broad, long, broad);
      ctx.strokeStyle = "rgba(60, 38, 18, .10)";
      ctx.lineWidth = 0.004;
      for (let line = 0; line < 3; line += 1) {
        const y = row * broad + 0.02 + random() * (broad - 0.04);
        ctx.beginPath();
        ctx.moveTo(at, y);
        ctx.bezierCurveTo(at + long / 3, y + 0.02 * (random() - 0.5), at + (2 * long) / 3, y + 0.02 * (random() - 0.5), at + long, y);
        ctx.stroke();
      }
      ctx.strokeStyle = "rgba(40, 26, 14, .5)";
      ctx.lineWidth = 0.006;
      ctx.strokeRect(at, row * broad, long, broad);
      at += long;
    }
  }
}

function slabs(ctx, wide, deep, tones, random, side) {
  for (let x = 0; x < wide; x += side) {
    for (let y = 0; y < deep; y += side) {
      ctx.fillStyle = tones[Math.floor(random() * tones.length)];
      ctx.fillRect(x, y, side, side);
      ctx.strokeStyle = "rgba(40, 38, 34, .5)";
      ctx.lineWidth = 0.008;
      ctx.strokeRect(x, y, side, side);
    }
  }
}

function chips(ctx, wide, deep, random) {
  ctx.fillStyle = FLOORS.terrazzo[0];
  ctx.fillRect(0, 0, wide, deep);
  const tones = ["#a79f92", "#8e8a84", "#e4dfd5", "#b4a58c", "#7d7a76"];
  for (let no = 0; no < wide * deep * 90; no += 1) {
    ctx.fillStyle = tones[Math.floor(random() * tones.length)];
    ctx.beginPath();
    ctx.ellipse(random() * wide, random() * deep, 0.008 + random() * 0.018, 0.006 + random() * 0.01, random() * 3, 0, 7);
    ctx.fill();
  }
}

// A floor seen from above, north at its upper edge; `benches` lie on it, `things` throw their light on it.
export function floorTexture(room, benches, things) {
  const { width: wide, depth: deep } = room, one = sheet(wide, deep, 150), { ctx } = one, random = chance(seedOf(room.key));
  if (room.floor === "oak") planks(ctx, wide, deep, FLOORS.oak, random);
  else if (room.floor === "terrazzo") chips(ctx, wide, deep, random);
  else slabs(ctx, wide, deep, FLOORS[room.floor], random, room.floor === "tile" ? 0.5 : 0.9);
  grain(one, random, 0.1);
  ctx.save();
  ctx.globalCompositeOperation = "multiply";
  const dark = "rgba(36, 26, 18, .55)", none = "rgba(36, 26, 18, 0)";
  shade(ctx, 0, 0, wide, 0.9, dark, none, [0, 0, 0, 0.9]);
  shade(ctx, 0, deep - 0.9, wide, 0.9, dark, none, [0, deep, 0, deep - 0.9]);
  shade(ctx, 0, 0, 0.9, deep, dark, none, [0, 0, 0.9, 0]);
  shade(ctx, wide - 0.9, 0, 0.9, deep, dark, none, [wide, 0, wide - 0.9, 0]);
  ctx.restore();
  ctx.save();
  ctx.globalCompositeOperation = "soft-light";
  pool(ctx, wide / 2, deep / 2, wide * 0.52, deep * 0.52, GLOW[room.light], 0.7);
  for (const thing of things) pool(ctx, thing.x - room.x + wide / 2, room.y - thing.y + deep / 2, 1.5, 1.5, GLOW[room.light], 0.4);
  ctx.restore();
  const scale = ctx.getTransform().a;
  for (const bench of benches) {
    const [long, broad] = bench.lies_east ? [1.9, 0.5] : [0.5, 1.9];
    ctx.save();
    ctx.shadowColor = ctx.fillStyle = "rgba(20, 13, 7, .6)";
    ctx.shadowBlur = 0.3 * scale;
    ctx.fillRect(bench.x - room.x + wide / 2 - long / 2 + 0.05, room.y - bench.y + deep / 2 - broad / 2 + 0.05, long - 0.1, broad - 0.1);
    ctx.restore();
  }
  return textured(one);
}

// A plain ceiling round a field of light behind a lattice.
export function ceilingTexture(room) {
  const { width: wide, depth: deep } = room, one = sheet(wide, deep, 90), { ctx } = one, glow = GLOW[room.light];
  ctx.fillStyle = DARK.has(room.wall) ? "#b9b0a2" : "#e6e1d7";
  ctx.fillRect(0, 0, wide, deep);
  ctx.save();
  ctx.globalCompositeOperation = "multiply";
  corners(ctx, wide, deep, 0.2);
  ctx.restore();
  const x = wide * 0.22, y = deep * 0.22, across = wide - 2 * x, down = deep - 2 * y;
  ctx.save();
  ctx.shadowColor = `rgba(${glow}, 1)`;
  ctx.shadowBlur = 1.2 * ctx.getTransform().a;
  ctx.fillStyle = `rgb(${glow})`;
  ctx.fillRect(x, y, across, down);
  ctx.fillRect(x, y, across, down);
  ctx.restore();
  ctx.fillStyle = "rgba(255, 253, 247, .82)";
  ctx.fillRect(x + 0.04, y + 0.04, across - 0.08, down - 0.08);
  lattice(ctx, x, y, across, down);
  return textured(one);
}

function lattice(ctx, x, y, wide, high) {
  ctx.strokeStyle = "#8a6a48";
  ctx.lineWidth = 0.035;
  const columns = Math.max(2, Math.round(wide / 0.8)), rows = Math.max(2, Math.round(high / 0.8)), across = wide / columns, down = high / rows;
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < rows; row += 1) {
      const left = x + column * across, top = y + row * down;
      ctx.strokeRect(left, top, across, down);
      ctx.strokeRect(left + across * 0.28, top + down * 0.28, across * 0.44, down * 0.44);
      for (const [fromX, fromY, toX, toY] of [[0.5, 0, 0.5, 0.28], [0.5, 0.72, 0.5, 1], [0, 0.5, 0.28, 0.5], [0.72, 0.5, 1, 0.5]]) {
        ctx.beginPath();
        ctx.moveTo(left + across * fromX, top + down * fromY);
        ctx.lineTo(left + across * toX, top + down * toY);
        ctx.stroke();
      }
    }
  }
  ctx.lineWidth = 0.09;
  ctx.strokeStyle = WALNUT;
  ctx.strokeRect(x, y, wide, high);
}

// Lines of a text that fit a width: Chinese breaks between signs (never before a stop), English between words.
export function linesOf(ctx, text, wide, most = Infinity) {
  const parts = text.match(/[“‘（《「『]*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f…—·][，。、；：！？）》」』”’…]*|[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f…—·]+\s*|\s+/g) ?? [];
  const lines = [];
  let line = "";
  for (const part of parts) {
    if (line && ctx.measureText((line + part).trimEnd()).width > wide) {
      lines.push(line.trimEnd());
      line = part.trimStart();
    } else line += part;
  }
  if (line.trim()) lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  let last = kept[most - 1];
  while (last && ctx.measureText(`${last}…`).width > wide) last = last.slice(0, -1);
  kept[most - 1] = `${last.replace(/[，。、；：,.;:\s]+$/, "")}…`;
  return kept;
}

function write(ctx, lines, x, y, step) {
  for (const [no, line] of lines.entries()) ctx.fillText(line, x, y + no * step);
  return y + lines.length * step;
}

// Letters are written in pixels, as many browsers draw none below one pixel.
function lettered(one) {
  const scale = one.canvas.width / one.wide;
  one.ctx.setTransform(1, 0, 0, 1, 0, 0);
  return (metres) => metres * scale;
}

export function plateTexture(thing, letters) {
  const [wide, high] = thing.plate, one = sheet(wide, high, 420), { ctx } = one, px = lettered(one);
  ctx.fillStyle = "#f6f1e6";
  ctx.fillRect(0, 0, one.canvas.width, one.canvas.height);
  ctx.fillStyle = "#8f6b3a";
  ctx.fillRect(0, 0, px(0.012), one.canvas.height);
  ctx.textBaseline = "top";
  ctx.fillStyle = INK;
  ctx.font = `600 ${px(letters.zh)}px ${SERIF}`;
  let y = write(ctx, linesOf(ctx, thing.title_zh, px(wide - 0.1)), px(0.06), px(0.05), px(letters.zh * 1.25));
  ctx.fillStyle = SOFT;
  ctx.font = `${px(letters.en)}px ${LATIN}`;
  y = write(ctx, linesOf(ctx, thing.title_en, px(wide - 0.1)), px(0.06), y + px(0.012), px(letters.en * 1.3));
  return textured(one);
}

// A panel of words alone: a sheet of paper on a board.
export function panelTexture(thing) {
  const [wide, high] = thing.picture, one = sheet(wide, high, 400), { ctx } = one, px = lettered(one), edge = 0.13, inner = px(wide - 2 * edge);
  const paper = ctx.createLinearGradient(0, 0, 0, one.canvas.height);
  paper.addColorStop(0, "#fbf7ec");
  paper.addColorStop(1, "#f1e9d7");
  ctx.fillStyle = paper;
  ctx.fillRect(0, 0, one.canvas.width, one.canvas.height);
  ctx.strokeStyle = "rgba(143, 64, 56, .55)";
  ctx.lineWidth = px(0.006);
  ctx.strokeRect(px(0.05), px(0.05), px(wide - 0.1), px(high - 0.1));
  ctx.textBaseline = "top";
  ctx.fillStyle = INK;
  ctx.font = `700 ${px(0.135)}px ${SERIF}`;
  let y = write(ctx, linesOf(ctx, thing.title_zh, inner, 2), px(edge), px(0.13), px(0.17));
  ctx.fillStyle = SOFT;
  ctx.font = `${px(0.065)}px ${LATIN}`;
  y = write(ctx, linesOf(ctx, thing.title_en, inner, 2), px(edge), y + px(0.01), px(0.085)) + px(0.05);
  ctx.fillStyle = "#8d4038";
  ctx.fillRect(px(edge), y, px(0.28), px(0.01));
  y += px(0.07);
  body(ctx, thing, px, { x: px(edge), y, wide: inner, bottom: px(high - edge) });
  return textured(one);
}

// Both texts as large as there is room for; what is too long ends in dots, and its spot has all of it.
function body(ctx, thing, px, { x, y, wide, bottom }) {
  const sizes = [0.115, 0.105, 0.095, 0.086, 0.078];
  for (const size of sizes) {
    const zh = { size: px(size), step: px(size * 1.6), font: `${px(size)}px ${SERIF}` };
    const en = { size: px(size * 0.68), step: px(size * 0.68 * 1.42), font: `${px(size * 0.68)}px ${LATIN}` };
    ctx.font = zh.font;
    const linesZh = linesOf(ctx, thing.text_zh, wide);
    ctx.font = en.font;
    const linesEn = linesOf(ctx, thing.text_en, wide), last = size === sizes.at(-1);
    const high = linesZh.length * zh.step + px(0.05) + linesEn.length * en.step;
    if (high > bottom - y && !last) continue;
    const mostZh = Math.max(1, Math.floor(((bottom - y) * 0.6) / zh.step)), isTight = high > bottom - y;
    ctx.font = zh.font;
    ctx.fillStyle = INK;
    const after = write(ctx, isTight ? linesOf(ctx, thing.text_zh, wide, mostZh) : linesZh, x, y, zh.step) + px(0.05);
    ctx.font = en.font;
    ctx.fillStyle = SOFT;
    const mostEn = Math.floor((bottom - after) / en.step);
    if (mostEn > 0) write(ctx, linesOf(ctx, thing.text_en, wide, mostEn), x, after, en.step);
    return;
  }
}

// The board over a door: dark lacquer, letters in gold.
export function boardTexture(wide, high, zh, en) {
  const one = sheet(wide, high, 420), { ctx } = one, px = lettered(one);
  shade(ctx, 0, 0, one.canvas.width, one.canvas.height, "#33231a", "#241811", [0, 0, 0, one.canvas.height]);
  ctx.strokeStyle = GOLD;
  ctx.lineWidth = px(0.008);
  ctx.strokeRect(px(0.025), px(0.025), px(wide - 0.05), px(high - 0.05));
  ctx.fillStyle = GOLD;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  fitted(ctx, zh, `700 {}px ${SERIF}`, px(high * 0.42), px(wide - 0.16));
  ctx.fillText(zh, one.canvas.width / 2, px(high * 0.4));
  fitted(ctx, en, `{}px ${LATIN}`, px(high * 0.17), px(wide - 0.16));
  ctx.fillText(en, one.canvas.width / 2, px(high * 0.76));
  return textured(one);
}

function fitted(ctx, text, font, size, wide) {
  ctx.font = font.replace("{}", size);
  const is = ctx.measureText(text).width;
  if (is > wide) ctx.font = font.replace("{}", (size * wide) / is);
}
