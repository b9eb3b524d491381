// When and where a JPEG says it was taken. Anything broken or absent is "not said"; nothing else is read.

const EXIF_IFD = 0x8769, GPS_IFD = 0x8825, TAKEN = 0x9003;

/** {at: "2026-11-26T14:30:00" or "", place: [latitude, longitude] in degrees, or null} of JPEG bytes. */
export function saidBy(bytes) {
  try {
    const tiff = tiffIn(bytes);
    if (!tiff) return { at: "", place: null };
    const first = entries(tiff, tiff.u32(4));
    const exif = first.get(EXIF_IFD) ? entries(tiff, first.get(EXIF_IFD).number()) : new Map();
    const gps = first.get(GPS_IFD) ? entries(tiff, first.get(GPS_IFD).number()) : new Map();
    return { at: instant(exif.get(TAKEN)), place: place(gps) };
  } catch {
    return { at: "", place: null };
  }
}

function tiffIn(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint16(at) !== 0xffda;) {
    const size = view.getUint16(at + 2);
    if (view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return reader(view, at + 10);
    at += 2 + size;
  }
  return null;
}

function reader(view, base) {
  const little = view.getUint16(base) === 0x4949;
  return {
    u8: (at) => view.getUint8(base + at),
    u16: (at) => view.getUint16(base + at, little),
    u32: (at) => view.getUint32(base + at, little),
  };
}

function entries(tiff, at) {
  const found = new Map();
  for (let place = at + 2, end = place + 12 * tiff.u16(at); place < end; place += 12) {
    const count = tiff.u32(place + 4);
    found.set(tiff.u16(place), {
      number: () => tiff.u32(place + 8),
      text: () => {
        const from = count > 4 ? tiff.u32(place + 8) : place + 8;
        return Array.from({ length: count }, (_, step) => String.fromCharCode(tiff.u8(from + step))).join("").replace(/\0.*$/, "");
      },
      ratios: () => Array.from({ length: count }, (_, step) => {
        const from = tiff.u32(place + 8) + 8 * step;
        return tiff.u32(from) / tiff.u32(from + 4);
      }),
    });
  }
  return found;
}

function instant(entry) {
  const found = entry && /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(entry.text());
  return found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}` : "";
}

function place(gps) {
  if (!gps.get(2) || !gps.get(4)) return null;
  const degrees = ([whole, minutes, seconds]) => whole + minutes / 60 + seconds / 3600;
  const latitude = degrees(gps.get(2).ratios()) * (gps.get(1)?.text() === "S" ? -1 : 1);
  const longitude = degrees(gps.get(4).ratios()) * (gps.get(3)?.text() === "W" ? -1 : 1);
  const right = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return right ? [Number(latitude.toFixed(6)), Number(longitude.toFixed(6))] : null;
}
