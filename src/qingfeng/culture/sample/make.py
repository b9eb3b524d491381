"""The sample content, made through the same doors as any: written, signed by six people, published."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from qingfeng.culture import basemap, booking, life
from qingfeng.culture.models import BaseMap, Entry, Place, Route, Signature, Version
from qingfeng.culture.sample import built_halls, halls
from qingfeng.culture.sample.ground import at, ground
from qingfeng.culture.sample.pictures import picture
from qingfeng.culture.storing import keep
from qingfeng.organization.models import Person
from qingfeng.organization.people import holders

HERE = Path(__file__).parent
SIGNERS = ("handler", "registrar", "reviewer", "dept_head", "deputy", "principal", "analyst")
AUTHOR = "区纪委监委宣传部（示例图）"
OFFICE = ("区纪委监委宣传部", "Publicity office of the district commission")


def make_sample(*, only: frozenset[str] = frozenset()) -> list[Entry]:
    """Make the places, routes and halls of the fictional district, most of them public.

    Args:
        only: Slugs to be made; all where it is empty.

    Returns:
        The entries, places first.

    Raises:
        LookupError: If the office has fewer than six people who may sign.
    """
    author, signers = _people()
    basemap.write(ground())
    BaseMap.objects.create(
        area_zh="云水区",
        area_en="Yunshui District",
        approval="云水（示例）2026-001号",
        credit_zh="虚构区域示意图，自行绘制",
        credit_en="Sketch of a fictional district, drawn by the office",
        by=author,
        reason="示例",
    )
    made = [
        _finish(
            _place(one, author, no), one.get("ends", "published"), one.get("why", ("", "")), author, signers
        )
        for no, one in enumerate([*_rows("places", "places"), *_rows("extras", "places")])
        if not only or one["slug"] in only
    ]
    for no, one in enumerate(_rows("routes", "routes")):
        if not only or one["slug"] in only:
            route = _finish(_route(one, author, no), "published", ("", ""), author, signers)
            _slots(route, one["capacity"])
            made.append(route)
    return [
        *made,
        *(_hall(one, author, signers) for one in halls.photographed() if not only or one.name in only),
        *(_built(one, author, signers) for one in built_halls.built() if not only or one.name in only),
    ]


def _people() -> tuple[Person, list[Person]]:
    today = timezone.localdate()
    author = holders("editor", today)[0]
    found: dict[int, Person] = {}
    for role in SIGNERS:
        found |= {one.pk: one for one in holders(role, today) if one.pk != author.pk}
    if len(found) < 6:
        raise LookupError("Six people who may sign are needed besides the author.")
    return author, list(found.values())


def _rows(file: str, name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / f"{file}.toml").read_text(encoding="utf-8"))[name]


def _entry(one: dict[str, Any], kind: Any, author: Person) -> Entry:
    entry = Entry.objects.create(
        kind=kind, slug=one["slug"], theme=one["theme"], name_zh=one["name"][0], name_en=one["name"][1],
        abstract_zh=one["abstract"][0], abstract_en=one["abstract"][1], text_zh=one["text"][0],
        text_en=one["text"][1], made_by=author,
    )  # fmt: skip
    for no, (title, where) in enumerate(one["sources"], 1):
        entry.sources.create(no=no, title=title, where=where)
    return entry


def _place(one: dict[str, Any], author: Person, seed: int) -> Entry:
    entry = _entry(one, Entry.Kind.PLACE, author)
    lon, lat = at(*one["at"])
    opens, closes, rest = one.get("opens", ("", "", ""))
    Place.objects.create(
        entry=entry, category=one["category"], lon=lon, lat=lat, opens_at=opens or None,
        closes_at=closes or None,
        rest_days=rest, wheelchair=one.get("wheelchair", "partly"), contact_zh=OFFICE[0],
        contact_en=OFFICE[1],
        address_zh="云水区（虚构）", address_en="Yunshui District (fictional)",
    )  # fmt: skip
    _picture(entry, one["motif"], seed)
    return entry


def _route(one: dict[str, Any], author: Person, seed: int) -> Entry:
    entry = _entry(one, Entry.Kind.ROUTE, author)
    quiz = [
        {
            "ask_zh": q["ask"][0], "ask_en": q["ask"][1], "answers": q["answers"], "right": q["right"],
            "why_zh": q["why"][0], "why_en": q["why"][1],
        }
        for q in one["quiz"]
    ]  # fmt: skip
    hours, minutes = map(int, one["starts_at"].split(":"))
    route = Route.objects.create(
        entry=entry, mode=one["mode"], audience_zh=one["audience"][0], audience_en=one["audience"][1],
        season_zh=one["season"][0], season_en=one["season"][1], office_zh=OFFICE[0], office_en=OFFICE[1],
        starts_at=time(hours, minutes), capacity=one["capacity"], quiz=quiz,
    )  # fmt: skip
    for no, (slug, stay, zh, en) in enumerate(one["stops"], 1):
        route.stops.create(
            no=no, place=Place.objects.get(entry__slug=slug), minutes=stay, guide_zh=zh, guide_en=en
        )
    _picture(entry, {"walk": "bridge", "cycle": "sluice", "bus": "pavilion"}[one["mode"]], 60 + seed)
    return entry


def _hall(folder: Path, author: Person, signers: list[Person]) -> Entry:
    entry = _entry(halls.told_in(folder), Entry.Kind.HALL, author)
    halls.fill(entry, folder)
    return _finish(entry, "published", ("", ""), author, signers)


def _built(folder: Path, author: Person, signers: list[Person]) -> Entry:
    entry = _entry(built_halls.told_in(folder), Entry.Kind.HALL, author)
    built_halls.fill(entry, folder)
    return _finish(entry, "published", ("", ""), author, signers)


def _picture(entry: Entry, motif: str, seed: int) -> None:
    drawn = picture(motif, entry.theme, seed, words=entry.name_zh)
    entry.media.create(
        digest=keep(drawn.encode(), "svg"), form="svg", alt_zh=f"{entry.name_zh}示意画",
        alt_en=f"A drawing of {entry.name_en}", licence="own", author=AUTHOR,
    )  # fmt: skip


def _finish(entry: Entry, ends: str, why: Sequence[str], author: Person, signers: list[Person]) -> Entry:
    """Bring an entry as far as its story goes."""
    if ends == "draft":
        return entry
    version = life.hand_in(entry, by=author)
    assert isinstance(version, Version), str(version)
    steps = list(Signature.Step.values)[: 4 if ends == "reviewing" else 6]
    for step, person in zip(steps, signers, strict=False):
        signed = life.sign(version, step, by=person, passed=True)
        assert signed, str(signed)
    if ends != "reviewing":
        published = life.publish(version, by=author)
        assert published, str(published)
    if ends == "withdrawn":
        life.withdraw(entry, by=author, why=why[0], why_en=why[1])
    entry.refresh_from_db()
    return entry


def _slots(entry: Entry, capacity: int) -> None:
    """Two mornings a week, for five weeks."""
    day = timezone.localdate() + timedelta(days=2)
    days = [day + timedelta(days=no) for no in range(35)]
    starts = [
        timezone.make_aware(datetime.combine(one, time(9, 0))) for one in days if one.isoweekday() in (3, 6)
    ]
    booking.add_slots(entry, starts=starts, minutes=180, capacity=capacity, guide="讲解员轮值")
