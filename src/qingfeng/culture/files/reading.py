"""What a file would do: what is new, what it changes, what it leaves as it is, and why the rest stays out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from qingfeng.culture import basemap
from qingfeng.culture.content import differences
from qingfeng.culture.coordinates import WGS84
from qingfeng.culture.drafts import HALL, PLACE, ROUTE, Draft, digest_of, drafts_by_slug, file_names
from qingfeng.culture.files import cells, halls, places, routes
from qingfeng.culture.files.cells import NotRead
from qingfeng.culture.files.shared import Ground, Piece
from qingfeng.culture.files.streams import Source
from qingfeng.culture.files.tables import Collection, Sheet, Table, TooMany, Wrong, heading, text_of
from qingfeng.culture.models import Entry, Place, Publication
from qingfeng.culture.packing import Shelf, Spot, parted

MOST = 10_000
LARGEST = 40 * 1024 * 1024
KEYS = {PLACE: "slug", ROUTE: "route", HALL: "hall"}
NEEDED = {PLACE: places.NEEDED, ROUTE: routes.NEEDED, HALL: halls.NEEDED}
_COLUMN = re.compile(r"\b([a-z_]+): ")
COLUMNS = {PLACE: places.COLUMNS, ROUTE: routes.COLUMNS, HALL: halls.COLUMNS}


@dataclass(frozen=True)
class Unit:
    """One entry as a file would leave it; drafts are put away, for ten thousand are read at once.

    Attributes:
        slug: Its address.
        kind: What it is.
        shelf: Where its drafts lie.
        key: Of the entry that is there; None where it is new.
        digest: Of what its draft would say.
        digest_before: Of what its draft says; "" where it is new.
        is_same: Whether nothing would change.
        is_public: Whether a version of it is public, which stays as it is.
        notes: What is to be looked at, though it can be taken in.
    """

    slug: str
    kind: str
    shelf: Shelf
    at: Spot
    at_before: Spot | None = None
    key: int | None = None
    digest: str = ""
    digest_before: str = ""
    is_same: bool = False
    is_public: bool = False
    notes: tuple[str, ...] = ()

    @property
    def draft(self) -> Draft:
        """What its draft would say."""
        draft: Draft = self.shelf.get(self.at)
        return draft

    @property
    def before(self) -> Draft | None:
        """What its draft says; None where it is new."""
        draft: Draft | None = None if self.at_before is None else self.shelf.get(self.at_before)
        return draft

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What would change: (field, before, after)."""
        return differences(self.before or {}, self.draft)


