"""The page of a slip, the stamped copy that comes back through its code, and the numbered correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask, crumbs_of
from qingfeng.desk.keeping.doors import carries_matters, is_person, is_staff, kept_or_404, needs
from qingfeng.desk.keeping.views.ending import Why
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.desk.views.ground import seen_or_404, viewer_in
from qingfeng.documents import slips
from qingfeng.documents.models import Attachment
from qingfeng.documents.models import Slip as SlipRow
from qingfeng.documents.qr import NotASlip
from qingfeng.documents.slips import CannotBind
from qingfeng.documents.wording import WrongTemplate
from qingfeng.journal import store
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access, guarding, keeping, replacing
from qingfeng.matters.models import MatterSlip
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem


def row_or_404(seen: Seen, pk: int) -> MatterSlip:
    """Return a slip that the viewer sees on a matter.

    Raises:
        Http404: If there is none, or none for them.
    """
    found = next((one for one in seen.slips if one.slip_id == pk), None)
    if found is None:
        raise Http404
    return found


@needs(is_person)
@require_GET
def page(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Show a slip: its files, its proof, what it replaces, and the copy that came back."""
    seen = seen_or_404(request, kind, slug)
    row = row_or_404(seen, pk)
    guarding.note_read(seen.viewer, seen.matter, "slip")
    slip = row.slip
    keeps = keeping.may_keep(seen.viewer, seen.matter)
    after = SlipRow.objects.filter(replaces=slip).select_related("number").first()
    shown = {one.slip_id for one in seen.slips}
    context = {
        "title": slip.official["title"],
        "lead": slip.number.text,
        "crumbs": crumbs_of(seen, (slip.number.text, "")),
        "seen": seen,
        "matter": seen.matter,
        "row": row,
        "slip": slip,
        "before": slip.replaces if slip.replaces_id in shown else None,
        "after": after if after and after.pk in shown else None,
        "entry": JournalEntry.objects.filter(pk=slip.journal_entry).first() if slip.journal_entry else None,
        "may_return": may_return(seen.viewer, row),
        "keeps": keeps,
        "may_replace": keeps and after is None,
    }
    return render(request, "desk/keeping/slip.html", context)


def may_return(viewer: Viewer, row: MatterSlip) -> bool:
    """Return whether somebody may bind the stamped copy of a slip: own staff who see its matter whole."""
    return viewer.is_ours and access.view_of(viewer, row.matter) == "whole"


