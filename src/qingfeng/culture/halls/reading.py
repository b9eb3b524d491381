"""A tour as it was written, read: what cannot be understood is told with its place.

Nothing here knows Django: the words of a fault are said in the reader's language by `saying.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from qingfeng.culture.halls.tours import KINDS, WITH_MEDIUM, Point, Quiz, Scene, Spot, Tour, View, Words, Zone

T = TypeVar("T")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DIGEST = re.compile(r"[0-9a-f]{64}")
HREF = re.compile(r"https://[^\s/?#]+\.[^\s]+|/culture/(?:place|route|hall)s/[a-z0-9-]+/(?:[a-z0-9-]+/)?")
HALF_A_SIGN = re.compile(r"[\ud800-\udfff]")
"""JSON can say it, no database takes it."""
LONGEST_KEY = 24
MOST_SCENES, MOST_SPOTS, MOST_ANSWERS = 200, 60, 6
EMPTY: dict[str, Any] = {"v": 1, "zones": [], "first": "", "scenes": []}
LENGTHS = {
    "name": (40, 100), "title": (60, 140), "text": (1500, 5000), "told": (3000, 9000),
    "question": (200, 500), "why": (400, 1200), "answer": (100, 250),
}  # fmt: skip
OF_TOUR = frozenset({"v", "zones", "first", "scenes"})
OF_ZONE = frozenset({"key", "name_zh", "name_en", "text_zh", "text_en"})
OF_SCENE = frozenset(
    {"key", "zone", "name_zh", "name_en", "told_zh", "told_en", "panorama", "view", "plan", "spots"}
)
OF_SPOT = frozenset(
    {"key", "kind", "yaw", "pitch", "title_zh", "title_en", "text_zh", "text_en", "medium", "told_zh"}
    | {"told_en", "captions_zh", "captions_en", "to", "href", "quiz"}
)
OF_QUIZ = frozenset({"question_zh", "question_en", "answers", "right", "why_zh", "why_en"})


def gettext_noop(text: str) -> str:
    """Mark what `saying.py` translates."""
    return text


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: `scenes[2].spots[0].yaw`, counted from 0 as JSON counts.

    Attributes:
        says: In English, with `%(name)s` for each of `values`.
    """

    where: str
    says: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.where}: {self.says % self.values}"


