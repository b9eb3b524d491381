"""What a file would do: what is new, what it changes, what it leaves as it is, and why the rest stays out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture import basemap
from qingfeng.culture.content import differences
from qingfeng.culture.coordinates import WGS84
from qingfeng.culture.drafts import HALL, PLACE, ROUTE, Draft, digest_of, drafts_by_slug, file_names
from qingfeng.culture.files import cells, halls, places, routes
from qingfeng.culture.files.cells import NotRead
from qingfeng.culture.files.shared import Ground, Piece
from qingfeng.culture.files.tables import (
    Sheet,
    Wrong,
    decoded,
    features_of,
    handed_back,
    heading,
    table_of,
    text_of,
)
from qingfeng.culture.models import Entry, Place, Publication

MOST = 10_000
LARGEST = 40 * 1024 * 1024
KEYS = {PLACE: "slug", ROUTE: "route", HALL: "hall"}
NEEDED = {PLACE: places.NEEDED, ROUTE: routes.NEEDED, HALL: halls.NEEDED}
_COLUMN = re.compile(r"\b([a-z_]+): ")
COLUMNS = {PLACE: places.COLUMNS, ROUTE: routes.COLUMNS, HALL: halls.COLUMNS}


@dataclass(frozen=True)
class Unit:
    """One entry as a file would leave it.

    Attributes:
        entry: That is there; None where it is new.
        before: Its draft; None where it is new.
        is_public: Whether a version of it is public, which stays as it is.
        notes: What is to be looked at, though it can be taken in.
    """

    draft: Draft
    entry: Entry | None = None
    before: Draft | None = None
    is_public: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return self.draft == self.before

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What would change: (field, before, after)."""
        return differences(self.before or {}, self.draft)


@dataclass
class Found:
    """What a file says.

    Attributes:
        units: What can be taken in, in the order of the file; what it leaves as it is too.
        rejects: (line or feature from 1, what is wrong).
        datums: How many of the places are in which datum; `unsaid` of them do not say theirs.
        away: Names of the places that lie outside the base map.
    """

    sheet: Sheet
    units: list[Unit] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)
    datums: Counter[str] = field(default_factory=Counter)
    unsaid: int = 0
    away: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[Unit]:
        """What is not there yet."""
        return [one for one in self.units if one.before is None]

    @property
    def changed(self) -> list[Unit]:
        """Drafts that would say something else."""
        return [one for one in self.units if one.before is not None and not one.is_same]

    @property
    def same(self) -> list[Unit]:
        """What stays as it is."""
        return [one for one in self.units if one.before is not None and one.is_same]

    @property
    def base(self) -> str:
        """Hash of what the file was read against: another one means that somebody wrote meanwhile."""
        said = [f"{one.draft['slug']} {digest_of(one.before)} {digest_of(one.draft)}" for one in self.units]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    @property
    def said(self) -> dict[int, str]:
        """What is wrong with each line that stays out, columns called as the file calls them."""
        called = {heading(one): one.strip() for one in self.sheet.headings if heading(one) != one.strip()}
        said: dict[int, str] = {}
        for no, words in self.rejects:
            own = _COLUMN.sub(lambda found: f"{called.get(found[1], found[1])}: ", words)
            said[no] = f"{said.get(no, '')} {own}".strip()
        return said

    def handed_back(self) -> bytes:
        """Return what stays out, as a file of the same kind with the reason in each line."""
        return handed_back(self.sheet, self.said)


def read(data: bytes, name: str, *, datum: str = WGS84) -> Found:
    """Return what a GeoJSON or CSV file says, by the end of its name.

    Args:
        data: UTF-8, UTF-16 with its mark, or GB18030.
        name: Of the file.
        datum: Of the coordinates that do not say theirs.

    Raises:
        ValueError: If it is neither, too large, or cannot be read at all; the message says what to do.
    """
    if len(data) > LARGEST:
        raise ValueError(_("The file has more than 40 MB: split it."))
    text = decoded(data)
    is_table = not name.lower().endswith((".geojson", ".json"))
    sheet = (
        table_of(text, {name for names in COLUMNS.values() for name in names}, most=MOST)
        if is_table
        else features_of(text, most=MOST)
    )
    return _Reading(sheet, datum).found()