@needs(is_person)
@require_GET
def proof(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Give the proof of entry of a slip's act as a file that anybody can check."""
    seen = seen_or_404(request, kind, slug)
    slip = row_or_404(seen, pk).slip
    entry = JournalEntry.objects.filter(pk=slip.journal_entry).first() if slip.journal_entry else None
    if entry is None:
        raise Http404
    try:
        held = store.prove(entry)
    except JournalProblem:
        messages.warning(request, _("The entry is not published yet: ask again in a minute."))
        return redirect(address(seen.matter, "slip_page", pk=pk))
    headers = {
        "Content-Disposition": f'attachment; filename="entry-{entry.index}.proof"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(held, content_type="text/plain; charset=utf-8", headers=headers)


class Return(fields.Form):
    """The code that was typed or scanned, and the scan of the paper."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["code"] = fields.text(
            _("Code of the slip"),
            help_text=_("Scan the QR code on the slip with a reader, or type its text."),
            most=400,
        )
        self.fields["copy"] = fields.file(
            viewer.account_id, _("Stamped or signed scan"), help_text=_("PDF, OFD, TIFF, JPEG or PNG.")
        )

    def clean_code(self) -> MatterSlip:
        """Return the slip of the code, on a matter that the viewer reads whole."""
        unknown = _("This is no code of a slip that you may bind a copy to. Scan it once more.")
        try:
            slip = slips.slip_of(self.cleaned_data["code"])
        except NotASlip:
            raise forms.ValidationError(unknown) from None
        row = MatterSlip.objects.filter(slip=slip).select_related("matter", "slip__number").first()
        if row is None or not may_return(self.viewer, row):
            raise forms.ValidationError(unknown)
        return row


@needs(carries_matters)
def returned(request: HttpRequest, end: str = "") -> HttpResponse:
    """Bind the stamped copy of a slip, found by its code (`end`: that of an address a telephone opens)."""
    viewer = viewer_in(request)
    data, problems = fields.sent(request)
    code = f"qingfeng:slip/1/{end}" if end else request.GET.get("code", "")
    form = Return(viewer, data, initial={"code": code})
    if data is not None:
        fields.put(form, problems)
    asked = Asked(
        title=_("Returned copy"),
        button=_("Bind it to its number"),
        back="/",
        says=(
            _("The stamped or signed paper becomes the record copy of its number."),
            _("A slip has one record copy; a wrong one is released with a reason first."),
        ),
        done=_("It is the record copy now."),
        sure=lambda form: (
            _("%(number)s: %(title)s")
            % {
                "number": form.cleaned_data["code"].slip.number.text,
                "title": form.cleaned_data["code"].slip.official["title"],
            },
            Attachment.objects.get(pk=form.cleaned_data["copy"][0]).name,
        ),
        after=lambda row: address(row.matter, "slip_page", pk=row.slip_id),
    )
    return ask(request, form, asked, lambda given: _bind(request, given["code"], given["copy"][0]))


def _bind(request: HttpRequest, row: MatterSlip, file_id: int) -> MatterSlip:
    try:
        slips.bind_record_copy(row.slip, Attachment.objects.get(pk=file_id), by=request.user)
    except CannotBind as why:
        raise Problem(str(why)) from why
    return row


@needs(is_staff)
def release(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Take a wrong record copy off its slip, with a reason."""
    seen = kept_or_404(request, kind, slug)
    row = row_or_404(seen, pk)
    if row.slip.record_copy_id is None:
        raise Http404
    back = address(seen.matter, "slip_page", pk=pk)
    asked = Asked(
        title=_("Release the record copy"),
        button=pgettext("keeping", "Release"),
        back=back,
        crumbs=crumbs_of(seen, (row.slip.number.text, back), (pgettext("keeping", "Release"), "")),
        lead=row.slip.number.text,
        says=(_("The file stays kept; the slip can take another copy."),),
        done=_("The record copy is released."),
    )

    def act(given: dict[str, Any]) -> Any:
        try:
            return slips.release_record_copy(row.slip, by=request.user, reason=given["reason"])
        except CannotBind as why:
            raise Problem(str(why)) from why

    data, _problems = fields.sent(request)
    return ask(request, Why(data), asked, act)


@needs(is_staff)
def replace(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Replace an erroneous slip by a numbered correction, printed from the facts as they stand now."""
    seen = kept_or_404(request, kind, slug)
    row = row_or_404(seen, pk)
    if SlipRow.objects.filter(replaces=row.slip).exists():
        raise Http404
    back = address(seen.matter, "slip_page", pk=pk)
    asked = Asked(
        title=_("Replace the slip by a correction"),
        button=_("Print the correction"),
        back=back,
        crumbs=crumbs_of(seen, (row.slip.number.text, back), (_("Replace"), "")),
        lead=f"{row.slip.number.text} {row.slip.official['title']}",
        says=(
            _("Correct the facts first: the correction is printed from what stands now."),
            _("It gets a number of its own; the old slip stays and points to it."),
            _("Send the correction to everybody who has the old one."),
        ),
        done=_("The correction is printed."),
        after=lambda answer: address(
            seen.matter, "slip_page", pk=answer.performance.slips.values_list("slip_id", flat=True)[0]
        ),
    )

    def act(given: dict[str, Any]) -> Any:
        try:
            return replacing.replace_slip(row, by=seen.viewer, reason=given["reason"])
        except WrongTemplate as wrong:
            raise Problem(_("The wording of this slip is broken: %(what)s") % {"what": wrong}) from wrong

    data, _problems = fields.sent(request)
    return ask(request, Why(data), asked, act)
