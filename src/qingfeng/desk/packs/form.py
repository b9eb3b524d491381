"""The offline form as one file: contents, script and style, and a policy that lets nothing else in or out."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from html import escape

from qingfeng import look
from qingfeng.desk.packs.contents import Contents
from qingfeng.desk.packs.kinds import kinds

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>外出任务包 {code}</title>
<style>{style}</style>
</head>
<body>
<div id="mark" aria-hidden="true">{mark}</div>
<main id="app"><noscript>请用 Chromium 94 以上的浏览器打开。 Open it in Chromium 94+.</noscript></main>
<script type="application/json" id="contents">{contents}</script>
<script type="application/json" id="kinds">{kinds}</script>
<script>{script}</script>
</body>
</html>
"""


def form_html(contents: Contents) -> bytes:
    """Return the form of a pack.

    Args:
        contents: What it says; the words of the task types that it has go with it, no others.

    Raises:
        FileNotFoundError: If the front end has not been built.
    """
    style = look.built("pack.css").strip()
    script = look.built("pack.js").strip().replace("</script", "<\\/script")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    who = f"{'　'.join(contents.carriers)}　{contents.code}"
    return PAGE.format(
        policy=policy,
        code=escape(contents.code),
        style=style,
        mark=escape("　　".join([who] * 60)),
        contents=contents.as_text(),
        kinds=_kinds(contents),
        script=script,
    ).encode()


def _kinds(contents: Contents) -> str:
    """Return the words of the task types in the pack, as JSON that a page can hold."""
    wanted = {task.kind for task in contents.tasks}
    said = {
        key: {"name": one.name, "reminds": one.reminds, "asks": [asdict(ask) for ask in one.asks]}
        for key, one in kinds().items()
        if key in wanted
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
