"""Proving (核验): whether a receipt is true; in the counter's language, without a trace."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from qingfeng.public import proofs
from qingfeng.public.counter.in_memory import into_memory
from qingfeng.public.counter.views.speaking import page, speaks


@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form, and for what was brought whether it verifies; nothing of it is kept.

    With scripts the browser answers by itself and this is not asked.
    """
    if request.method != "POST":
        return _shown(request, lang)
    handler = into_memory(request, proofs.MOST_BYTES)
    form = proofs.Proof(request.POST, request.FILES)
    if handler.is_too_large or not form.is_valid():
        wrong = proofs.too_large() if handler.is_too_large else next(iter(form.errors.values()))[0]
        return _shown(request, lang, errors={"text": wrong}, status=422, text=request.POST.get("text", ""))
    return _shown(request, lang, verdict=proofs.judge(form.held()))


def _shown(
    request: HttpRequest,
    lang: str,
    *,
    verdict: proofs.Verdict | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    found = proofs.keys()
    said: dict[str, Any] = {
        "errors": {},
        "keys": [(name, key.vkey) for _log, name, key in found],
        "vkeys": [key.vkey for _log, _name, key in found],
        "verdict": verdict,
        "written": _written(verdict),
    }
    return page(request, "check_proof", lang, status=status, **{**said, **context})


def _written(verdict: proofs.Verdict | None) -> datetime | None:
    """Return when the log says that the entry was written; None where the proof does not carry it."""
    if verdict is None or not verdict.proven or not verdict.proven.entry:
        return None
    try:
        return datetime.fromisoformat(json.loads(verdict.proven.entry)["written"])
    except (ValueError, KeyError, TypeError):
        return None
