"""Sealed reports at the desk: taking one in, reading it, and what a custodian does with what they read.

What is opened lives in one request. It is shown once and never cached; no phrase, no name and no word of a
report is put into a session, a cache, a task or a log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qingfeng.desk.directory import Directory
from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import is_staff, needs
from qingfeng.desk.kinds import address
from qingfeng.desk.reports import forms
from qingfeng.desk.reports.doors import crumbs, keeps_reports, report_or_404
from qingfeng.desk.seen import Seen
from qingfeng.matters.answers import Done, Refusal
from qingfeng.mechanisms.report import custody, matching, reading, telling
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer
from qingfeng.plain.source_words import source_words

Page = Callable[..., HttpResponse]


def custodians_page(page: Page) -> Page:
    """Open a page to custodians; what is sent to it is shown in no report of an error, and nowhere cached."""
    return needs(keeps_reports)(sensitive_post_parameters()(never_cache(page)))


def _asked(seen: Seen, title: Any, button: Any, *says: Any, **others: Any) -> Asked:
    return Asked(
        title=title,
        button=button,
        back=address(seen.matter),
        crumbs=crumbs(seen, title),
        lead=seen.matter.number,
        says=says,
        **others,
    )


@custodians_page
def read(request: HttpRequest, report: str) -> HttpResponse:
    """Open a report with one's phrase; shown once, on this answer only, on the record."""
    seen = report_or_404(request, report)
    title = _("Read what is sealed")
    asked = _asked(
        seen,
        title,
        _("Open it"),
        _("It is shown once; the phrase is asked each time, and the journal keeps that you opened it."),
        _("Look first whether it belongs above, and whom it excludes."),
    )
    data, _problems = fields.sent(request)

    def show(given: dict[str, Any]) -> HttpResponse:
        opened = reading.read(seen.matter, given["phrase"], by=seen.viewer)
        kept = list(seen.matter.sealed_files.order_by("pk").values_list("pk", flat=True))
        context = {
            "title": title,
            "lead": seen.matter.number,
            "crumbs": asked.crumbs,
            "letters": opened.letters,
            "extract": opened.extract,
            "files": list(zip(kept, opened.file_names, strict=False)),
            "excluded": custody.excluded(opened),
            "matter": seen.matter,
            "back": asked.back,
        }
        return render(request, "desk/reports/read.html", context)

    return ask(request, forms.Phrase(data), asked, show)


@custodians_page
def enclosure(request: HttpRequest, report: str, pk: int) -> HttpResponse:
    """Give an enclosure, opened while it is sent; nothing of it touches a disk of ours."""
    seen = report_or_404(request, report)
    kept = seen.matter.sealed_files.filter(pk=pk).first()
    if kept is None:
        raise Http404
    asked = _asked(
        seen,
        _("Open an enclosure"),
        _("Open it"),
        _("It is opened while it is sent to you; what your browser saves is yours to delete."),
    )
    data, _problems = fields.sent(request)

    def give(given: dict[str, Any]) -> HttpResponse:
        opened = reading.read(seen.matter, given["phrase"], by=seen.viewer)
        before = list(seen.matter.sealed_files.filter(pk__lt=kept.pk).values_list("pk", flat=True))
        names = opened.file_names
        name = names[len(before)] if len(before) < len(names) else str(kept.pk)
        whole = b"".join(reading.enclosure(kept, opened))
        response = HttpResponse(whole, content_type="application/octet-stream")
        response["Content-Disposition"] = _attachment(name)
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return ask(request, forms.Phrase(data), asked, give)


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


@custodians_page
def keep_away(request: HttpRequest, report: str) -> HttpResponse:
    """Keep away whom the reporter excludes."""
    seen = report_or_404(request, report)
    asked = _asked(
        seen,
        _("Keep away whom the reporter excludes"),
        _("Keep them away"),
        _("For them the report and the clue it leads to do not exist any more."),
        done=_("They are kept away."),
    )
    data, _problems = fields.sent(request)

    def away(given: dict[str, Any]) -> Any:
        found = custody.keep_away(seen.matter, given["phrase"], by=seen.viewer)
        return found or Refusal("facts", _("Nobody of ours is excluded by number or name."))

    return ask(request, forms.Phrase(data), asked, away)


@custodians_page
def extract(request: HttpRequest, report: str) -> HttpResponse:
    """Make the extract for the handlers: what gives the source away is refused, and said which."""
    seen = report_or_404(request, report)
    asked = _asked(
        seen,
        _("Make the extract"),
        _("Check and seal it"),
        _("Say it in your own words: what is to be looked into, and nothing of where it comes from."),
        _("Words that say that somebody reported, and the names in the report, are found and refused."),
        _("Not found: a detail that one person alone could know, a way of writing. Read it again."),
        done=_("The extract is sealed."),
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        forms.Extract(data),
        asked,
        lambda given: custody.make_extract(seen.matter, given["extract"], given["phrase"], by=seen.viewer),
    )


