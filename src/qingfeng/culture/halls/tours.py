"""What a tour is: plain values, degrees, both languages; `reading.py` makes them of what was written."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("text", "picture", "audio", "video", "link", "quiz", "scene")
WITH_MEDIUM = {"picture": "picture", "audio": "audio", "video": "video"}


@dataclass(frozen=True)
class Words:
    """A text in both languages; Chinese is the one that counts."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh)

    @property
    def is_whole(self) -> bool:
        """Whether it is said in both."""
        return bool(self.zh and self.en)


@dataclass(frozen=True)
class View:
    """Where one looks first: degrees, yaw to the right of the middle of the panorama, pitch upwards."""

    yaw: float = 0.0
    pitch: float = 0.0
    hfov: float = 75.0


@dataclass(frozen=True)
class Point:
    """Where a scene stands on the floor plan: shares of its width and height, from the upper left."""

    x: float
    y: float


@dataclass(frozen=True)
class Quiz:
    """One question with its answers; `right` counts from 0."""

    question: Words
    answers: tuple[Words, ...]
    right: int
    why: Words


@dataclass(frozen=True)
class Spot:
    """Something to find in a scene.

    Attributes:
        kind: One of `KINDS`.
        medium: Hash of a picture, sound or film, "" where there is none.
        told: What is heard or seen in it, for who cannot.
        captions: Hashes of WebVTT files.
        to: Key of the scene it leads to.
        href: Address it leads to: https, or a page of the site.
    """

    key: str
    kind: str
    yaw: float
    pitch: float
    title: Words
    text: Words = Words()
    medium: str = ""
    told: Words = Words()
    captions: Words = Words()
    to: str = ""
    href: str = ""
    quiz: Quiz | None = None


@dataclass(frozen=True)
class Scene:
    """A panorama to stand in; `told` says what is seen, for who cannot see it."""

    key: str
    zone: str
    name: Words
    told: Words
    panorama: str
    view: View
    plan: Point | None
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Zone:
    """A part of a hall, in the order of the visit."""

    key: str
    name: Words
    text: Words


@dataclass(frozen=True)
class Tour:
    """A hall as it is walked."""

    zones: tuple[Zone, ...]
    first: str
    scenes: tuple[Scene, ...]

    def scene(self, key: str) -> Scene | None:
        """Return a scene by its key, None where there is none."""
        return next((one for one in self.scenes if one.key == key), None)

    def in_order(self) -> tuple[Scene, ...]:
        """Return the scenes as they are visited: zone after zone, the first scene first."""
        turn = {zone.key: no for no, zone in enumerate(self.zones)}
        return tuple(sorted(self.scenes, key=lambda one: (one.key != self.first, turn[one.zone])))

    def reached(self) -> frozenset[str]:
        """Return the keys of the scenes one comes to from the first."""
        found, ahead = {self.first}, [self.first]
        while ahead:
            here = self.scene(ahead.pop())
            more = {one.to for one in here.spots if one.kind == "scene"} - found if here else set()
            found |= more
            ahead += more
        return frozenset(found)

    def digests(self) -> frozenset[str]:
        """Return the hashes of all it shows: panoramas, pictures, sounds, films, captions."""
        named = [one.panorama for one in self.scenes]
        for scene in self.scenes:
            for one in scene.spots:
                named += [one.medium, one.captions.zh, one.captions.en]
        return frozenset(filter(None, named))
