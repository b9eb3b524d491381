"""Check a proof of entry (存证核验): anybody, without signing in, without a script.

What is checked here can be checked without this house: the page gives the checker, one file of standard
Python, and the public keys.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from qingfeng.journal import check_proof, store
from qingfeng.journal.errors import Broken, JournalProblem
from qingfeng.journal.models import Log
from qingfeng.journal.note import Verifier
from qingfeng.journal.proof import Proven, parse_proof
from qingfeng.journal.proof import check_proof as proven_by
from qingfeng.public import offline

MOST_BYTES = 128 * 1024


@dataclass(frozen=True)
class Verdict:
    """What came of a check.

    Attributes:
        is_right: Whether everything in it holds.
        why: What is wrong, in words; empty where it is right.
        proven: What it shows.
        entry: (name, value) of the entry, where the proof carries it.
        log: Key of the log whose key was used.
        file: The proof itself, where a code only named the entry.
    """

    is_right: bool
    why: str = ""
    proven: Proven | None = None
    entry: list[tuple[str, str]] = field(default_factory=list)
    log: str = ""
    file: str = ""

    @property
    def root(self) -> str:
        """Root of the signed tree, base64."""
        return b64encode(self.proven.checkpoint.root).decode() if self.proven else ""

    @property
    def leaf(self) -> str:
        """Leaf hash, hex."""
        return self.proven.leaf.hex() if self.proven else ""


def too_large() -> str:
    """Return what is said of a file that can be no proof."""
    return _("This file is too large to be a proof of entry.")


class Proof(forms.Form):
    """A proof as text, or as a file."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("Text of the proof or of the QR code"),
            required=False,
            max_length=MOST_BYTES,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        )
        self.fields["file"] = forms.FileField(
            label=_("Or the file"), required=False, help_text=_("It ends in .proof.")
        )

    def held(self) -> bytes:
        """Return what was brought, as bytes; the file first."""
        file = self.cleaned_data.get("file")
        text = file.read() if file else self.cleaned_data["text"].encode()
        return bytes(text).replace(b"\r\n", b"\n")

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for one that is no larger than a proof can be."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.get("file")
        if not file and not given.get("text", "").strip():
            raise forms.ValidationError(_("Paste the text, or choose the file."))
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show the form, and for what was brought whether it verifies; nothing of it is kept."""
    form = Proof(request.POST, request.FILES) if request.method == "POST" else Proof()
    verdict = judge(form.held()) if form.is_bound and form.is_valid() else None
    found = keys()
    context = {
        "title": _("Check a proof of entry"),
        "form": form,
        "verdict": verdict,
        "keys": found,
        "vkeys": [key.vkey for _log, _name, key in found],
    }
    status = 422 if form.errors else 200
    return render(request, "public/proof.html", context, status=status)


def keys() -> list[tuple[str, str, Verifier]]:
    """Return the public keys of the logs that have one: key of the log, its name, the key."""
    found = []
    for log, name in Log.choices:
        folder = store.folder_of(log)
        if folder.has_key():
            found.append((log, str(name), folder.verifier()))
    return found


def judge(held: bytes) -> Verdict:
    """Return whether a proof, or the five lines of a code that name an entry, holds.

    Args:
        held: A file or a text as it was brought; line ends are line feeds.
    """
    text = held.decode("utf-8", errors="replace")
    if text.startswith(store.QR_TEXT):
        return _named(text)
    try:
        origin = parse_proof(_whole(held)).note.decode().split("\n", 1)[0]
    except (Broken, UnicodeDecodeError):
        return Verdict(
            is_right=False, why=_("This is no proof of entry, or it was cut short or changed on the way.")
        )
    for log, _name, key in keys():
        if key.name == origin:
            return _judged(_whole(held), log)
    return Verdict(
        is_right=False,
        why=_("It was signed by another log, not by one of this house: %(origin)s") % {"origin": origin},
    )


def _whole(held: bytes) -> bytes:
    """Return the text with the one line feed at its end that copying often loses."""
    return held.strip(b"\n ") + b"\n"


def _judged(held: bytes, log: str) -> Verdict:
    folder = store.folder_of(log)
    try:
        note = parse_proof(held).note
        folder.checkpoint(note)
        proven = proven_by(held, folder.key_of(note), witnesses=folder.witnesses())
    except Broken:
        return Verdict(
            is_right=False,
            why=_("The hashes or the signature do not fit: something in it was changed."),
            log=log,
        )
    return Verdict(is_right=True, proven=proven, entry=_read(proven), log=log)


def _read(proven: Proven) -> list[tuple[str, str]]:
    """Return what a carried entry says, name by name."""
    if not proven.entry:
        return []
    try:
        said = json.loads(proven.entry)
    except ValueError:
        return []
    return [
        (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in said.items()
    ]


def _named(text: str) -> Verdict:
    """Return the verdict on the entry that a code names: its proof is made now and checked like any other."""
    entry = store.entry_of_qr(text.strip() + "\n")
    if entry is None:
        return Verdict(
            is_right=False, why=_("No entry of this house is named so. Scan the whole code once more.")
        )
    try:
        held = store.prove(entry)
    except JournalProblem:
        return Verdict(
            is_right=False, why=_("The entry is here and not yet published: check again in a few minutes.")
        )
    verdict = _judged(held, entry.log)
    return Verdict(verdict.is_right, verdict.why, verdict.proven, verdict.entry, verdict.log, held.decode())


@require_GET
def checker(_request: HttpRequest) -> HttpResponse:
    """Give the checker that needs nothing of this house: one file of standard Python."""
    text = Path(check_proof.__file__).read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="check_proof.py"'}
    return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=headers)


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """Give the check as one page that opens from a disk, in the language of `lang` (`zh`, `en`) first."""
    asked = "en" if request.GET.get("lang", translation.get_language() or "") == "en" else "zh-hans"
    held = offline.page([key.vkey for _log, _name, key in keys()], asked)
    headers = {"Content-Disposition": f'attachment; filename="{offline.NAME}"'}
    return HttpResponse(held, content_type="application/octet-stream", headers=headers)  # to be kept


@require_GET
def vkey(_request: HttpRequest, log: str) -> HttpResponse:
    """Give the public key of a log as text."""
    found = next((key for name, _words, key in keys() if name == log), None)
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{log}.vkey"'}
    return HttpResponse(f"{found.vkey}\n", content_type="text/plain; charset=utf-8", headers=headers)
