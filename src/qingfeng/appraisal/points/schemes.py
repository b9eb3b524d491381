"""Schemes: drafted, checked, tried, put in force by another, frozen then (考核办法)."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingfeng.appraisal.points import formula
from qingfeng.appraisal.points.ground import note, plain, points_of
from qingfeng.appraisal.points.readings import BY_TERM, READINGS, names_of
from qingfeng.appraisal.points.tables import QUARTERS, Indicator, Kind, Period, Scheme, ScoreSheet
from qingfeng.matters.models import Matter
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

WHOLE = 100


@cache
def defaults() -> dict[str, Any]:
    """Return what a first scheme begins with."""
    text = files("qingfeng.appraisal.points").joinpath("defaults.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def in_force(year: int) -> Scheme | None:
    """Return the scheme that is in force for a year."""
    return Scheme.objects.filter(year=year, state=Scheme.State.IN_FORCE).first()


def draft(year: int, title: str, *, by: int) -> Scheme:
    """Begin a version for a year: a copy of the newest scheme there is, or of the defaults.

    Of two who begin one at the same moment the second is told of the first.

    Raises:
        Problem: If the year has a draft already.
    """
    try:
        return _drafted(year, title, by)
    except IntegrityError:
        raise _there_already() from None


def _there_already() -> Problem:
    return Problem(_("There is a draft for this year already."), then=_("Go on with that one."))


def _drafted(year: int, title: str, by: int) -> Scheme:
    with transaction.atomic():
        if Scheme.objects.filter(year=year, state=Scheme.State.DRAFT).exists():
            raise _there_already()
        before = Scheme.objects.exclude(state=Scheme.State.DRAFT).first()
        last = Scheme.objects.filter(year=year).aggregate(last=Max("version"))["last"] or 0
        held = _copied(before) if before else defaults()
        made = Scheme.objects.create(
            year=year, version=last + 1, title=title, made_by_id=by, periods=held["periods"],
            bonus_max=held["bonus_max"], deduction_max=held["deduction_max"], vetoes=held["vetoes"],
            limits=held["limits"], quota=held["quota"],
        )  # fmt: skip
        for place, one in enumerate(held["indicators"]):
            Indicator.objects.create(scheme=made, place=place, **_as_row(one))
        note("drafted", made, by)
    return made


def _as_row(one: Mapping[str, Any]) -> dict[str, Any]:
    by = Indicator.By.FORMULA if one.get("formula") else Indicator.By.JUDGED
    return {"by": by, "classes": [], "formula": "", **one, "most": Decimal(str(one["most"]))}


def _copied(scheme: Scheme) -> dict[str, Any]:
    return {**_plain(scheme), "indicators": [_told(one) for one in scheme.indicators.all()]}


def _plain(scheme: Scheme) -> dict[str, Any]:
    names = ("periods", "bonus_max", "deduction_max", "vetoes", "limits", "quota")
    return {name: getattr(scheme, name) for name in names}


def _told(one: Indicator) -> dict[str, Any]:
    names = ("key", "name_zh", "name_en", "of", "classes", "period", "formula", "evidence")
    return {**{name: getattr(one, name) for name in names}, "most": str(one.most)}


def digest_of(scheme: Scheme) -> str:
    """Return SHA-256 over the canonical JSON of everything that decides about points, hex."""
    told = {"year": scheme.year, "version": scheme.version, **_copied(scheme), "rule_made": scheme.rule_made}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def change(scheme: Scheme, said: Mapping[str, Any], *, by: int) -> None:
    """Change what a draft says; the trial run has to be made again.

    Raises:
        Problem: If it is no draft any more.
    """
    with transaction.atomic():
        there = _locked_draft(scheme)
        for name, value in said.items():
            setattr(there, name, value)
        there.trial = None
        there.save()
        note("changed", there, by)


def keep_indicator(scheme: Scheme, said: Mapping[str, Any], *, by: int, pk: int | None = None) -> Indicator:
    """Keep an indicator of a draft, a new one or one that is there.

    Args:
        scheme: A draft.
        said: Columns of `Indicator`.
        by: Who.
        pk: Which one; None for a new one.

    Raises:
        Problem: If it is no draft, its key is taken, or its formula cannot be read.
    """
    with transaction.atomic():
        there = _locked_draft(scheme)
        others = there.indicators.exclude(pk=pk)
        if others.filter(key=said["key"]).exists():
            raise Problem(_("Another indicator has this key."), then=_("Choose another key."))
        text = canonical(said.get("formula", ""), said["of"]) if said.get("formula") else ""
        last = others.aggregate(last=Max("place"))["last"]
        row = {**said, "formula": text, "by": Indicator.By.FORMULA if text else Indicator.By.JUDGED}
        made = there.indicators.filter(pk=pk).first() if pk else None
        made = made or Indicator(scheme=there, place=0 if last is None else last + 1)
        for name, value in row.items():
            setattr(made, name, value)
        made.save()
        Scheme.objects.filter(pk=there.pk).update(trial=None)
        note("indicator", there, by, {"key": made.key})
    return made


def drop_indicator(indicator: Indicator, *, by: int) -> None:
    """Take an indicator out of a draft.

    Raises:
        Problem: If it is no draft any more.
    """
    with transaction.atomic():
        there = _locked_draft(indicator.scheme)
        indicator.delete()
        Scheme.objects.filter(pk=there.pk).update(trial=None)
        note("indicator_dropped", there, by, {"key": indicator.key})


def _locked_draft(scheme: Scheme) -> Scheme:
    there = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if not there.is_draft:
        raise Problem(_("This version is no draft any more."), then=_("Begin a new version."))
    return there


def canonical(text: str, of: str) -> str:
    """Return a formula with the keys of its readings and plain signs.

    Raises:
        Problem: With what cannot be read, where, and what there is.
    """
    try:
        formula.parse(text, names_of(of))
    except formula.FormulaError as wrong:
        raise Problem(
            _words_of(wrong), then=_("Readings are: %(names)s.") % {"names": _readings(of)}
        ) from wrong
    return formula.renamed(text, BY_TERM)


def shown(text: str) -> str:
    """Return a formula in the words of the reader's language, with the signs that people write."""
    if (get_language() or "").startswith("zh"):
        text = formula.renamed(text, {key: one.term for key, one in READINGS.items()})
    return text.replace("*", "×")


