"""The check of a proof as one file (离线核验页): it opens from a disk and asks no network.

Script, style and the logs' public keys stand in it; its own policy lets nothing else in or out. Whoever
distrusts the keys in it puts others into the form: from the notice board, the newspaper, another office.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from qingfeng import look

LANGUAGES = (("zh-Hans", "zh-hans", "中文"), ("en", "en", "English"))
NAME = "check-receipt.html"


def page(vkeys: Iterable[str], language: str) -> bytes:
    """Return the file.

    Args:
        vkeys: Public keys of the logs, as text.
        language: Code of the language that it begins in: `zh-hans` or `en`.

    Raises:
        FileNotFoundError: If the front end has not been built.
    """
    style = look.built("checker.css").strip()
    script = look.built("checker.js").strip().replace("</script", "<\\/script")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    keys = "\n".join(vkeys)
    parts, told = [], []
    for tag, code, _name in LANGUAGES:
        with translation.override(code):
            parts.append(_part(tag, keys))
            told.append(_("Open it in a browser with scripts."))
    with translation.override(language):
        title = _("Check a receipt")
    context = {
        "policy": mark_safe(policy),  # noqa: S308 - of hashes made here; its quotes are the policy's own
        "style": mark_safe(style),  # noqa: S308 - our own front end
        "script": mark_safe(script),  # noqa: S308 - our own front end
        "title": title,
        "without_scripts": " ".join(told),
        "parts": parts,
        "tag": "en" if language == "en" else "zh-Hans",
    }
    return render_to_string("public/offline.html", context).encode()


def _part(tag: str, keys: str) -> str:
    other, _code, name = next(one for one in LANGUAGES if one[0] != tag)
    context = {"tag": tag, "other": other, "other_name": name, "keys": keys}
    return render_to_string("public/offline_part.html", context)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
