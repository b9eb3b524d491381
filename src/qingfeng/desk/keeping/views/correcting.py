"""Correct what was entered with an act: choose the act and the field, old and new side by side, a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk import values
from qingfeng.desk.fitting import Asked as FormAsked
from qingfeng.desk.fitting import fit
from qingfeng.desk.handing import Handed
from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask, crumbs_of, story_name
from qingfeng.desk.keeping.doors import is_staff, kept_or_404, needs
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.matters import keeping
from qingfeng.matters.forms import MatterForm, form_class
from qingfeng.matters.models import Performance
from qingfeng.matters.vocabulary import OPEN, Field, Mechanism

NOT_HERE = frozenset(
    {"file", "files", "line"}
)  # papers are replaced by slips, lines have numbers of their own


@dataclass(frozen=True)
class Line:
    """An act of the story with its fields as all corrections leave them."""

    performance: Performance
    title: str
    rows: list[tuple[Field, str]]


def fields_of_act(declared: Mechanism, key: str) -> tuple[Field, ...]:
    """Return the fields of an act that can be corrected, in order; none for acts of the kernel."""
    asks = declared.asks if key == OPEN else next((one.asks for one in declared.acts if one.key == key), ())
    return tuple(one for one in asks if not one.sealed and one.kind not in NOT_HERE)


@needs(is_staff)
@require_GET
def choose(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Show every act of the story with what was entered, each field with the way to correct it."""
    seen = kept_or_404(request, kind, slug)
    context = {
        "title": _("Correct what was entered"),
        "lead": seen.title,
        "crumbs": crumbs_of(seen, (_("Correct"), "")),
        "seen": seen,
        "matter": seen.matter,
        "lines": _lines(seen),
    }
    return render(request, "desk/keeping/correct.html", context)


def _lines(seen: Seen) -> list[Line]:
    found, pairs = [], []
    for one in seen.performances:
        entered = keeping.corrected(seen.matter, one)
        asked = [(field, entered.get(field.key)) for field in fields_of_act(seen.declared, one.act)]
        pairs += asked
        found.append((one, asked))
    names = values.Names.of(pairs)
    return [
        Line(
            one,
            story_name(seen, one.act),
            [(field, values.say(field, value, names)) for field, value in asked],
        )
        for one, asked in reversed(found)
        if asked
    ]


@needs(is_staff)
def correct(request: HttpRequest, kind: Mechanism, slug: str, no: int, key: str) -> HttpResponse:
    """Correct one field (`key`) of one act (`no` in the story)."""
    seen = kept_or_404(request, kind, slug)
    wrong = next((one for one in seen.performances if one.no == no), None)
    asks = fields_of_act(seen.declared, wrong.act) if wrong else ()
    field = next((one for one in asks if one.key == key), None)
    if wrong is None or field is None:
        raise Http404
    old = keeping.corrected(seen.matter, wrong).get(key)
    form = _form(request, seen, field, old)
    title = _("Correct: %(field)s") % {"field": field.name}
    list_page = reverse("desk:keep_correct", kwargs={"kind": kind, "slug": slug})
    asked = Asked(
        title=title,
        button=_("Correct"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (_("Correct"), list_page), (field.name, "")),
        lead=story_name(seen, wrong.act),
        says=(
            _("The line in the story stays as it was; the correction stands beside it, with your name."),
            _("Clocks that count from this day are counted again."),
        )
        if field.kind == "day"
        else (_("The line in the story stays as it was; the correction stands beside it, with your name."),),
        sure=lambda form: _old_and_new(field, old, form.facts()[key]),
        done=_("The correction stands beside what it corrects."),
        above="desk/keeping/old_value.html",
        more={"field": field, "old": values.say(field, old, values.Names.of([(field, old)]))},
    )
    return ask(
        request,
        form,
        asked,
        lambda given: keeping.correct(
            seen.matter, no, {key: form.facts()[key]}, by=seen.viewer, reason=given["reason"]
        ),
    )


def _form(request: HttpRequest, seen: Seen, field: Field, old: Any) -> MatterForm:
    """Return a form with the field of the act, filled with the value in force, and a reason."""
    data, _problems = fields.sent(request)
    handed = Handed(seen.viewer, FormAsked(seen.declared, None, seen.matter), data)
    made = form_class([field])(data, initial={field.key: old}, use_required_attribute=False)
    fit(made, [field], handed.fitting)
    if field.key in made.fields:
        made.fields[field.key].label = _("Right value")
    made.fields["reason"] = fields.reason()
    return made


def _old_and_new(field: Field, old: Any, new: Any) -> list[str]:
    names = values.Names.of([(field, old), (field, new)])
    said = {
        "field": field.name,
        "old": values.say(field, old, names) or "—",
        "new": values.say(field, new, names) or "—",
    }
    return [
        _("%(field)s: %(old)s → %(new)s") % said,
        _("Both values and your reason stay in the story and in the journal."),
    ]
