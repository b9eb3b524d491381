"""What a picture knows of its maker: it is drawn anew without it, and whoever brings it is told."""

from __future__ import annotations

from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

PLACE, DETAILS = ExifTags.IFD.GPSInfo, ExifTags.IFD.Exif
TIMES, DEVICES, NOTES = {0x0132, 0x9003, 0x9004}, {0x010F, 0x0110, 0x0131, 0xA431}, {0x010E, 0x013B, 0x8298}


def taken_from(place: Path) -> frozenset[str]:
    """Return what drawing a picture anew takes off: keys of `cleaning.TAKEN`; nothing where it is none."""
    try:
        with Image.open(place, formats=("JPEG", "PNG", "WEBP")) as held:
            exif = held.getexif()
            named = set(exif) | set(exif.get_ifd(DETAILS))
            has_place = bool(exif.get_ifd(PLACE))
            has_notes = bool(
                named & NOTES or {"xmp", "comment", "photoshop", "XML:com.adobe.xmp"} & set(held.info)
            )
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return frozenset()
    told = {"place": has_place, "time": named & TIMES, "device": named & DEVICES, "tags": has_notes}
    return frozenset(key for key, is_told in told.items() if is_told)