class _Reading:
    """One file being read."""

    def __init__(self, sheet: Sheet, datum: str) -> None:
        self.sheet, self.made = sheet, Found(sheet)
        known = Place.objects.values_list("entry__slug", "lon", "lat")
        self.ground = Ground(datum, {slug: (lon, lat) for slug, lon, lat in known}, basemap.bounds())

    def found(self) -> Found:
        pieces = list(self.pieces())
        self.there = drafts_by_slug({one.slug for one in pieces})
        self.public = set(
            Publication.objects.filter(is_live=True, slug__in=self.there).values_list("slug", flat=True)
        ) if self.there else set()  # fmt: skip
        self.head(pieces)
        for kind in (PLACE, ROUTE, HALL):  # a route may stop at what the same file brings
            for one in pieces:
                if one.kind == kind:
                    self.take(one)
        self.made.rejects.sort()
        return self.made

    def head(self, pieces: Iterable[Piece]) -> None:
        """Refuse a table that lacks columns which something new cannot do without."""
        if not self.sheet.is_table:
            return
        kind = self.kind_of(dict.fromkeys(self.headings()))
        missing = [name for name in NEEDED[kind] if name not in self.headings()]
        if KEYS[kind] in missing or (missing and not any(one.slug in self.there for one in pieces)):
            raise ValueError(_("The first line lacks %(columns)s.") % {"columns": ", ".join(missing)})

    def headings(self) -> list[str]:
        return [heading(one) for one in self.sheet.headings]

    def kind_of(self, said: dict[str, Any]) -> str:
        return HALL if "hall" in said else ROUTE if "route" in said else PLACE

    def pieces(self) -> Iterator[Piece]:
        """Yield the entries of the file, each with its lines; what has no address stays out."""
        held: dict[tuple[str, str], Piece] = {}
        for no, said in self.sheet.rows:
            kind = self.kind_of(said)
            try:
                slug = cells.slug(text_of(said.get(KEYS[kind])))
            except NotRead as error:
                self.made.rejects.append((no, f"{KEYS[kind]}: {error}"))
                continue
            there = held.get((kind, slug))
            if there and kind != PLACE and self.sheet.is_table:
                there.lines.append((no, said))
            elif there or any((other, slug) in held for other in KEYS):
                first = next(held[other, slug] for other in KEYS if (other, slug) in held).first[0]
                told = _("Line %(no)d has the same address: %(slug)s") % {"no": first, "slug": slug}
                self.made.rejects.append((no, told))
            else:
                held[kind, slug] = Piece(kind, slug, [(no, said)])
        yield from held.values()

    def take(self, piece: Piece) -> None:
        entry, before = self.there.get(piece.slug, (None, None))
        try:
            if entry is not None and entry.kind != piece.kind:
                told = _("Something of another kind has this address: %(slug)s") % {"slug": piece.slug}
                raise Wrong((piece.first[0], told))  # noqa: TRY301 - told like every other fault
            draft, notes = self.draft_of(piece, before)
            self.with_what_is_here(draft, entry, before)
            if entry is not None and entry.state == Entry.State.REVIEWING and draft != before:
                raise Wrong((piece.first[0], _("It is under review already. Take it back to change it.")))  # noqa: TRY301
        except Wrong as wrong:
            told = dict(wrong.faults)
            self.made.rejects += wrong.faults
            said = _("It stays out with line %(no)d.") % {"no": wrong.faults[0][0]}
            self.made.rejects += [(no, said) for no, _row in piece.lines if no not in told]
            return
        self.made.units.append(Unit(draft, entry, before, piece.slug in self.public, tuple(notes)))
        if piece.kind == PLACE:
            self.placed(piece, draft)

    def with_what_is_here(self, draft: Draft, entry: Entry | None, before: Draft | None) -> None:
        """Leave what a draft has and the file does not name: a table takes no picture away."""
        if entry is None or before is None:
            return
        listed, here = {one["name"] for one in draft["media"]}, set(file_names(entry).values())
        draft["media"] += [one for one in before["media"] if one["name"] in here - listed]

    def draft_of(self, piece: Piece, before: Draft | None) -> tuple[Draft, list[str]]:
        if piece.kind == PLACE:
            return places.draft_of_piece(piece, before, self.ground), []
        if piece.kind == ROUTE:
            return routes.draft_of_piece(piece, before, self.ground)
        return halls.draft_of_piece(piece, before), []

    def placed(self, piece: Piece, draft: Draft) -> None:
        """Count the datum of a place, and let stops find it."""
        said = piece.first[1]
        self.ground.places[piece.slug] = (draft["lon"], draft["lat"])
        if places.point_of(said) is None:
            return
        self.made.unsaid += not text_of(said.get("datum"))
        self.made.datums[places.datum_of(said, self.ground.datum)] += 1
        if places.is_away(draft, self.ground):
            self.made.away.append(draft["name_zh"])