def _readings(of: str) -> str:
    is_zh = (get_language() or "").startswith("zh")
    return "、".join(one.term if is_zh else key for key, one in READINGS.items() if of in one.of)


def _words_of(wrong: formula.FormulaError) -> str:
    if wrong.what == "name":
        return _("There is no reading “%(name)s”.") % {"name": wrong.near}
    if wrong.what == "end":
        return _("The formula breaks off.")
    if wrong.what == "empty":
        return _("Write a formula.")
    return _("The formula cannot be read at “%(near)s”, sign %(at)d.") % {
        "near": wrong.near,
        "at": wrong.at + 1,
    }


def wrong(scheme: Scheme) -> list[str]:
    """Return what keeps a scheme from being put in force, a sentence each; empty for nothing."""
    found = []
    points = points_of(scheme)
    whole = sum(points.values())
    if whole != WHOLE:
        found.append(_("The periods make %(total)s; they must make 100.") % {"total": whole})
    limits = scheme.limits
    if not limits["excellent"] > limits["competent"] > limits["basic"] > 0:
        found.append(_("The limits of the grades must fall: excellent, competent, basic."))
    if not scheme.vetoes:
        found.append(_("Name at least one veto."))
    indicators = list(scheme.indicators.all())
    for kind in Kind.values:
        found += _wrong_of(Kind(kind), indicators, points)
    return found


def _wrong_of(kind: Kind, indicators: list[Indicator], points: Mapping[str, Decimal]) -> Iterator[str]:
    for period, most in points.items():
        if period in QUARTERS[1:]:
            continue
        held = [one for one in indicators if one.holds_for(kind) and period in one.in_periods]
        words = {
            "kind": kind.label,
            "period": _("Each quarter") if period in QUARTERS else Period(period).label,
        }
        total = sum((one.most for one in held), Decimal(0))
        if total != most:
            yield _("%(kind)s, %(period)s: the indicators make %(total)s, they must make %(most)s.") % {
                **words, "total": plain(total), "most": plain(most),
            }  # fmt: skip
        if not any(one.is_judged for one in held):
            yield _("%(kind)s, %(period)s: at least one indicator is judged by people.") % words


def put_in_force(scheme: Scheme, *, by: int) -> None:
    """Put a draft in force: frozen, its digest in the journal; the version before is replaced.

    The version before is locked with its sheets: whoever lays out, judges or closes at the same moment has
    done so before, or finds the new version.

    Raises:
        Problem: If something in it does not add up, it was not tried, whoever wrote it does it, the rule it
            names is not there, or somebody was scored under the version before.
    """
    with transaction.atomic():
        there = _locked_draft(scheme)
        before = Scheme.objects.filter(year=there.year, state=Scheme.State.IN_FORCE)
        held = [one.pk for one in before.select_for_update().order_by("pk")]
        moved = ScoreSheet.objects.filter(scheme__in=held)
        list(moved.select_for_update().order_by("pk").values_list("pk"))
        _may_come_into_force(there, by)
        moved.update(scheme=there)
        before.update(state=Scheme.State.REPLACED)
        there.state, there.forced_by_id, there.forced_on = Scheme.State.IN_FORCE, by, today()
        there.digest = digest_of(there)
        there.save()
        note("in_force", there, by, {"digest": there.digest})
    scheme.refresh_from_db()


def _may_come_into_force(scheme: Scheme, by: int) -> None:
    if by == scheme.made_by_id:
        raise Problem(_("Somebody else puts in force what you wrote."))
    if open_ends := wrong(scheme):
        raise Problem(" ".join(open_ends))
    if scheme.trial is None:
        raise Problem(
            _("It was not tried since it was changed."), then=_("Try it on last year's figures first.")
        )
    if (
        scheme.rule_made
        and not Matter.objects.filter(mechanism="rule_made", number=scheme.rule_made).exists()
    ):
        raise Problem(_("There is no rule with this number."), then=_("Mend the number, or leave it out."))
    scored = ScoreSheet.objects.filter(scheme__year=scheme.year, scheme__state=Scheme.State.IN_FORCE)
    if scored.filter(scores__isnull=False).exists() or scored.filter(marks__isnull=False).exists():
        raise Problem(
            _("Points were given under the version in force."),
            then=_("Nobody is measured by what was written afterwards: a new version begins next year."),
        )
