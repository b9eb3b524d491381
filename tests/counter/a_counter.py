"""Builders: the keys of an office, somebody who writes without a script, and who opens what came."""

import html
import io
import re
from datetime import timedelta
from hashlib import sha256

import time_machine
from django.test import Client
from django.utils import timezone

from qingfeng.public.counter import house
from qingfeng.sealing import boxes, envelope, streams
from qingfeng.sealing.cards import public_of
from qingfeng.sealing.counter_keys import CounterKeys, Receiver

SEED = bytes(range(32))
INTAKE, GU, SHEN = (boxes.pair_from(bytes([number]) * 32) for number in (1, 2, 3))
NAMES = ("档案室 顾清", "信访室 沈默")
REPORT = {
    "line": "report",
    "whom": "ours",
    "about": "区城管局某某",
    "text": "公车两次加油共 140 升。",
    "named": "no",
}
PETITION = {
    "line": "petition",
    "about": "征地补偿",
    "text": "请求公开补偿标准。",
    "named": "yes",
    "name": "钟离",
    "contact": "信箱",
}
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_CODE = re.compile(r'<p class="code"><code aria-hidden="true">([2-9A-HJ-NP-Z-]{24})</code>')


def keys(number=1, **parts):
    """What an office tells its counter."""
    custodians = tuple(Receiver(name, pair[1]) for name, pair in zip(NAMES, (GU, SHEN), strict=True))
    said = {"office": "云水区纪委监委", "level": "district", "intake": (INTAKE[1],), "custodians": custodians}
    return CounterKeys(number, **(said | parts))


def give_keys(number=1, **parts):
    """Let the counter have keys that its office has signed."""
    return house.take_keys(keys(number, **parts).encoded(SEED), public_of(SEED))


def text_of(answer):
    """What a page says."""
    return html.unescape(answer.content.decode())


def hidden(answer):
    """The hidden fields of a page."""
    found = _FIELD.findall(answer.content.decode())
    return {name: html.unescape(value) for name, value in found}


def code_of(answer):
    """The code that a page shows."""
    found = _CODE.search(answer.content.decode())
    assert found, text_of(answer)[:3000]
    return found[1]


def later(seconds):
    """Let so many seconds have gone by; the clock goes on."""
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=True)


class Writer:
    """Somebody at a browser without scripts."""

    def __init__(self, lang="zh", **headers):
        self.browser, self.lang = Client(**headers), lang

    def page(self, name):
        """Open a page of the counter."""
        return self.browser.get(f"/counter/{self.lang}/{name}")

    def send(self, fields, place="write"):
        """Send a form."""
        return self.browser.post(f"/counter/{self.lang}/{place}/", fields)

    def at(self, step, said, go="next", **more):
        """Answer the question of a step, having answered `said` before."""
        fields = {**{name: one for name, one in said.items() if name not in ("at", "go")}, **more}
        return self.send({"at": step, "go": go, **fields})

    def checked(self, said, **more):
        """The page on which one reads over what one wrote."""
        answer = self.at("excludes", said, **more)
        assert 'name="ticket"' in answer.content.decode(), text_of(answer)
        return answer

    def writes(self, said, **more):
        """Write all of it, wait and hand it in; return the page of the receipt."""
        fields = hidden(self.checked(said, **more))
        with later(21):
            return self.send({**fields, "go": "next"})

    def opens(self, code):
        """Type a code and wait; return what it opens."""
        fields = hidden(self.page("follow/"))
        with later(6):
            return self.send({**fields, "code": code, "go": "open"}, "follow")

    def says(self, opened, what, **words):
        """Say something to what was opened, and wait."""
        asked = self.send({**hidden(opened), "go": f"say:{what}"}, "follow")
        with later(21):
            return self.send({**hidden(asked), **words, "go": f"send:{what}"}, "follow")


def content_of(arrival, pair=INTAKE):
    """What an arrival says to whoever holds a key."""
    return envelope.open_envelope(bytes(arrival.envelope), pair[0])


def file_of(sealed, pair=INTAKE):
    """A sealed enclosure, opened."""
    assert sha256(bytes(sealed.held)).hexdigest() == sealed.sha256
    return b"".join(streams.opened(io.BytesIO(bytes(sealed.held)), pair[0]))


def newest():
    """What arrived last."""
    from qingfeng.public.counter.models import Arrival

    return Arrival.objects.order_by("number").last()