@custodians_page
def handlers(request: HttpRequest, report: str) -> HttpResponse:
    """Seal the extract to those who handle the clue now."""
    seen = report_or_404(request, report)
    asked = _asked(
        seen,
        _("Hand the extract to the handlers"),
        _("Seal it to them"),
        _("Those who are named as handlers of the clue open it with their own phrase; nobody else does."),
        _("Do it again when others are named."),
        done=_("The handlers have it."),
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        forms.Phrase(data),
        asked,
        lambda given: custody.hand_extract(seen.matter, given["phrase"], by=seen.viewer),
    )


@custodians_page
def release(request: HttpRequest, report: str, no: int) -> HttpResponse:
    """Let one person know the identity, after a second person has allowed it."""
    seen = report_or_404(request, report)
    if not seen.matter.lines.filter(ledger="releases", no=no, state="allowed").exists():
        raise Http404
    asked = _asked(
        seen,
        _("Release the identity"),
        _("Release it"),
        _("A second person has allowed it. It is sealed to the one person whom you name here."),
        done=_("It is sealed to them."),
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    form = forms.To(Directory(seen.viewer), data)

    def let_know(given: dict[str, Any]) -> Any:
        to = Person.objects.get(pk=given["to"])
        return custody.release(seen.matter, to, no, given["phrase"], by=seen.viewer)

    return ask(request, form, asked, let_know)


@custodians_page
def lock(request: HttpRequest, report: str) -> HttpResponse:
    """Lock a report that belongs above: sealed to the superior commission, gone from here."""
    seen = report_or_404(request, report)
    asked = _asked(
        seen,
        _("Lock it: it belongs above"),
        _("Lock it and send it up"),
        _("It concerns a cadre of a superior commission, or our own principal."),
        _("It is sealed to the superior commission, our own copies go, and nobody here opens it any more."),
        _("A clue that it became ends, closed to all of us; its handlers are asked for their papers."),
        done=_("It is locked."),
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        forms.Phrase(data),
        asked,
        lambda given: custody.lock(seen.matter, given["phrase"], by=seen.viewer),
    )


@custodians_page
def tell(request: HttpRequest, report: str) -> HttpResponse:
    """Write to whoever reported, through the counter."""
    seen = report_or_404(request, report)
    has_result = seen.matter.stage == "answered"
    asked = _asked(
        seen, _("Write to whoever reported"), _("Send it"), done=_("It is on its way to the counter.")
    )
    data, _problems = fields.sent(request)

    def send(given: dict[str, Any]) -> Any:
        more: dict[str, Any] = {key: given[key] for key in ("objection", "new_evidence") if key in given}
        return telling.tell(seen.matter, given["kind"], given["text"], by=seen.viewer, facts=more)

    return ask(request, forms.Word(data, has_result=has_result), asked, send)


@custodians_page
def compare(request: HttpRequest) -> HttpResponse:
    """Compare personnel acts with known reporters, in memory; the auditor sees a count."""
    title = _("Personnel acts and known reporters")
    asked = Asked(
        title=title,
        button=_("Compare"),
        back=reverse("desk:list", kwargs={"kind": "report"}),
        crumbs=((title, ""),),
        says=(
            _("The list is compared with the names in the reports of twelve months that are sealed to you."),
            _("It happens in memory. What is found is shown to you once; the auditor sees how many."),
            _("Equal names are a reason to look, not a finding."),
        ),
    )
    data, _problems = fields.sent(request)

    def show(given: dict[str, Any]) -> HttpResponse:
        found = matching.compare(matching.lines_of(given["lines"]), given["phrase"], by=request.viewer)
        context = {"title": title, "crumbs": asked.crumbs, "found": found, "back": asked.back}
        return render(request, "desk/reports/compared.html", context)

    return ask(request, forms.Acts(data), asked, show)


@needs(is_staff)
@sensitive_post_parameters()
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Look whether a document names a source: words for everybody, names with a custodian's phrase."""
    title = _("Check a document before it goes out")
    viewer: Viewer = request.viewer
    has_names = keeps_reports(viewer)
    asked = Asked(
        title=title,
        button=_("Check"),
        back=reverse("desk:my_work"),
        crumbs=((title, ""),),
        says=(
            _("Looked for: words that say that somebody reported, and the numbers of reports."),
            _("A custodian finds names too, with their phrase; nobody else can. The text is kept nowhere."),
            _("Not found: a detail that one person alone could know, a way of writing. Read it again."),
        ),
    )
    data, _problems = fields.sent(request)

    def show(given: dict[str, Any]) -> HttpResponse:
        names: tuple[str, ...] = ()
        if given.get("phrase"):
            names = matching.names_in_document(given["text"], given["phrase"], by=viewer)
        context = {
            "title": title,
            "crumbs": asked.crumbs,
            "words": source_words(given["text"]),
            "names": names,
            "looked_for_names": bool(given.get("phrase")),
            "back": reverse("desk:source_check"),
        }
        return render(request, "desk/reports/checked.html", context)

    return ask(request, forms.Document(data, has_names=has_names), asked, show)


def done_at(answer: Any) -> str:
    """Return the page of what an answer opened."""
    return address(answer.matter) if isinstance(answer, Done) else reverse("desk:my_work")
