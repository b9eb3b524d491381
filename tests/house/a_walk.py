"""Every address of the site, out of its resolver, and whoever asks for it."""

import zipfile
from io import BytesIO

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


def told(response):
    """Return all that an answer says as text, the files inside a file among it."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    heads = " ".join(f"{name}: {value}" for name, value in response.items())
    texts = [heads, raw.decode("utf-8", "replace")]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            texts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(texts)
