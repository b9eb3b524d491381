"""The search box: a number opens its matter, other text is looked for in what one may read.

Matters (number, title, facts, units), leads, rules, numbers of documents, help. Nothing that somebody may
not see is found, counted or suggested: the texts only name candidates, access decides over each.
A text that says the name of a person on record finds nothing but numbers (rights: no dossiers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk.grams import folded, grams_of, words_of
from qingfeng.desk.helping import entries, help_of
from qingfeng.desk.kinds import address
from qingfeng.desk.levels import views_of, whole_q
from qingfeng.desk.listing import knows, stage_name
from qingfeng.desk.models import SearchText
from qingfeng.desk.searching_persons import MOST_SIGNS, says_a_name
from qingfeng.findings.access import seen_among, visible_leads
from qingfeng.findings.models import RuleRun
from qingfeng.journal import composing
from qingfeng.look import rail as rails
from qingfeng.look.rail import entries_for, personal_for
from qingfeng.matters import access
from qingfeng.matters.models import Matter, MatterSlip
from qingfeng.matters.registry import mechanism, mechanisms
from qingfeng.organization.viewer import Viewer

A_GROUP, A_PAGE, SUGGESTED = 8, 50, 8
MOST_CANDIDATES = 2_000
AROUND = 28
Part = SearchText.Part


@dataclass(frozen=True)
class Hit:
    """One thing that was found: its words with what was looked for marked."""

    title: SafeString | str
    href: str
    words: SafeString | str = ""
    tag: str = ""
    quiet: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `is_cut` where there is more."""

    key: str
    name: Any
    hits: list[Hit]
    is_cut: bool = False


