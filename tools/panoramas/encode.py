"""Make the files of the hall of what `shoot.py` took: pictures as WebP, sounds as MP3, film and angles.

`python encode.py SHOTS HALL`: SHOTS has `panoramas/` and `pictures/` with PNG; HALL is the hall's folder.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import sound
from ground import SCENES, THINGS, angles
from numpy.typing import NDArray
from PIL import Image, ImageFilter

WIDE = 4096
LARGEST = 900_000
SEED = 20260101
FILM_SIZE, RATE, SECONDS = (640, 360), 15, 8
# Where the film looks at its beginning and at its end: yaw, pitch, angle of the lens
GLANCE = ((-38.0, -13.0, 66.0), (0.0, 3.5, 40.0))
# Pictures that are cut out of a panorama: its scene, and where one looks
CUT = {
    "lotus": ("court", (-30.0, -15.0, 46.0)),
    "well": ("well", (-22.0, -6.0, 50.0)),
}
CUT_SIZE = (840, 560)
GROUND = (-19.0, -20.0, 36.0, 23.0)  # west, south, east, north of the plan
Bytes = NDArray[np.uint8]


def main() -> None:
    """Read the command and do it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("shots", type=Path)
    asked.add_argument("hall", type=Path)
    args = asked.parse_args()
    for name in ("scenes", "pictures", "sound", "film"):
        (args.hall / name).mkdir(parents=True, exist_ok=True)
    told = tomllib.loads((args.hall / "hall.toml").read_text(encoding="utf-8"))
    named = {one["file"] for one in told["media"]}
    for key in (scene["key"] for scene in told["scenes"]):
        write(joined(args.shots / "panoramas", key), args.hall / "scenes" / f"{key}.webp", LARGEST)
    shots = sorted((args.shots / "pictures").glob("*.png"))
    for shot in (one for one in shots if f"pictures/{one.stem}.webp" in named):
        with Image.open(shot) as held:
            write(held.convert("RGB"), args.hall / "pictures" / f"{shot.stem}.webp", 120_000)
    for name, (scene, view) in CUT.items():
        whole = np.asarray(joined(args.shots / "panoramas", scene))
        cut = Image.fromarray(glance(whole, view, CUT_SIZE))
        write(cut, args.hall / "pictures" / f"{name}.webp", 120_000)
    film(joined(args.shots / "panoramas", "court"), args.hall / "film" / "court.mp4")
    for name, made in (("zither", sound.zither), ("water", sound.water)):
        mp3(made(SEED), args.hall / "sound" / f"{name}.mp3")
    (args.hall / "angles.toml").write_text(angles_told(), encoding="utf-8")


