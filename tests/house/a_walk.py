"""Every address of the site, out of its resolver, and whoever asks for it."""

import zipfile
from io import BytesIO

import a_site
from django.urls import URLResolver, get_resolver


def addresses():
    """Return every address by its full name, with the names of its parts."""
    return dict(sorted(_walk(get_resolver(), "", ())))


def _walk(resolver, namespace, parts):
    for one in resolver.url_patterns:
        here = (*parts, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{namespace}{one.namespace}:" if one.namespace else namespace, here)
        else:
            yield f"{namespace}{one.name or one.callback.__module__ + '.' + one.callback.__qualname__}", here


NOT_WALKED = {"account_logout", "set_language"}
HIDDEN = {  # who sees nothing of the first matter at a level
    "reviewer": "internal",
    "registrar": "restricted",
    "unit_contact": "ordinary",
    "partner": "ordinary",
    "system_admin": "ordinary",
}
CARDS = {"principal": "restricted", "superior": "internal"}  # who sees a card or a part of it


def set_level(site, name, level):
    """Let the first matter have a level, or somebody be recused from it."""
    from qingfeng.matters import guarding
    from qingfeng.matters.models import Matter

    if level == "recused":
        person = site.people[name].person
        made = guarding.recuse(site.matter, person, "本人申请", by=site.viewer(name))
        assert made is not None
        assert made
        level = "internal"
    Matter.objects.filter(pk=site.matter.pk).update(confidentiality=level)


def let_out(site, answer):
    """Return what an answer says of the first matter: what it holds ("content"), its number, where it is."""
    said, leads_to = told(answer), answer.headers.get("Location", "")
    says = {
        "content": a_site.SECRET in said,
        "number": site.matter.number in said,
        "address": f"/{site.matter.slug}/" in leads_to,
    }
    return {what for what, is_said in says.items() if is_said}


def told(response):
    """Return all that an answer says as text, the files inside a file among it."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    heads = " ".join(f"{name}: {value}" for name, value in response.items())
    texts = [heads, raw.decode("utf-8", "replace")]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            texts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(texts)
