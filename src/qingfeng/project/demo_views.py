"""Pages that exist only in a demonstration: one sample sign-in for every role, and the screening report."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.mechanisms.report.sample import PHRASE
from qingfeng.organization.models import Account
from qingfeng.organization.sample import sample_accounts


@require_http_methods(["GET", "POST"])
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show the sample sign-ins; on POST sign in as one of them."""
    if not settings.DEMO:
        raise Http404
    accounts = sample_accounts()
    if request.method == "POST":
        names = {one.username for one in accounts}
        name = request.POST.get("username", "")
        account = get_object_or_404(Account, username=name if name in names else "")
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("/")
    return render(request, "project/demo.html", {"accounts": accounts, "phrase": PHRASE})


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