class NotATour(ValueError):  # noqa: N818 - says what it is
    """It cannot be read; `faults` say where and what."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def tour_of(value: object) -> Tour:
    """Return a tour of what was written as JSON; a draft may lack texts and panoramas, not keys.

    Args:
        value: The `tour` of a hall: `v`, `zones`, `first`, `scenes`.

    Raises:
        NotATour: With every fault that was found.
    """
    reader = _Reader()
    tour = reader.tour(value)
    if reader.faults:
        raise NotATour(reader.faults)
    return tour


class _Reader:
    """Reads on after a fault, so that all of them are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, where: str, says: str, **values: object) -> None:
        self.faults.append(Fault(where, says, values))

    def tour(self, value: object) -> Tour:
        said = self.within(value, "tour", OF_TOUR)
        if said.get("v") != 1:
            self.wrong("v", gettext_noop("This form of a tour is not known; it is 1."))
        zones = self.each(said.get("zones"), "zones", self.zone, most=40)
        scenes = self.each(said.get("scenes"), "scenes", self.scene, most=MOST_SCENES)
        first = self.text(said.get("first"), "first", LONGEST_KEY)
        tour = Tour(zones, first, scenes)
        self.once("zones", [one.key for one in zones])
        self.once("scenes", [one.key for one in scenes])
        self.fits(tour)
        return tour

    def fits(self, tour: Tour) -> None:
        """Tell what names a zone or scene that there is not."""
        scenes, zones = {one.key for one in tour.scenes}, {one.key for one in tour.zones}
        if tour.first not in scenes and (tour.first or scenes):
            self.wrong("first", gettext_noop("There is no scene “%(key)s”."), key=tour.first)
        for no, scene in enumerate(tour.scenes):
            if scene.zone not in zones:
                self.wrong(f"scenes[{no}].zone", gettext_noop("There is no zone “%(key)s”."), key=scene.zone)
            for turn, spot in enumerate(scene.spots):
                if spot.kind == "scene" and spot.to not in scenes - {scene.key}:
                    self.wrong(
                        f"scenes[{no}].spots[{turn}].to",
                        gettext_noop("There is no other scene “%(key)s”."),
                        key=spot.to,
                    )

    def zone(self, value: object, where: str) -> Zone:
        said = self.within(value, where, OF_ZONE)
        return Zone(self.key(said, where), self.words(said, "name", where), self.words(said, "text", where))

    def scene(self, value: object, where: str) -> Scene:
        said = self.within(value, where, OF_SCENE)
        spots = self.each(said.get("spots", []), f"{where}.spots", self.spot, most=MOST_SPOTS)
        self.once(f"{where}.spots", [one.key for one in spots])
        return Scene(
            key=self.key(said, where), zone=self.text(said.get("zone"), f"{where}.zone", LONGEST_KEY),
            name=self.words(said, "name", where), told=self.words(said, "told", where),
            panorama=self.digest(said, "panorama", where),
            view=self.view(said.get("view", {}), f"{where}.view"),
            plan=self.point(said.get("plan"), f"{where}.plan"), spots=spots,
        )  # fmt: skip

    def spot(self, value: object, where: str) -> Spot:
        said = self.within(value, where, OF_SPOT)
        kind = found if isinstance(found := said.get("kind"), str) else ""
        if kind not in KINDS:
            self.wrong(f"{where}.kind", gettext_noop("It is one of %(kinds)s."), kinds=", ".join(KINDS))
        href = self.text(said.get("href", ""), f"{where}.href", 300)
        if href and not HREF.fullmatch(href):
            self.wrong(
                f"{where}.href",
                gettext_noop("A link is https://… or a page of this site: /culture/places/…/."),
            )
        has_medium = kind in WITH_MEDIUM or kind in ("text", "link", "quiz")
        if said.get("medium") and not has_medium:
            self.wrong(f"{where}.medium", gettext_noop("This kind of spot shows no medium."))
        return Spot(
            key=self.key(said, where), kind=kind,
            yaw=self.number(said.get("yaw"), f"{where}.yaw", -180, 180),
            pitch=self.number(said.get("pitch"), f"{where}.pitch", -90, 90),
            title=self.words(said, "title", where), text=self.words(said, "text", where),
            medium=self.digest(said, "medium", where), told=self.words(said, "told", where),
            captions=Words(self.digest(said, "captions_zh", where), self.digest(said, "captions_en", where)),
            to=self.text(said.get("to", ""), f"{where}.to", LONGEST_KEY), href=href,
            quiz=self.quiz(said.get("quiz"), f"{where}.quiz") if kind == "quiz" else None,
        )  # fmt: skip

    def quiz(self, value: object, where: str) -> Quiz:
        said = self.within(value, where, OF_QUIZ)
        answers = self.each(said.get("answers"), f"{where}.answers", self.answer, most=MOST_ANSWERS)
        right = said.get("right")
        if type(right) is not int or not 0 <= right < max(len(answers), 2):
            self.wrong(f"{where}.right", gettext_noop("It names the right answer, counted from 0."))
            right = 0
        if len(answers) < 2:
            self.wrong(f"{where}.answers", gettext_noop("A question has two answers at least."))
        return Quiz(self.words(said, "question", where), answers, right, self.words(said, "why", where))

    def answer(self, value: object, where: str) -> Words:
        said = self.within(value, where, frozenset({"zh", "en"}))
        zh, en = LENGTHS["answer"]
        return Words(
            self.text(said.get("zh", ""), f"{where}.zh", zh), self.text(said.get("en", ""), f"{where}.en", en)
        )

    def view(self, value: object, where: str) -> View:
        said = self.within(value, where, frozenset({"yaw", "pitch", "hfov"}))
        return View(
            self.number(said.get("yaw", 0), f"{where}.yaw", -180, 180),
            self.number(said.get("pitch", 0), f"{where}.pitch", -90, 90),
            self.number(said.get("hfov", 75), f"{where}.hfov", 30, 110),
        )

    def point(self, value: object, where: str) -> Point | None:
        if value is None:
            return None
        said = self.within(value, where, frozenset({"x", "y"}))
        return Point(
            self.number(said.get("x"), f"{where}.x", 0, 1), self.number(said.get("y"), f"{where}.y", 0, 1)
        )

    def within(self, value: object, where: str, known: frozenset[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.wrong(
                where, gettext_noop("An object with %(names)s is expected."), names=", ".join(sorted(known))
            )
            return {}
        for name in sorted(map(str, set(value) - known)):
            self.wrong(f"{where}.{name}"[:120], gettext_noop("This is not known here."))
        return value

    def each(
        self, value: object, where: str, read: Callable[[object, str], T], *, most: int
    ) -> tuple[T, ...]:
        if not isinstance(value, list):
            self.wrong(where, gettext_noop("A list is expected."))
            return ()
        if len(value) > most:
            self.wrong(where, gettext_noop("At most %(n)d of them."), n=most)
        return tuple(read(one, f"{where}[{no}]") for no, one in enumerate(value[:most]))

    def once(self, where: str, keys: list[str]) -> None:
        for key in sorted({one for one in keys if keys.count(one) > 1}):
            self.wrong(where, gettext_noop("“%(key)s” is there twice."), key=key)

    def key(self, said: dict[str, Any], where: str) -> str:
        key = self.text(said.get("key"), f"{where}.key", LONGEST_KEY)
        if not KEY.fullmatch(key):
            self.wrong(
                f"{where}.key", gettext_noop("A key is lower-case words with hyphens, 24 signs at most.")
            )
        return key

    def digest(self, said: dict[str, Any], name: str, where: str) -> str:
        digest = self.text(said.get(name, ""), f"{where}.{name}", 64)
        if digest and not DIGEST.fullmatch(digest):
            self.wrong(f"{where}.{name}", gettext_noop("A file is named by its SHA-256: 64 signs."))
        return digest

    def words(self, said: dict[str, Any], name: str, where: str) -> Words:
        zh, en = LENGTHS[name]
        return Words(
            self.text(said.get(f"{name}_zh", ""), f"{where}.{name}_zh", zh),
            self.text(said.get(f"{name}_en", ""), f"{where}.{name}_en", en),
        )

    def text(self, value: object, where: str, longest: int) -> str:
        if not isinstance(value, str) or HALF_A_SIGN.search(value):
            self.wrong(where, gettext_noop("A text is expected."))
            return ""
        if len(value) > longest:
            self.wrong(where, gettext_noop("At most %(n)d signs."), n=longest)
        return value.replace("\0", "").strip()

    def number(self, value: object, where: str, least: float, most: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.wrong(
                where,
                gettext_noop("A number from %(least)s to %(most)s is expected."),
                least=least,
                most=most,
            )
            return 0.0
        return float(value)
