"""Own words: one administrator asks, another puts them in force; the old ones come back the same way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingfeng.journal.store import append
from qingfeng.matters import own_words
from qingfeng.matters.own_words import Place, places
from qingfeng.matters.registry import mechanism, mechanisms
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.matters.word_models import OwnWords
from qingfeng.organization.models import Account
from qingfeng.organization.records import reference
from qingfeng.plain.source_words import source_words
from qingfeng.screening.errors import Problem

LONGEST = {"zh": 24, "en": 60}
FORBIDDEN = frozenset("<>{}[]#\n\r\t")
BEFORE_A_DECISION = ("违纪", "违规", "违法", "嫌疑人", "guilty", "culprit", "violat")
APART = frozenset({"stage", "act", "field", "ledger", "role", "clock", "column", "state"})
"""Groups whose names must differ: those of one kind of matter, columns and states those of one ledger."""
State = OwnWords.State
Given = Mapping[str, Mapping[str, str]]


def in_force(kind: str) -> dict[str, dict[str, str]]:
    """Return place → language → word as decided last for a kind of matter."""
    held = OwnWords.objects.filter(kind=kind, state=State.IN_FORCE).first()
    return dict(held.after) if held else {}


def waiting(kind: str) -> OwnWords | None:
    """Return the change of a kind that waits for its second signature."""
    return OwnWords.objects.filter(kind=kind, state=State.ASKED).select_related("asked_by__person").first()


def wrong_words(declared: Mechanism, given: Given) -> dict[str, str]:
    """Return place → what is wrong with its own words, in words; empty where all can stand."""
    known = {one.key: one for one in places(declared)}
    wrong: dict[str, str] = {}
    for place, words in given.items():
        if place not in known:
            wrong[place] = _("The declaration has no such name.")
        elif said := _wrong(words) or _source(declared, known[place], words):
            wrong[place] = said
    for language in LONGEST:
        wrong = _same(declared, given, language) | wrong
    return wrong


def _wrong(words: Mapping[str, str]) -> str:
    if not (words.get("zh") and words.get("en")):
        return _("Give the word in both languages, or in neither.")
    for language, most in LONGEST.items():
        if len(words[language]) > most:
            return _("At most %(most)s signs.") % {"most": most}
        if FORBIDDEN & set(words[language]) or not words[language].isprintable():
            return _("Leave signs of markup and line breaks out.")
        if any(one in words[language].casefold() for one in BEFORE_A_DECISION):
            return _("Say it without judging: nothing is decided yet.")
    return ""


def _source(declared: Mechanism, place: Place, words: Mapping[str, str]) -> str:
    """Return why a word cannot stand on what leaves the house, "" where it can or its room names sources."""
    found = source_words(words["zh"])
    if not found or declared.names_sources:
        return ""
    with override("zh-hans"):
        if source_words(str(place.declared)):
            return ""
    return _("It names a source (%(words)s): documents that print it would not leave the house.") % {
        "words": "、".join(found)
    }


def _same(declared: Mechanism, given: Given, language: str) -> dict[str, str]:
    """Return the places whose word another name of their group has already."""
    found: dict[str, str] = {}
    with override("en" if language == "en" else "zh-hans"):
        others = {str(one.name): one.key for one in mechanisms() if one.key != declared.key}
        word = given.get("kind:", {}).get(language, "")
        if word in others:
            found["kind:"] = word
        said: dict[tuple[str, str, str], str] = {}
        for one in (each for each in places(declared) if each.group in APART):
            word = given.get(one.key, {}).get(language) or str(one.declared)
            ledger = one.key.rpartition(".")[0]
            other = said.setdefault((one.group, ledger, word), one.key)
            if other != one.key:
                place = one.key if one.key in given else other
                if place in given:
                    found[place] = word
    said_twice = _("“%(word)s” is the word of another name beside it.")
    return {place: said_twice % {"word": word} for place, word in found.items()}


def ask(declared: Mechanism, given: Given, *, reason: str, by: Account) -> OwnWords:
    """Ask for own words of a kind of matter: whole, what is left out has its declared word again.

    Raises:
        Problem: If a word cannot stand, nothing differs, no reason is given, or a change waits already.
    """
    after = {place: dict(words) for place, words in given.items() if any(words.values())}
    before = in_force(declared.key)
    if not reason.strip():
        raise Problem(_("Say why the words change."))
    if wrong := wrong_words(declared, after):
        place, said = next(iter(wrong.items()))
        raise Problem(said, where=place)
    if after == before:
        raise Problem(_("Nothing differs from the words in force."))
    try:
        with transaction.atomic():
            made = OwnWords.objects.create(
                kind=declared.key,
                before=before,
                after=after,
                reason=reason.strip(),
                asked_by=by,
                asked_at=timezone.now(),
            )
            _note("words.asked", made, by, before=before, after=after)
    except IntegrityError:
        raise Problem(_("Another change of these words waits for its second signature already.")) from None
    return made


def sign(change: OwnWords, *, by: Account) -> OwnWords:
    """Put own words in force: somebody else than who asked.

    Raises:
        Problem: If it was decided already, or by who asked.
    """
    with transaction.atomic():
        held = _waiting(change, by, own=False)
        OwnWords.objects.filter(kind=held.kind, state=State.IN_FORCE).update(state=State.REPLACED)
        _decide(held, State.IN_FORCE, by, "")
        _note("words.in_force", held, by, places=sorted(held.after))
        transaction.on_commit(publish)
    return held


def decline(change: OwnWords, *, by: Account, reason: str) -> OwnWords:
    """Refuse own words, with a reason.

    Raises:
        Problem: If it was decided already, by who asked, or no reason is given.
    """
    if not reason.strip():
        raise Problem(_("Say why, in a sentence others will understand."))
    with transaction.atomic():
        held = _waiting(change, by, own=False)
        _decide(held, State.DECLINED, by, reason.strip())
        _note("words.declined", held, by, reason=reason.strip())
    return held


def take_back(change: OwnWords, *, by: Account) -> OwnWords:
    """Take back what one asked for oneself.

    Raises:
        Problem: If it was decided already, or somebody else asked.
    """
    with transaction.atomic():
        held = _waiting(change, by, own=True)
        _decide(held, State.TAKEN_BACK, by, "")
        _note("words.taken_back", held, by)
    return held


def publish() -> None:
    """Write what is in force to the home; of two at once the later writes what both decided."""
    with own_words.turn():
        held = {one.kind: one.after for one in OwnWords.objects.filter(state=State.IN_FORCE)}
        own_words.write({kind: words for kind, words in held.items() if words})


def _waiting(change: OwnWords, by: Account, *, own: bool) -> OwnWords:
    held = OwnWords.objects.select_for_update().get(pk=change.pk)
    if held.state != State.ASKED:
        raise Problem(_("This was decided already."))
    if (held.asked_by_id == by.pk) != own:
        if own:
            raise Problem(_("Only who asked takes it back."))
        raise Problem(_("Whoever asked does not sign: ask another administrator."))
    return held


def _decide(held: OwnWords, state: Any, by: Account, decision: str) -> None:
    held.state, held.decided_by, held.decided_at, held.decision = state, by, timezone.now(), decision
    held.save(update_fields=["state", "decided_by", "decided_at", "decision"])


def _note(kind: str, change: OwnWords, by: Account, **facts: Any) -> None:
    told = {"kind": change.kind, "no": change.pk, **facts}
    append(kind, subject=f"words:{change.kind}", by=reference(by), facts=told)


def undone(change: OwnWords) -> dict[str, dict[str, str]]:
    """Return the words that a change replaced: what is asked for to give the old ones back."""
    return dict(change.before)


def kind_of(change: OwnWords) -> Mechanism:
    """Return the declaration whose names a change is about."""
    return mechanism(change.kind)
