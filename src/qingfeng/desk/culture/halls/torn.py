"""Whether a picture is whole: one that broke off while it was copied shows grey below."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from qingfeng.culture.storing import CannotKeep

MOST_PIXELS = 90_000_000  # 13,000 by 6,500; what is larger is not opened at all


def check_whole(place: Path) -> None:
    """Refuse a picture that is torn or larger than it says, before anything is drawn of it.

    Raises:
        CannotKeep: With what to do; a file that is no picture at all is told by whoever keeps it.
    """
    try:
        with Image.open(place, formats=("JPEG", "PNG", "WEBP")) as held:
            if held.width * held.height > MOST_PIXELS:
                raise CannotKeep(_("The picture has more than 90 million pixels: make it smaller."))
            held.draft("RGB", (held.width // 8, held.height // 8))  # a JPEG is read whole, and drawn small
            held.load()
    except UnidentifiedImageError:
        return
    except Image.DecompressionBombError as error:
        raise CannotKeep(_("The picture has more than 90 million pixels: make it smaller.")) from error
    except (OSError, SyntaxError) as error:
        raise CannotKeep(_("The picture is torn: it breaks off before its end. Copy it again.")) from error