@dataclass
class Found:
    """What a file says.

    Attributes:
        units: What can be taken in, places before routes and halls; what it leaves as it is too.
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
        return [one for one in self.units if one.key is None]

    @property
    def changed(self) -> list[Unit]:
        """Drafts that would say something else."""
        return [one for one in self.units if one.key is not None and not one.is_same]

    @property
    def same(self) -> list[Unit]:
        """What stays as it is."""
        return [one for one in self.units if one.is_same]

    @property
    def base(self) -> str:
        """Hash of what the file was read against: another one means that somebody wrote meanwhile."""
        said = [f"{one.slug} {one.digest_before} {one.digest}" for one in self.units]
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
        return self.sheet.handed_back(self.said)


def read(source: Source, name: str, *, datum: str = WGS84) -> Found:
    """Return what a GeoJSON or CSV file says, by the end of its name.

    The file is read feature by feature, line by line: what is held of it is the drafts it would make.

    Args:
        source: UTF-8, UTF-16 with its mark, or GB18030.
        name: Of the file.
        datum: Of the coordinates that do not say theirs.

    Raises:
        ValueError: If it is neither, too large, or cannot be read at all; the message says what to do.
    """
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > LARGEST:
        raise ValueError(_("The file has more than 40 MB: split it."))
    is_collection = name.lower().endswith((".geojson", ".json"))
    known = {name for names in COLUMNS.values() for name in names}
    return _Reading(Collection(source) if is_collection else Table(source, known), datum).found()


@dataclass(frozen=True)
class _Waiting:
    """The lines of a route or hall, which is read when all places are: it may stop at what follows it."""

    kind: str
    slug: str
    lines: list[tuple[int, Spot]]

    def piece(self, shelf: Shelf) -> Piece:
        return Piece(self.kind, self.slug, [(no, shelf.get(spot)) for no, spot in self.lines])


class _Reading:
    """One file being read."""

    def __init__(self, sheet: Sheet, datum: str) -> None:
        self.sheet, self.made = sheet, Found(sheet)
        known = Place.objects.values_list("entry__slug", "lon", "lat")
        self.ground = Ground(datum, {slug: (lon, lat) for slug, lon, lat in known}, basemap.bounds())
        self.shelf = Shelf(Path(settings.HOME))
        self.first: dict[str, tuple[str, int]] = {}
        self.waiting: dict[str, _Waiting] = {}
        self.is_any_there = False

    def found(self) -> Found:
        lacking = self.lacking()
        for some in parted(self.places()):
            self.take_some(some)
        for kind in (ROUTE, HALL):
            for few in parted((one for one in self.waiting.values() if one.kind == kind), 20):
                self.take_some([one.piece(self.shelf) for one in few])
        if lacking and not self.is_any_there:
            raise ValueError(lacking)
        self.made.rejects.sort()
        return self.made

    def lacking(self) -> str:
        """Return what a table is refused with where it brings something new: columns that it lacks.

        Raises:
            ValueError: If it lacks the one that says which entry a line is.
        """
        if not self.sheet.is_table:
            return ""
        kind = self.kind_of(dict.fromkeys(self.headings()))
        missing = [name for name in NEEDED[kind] if name not in self.headings()]
        words = _("The first line lacks %(columns)s.") % {"columns": ", ".join(missing)}
        if KEYS[kind] in missing:
            raise ValueError(words)
        return words if missing else ""

    def headings(self) -> list[str]:
        return [heading(one) for one in self.sheet.headings]

    def kind_of(self, said: dict[str, Any]) -> str:
        return HALL if "hall" in said else ROUTE if "route" in said else PLACE

    def places(self) -> Iterator[Piece]:
        """Yield the places of the file; routes and halls wait with their lines, without address stays out."""
        count = 0
        for no, said in self.sheet.rows():
            count += 1
            if count > MOST:
                raise TooMany(MOST)
            kind = self.kind_of(said)
            try:
                slug = cells.slug(text_of(said.get(KEYS[kind])))
            except NotRead as error:
                self.made.rejects.append((no, f"{KEYS[kind]}: {error}"))
                continue
            there, first = self.first.setdefault(slug, (kind, no))
            is_more = first != no
            if is_more and (there != kind or kind == PLACE or not self.sheet.is_table):
                told = _("Line %(no)d has the same address: %(slug)s") % {"no": first, "slug": slug}
                self.made.rejects.append((no, told))
            elif kind == PLACE:
                yield Piece(kind, slug, [(no, said)])
            else:
                one = self.waiting.setdefault(slug, _Waiting(kind, slug, []))
                one.lines.append((no, self.shelf.put(said)))

    def take_some(self, pieces: list[Piece]) -> None:
        """Read pieces against what is there of them."""
        there = drafts_by_slug([one.slug for one in pieces])
        self.is_any_there = self.is_any_there or bool(there)
        live = Publication.objects.filter(is_live=True, slug__in=there)
        public = set(live.values_list("slug", flat=True)) if there else set()
        for one in pieces:
            self.take(one, *there.get(one.slug, (None, None)), is_public=one.slug in public)

    def take(self, piece: Piece, entry: Entry | None, before: Draft | None, *, is_public: bool) -> None:
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
        made = Unit(
            piece.slug,
            piece.kind,
            self.shelf,
            self.shelf.put(draft),
            at_before=None if before is None else self.shelf.put(before),
            key=None if entry is None else entry.pk,
            digest=digest_of(draft),
            digest_before=digest_of(before),
            is_same=draft == before,
            is_public=is_public,
            notes=tuple(notes),
        )
        self.made.units.append(made)
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
