"""Pages that exist only in a demonstration: one sample sign-in for every role, and the screening report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.mechanisms.report.sample import PHRASE
from qingfeng.organization.models import Account
from qingfeng.organization.roles import ADMINISTRATORS, ROLES
from qingfeng.organization.sample import SampleAccount, sample_accounts


@dataclass(frozen=True)
class Story:
    """One way into the house: who to be, and which page to open first.

    Attributes:
        key: Its name in the form.
        title, text: English, translated where it is shown.
        username: The sample sign-in.
        view: Name of the page.
    """

    key: str
    title: str
    text: str
    username: str
    view: str


STORIES = (
    Story(
        "doubts",
        _("How a doubt comes about"),
        _("Which rows contradict each other, under which rule, and what has to be ruled out first."),
        "analyst",
        "desk:leads",
    ),
    Story(
        "letters",
        _("A letter that is not forgotten"),
        _("Reported for closing, evaluated by two, and then answered by the records themselves."),
        "deputy",
        "desk:letters_corrections",
    ),
    Story(
        "petitions",
        _("Petitions that bind offices"),
        _("Four gauges of offices, slips with days, leaders' promises; nobody watches who wrote."),
        "petition_head",
        "desk:petitions_board",
    ),
    Story(
        "cockpit",
        _("The district in seven panels"),
        _("Deadlines, quality beside quantity, what comes next; every number opens its rows."),
        "principal",
        "desk:cockpit",
    ),
    Story(
        "prone",
        _("Where problems are frequent"),
        _("Verified problems by what there was to go wrong, with intervals and what was never looked at."),
        "deputy",
        "desk:prone",
    ),
    Story(
        "team",
        _("An evaluation that is fair"),
        _("Ballots that belong to nobody, and results that say how sure they are."),
        "evaluator",
        "desk:appraisal",
    ),
)

GUARDS = frozenset({"custodian", "case_supervisor", "reviewer", "escrow_holder", *ADMINISTRATORS})
LEADERS = frozenset({"principal", "deputy", "dept_head"})


@require_http_methods(["GET", "POST"])
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show the sample sign-ins; on POST sign in as one of them and open a story's page."""
    if not settings.DEMO:
        raise Http404
    accounts = sample_accounts()
    if request.method == "POST":
        names = {one.username for one in accounts}
        name = request.POST.get("username", "")
        account = get_object_or_404(Account, username=name if name in names else "")
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        chosen = next((one for one in STORIES if one.key == request.POST.get("story")), None)
        return redirect(reverse(chosen.view) if chosen else "/")
    terms = {one.username: gettext(ROLES[one.role].name) for one in accounts}
    stories = [
        {
            "key": one.key,
            "title": gettext(one.title),
            "text": gettext(one.text),
            "username": one.username,
            "term": terms[one.username],
        }
        for one in STORIES
        if one.username in terms
    ]
    page = {"groups": _groups(accounts), "stories": stories, "phrase": PHRASE}
    return render(request, "project/demo.html", page)


def _groups(accounts: list[SampleAccount]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the sign-ins by what they do in the house, with one sentence each; no group is empty."""
    leading, working = pgettext("roles", "Who decides"), pgettext("roles", "Who carries matters")
    guarding, outside = pgettext("roles", "Who guards and reviews"), pgettext("roles", "Whoever is outside")
    groups: dict[str, list[dict[str, str]]] = {name: [] for name in (leading, working, guarding, outside)}
    for one in accounts:
        role = ROLES[one.role]
        if one.role in LEADERS:
            name = leading
        elif one.role in GUARDS:
            name = guarding
        else:
            name = working if role.is_ours else outside
        said = {"username": one.username, "name": one.name, "post": one.post}
        groups[name].append(said | {"role": gettext(role.name), "description": gettext(role.description)})
    return [(name, members) for name, members in groups.items() if members]


@require_GET
@csp_replace(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "script-src": [UNSAFE_INLINE],
        "img-src": ["data:"],
    }
)
def report(_request: HttpRequest) -> FileResponse:
    """Show the screening report: one file that loads nothing, with a policy of its own."""
    file = Path(settings.HOME) / "report.html"
    if not settings.DEMO or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="text/html; charset=utf-8")
