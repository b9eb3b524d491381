"""What a browser fetches before a page is seen: the page and what it names for it, as it is sent."""

import gzip
import re

from django.test import Client

LIMIT = 1_000_000
A_LARGE_SCRIPT = 50_000
SEEN_FIRST = re.compile(
    r'<link[^>]*\brel="(?:stylesheet|modulepreload)"[^>]*\bhref="([^"]+)"'
    r'|<link[^>]*\bhref="([^"]+)"[^>]*\brel="(?:stylesheet|modulepreload)"'
    r'|<link rel="preload"[^>]*\bhref="([^"]+)"|<script[^>]*\bsrc="([^"]+)"'
    r'|<img(?![^>]*loading="lazy")[^>]*\bsrc="([^"]+)"'
)


def fetched(address):
    """Return what a browser gets for an address: the answer and its bytes as they are sent."""
    answer = Client().get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, address
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def first_view(address):
    """Return the weight of a page and of all it names to be seen first, bytes by address."""
    answer, content = fetched(address)
    assert answer["Content-Encoding"] == "gzip", address
    text = gzip.decompress(content).decode()
    named = {next(filter(None, found)) for found in SEEN_FIRST.findall(text)}
    assert named
    return {address: len(content)} | {one: len(fetched(one)[1]) for one in named}
