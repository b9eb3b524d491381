"""Split a part off, link and unlink, move to the newest declaration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk import values
from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask, crumbs_of
from qingfeng.desk.keeping.doors import is_staff, kept_or_404, needs
from qingfeng.desk.keeping.numbers import matter_of, shown_title
from qingfeng.desk.keeping.views.ending import Why
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.exchange.answers import came_by_counter
from qingfeng.matters import access, keeping
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism, mechanisms
from qingfeng.matters.vocabulary import Mechanism

LINKS = {
    "led_to": gettext_lazy("this matter led to the other one"),
    "related": gettext_lazy("both belong to one affair"),
    "repeats": gettext_lazy("this matter repeats the other one"),
    "serves": gettext_lazy("this matter serves the other one: a goal, a project or a campaign"),
    "cites": gettext_lazy("this matter carries out the other one: a requirement of the deployment register"),
    "staffed_by": gettext_lazy("the other one is the task force that works on this matter"),
    "asks_for": gettext_lazy("the other one asks for the data that this matter needs"),
    "assessed_by": gettext_lazy("the other one assesses the impact of this matter"),
}
ENDS = {
    "serves": ("goal", "demonstration", "campaign"),
    "cites": ("deployment",),
    "staffed_by": ("task_force",),
    "asks_for": ("data_request",),
    "assessed_by": ("impact",),
}
"""Kinds of matter at which a link may end, where only some make sense."""


class Split(fields.Form):
    """What the new matter is about, the lines that go along, and why."""

    def __init__(self, seen: Seen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = fields.text(
            _("Title of the new matter"),
            help_text=_("What it is about, in one line; no names of private persons."),
        )
        for shown in seen.ledgers:
            choices = [
                (line.no, " · ".join([str(line.no), *[words for words, _is_day in cells if words], state]))
                for line, cells, state, _files in shown.lines
                if not line.is_done
            ]
            if choices:
                self.fields[f"lines-{shown.ledger.key}"] = forms.TypedMultipleChoiceField(
                    label=_("Lines that go along: %(ledger)s") % {"ledger": shown.ledger.name},
                    choices=choices,
                    coerce=int,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
        self.fields["reason"] = fields.reason()

    def lines(self) -> dict[str, list[int]]:
        """Return the numbers of the chosen lines by ledger."""
        chosen = {
            name.removeprefix("lines-"): self.cleaned_data[name]
            for name in self.fields
            if name.startswith("lines-")
        }
        return {key: numbers for key, numbers in chosen.items() if numbers}


@needs(is_staff)
def split(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Split part of a matter off: a new one of its kind in the same stage, with the chosen lines."""
    seen = kept_or_404(request, kind, slug)
    data, _problems = fields.sent(request)
    form = Split(seen, data)
    asked = Asked(
        title=_("Split a part off"),
        button=_("Split off"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (_("Split a part off"), "")),
        lead=seen.title,
        says=(
            _("A new matter of the same kind begins in the same stage, with a number of its own."),
            _("Parties, facts and running clocks go along; chosen lines leave this matter."),
            *_read_outside(seen),
        ),
        sure=lambda form: (
            form.cleaned_data["title"],
            _("Lines that go along: %(count)s.") % {"count": sum(len(one) for one in form.lines().values())},
        ),
        done=_("The part was split off."),
        after=lambda answer: _after(seen, answer),
    )
    return ask(
        request,
        form,
        asked,
        lambda given: keeping.split(
            seen.matter, title=given["title"], lines=form.lines(), by=seen.viewer, reason=given["reason"]
        ),
    )


def _read_outside(seen: Seen) -> tuple[str, ...]:
    """Say that whoever wrote through the counter reads what the new matter is called."""
    if not came_by_counter(seen.matter):
        return ()
    return (_("Whoever wrote reads number and title of the new matter at the counter, under their code."),)


def _after(seen: Seen, answer: Any) -> str:
    """Return the page of the new matter where the viewer sees it, else that of the old one."""
    opened = answer.opened if isinstance(answer, Done) else ()
    return address(opened[0] if opened and access.may_see(seen.viewer, opened[0]) else seen.matter)


