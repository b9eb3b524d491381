"""Petitions that say nearly the same: suggested when one comes in, never merged; a person links them.

Of each petition the smallest hashes of three signs that stand together are kept (`PetitionGram`). Who shares
some of them is compared sign by sign, among what the reader sees whole. Only the newest two thousand that
share a hash are looked at, so that a question costs the same however many there are. It serves the line of
demands and suggestions only: what is handed to the line of reports loses its signs, and none of a sealed text
is ever made. Nothing is said of who writes, or how often.

Law:
    rights.md 8, 16
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from qingfeng.desk.grams import folded, runs
from qingfeng.desk.models import PetitionGram
from qingfeng.desk.petitions.asked import KIND, seen_whole
from qingfeng.matters.models import Matter, MatterLink
from qingfeng.organization.viewer import Viewer

SIGNS, KEPT = 3, 32
NEWEST = 2_000  # of those that share a hash
COMPARED, SHOWN = 60, 5
LEAST_SHARED, LEAST_ALIKE = 2, 0.3
LEAST_PHRASE, MOST_PHRASES = 4, 3
BEHIND = 5_000  # matters before the newest taken in, that may have been on their way then
OTHER_LINE = "other_line"
LINKS = ("repeats", "related")


@dataclass(frozen=True)
class Like:
    """A petition that says nearly the same.

    Attributes:
        matter: The other one.
        share: How much is alike, 0 to 1: shared groups of three signs, of all that either has.
        phrases: What both say, word for word, the longest first.
    """

    matter: Matter
    share: float
    phrases: list[str]

    @property
    def percent(self) -> int:
        """The share in per cent."""
        return round(100 * self.share)


def text_of(matter: Matter) -> str:
    """Return what is compared: what it is about and what is demanded, nothing of who writes."""
    said = (matter.title, matter.facts.get("summary"), matter.facts.get("demand"))
    return folded("\n".join(str(one) for one in said if one))


def groups_of(text: str) -> set[str]:
    """Return the groups of three signs of a folded text."""
    return {run[at : at + SIGNS] for run in runs(text) for at in range(len(run) - SIGNS + 1)}


def values_of(text: str) -> list[int]:
    """Return the smallest hashes of a text's groups of signs, at most `KEPT`; 0 alone where there is none."""
    hashes = (
        int.from_bytes(blake2b(one.encode(), digest_size=8).digest(), "big", signed=True)
        for one in groups_of(text)
    )
    return heapq.nsmallest(KEPT, hashes) or [0]


def take_in(keys: list[int]) -> int:
    """Take in petitions anew; return how many."""
    matters = Matter.objects.filter(pk__in=keys, mechanism=KIND).exclude(stage=OTHER_LINE)
    rows = [PetitionGram(matter=one, value=value) for one in matters for value in values_of(text_of(one))]
    with transaction.atomic():
        PetitionGram.objects.filter(matter__in=keys).delete()
        PetitionGram.objects.bulk_create(rows, batch_size=500)
    return len(keys)


def keep_up(*, most: int = 2_000) -> int:
    """Take in what came since; forget what was handed to the line of reports."""
    gone = Matter.objects.filter(mechanism=KIND, stage=OTHER_LINE)
    PetitionGram.objects.filter(matter__in=gone.values("pk")).delete()
    newest = PetitionGram.objects.aggregate(one=Max("matter"))["one"] or 0
    return _take_new(max(0, newest - BEHIND), most)


def mend(*, most: int = 20_000) -> int:
    """Take in whatever the rounds missed."""
    return _take_new(0, most)


def _take_new(after: int, most: int) -> int:
    known = PetitionGram.objects.filter(matter=OuterRef("pk"))
    new = Matter.objects.filter(mechanism=KIND, pk__gt=after).exclude(stage=OTHER_LINE)
    keys = list(new.filter(~Exists(known)).order_by("pk").values_list("pk", flat=True)[:most])
    for at in range(0, len(keys), 200):
        take_in(keys[at : at + 200])
    return len(keys)


def like(viewer: Viewer, matter: Matter) -> list[Like]:
    """Return the petitions that say nearly the same as one, as far as somebody sees them whole.

    Those that are linked with it already are left out; the most alike first, five at most.
    """
    text = text_of(matter)
    linked = MatterLink.objects.filter(until_at=None, kind__in=LINKS)
    known = {matter.pk, *linked.filter(source=matter).values_list("target", flat=True)}
    known |= set(linked.filter(target=matter).values_list("source", flat=True))
    near = [key for key in _candidates(text) if key not in known]
    seen = seen_whole(viewer).filter(pk__in=near).exclude(stage=OTHER_LINE)
    mine = groups_of(text)
    found = []
    for other in seen:
        theirs = groups_of(text_of(other))
        share = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
        if share >= LEAST_ALIKE:
            found.append((share, other))
    found.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    return [Like(other, share, list(_phrases(text, text_of(other)))) for share, other in found[:SHOWN]]


def _candidates(text: str) -> list[int]:
    """Return the keys of those that share the most hashes with a text; a bounded number of rows is read."""
    shared: Counter[int] = Counter()
    for value in values_of(text):
        rows = PetitionGram.objects.filter(value=value).order_by("-matter")
        shared.update(rows.values_list("matter", flat=True)[:NEWEST])
    return [key for key, count in shared.most_common(COMPARED) if count >= LEAST_SHARED]


def _phrases(one: str, other: str) -> Iterator[str]:
    """Yield what both say word for word, the longest first."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    said = {one[block.a : block.a + block.size].strip() for block in blocks if block.size >= LEAST_PHRASE}
    longest = sorted((each for each in said if each), key=lambda each: (-len(each), each))
    yield from (each.split("\n")[0] for each in longest[:MOST_PHRASES])


def why(found: Like) -> str:
    """Return why it is suggested, in a sentence."""
    said = "、".join(f"“{each}”" for each in found.phrases)
    return _("%(percent)d %% alike; both say %(phrases)s") % {"percent": found.percent, "phrases": said}
