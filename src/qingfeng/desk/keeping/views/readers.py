"""For the auditor: who could read a matter on a day, how much, and who did; nothing of the matter itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.doors import audits, needs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.journal.store import append
from qingfeng.look import said
from qingfeng.look.sheets import Sheet, answer
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.guarding import Reader, readers_of
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import viewer_for


@dataclass(frozen=True)
class Line:
    """Somebody who could read or did, in words."""

    name: str
    number: str
    posts: str
    view: str
    reads: str


class Ask(fields.Form):
    """The number of a matter and a day that has come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = fields.text(_("Number of the matter"), most=60)
        self.fields["on"] = fields.day(_("On which day"), initial=timezone.localdate())

    def clean_number(self) -> Matter:
        """Return the matter of that number; the auditor asks by number alone."""
        found = Matter.objects.filter(number=self.cleaned_data["number"].strip()).first()
        if found is None:
            raise ValidationError(_("There is no matter of this number. Copy the number as it stands."))
        return found

    def clean_on(self) -> date:
        """Return the day, which has come."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("Enter a day that has come."))
        return on


@needs(audits)
def readers(request: HttpRequest) -> HttpResponse:
    """Ask who could read a matter and who did; POST gives what is shown as a file, on the record."""
    asked = request.POST if request.method == "POST" else request.GET
    form = Ask(asked if "number" in asked else None)
    context: dict[str, Any] = {"title": _("Who could read, and who did"), "form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "desk/keeping/readers.html", context, status=422 if form.is_bound else 200)
    matter, on = form.cleaned_data["number"], form.cleaned_data["on"]
    lines = [_line(one, on) for one in readers_of(matter, on)]
    if request.method == "POST":
        return _export(request, matter, on, lines)
    context |= {"matter": matter, "on": on, "table": _table(lines), "lines": lines}
    return render(request, "desk/keeping/readers.html", context)


def _line(one: Reader, on: date) -> Line:
    views = {"whole": _("whole"), "card": _("card only"), "part": _("own part")}
    posts = _("; ").join(f"{post.unit} {post.title}" for post in viewer_for(one.person, on).posts)
    reads = _("; ").join(f"{said.day(day)} {way_name(way)}" for day, way in one.reads) or "—"
    return Line(one.person.name, one.person.number, posts, views.get(one.view, _("nothing")), reads)


def way_name(way: str) -> str:
    """Return in which way something was read, in words."""
    names = {
        "page": _("on a page"),
        "slip": pgettext("keeping", "as a slip"),
        "file": _("a file"),
        "export": _("in an export"),
        "api": _("through the API"),
        "sealed": _("a sealed field"),
    }
    return names.get(way, way)


def _columns() -> list[Column]:
    return [
        Column("name", _("person's name"), is_head=True),
        Column("number", _("person number"), "exact"),
        Column("posts", _("Posts on that day")),
        Column("view", _("Could read"), "tag"),
        Column("reads", _("Did read")),
    ]


def _table(lines: list[Line]) -> Table:
    empty = Empty(_("Nobody could read it on that day"), _("Choose another day."))
    return Table(_columns(), lines, _("Who could read, and who did"), empty=empty)


def _export(request: HttpRequest, matter: Matter, on: date, lines: list[Line]) -> HttpResponse:
    """Give what is shown as a file; the journal keeps that it was given, of which matter and day."""
    viewer = viewer_in(request)
    columns = _columns()
    rows: list[list[str | int | float | None]] = [
        [str(column.value(one) or "") for column in columns] for one in lines
    ]
    subject = f"{matter.mechanism}/{matter.slug}"
    with transaction.atomic():
        facts = {"what": "readers", "matter": subject, "on": on.isoformat(), "rows": len(rows)}
        append("audit.exported", subject=subject, by=f"person:{viewer.person_id}", facts=facts)
    title = _("Who could read %(number)s on %(day)s") % {"number": matter.number, "day": on.isoformat()}
    return answer(
        Sheet(title, [str(one.label) for one in columns], rows), form=request.POST.get("form", "xlsx")
    )
