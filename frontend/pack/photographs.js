// A photograph as it is taken along: drawn anew, so that nothing but the picture is left of the file.
import { saidBy } from "./exif.js";
import { hashOf } from "./seal.js";

const LONGEST = 2400; // pixels of the longer side: a page of A4 photographed stays readable
const QUALITY = 0.86;

/** What is kept of a picture file, or null if this browser cannot read it as a picture. */
export async function taken(file, aboutPlace) {
  const came = new Uint8Array(await file.arrayBuffer());
  const said = saidBy(came);
  const bytes = await redrawn(file);
  if (!bytes) return null;
  return {
    sha256: hashOf(bytes),
    came_as: hashOf(came),
    taken_at: said.at || local(new Date(file.lastModified)),
    time_from: said.at ? "camera" : "file",
    place: aboutPlace ? said.place : null,
    caption: "",
    bytes,
  };
}

async function redrawn(file) {
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const share = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * share));
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * share));
    const drawing = canvas.getContext("2d");
    drawing.fillStyle = "#fff";
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && new Uint8Array(await blob.arrayBuffer());
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A moment as people on the spot say it: local time without zone. */
export function local(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}