@dataclass(frozen=True)
class Found:
    """What a search found: one matter by its number, or groups."""

    exact: Matter | None = None
    groups: list[Group] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many are shown."""
        return sum(len(one.hits) for one in self.groups)


GROUPS = {
    "matters": gettext_lazy("Matters"),
    "leads": gettext_lazy("Findings and leads"),
    "slips": gettext_lazy("Documents by number"),
    "rules": gettext_lazy("Rules"),
    "help": gettext_lazy("Pages and help"),
}


def search(request: HttpRequest, text: str, *, only: str = "", most: int = A_GROUP) -> Found:
    """Look for a text in everything that the person on a request may see.

    Args:
        request: Whose eyes look, and whose rail says which pages there are.
        text: What was typed; at least two signs in a run.
        only: Key of `GROUPS` for one kind alone.
        most: How many of a kind are shown.
    """
    viewer = request.viewer
    exact = by_number(viewer, text)
    if exact is not None:
        return Found(exact)
    asked = _Asked.read(text)
    if not asked.words:
        return Found()
    makers: dict[str, Callable[[], list[Hit]]] = {
        "matters": lambda: _matters(viewer, asked, most),
        "leads": lambda: _leads(viewer, asked, most),
        "slips": lambda: _slips(viewer, asked, most),
        "rules": lambda: _rules(viewer, asked, most),
        "help": lambda: _help(request, asked, most),
    }
    groups = []
    for key, make in makers.items():
        hits = make() if only in ("", key) else []
        if hits:
            groups.append(Group(key, GROUPS[key], hits[:most], len(hits) > most))
    return Found(None, groups)


def by_number(viewer: Viewer, text: str) -> Matter | None:
    """Return the one matter of exactly this number that exists for somebody, None otherwise."""
    if len(text) < 2:
        return None
    exact = Matter.objects.filter(Q(number=text) | Q(slug=text))
    seen = access.seen_among(viewer, exact.values_list("pk", flat=True))
    return Matter.objects.get(pk=next(iter(seen))) if len(seen) == 1 else None


@dataclass(frozen=True)
class _Asked:
    words: tuple[str, ...]
    grams: tuple[str, ...]
    is_name: bool

    @classmethod
    def read(cls, text: str) -> _Asked:
        words = tuple(words_of(text[:MOST_SIGNS]))
        grams = tuple(dict.fromkeys(gram for word in words for gram in grams_of(word)))
        return cls(words, grams, is_name=bool(words) and says_a_name(text))

    def texts(self, *parts: Any) -> QuerySet[SearchText]:
        """Return the texts that hold every word; a name finds numbers only."""
        allowed = [one for one in parts if not self.is_name or one in {Part.NUMBER, Part.SLIP}]
        rows = SearchText.objects.filter(part__in=allowed, grams__has=list(self.grams))
        for word in self.words:
            rows = rows.filter(folded__contains=word)
        return rows

    def holds(self, *texts: str) -> bool:
        """Return whether short texts in memory hold every word."""
        whole = folded("\n".join(texts))
        return all(word in whole for word in self.words)


def _matters(viewer: Viewer, asked: _Asked, most: int) -> list[Hit]:
    found = list(
        asked.texts(Part.NUMBER, Part.WHOLE)
        .order_by("-pk")
        .values_list("matter_id", "part")[:MOST_CANDIDATES]
    )
    if len(found) < MOST_CANDIDATES:
        views = access.seen_among(viewer, [key for key, _part in found])
        keys = {key for key, part in found if key in views and (part == Part.NUMBER or views[key] == "whole")}
        rows = Matter.objects.filter(pk__in=keys)
    else:  # too many to name: the database joins them with what may be seen
        number = Q(pk__in=asked.texts(Part.NUMBER).values("matter"))
        whole = Q(pk__in=asked.texts(Part.WHOLE).values("matter"))
        rows = access.visible(viewer).filter(number | (whole & whole_q(viewer)))
    matters = list(rows.select_related("owner").order_by("-opened_at", "-pk")[: most + 1])
    views = views_of(viewer, matters)
    read = [matter.pk for matter in matters if views[matter.pk] == "whole"]
    texts = composing.rows_of(
        "texts of many",
        read,
        lambda marks: SearchText.objects.filter(matter__in=marks, part=Part.WHOLE).values_list(
            "matter_id", "text"
        ),
    )
    said = dict(texts)
    return [_matter_hit(matter, said.get(matter.pk), asked) for matter in matters]


def _matter_hit(matter: Matter, text: str | None, asked: _Asked) -> Hit:
    declared = mechanism(matter.mechanism, matter.version)
    title = marked(matter.title, asked.words) if text is not None else str(declared.name)
    rest = (text or "").partition("\n")[2].rpartition(f"\n{matter.number}")[0]
    number = marked(matter.number, asked.words)
    quiet = format_html("{} · {}", number, matter.owner)
    return Hit(title, address(matter), snippet(rest, asked.words), stage_name(declared, matter), quiet)


def _leads(viewer: Viewer, asked: _Asked, most: int) -> list[Hit]:
    texts = asked.texts(Part.LEAD)
    found = list(texts.order_by("-pk").values_list("lead_id", flat=True)[:MOST_CANDIDATES])
    if len(found) < MOST_CANDIDATES:
        seen = [one for one in seen_among(viewer, found) if one.is_current or one.matter_id]
        leads = sorted(seen, key=lambda one: (-one.weight, -one.points, one.key))[: most + 1]
    else:  # as with matters
        rows = visible_leads(viewer).filter(Q(is_current=True) | Q(matter__isnull=False))
        rows = rows.filter(pk__in=texts.values("lead"))
        leads = list(rows.order_by("-weight", "-points", "key")[: most + 1])
    said = dict(SearchText.objects.filter(lead__in=leads, part=Part.LEAD).values_list("lead_id", "text"))
    hits = []
    for lead in leads:
        rest = said.get(lead.pk, "").partition("\n")[2].rpartition(f"\n{lead.key}")[0]
        href = _address("desk:lead", key=lead.key)
        if href:
            words = snippet(rest, asked.words)
            hits.append(Hit(marked(lead.title, asked.words), href, words, lead.unit_name, lead.key))
    return hits


def _slips(viewer: Viewer, asked: _Asked, most: int) -> list[Hit]:
    texts = asked.texts(Part.SLIP).order_by("-pk").values_list("slip", "matter_id")[:MOST_CANDIDATES]
    found = dict(texts)
    views = access.seen_among(viewer, found.values())
    whole = [slip for slip, matter in found.items() if views.get(matter) == "whole"]
    rows = MatterSlip.objects.filter(slip__in=whole).select_related("slip__number", "matter")
    seen = [row for row in rows.order_by("-pk")[: most + 1] if views.get(row.matter_id) == "whole"]
    hits = []
    for row in seen:
        declared = mechanism(row.matter.mechanism, row.matter.version)
        name = next((str(one.name) for one in declared.slips() if one.key == row.key), "")
        title = marked(row.slip.number.text, asked.words)
        href = address(row.matter, "slip_page", pk=row.slip_id)
        hits.append(Hit(title, href, "", name, row.matter.number))
    return hits


def _rules(viewer: Viewer, asked: _Asked, most: int) -> list[Hit]:
    """Return rules of the newest screening; they exist for whom leads exist."""
    if not viewer.reads("leads") or access.is_outside(viewer) or viewer.is_administrator:
        return []
    rows = RuleRun.objects.filter(screening__is_newest=True).order_by("watch", "rule")
    hits = []
    for rule, title, tier in rows.values_list("rule", "title", "tier"):
        href = _address("desk:rule", rule=rule)
        if href and asked.holds(title, rule, rule.replace("_", " ")):
            hits.append(Hit(marked(title, asked.words), href, "", tier, rule))
    return hits[: most + 1]


def _help(request: HttpRequest, asked: _Asked, most: int) -> list[Hit]:
    """Return pages that stand on the person's rail or menu, and how kinds of matter work."""
    shown = [one for group in entries_for(request) for one in group.entries] + personal_for(request)
    names = {one.href: str(one.name) for one in shown}
    hits = []
    for page in entries():
        href, said = _address(page), help_of(page)
        if href in names and said and asked.holds(names[href], said.name, said.what, said.then):
            words = snippet(f"{said.what} {said.then}", asked.words) or said.what
            hits.append(Hit(marked(names[href], asked.words), href, words))
    for one in mechanisms():
        if knows(request.viewer, one) and asked.holds(str(one.name), one.term, str(one.purpose)):
            title = marked(_("How it works: %(kind)s") % {"kind": one.name}, asked.words)
            hits.append(Hit(title, reverse("desk:about", kwargs={"kind": one}), str(one.purpose)))
    return hits[: most + 1]


def _address(name: str, **parts: Any) -> str:
    """Return an address, "" where there is none."""
    return rails.address(name, parts) or ""


def marked(text: str, words: Iterable[str]) -> SafeString:
    """Return a text with every place that was looked for marked."""
    places = sorted(_places(folded(text), words))
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, end in places:
        if start >= at:
            pieces.append((text[at:start], text[start:end]))
            at = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])


def snippet(text: str, words: Iterable[str]) -> SafeString | str:
    """Return the surroundings of the first place, marked; "" where the text holds none of the words."""
    words = list(words)
    places = sorted(_places(folded(text), words))
    if not places:
        return ""
    start = max(0, places[0][0] - AROUND)
    end = min(len(text), places[0][1] + 2 * AROUND)
    cut = text[start:end].replace("\n", " · ")
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return format_html("{}{}{}", before, marked(cut, words), after)


def _places(text: str, words: Iterable[str]) -> set[tuple[int, int]]:
    found = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.add((at, at + len(word)))
            at = text.find(word, at + len(word))
    return found