class Link(fields.Form):
    """The other matter by its number, how the two belong together, and why."""

    def __init__(self, seen: Seen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.fields["other"] = fields.text(_("Number of the other matter"), most=60)
        self.fields["kind"] = forms.ChoiceField(label=_("How they belong together"), choices=_offered())
        self.fields["reason"] = fields.reason()

    def clean_other(self) -> Matter:
        """Return the matter of that number."""
        return matter_of(self.seen.viewer, self.cleaned_data["other"])

    def clean(self) -> dict[str, Any]:
        """Refuse a link that ends at a kind of matter at which it means nothing."""
        given = super().clean() or {}
        other, ends = given.get("other"), ENDS.get(given.get("kind", ""))
        if other and ends and other.mechanism not in ends:
            names = ", ".join(str(one.name) for one in mechanisms() if one.key in ends)
            self.add_error("kind", _("Such a link ends at: %(kinds)s.") % {"kinds": names})
        return given


def _offered() -> list[tuple[str, Any]]:
    """Return the links that can be made by hand: those that end at kinds of matter which the house has."""
    there = {one.key for one in mechanisms()}
    return [(key, says) for key, says in LINKS.items() if key not in ENDS or there.intersection(ENDS[key])]


@needs(is_staff)
def link(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Link a matter to another one; below stand the links that can be taken away."""
    seen = kept_or_404(request, kind, slug)
    asked = Asked(
        title=_("Link to another matter"),
        button=_("Link"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (_("Link"), "")),
        lead=seen.title,
        sure=lambda form: (
            shown_title(seen.viewer, form.cleaned_data["other"]),
            str(LINKS[form.cleaned_data["kind"]]),
        ),
        done=_("The two are linked."),
        above="desk/keeping/links.html",
        more={"links": _links_out(seen), "matter": seen.matter},
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Link(seen, data),
        asked,
        lambda given: keeping.link(
            seen.matter, given["other"], given["kind"], by=seen.viewer, reason=given["reason"]
        ),
    )


def _links_out(seen: Seen) -> list[tuple[int, Matter, str]]:
    """Return the links from this matter to matters that the viewer sees: key, the other one, how."""
    there = {other.pk for _kind, outward, other in seen.links if outward}
    rows = seen.matter.links_out.filter(until_at=None, target__in=there).select_related("target")
    return [(row.pk, row.target, str(LINKS.get(row.kind, ""))) for row in rows]


@needs(is_staff)
def unlink(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Take a link away, with a reason; its line stays with the day it ended."""
    seen = kept_or_404(request, kind, slug)
    row = next((one for one in _links_out(seen) if one[0] == pk), None)
    if row is None:
        raise Http404
    line = seen.matter.links_out.get(pk=pk)
    link_page = reverse("desk:keep_link", kwargs={"kind": kind, "slug": slug})
    asked = Asked(
        title=_("Take the link to %(number)s away") % {"number": row[1].number},
        button=_("Take it away"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (_("Link"), link_page), (row[1].number, "")),
        lead=seen.title,
        says=(_("That there was a link, and until when, stays in the story."),),
        done=_("The link was taken away."),
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Why(data),
        asked,
        lambda given: keeping.unlink(seen.matter, line, by=seen.viewer, reason=given["reason"]),
    )


@needs(is_staff)
def move(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Move a matter to the newest version of its declaration, after showing what changes."""
    seen = kept_or_404(request, kind, slug)
    plan = keeping.preview_move(seen.matter)
    more: dict[str, Any] = {"refusal": plan} if isinstance(plan, Refusal) else {"plan": _plan(seen, plan)}
    asked = Asked(
        title=_("Move to the newest declaration"),
        button=pgettext("keeping", "Move"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (pgettext("keeping", "Move"), "")),
        lead=seen.title,
        done=_("The matter stands on the newest declaration."),
        above="desk/keeping/move.html",
        more=more,
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Why(data),
        asked,
        lambda given: keeping.move(seen.matter, by=seen.viewer, reason=given["reason"]),
    )


def _plan(seen: Seen, plan: keeping.Move) -> dict[str, Any]:
    """Return what a move would change, in words."""
    old, new = seen.declared, mechanism(seen.matter.mechanism)
    known = values.fields_of(old)
    clocks = {one.key: one.name for one in (*old.clocks, *new.clocks)}
    return {
        "versions": (old.version, plan.to_version),
        "stages": (old.stage(plan.stage[0]).name, new.stage(plan.stage[1]).name),
        "aside": [known[key].name if key in known else key for key in plan.facts_kept_aside],
        "ended": [clocks[key] for key in plan.clocks_ended],
        "missing": [clocks[key] for key in plan.clocks_missing],
        "digests": plan.digests,
    }