def joined(folder: Path, key: str) -> Image.Image:
    """Return a panorama of its three parts, which run into each other where they lie on each other."""
    band, sky, floor = (
        Image.open(folder / f"{key}.{part}.png").convert("RGB") for part in ("band", "sky", "floor")
    )
    wide, high = band.width, band.width // 2  # the band is as wide as the whole
    whole = Image.new("RGB", (wide, high))
    for part, at_top in ((sky, True), (floor, False)):
        larger = part.resize((wide, part.height * wide // part.width), Image.Resampling.LANCZOS)
        whole.paste(larger, (0, 0 if at_top else high - larger.height))
    run = sky.height * wide // sky.width - (high - band.height) // 2
    ramp = np.minimum(np.arange(band.height) + 1, np.arange(band.height)[::-1] + 1) / max(run, 1)
    mask = Image.fromarray((np.clip(ramp, 0, 1)[:, None] * np.full((1, wide), 255)).astype(np.uint8))
    whole.paste(band, (0, (high - band.height) // 2), mask)
    return whole.resize((WIDE, WIDE // 2), Image.Resampling.LANCZOS)


def write(shown: Image.Image, target: Path, largest: int) -> None:
    """Write a picture as WebP, as good as its size allows.

    Raises:
        ValueError: If it fits in no quality.
    """
    shown = shown.filter(ImageFilter.UnsharpMask(1.2, 45, 2))
    for quality in range(86, 30, -6):
        shown.save(target, "WEBP", quality=quality, method=4)
        if target.stat().st_size <= largest:
            print(f"{target.name}: quality {quality}, {target.stat().st_size:,} bytes")
            return
    raise ValueError(f"{target.name} does not fit into {largest:,} bytes.")


def film(panorama: Image.Image, target: Path) -> None:
    """Write the film: a glance through a panorama, from one side to the open doors."""
    whole = np.asarray(panorama)
    with av.open(str(target), "w", options={"movflags": "faststart", "fflags": "+bitexact"}) as out:
        stream = out.add_stream("libx264", rate=RATE, options={"crf": "25", "preset": "slow"})
        stream.width, stream.height, stream.pix_fmt = *FILM_SIZE, "yuv420p"
        count = RATE * SECONDS
        for no in range(count):
            part = no / (count - 1)
            eased = part * part * (3 - 2 * part)
            yaw, pitch, lens = (a + (b - a) * eased for a, b in zip(*GLANCE, strict=True))
            frame = av.VideoFrame.from_ndarray(glance(whole, (yaw, pitch, lens), FILM_SIZE), format="rgb24")
            frame.pts, frame.time_base = no, Fraction(1, RATE)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def glance(whole: Bytes, view: tuple[float, float, float], size: tuple[int, int]) -> Bytes:
    """Return what is seen of a panorama: yaw, pitch, angle of the lens across, in degrees."""
    wide, high = size
    yaw, pitch, lens = map(math.radians, view)
    far = wide / 2 / math.tan(lens / 2)
    x, y = np.meshgrid(np.arange(wide) - wide / 2 + 0.5, high / 2 - 0.5 - np.arange(high))
    ahead, up = far * math.cos(pitch) - y * math.sin(pitch), far * math.sin(pitch) + y * math.cos(pitch)
    east = np.arctan2(x, ahead) + yaw
    rise = np.arctan2(up, np.hypot(x, ahead))
    column = (east / (2 * math.pi) + 0.5) * whole.shape[1] - 0.5
    row = (0.5 - rise / math.pi) * whole.shape[0] - 0.5
    c, r = np.floor(column).astype(int), np.floor(row).astype(int)
    fc, fr = (column - c)[..., None], (row - r)[..., None]
    at = [
        whole[np.clip(r + j, 0, whole.shape[0] - 1), (c + i) % whole.shape[1]].astype(float)
        for j in (0, 1)
        for i in (0, 1)
    ]
    mixed = (at[0] * (1 - fc) + at[1] * fc) * (1 - fr) + (at[2] * (1 - fc) + at[3] * fc) * fr
    return np.clip(mixed + 0.5, 0, 255).astype(np.uint8)


def mp3(wave: sound.Wave, target: Path) -> None:
    """Write a sound of one channel as MP3."""
    with av.open(str(target), "w", options={"id3v2_version": "0", "write_xing": "0"}) as out:
        stream = out.add_stream("libmp3lame", rate=sound.RATE, layout="mono")
        stream.bit_rate = 64_000
        values = (wave * 32_767).astype(np.int16)[None, :]
        for start in range(0, values.shape[1], 1152):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(values[:, start : start + 1152]), format="s16p", layout="mono"
            )
            frame.sample_rate, frame.pts, frame.time_base = sound.RATE, start, Fraction(1, sound.RATE)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def angles_told() -> str:
    """Return as TOML under which angles things lie from each scene, and where that stands on the plan."""
    lines = [
        "# Worked out by `tools/panoramas` from where things stand: [yaw, pitch] in degrees; do not edit."
    ]
    west, south, east, north = GROUND
    for key, scene in SCENES.items():
        x, y = (scene.eye[0] - west) / (east - west), (north - scene.eye[1]) / (north - south)
        lines += ["", f"[{key}]", f"plan = {{ x = {x:.3f}, y = {y:.3f} }}"]
        lines += [f"{thing} = [{yaw}, {pitch}]" for thing in THINGS for yaw, pitch in [angles(key, thing)]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
