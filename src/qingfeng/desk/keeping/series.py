"""Number series as the document clerk sees them: numbers in use, void ones, and what nobody took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.kinds import address
from qingfeng.documents import numbering
from qingfeng.documents.models import Counter, Number
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import is_known, mechanism, mechanisms
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

MATTER, SLIP = "matter:", "slip:"


@dataclass(frozen=True)
class Series:
    """One series with what became of its numbers.

    Attributes:
        counter: Its row.
        used: Numbers taken and not void.
        void: Numbers that are void.
        first: The first number taken here, 0 before it.
        missing: How many between the first and the last nobody took.
    """

    counter: Counter
    used: int = 0
    void: int = 0
    first: int = 0
    missing: int = 0

    @property
    def name(self) -> str:
        """What is numbered."""
        return kind_name(self.counter.kind)

    @property
    def is_of_documents(self) -> bool:
        """Whether documents are numbered: only their numbers are voided here."""
        return self.counter.kind.startswith(SLIP)


def kind_name(kind: str) -> str:
    """Return what a series numbers, in words."""
    family, _colon, key = kind.partition(":")
    if kind.startswith(MATTER):
        return str(mechanism(key).name) if is_known(key) else key
    if kind.startswith(SLIP):
        slips = (slip for one in mechanisms() for slip in one.slips() if slip.series == key)
        return _("Documents: %(names)s") % {
            "names": "、".join(sorted({str(one.name) for one in slips})) or key
        }
    return _("Public pages") if family == "culture" else kind


def every_series(year: int | None = None) -> list[Series]:
    """Return the series of a year (every year if None), documents first; two queries."""
    counters = Counter.objects.filter(**({"year": year} if year else {})).order_by("-year", "-kind", "code")
    sums = {
        (one["code"], one["kind"], one["year"]): one
        for one in Number.objects.order_by()
        .values("code", "kind", "year")
        .annotate(
            all=Count("pk"),
            void=Count("pk", filter=Q(voided_at__isnull=False)),
            first=Min("n"),
            last=Max("n"),
        )
    }
    return [_series(one, sums.get((one.code, one.kind, one.year))) for one in counters]


def _series(counter: Counter, sums: Any) -> Series:
    if not sums:
        return Series(counter)
    last = max(counter.last, sums["last"])
    missing = last - sums["first"] + 1 - sums["all"]
    return Series(counter, sums["all"] - sums["void"], sums["void"], sums["first"], missing)


def years() -> list[int]:
    """Return the years that have a series, the newest first."""
    return sorted(set(Counter.objects.values_list("year", flat=True)), reverse=True)


@dataclass(frozen=True)
class Line:
    """One number of a series, or one that nobody took.

    Attributes:
        n: The number.
        number: Its row; None for a gap.
        matter: What it was taken for, where the reader may know of it.
    """

    n: int
    number: Number | None = None
    matter: Matter | None = None

    @property
    def text(self) -> str:
        """The number as documents print it."""
        return self.number.text if self.number else str(self.n)

    @property
    def state(self) -> str:
        """In use, void, or taken by nobody."""
        if self.number is None:
            return _("nobody took it")
        return _("void") if self.number.voided_at else _("in use")

    @property
    def reason(self) -> str:
        """Why it is void."""
        return self.number.void_reason if self.number else ""

    @property
    def taken_for(self) -> str:
        """Number of the matter it was taken for, as far as the reader may know."""
        return self.matter.number if self.matter else ""

    @property
    def href(self) -> str:
        """The page of that matter."""
        return address(self.matter) if self.matter else ""


def lines_of(viewer: Viewer, counter: Counter) -> list[Line]:
    """Return the numbers of a series that the reader may know of, with its gaps, the newest first."""
    key = {"code": counter.code, "kind": counter.kind, "year": counter.year}
    rows = list(Number.objects.filter(**key).select_related("voided_by__person"))
    known = _matters(viewer, counter, rows)
    if counter.kind.startswith(MATTER):  # a matter that one may not know of has no number either
        rows = [row for row in rows if _slug(row) in known]
    lines = [Line(row.n, row, known.get(_slug(row))) for row in rows]
    lines += [Line(n) for n in numbering.gaps(counter.code, counter.kind, year=counter.year)]
    return sorted(lines, key=lambda line: -line.n)


def _slug(row: Number) -> tuple[str, str]:
    """Return kind and slug of the matter that a number was taken for."""
    kind, _slash, slug = row.subject.partition("/")
    return kind, slug or f"{row.year}-{row.n:03d}"


def _matters(viewer: Viewer, counter: Counter, rows: Iterable[Number]) -> dict[tuple[str, str], Matter]:
    if not counter.kind.startswith((MATTER, SLIP)):
        return {}
    wanted = {_slug(row) for row in rows}
    kinds, slugs = {kind for kind, _each in wanted}, {slug for _each, slug in wanted}
    found = access.visible(viewer).filter(mechanism__in=kinds, slug__in=slugs)
    return {(one.mechanism, one.slug): one for one in found}


def beginnings() -> list[tuple[str, str]]:
    """Return (key, words) of every series that may begin after numbers on paper: `code|kind`."""
    codes = [one for one in Unit.objects.exclude(number_code="").order_by("number_code") if one.number_code]
    found = {}
    for declared in mechanisms():
        for slip in declared.slips():
            for code in [slip.by] if slip.by else [one.number_code for one in codes]:
                found[f"{code}{slip.series}|{SLIP}{slip.series}"] = f"{code} · {slip.series} · {slip.name}"
    for declared in mechanisms():
        code = declared.number or declared.term
        found[f"{code}|{MATTER}{declared.key}"] = f"{code} · {declared.name}"
    return list(found.items())


def this_year() -> int:
    """Return the civil year."""
    return timezone.localdate().year
