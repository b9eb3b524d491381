"""Where a page of the site leads: addresses of the live site, or files of the export beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

PARTS_OF_HALLS = {
    "scene": "halls/{slug}/{form}.html",
    "view": "../views/{slug}/{form}.webp",
    "scene_qr": "qr/{slug}-{form}.svg",
    "panorama": "../panoramas/{slug}/{form}.webp",
    "pannellum": "halls/{slug}/pannellum.json",
}


@dataclass(frozen=True)
class Way:
    """Addresses of the live site.

    Attributes:
        language: `zh` or `en`.
        host: Scheme and name, for addresses that leave the page (share card, QR code).
    """

    language: str
    host: str = ""
    is_offline = False

    def to(self, page: str, slug: str = "", form: str = "") -> str:
        """Return the address of a page, by the end of its name: `map`, `place`, `media`."""
        kwargs = {name: value for name, value in (("slug", slug), ("form", form)) if value}
        return reverse(f"public:culture_{page}", kwargs=kwargs)

    def whole(self, page: str, slug: str = "", form: str = "") -> str:
        """Return the address with its host."""
        return f"{self.host}{self.to(page, slug, form)}"


@dataclass(frozen=True)
class OfflineWay:
    """Files of the export.

    Attributes:
        depth: How many folders the page lies below the folder of its language.
    """

    language: str
    depth: int = 0
    host: str = ""
    is_offline = True

    def to(self, page: str, slug: str = "", form: str = "") -> str:
        """Return the file of a page, as seen from the page it stands on."""
        up = "../" * self.depth
        if page == "media":
            return f"{up}../media/{slug}.{form}"
        if page in {"tiles", "tiles_script"}:
            return f"{up}../assets/base.{'pmtiles' if page == 'tiles' else 'js'}"
        if page in PARTS_OF_HALLS:
            return up + PARTS_OF_HALLS[page].format(slug=slug, form=form)
        if page == "route_gpx":
            return f"{up}routes/{slug}.gpx"
        if page == "qr":
            return f"{up}qr/{slug}.svg"
        if page in {"place", "route", "hall"}:
            return f"{up}{page}s/{slug}.html"
        return f"{up}{'index' if page == 'map' else page}.html"

    def whole(self, page: str, slug: str = "", form: str = "") -> str:
        """Return the address on the live site, where one was named."""
        return (
            Way(self.language, self.host).whole(page, slug, form) if self.host else self.to(page, slug, form)
        )


AnyWay = Way | OfflineWay


def way_of(request: HttpRequest) -> Way:
    """Return the addresses as a reader sees them."""
    language = "en" if (request.LANGUAGE_CODE or "").startswith("en") else "zh"
    return Way(language, f"{request.scheme}://{request.get_host()}")
