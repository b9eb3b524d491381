"""A panorama as somebody sees it who looks one way: an ordinary picture, for lists, covers and cards."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from PIL import Image

from qingfeng.culture.halls.keeping import tiles_place
from qingfeng.culture.halls.tours import Scene, View
from qingfeng.culture.storing import write_whole

Picture = np.ndarray[Any, np.dtype[np.uint8]]
SIZE = (960, 600)
QUALITY = 80


def view_of(scene: Scene) -> bytes | None:
    """Return the opening view of a scene as WebP, 960 by 600; None where its panorama is not cut.

    It is drawn once and kept under what it shows.
    """
    look = scene.view
    kept = Path(settings.HOME) / "culture" / "views" / view_name(scene)
    if kept.exists():
        return kept.read_bytes()
    folder = tiles_place(scene.panorama)
    source = next((one for part in ("large", "base") if (one := folder / f"{part}.webp").exists()), None)
    if not scene.panorama or source is None:
        return None
    with Image.open(source) as held:
        whole = np.asarray(held.convert("RGB"))
    out = io.BytesIO()
    Image.fromarray(seen(whole, look, SIZE)).save(out, "WEBP", quality=QUALITY, method=4)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, out.getvalue())
    return out.getvalue()


def view_name(scene: Scene) -> str:
    """Return what the opening view of a scene is kept under."""
    look = scene.view
    return f"{scene.panorama}_{look.yaw:g}_{look.pitch:g}_{look.hfov:g}.webp"


def seen(whole: Picture, look: View, size: tuple[int, int]) -> Picture:
    """Return what a camera sees that stands in the middle of a panorama.

    Args:
        whole: Equirectangular, `(height, width, 3)`, bytes.
        look: Where it looks, and how wide.
        size: Width and height of the picture, pixels.
    """
    width, height = size
    ahead = width / 2 / math.tan(math.radians(look.hfov) / 2)
    right, up = np.meshgrid(np.arange(width) - (width - 1) / 2, (height - 1) / 2 - np.arange(height))
    pitch = math.radians(look.pitch)
    forward = ahead * math.cos(pitch) - up * math.sin(pitch)
    rise = ahead * math.sin(pitch) + up * math.cos(pitch)
    yaw = np.arctan2(right, forward) + math.radians(look.yaw)
    angle = np.arctan2(rise, np.hypot(right, forward))
    rows, cols = whole.shape[:2]
    return _between(whole, (yaw / (2 * np.pi) + 0.5) * cols - 0.5, (0.5 - angle / np.pi) * rows - 0.5)


def _between(whole: Picture, x: Any, y: Any) -> Picture:
    """Return a picture read between its pixels; to the right of the last column is the first."""
    rows, cols = whole.shape[:2]
    left, top = np.floor(x).astype(int), np.clip(np.floor(y).astype(int), 0, rows - 1)
    along, down = (x - left)[..., None], np.clip(y - top, 0, 1)[..., None]
    below, first, next_one = np.minimum(top + 1, rows - 1), left % cols, (left + 1) % cols
    upper = whole[top, first] * (1 - along) + whole[top, next_one] * along
    lower = whole[below, first] * (1 - along) + whole[below, next_one] * along
    mixed: Picture = np.rint(upper * (1 - down) + lower * down).astype(np.uint8)
    return mixed
