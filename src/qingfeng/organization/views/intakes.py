"""The import of units, people and posts: read in by one administrator, applied by another."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.look.tables import Column
from qingfeng.organization.forms import NothingForm, ReasonForm, WorkbookForm
from qingfeng.organization.models import Intake
from qingfeng.organization.permissions import needs_role
from qingfeng.organization.showing import NamedTable, lines, nothing, show
from qingfeng.organization.views.asking import Question, ask, data_of
from qingfeng.organization.workbook import (
    apply_intake,
    read_workbook,
    rejects_of,
    template_workbook,
    withdraw_intake,
)
from qingfeng.organization.workbook.reading import rows_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TELLING = ("name", "number", "unit", "parent", "kind", "title", "roles", "from_on", "until_on")
PAGE = 200


@needs_role("system_admin", "security_admin")
def intake_list(request: HttpRequest) -> HttpResponse:
    """Show the imports, and take a workbook where the system administrator brings one."""
    rows = Intake.objects.select_related("read_by__person", "applied_by__person").defer("rows", "made")
    columns = [
        Column(
            "file_name",
            _("file"),
            link=lambda row: reverse("organization:intake", args=[row.pk]),
            is_head=True,
        ),
        Column("get_state_display", _("state"), "tag"),
        Column("read_at", _("read in"), "moment"),
        Column("read_by", _("who")),
        Column("applied_at", pgettext("import", "applied"), "moment"),
        Column("applied_by", _("who")),
    ]
    empty = nothing(
        _("Nothing imported yet"), _("Fill in the template; you see every row before anything is written.")
    )
    acts = [(_("Download the template"), reverse("organization:intake_template"))]
    if request.viewer.has("system_admin"):
        acts.insert(0, (_("Import units, people and posts"), reverse("organization:intake_read")))
    return show(
        request,
        _("Imports"),
        NamedTable(columns, rows, _("Imports"), empty=empty, ident="imports"),
        acts=acts,
    )


@needs_role("system_admin")
def intake_read(request: HttpRequest) -> HttpResponse:
    """Read a workbook in."""
    note = _("Nothing is written yet: first you see every row with what is wrong with it.")
    question = Question(
        _("Import units, people and posts"), _("Read in"), reverse("organization:intakes"), note=note
    )
    form = WorkbookForm(data_of(request), request.FILES or None)

    def act(workbook: object) -> HttpResponse:
        intake = read_workbook(workbook.read(), workbook.name, by=request.user)  # type: ignore[attr-defined]
        return redirect("organization:intake", intake.pk)

    return ask(request, form, question, act)


@needs_role("system_admin", "security_admin")
def intake_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the preview of an import, row by row."""
    intake = get_object_or_404(Intake, pk=pk)
    words = {"rejected": _("rejected"), "add": _("will be written"), "same": _("on record already")}
    rows = sorted(rows_of(intake), key=lambda row: list(words).index(row.action))
    columns = [
        Column(lambda row: f"{row.sheet} {row.number}", _("row"), is_head=True),
        Column(lambda row: words[row.action], _("outcome"), "tag"),
        Column(
            lambda row: "，".join(str(row.values[key]) for key in row.values if key in TELLING),
            _("what it says"),
        ),
        lines(lambda row: row.problems, _("what is wrong")),
    ]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    facts = [(word, str(sum(row.action == action for row in rows))) for action, word in words.items()]
    table = NamedTable(columns, page, _("Rows"), ident="rows")
    return show(request, intake.file_name, table, acts=_acts(request, intake), facts=facts)


def _acts(request: HttpRequest, intake: Intake) -> list[tuple[str, str]]:
    words = {}
    if request.viewer.has("security_admin") and intake.state == Intake.State.PREVIEWED:
        words["intake_apply"] = _("Apply")
    if request.viewer.has("security_admin") and intake.state == Intake.State.APPLIED:
        words["intake_withdraw"] = _("Withdraw")
    if any(row["action"] == "rejected" for row in intake.rows):
        words["intake_rejects"] = _("Download rejected rows")
    return [(said, reverse(f"organization:{name}", args=[intake.pk])) for name, said in words.items()]


@needs_role("security_admin")
def intake_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply an import."""
    intake = get_object_or_404(Intake, pk=pk)
    back = reverse("organization:intake", args=[pk])
    question = Question(_("Apply the import"), _("Apply"), back, note=_("Rejected rows stay out."))
    return ask(
        request, NothingForm(data_of(request)), question, lambda: apply_intake(intake, by=request.user)
    )


@needs_role("security_admin")
def intake_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an import."""
    intake = get_object_or_404(Intake, pk=pk)
    question = Question(_("Withdraw the import"), _("Withdraw"), reverse("organization:intake", args=[pk]))
    form = ReasonForm(data_of(request))
    return ask(
        request, form, question, lambda reason: withdraw_intake(intake, by=request.user, reason=reason)
    )


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@needs_role("system_admin", "security_admin")
def intake_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the empty workbook."""
    return _file(template_workbook(), "organization-template.xlsx")


@needs_role("system_admin", "security_admin")
def intake_rejects(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the rejected rows with their reasons."""
    return _file(rejects_of(get_object_or_404(Intake, pk=pk)), f"organization-rejects-{pk}.xlsx")
