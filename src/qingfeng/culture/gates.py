"""What stands in the way of a publication; each gate says what is missing and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfeng.culture.content import Content
from qingfeng.culture.halls.gates import lacks
from qingfeng.culture.models import BaseMap, Entry, Medium, Publication, Signature, Version
from qingfeng.culture.tiles import lacks_number

NAMED = 12
STEPS = tuple(Signature.Step.values)


@dataclass(frozen=True)
class Missing:
    """A gate that does not hold: its key, and the words for a person."""

    key: str
    says: str


def missing(version: Version) -> list[Missing]:
    """Return every gate that keeps a version from being published; none where it may.

    Law:
        地图管理条例; 民法典 Art. 1019
    """
    return [*lacking(version.entry, version.content), *_signatures(version)]


def lacking(entry: Entry, content: Content) -> list[Missing]:
    """Return what a content still lacks, whoever signs it: known from the draft on."""
    found = [*_sources(content), *_licences(content), *_consent(entry, content), *_map(), *_wanted(entry)]
    if content["kind"] == Entry.Kind.ROUTE:
        found += _stops(content)
    if content["kind"] == Entry.Kind.HALL:
        found += [Missing(key, says) for key, says in lacks(content)]
    return found


def _sources(content: Content) -> Iterator[Missing]:
    if not any(one["title"].strip() for one in content["sources"]):
        yield Missing("source", _("No source is named: give the book, archive or record it stands in."))


def _licences(content: Content) -> Iterator[Missing]:
    known = set(Medium.Licence.values)
    for no, one in enumerate(content["media"], 1):
        if one["licence"] not in known or not one["author"].strip():
            yield Missing("licence", _("Picture %(no)d has no licence or no author.") % {"no": no})
        if not one["alt"]["zh"].strip() or not one["alt"]["en"].strip():
            yield Missing("alt", _("Picture %(no)d is not described in words.") % {"no": no})


def _wanted(entry: Entry) -> Iterator[Missing]:
    names = list(entry.wanted.values_list("name", flat=True))
    if names:
        told = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
        said = _("Files that it names are not here, %(n)d of them: %(names)s. Bring them, or leave them out.")
        yield Missing("wanted", said % {"n": len(names), "names": told})


def _consent(entry: Entry, content: Content) -> Iterator[Missing]:
    shows = content["names_living"] or any(one["shows_living"] for one in content["media"])
    if shows and not (content["has_consent"] and entry.consent.strip()):
        yield Missing("consent", _("It names or shows somebody who lives, and their consent is not noted."))


def _map() -> Iterator[Missing]:
    sheet = BaseMap.objects.first()
    if sheet is None or not sheet.approval.strip():
        yield Missing("map", _("The map has no approval number: enter it under “Base map”."))
    if lacks_number():
        yield Missing(
            "map", _("The tile service has no approval number: its operator enters it, or takes it away.")
        )


def _stops(content: Content) -> Iterator[Missing]:
    slugs = [one["place"] for one in content["stops"]]
    if len(slugs) < 2:
        yield Missing("stops", _("A route has two stops at least."))
    live = dict(
        Publication.objects.filter(is_live=True, slug__in=slugs).values_list(
            "slug", "version__content__is_closed"
        )
    )
    closed = set(Entry.objects.filter(slug__in=slugs, place__is_closed=True).values_list("slug", flat=True))
    for slug in slugs:
        if slug not in live:
            yield Missing("stop_absent", _("The stop %(slug)s is not public.") % {"slug": slug})
        elif live[slug] or slug in closed:
            yield Missing("stop_closed", _("The stop %(slug)s is closed.") % {"slug": slug})


def _signatures(version: Version) -> Iterator[Missing]:
    passed = set(version.signatures.filter(passed=True).values_list("step", flat=True))
    for step in STEPS:
        if step not in passed:
            yield Missing("signature", _("Missing: %(step)s.") % {"step": Signature.Step(step).label})
