"""The counter outside in a process of its own, the office inside: a letter crosses, answers cross back.

Between them only files are carried: in a watched folder and by hand, twice, out of order, damaged, cut short,
from a stranger, and with a log that dropped an entry.
"""

import os
import re
from base64 import b64encode
from contextlib import contextmanager
from datetime import timedelta

import a_house
import a_road
import pytest
import time_machine
from a_counter_outside import Machine, Office
from a_writer import PHONE, Writer, office_does
from in_chromium import followed, needs_chromium

from qingfeng.sealing import packages
from qingfeng.sealing.cards import read_card

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
SYSTEM, SECURITY, AUDITOR = "Y1201", "Y1202", "Y1102"
TEXT, QUESTION, REPLY = "泵房夜间噪声很大，请到场测量。", "请说明噪声从几点开始。", "每晚十一点以后。"
WRONG = "测量是白天做的。"
INSIDE = "十一月二十日二十三时十分五十八分贝"
DECIDED = {
    "line": "demand", "line_why": "要求主管单位履职。", "area": "grassroots", "topic": "housing",
    "level": "district",
}  # fmt: skip
ASKED = {"said_by": "office", "said": QUESTION, "said_on": "day:0"}
CLASSIFIED_AND_ASKED = (
    {"day": 0, "by": "petition_registrar", "act": "classify", "facts": DECIDED},
    {"day": 0, "by": "petition_registrar", "act": "write_to", "lines": {"dialogue": [ASKED]}},
)
FORGE = """
import json, sys, django
django.setup()
from pathlib import Path
from django.utils import timezone
from qingfeng.exchange import own
from qingfeng.exchange.correspondents import counting, stream_of
from qingfeng.exchange.models import Correspondent
from qingfeng.exchange.outgoing import export
from qingfeng.journal.tiles import bundle_of, entries_in
from qingfeng.public.counter import filing, house
from qingfeng.public.counter.letters import Letter
from qingfeng.public.counter.packing import offer
from qingfeng.sealing import packages
given, office = json.load(sys.stdin), Correspondent.objects.get(end="counter")
def written(text):
    filing.file_letter(Letter("suggestion", text), house.receivers(house.house(), "suggestion"))
written("北门请增设路灯。")
export(office)
written("南门请增设座椅。")
mine, work = own.newest("counter"), own.folder("counter", "forging")
(part,) = offer(stream_of(office), work, True).parts
bundle = part.files[0].path
bundle.write_bytes(bundle_of(entries_in(bundle.read_bytes())[:-1]))
said = {**part.content, "arrivals": []}
to, day = counting(office)[0], timezone.localdate().isoformat()
stream = stream_of(office)  # anew: the counter that is served packs too
address = packages.Address(
    mine.card.key_id, to.key_id, stream.name, stream.sent_number + 1, stream.sent_digest, day
)
forged = packages.Part(part.kind, said, (packages.enclose(bundle),))
packages.write_package(Path(given["target"]), address, [forged], seed=mine.seed, to=[bytes(to.seal)])
"""
"""A letter that is packed, then one whose entry whoever holds the outer machine leaves out of its package."""


class Outside(Writer):
    """Somebody at the counter's own process, in a new window each time; its pages are looked at elsewhere."""

    def look(self, place):
        """Look at nothing but whether it is the page that was asked for."""
        assert place != "follow/" or self.page.locator("#code").count(), self.page.inner_text("body")


class Carrier:
    """Whoever carries packages between the two, with a page of the office before them."""

    def __init__(self, road, home, machine, medium):
        self.road, self.home, self.machine, self.medium = road, home, machine, medium
        self.walks = 0
        medium.mkdir()

    @contextmanager
    def _later(self):
        """Ten minutes after they did something last; the road's own clock begins each time in the morning."""
        self.walks += 1
        morning = a_house.morning(a_road.BASE + timedelta(days=self.road.day))
        with time_machine.travel(morning + timedelta(minutes=10 * self.walks), tick=True):
            yield

    def _new(self, folder):
        """What is fetched from a folder onto the medium: moved, in the order of its numbers."""
        return [one.rename(self.medium / one.name) for one in sorted(folder.glob("*.qfp"))]

    def fetched(self):
        """What lies ready at the counter."""
        return self._new(self.machine.home / "exchange" / "counter" / "out" / "1")

    def from_counter(self):
        """What the counter has packed by then, the newest letters among it."""
        self.machine.says("export")
        return self.fetched()

    def to_counter(self):
        """What the office has packed goes out, and in at the counter."""
        self.round()
        out = self.home / "exchange" / "office" / "out"
        found = [file for folder in out.iterdir() for file in self._new(folder)]
        self.machine.says("import", *found)

    def by_folder(self, file):
        """A file is laid into the watched folder, whole for a minute; the worker looks."""
        from qingfeng.exchange import own

        laid = own.folder("office", "in") / file.name
        laid.write_bytes(file.read_bytes())
        os.utime(laid, (1, 1))
        self.round()

    def by_hand(self, file):
        """A file is brought on the page; what the page says."""
        with self._later():
            desk = self.road.at(SYSTEM)
            desk.go("/packages/bring/")
            desk.page.set_input_files("#id_file", file)
            followed(desk.page.locator("main button[type=submit]").last)
            return desk.page.inner_text("main")

    def round(self):
        """The worker goes round once."""
        from qingfeng.project.both_ends import go_round

        with self._later():
            go_round(at_once=True)

    def page(self, who=SYSTEM, place="/packages/"):
        """What a page says."""
        with self._later():
            desk = self.road.at(who)
            desk.go(place)
            a_road.fits(desk)
            return desk.page.inner_text("main")


def damaged(file, change):
    """A copy of a package that something happened to on the way."""
    target = file.with_name(f"damaged-{len(list(file.parent.iterdir()))}.qfp")
    data = bytearray(file.read_bytes())
    target.write_bytes(change(data))
    return target


def flipped(data):
    """One bit is another."""
    data[len(data) // 2] ^= 1
    return data


def introduced(road, machine, folder):
    """Office and counter know each other: one adds the card, another types the fingerprint as heard."""
    card, ours = machine.home / "exchange" / "counter" / "card.qfk", folder / "office.qfk"
    desk = road.at(SYSTEM)
    desk.go("/packages/add/")
    desk.page.set_input_files("#id_card", card)
    desk.page.select_option("#id_kind", "counter")
    followed(desk.page.locator("main button[type=submit]").last)
    place = desk.page.url.removeprefix(road.server.url)
    other = road.at(SECURITY)
    other.go(place)
    followed(other.page.locator("main a[href*='/confirm/']"))
    other.page.fill("#id_heard", read_card(card.read_bytes()).fingerprint)
    followed(other.page.locator("main button[type=submit]").last)
    ours.write_bytes(desk.page.context.request.get(f"{road.server.url}/packages/card/").body())
    office = read_card(ours.read_bytes())
    machine.says("keys", "--office", ours, "--heard", office.fingerprint)
    return office


def from_a_stranger(folder, to):
    """A package that is sealed to the office, rightly made and signed, by nobody whom it knows."""
    part = packages.Part("counter_keys", {"file": b64encode(b"nothing").decode()})
    return Office().package(folder / "stranger.qfp", to, part)


def first_package(carrier, stranger):
    """The first letter comes damaged, cut, beside a stranger's package, whole in the folder, and again."""
    *receipts, letter = carrier.from_counter()
    told = {
        "flipped": carrier.by_hand(damaged(letter, flipped)),
        "cut": carrier.by_hand(damaged(letter, lambda data: data[: len(data) // 2])),
        "stranger": carrier.by_hand(stranger),
    }
    for one in (*receipts, letter):
        carrier.by_folder(one)
    return told | {"again": carrier.by_hand(letter)}


def out_of_order_and_forged(carrier, target):
    """A later package comes first, the earlier one after it; then one whose log leaves an entry out."""
    earlier = carrier.from_counter()
    carrier.machine.runs(FORGE, target=str(target))
    *between, later = carrier.fetched()  # the counter that is served may have packed one of its own
    told = {"early": carrier.by_hand(later), "gap": carrier.page()}
    for one in (*earlier, *between):
        told["filled"] = carrier.by_hand(one)
    told["forged"] = carrier.by_hand(target)
    carrier.round()
    return told | {"alarm": carrier.page(), "notice": carrier.page(AUDITOR, "/my-notices/")}


@pytest.mark.on_postgres
def test_a_letter_crosses_and_its_answers_cross_back_through_files_alone(home, road, tmp_path, monkeypatch):
    from django.utils import timezone

    from qingfeng.matters.models import Matter

    today = timezone.localdate()  # of the counter's own process; the office's is a Wednesday after it
    wednesday = today + timedelta(days=(1 - today.weekday()) % 7 + 1)
    monkeypatch.setattr(a_road, "BASE", wednesday)
    machine, seen, told = Machine(tmp_path / "outside"), {}, {}
    machine.says("init", "--name", "网上窗口")
    (machine.home / "counter.toml").write_text("work_bits = 1\nread_bits = 1\nread_seconds = 0\n", "utf-8")
    (tmp_path / "泵房记录.txt").write_text(INSIDE, "utf-8")
    carrier = Carrier(road, home, machine, tmp_path / "medium")
    with road.on(0):
        office = introduced(road, machine, tmp_path)
    carrier.to_counter()

    with machine.serves(tmp_path / "printed") as address:
        writer = Outside(road, PHONE, server=address)
        given = {"about": "泵房噪声", "text": TEXT, "name": "梅见山", "contact": "北门传达室转"}
        code = writer.answers("petition", files=[tmp_path / "泵房记录.txt"], **given)
        told |= first_package(carrier, from_a_stranger(tmp_path, office))
        matter = Matter.objects.get(mechanism="petition")
        a_road.walk(road, matter, CLASSIFIED_AND_ASKED)
        carrier.to_counter()
        seen["question"] = writer.opens(code)

    with machine.serves(tmp_path / "printed again", port=int(address.rpartition(":")[2])) as address:
        writer = Outside(road, PHONE, server=address)
        writer.opens(code)
        writer.says("reply", REPLY)
        told |= out_of_order_and_forged(carrier, tmp_path / "forged.qfp")
        office_does(road, matter, after="", until="serve")
        carrier.to_counter()
        for what, said, rating in (("object", WRONG, 0), ("rate", "总算有人来了。", 4)):
            writer = Outside(road, PHONE, server=address)
            seen[what] = writer.opens(code)
            writer.says(what, said, rating)
        for one in carrier.from_counter():
            carrier.by_folder(one)
        told["end"], told["history"] = carrier.page(), carrier.page(AUDITOR, "/packages/history/?q=1")

    matter.refresh_from_db()
    said = [one.facts["said"] for one in matter.lines.filter(ledger="dialogue").order_by("no")]
    assert matter.facts["demand"] == TEXT
    assert {one.attachment.name for one in matter.files.select_related("attachment")} >= {"泵房记录.txt"}
    assert said[:2] == [QUESTION, REPLY]
    assert any(WRONG in one for one in said)
    assert matter.facts["rating"] == 4
    assert QUESTION in seen["question"]
    assert "受理" in seen["object"]
    assert "处理意见" in seen["object"]
    _told(told)


def _told(told):
    """Everything that went wrong was said in words, with what to do; nothing of a letter was."""
    for one in ("flipped", "cut"):
        assert "被改动或截断" in told[one]
        assert "请对方重新放出" in told[one]
    assert "不是已知往来单位" in told["stranger"]
    assert "未重复办理" in told["again"]
    assert "包已留存" in told["early"]
    assert re.search(r"缺网上窗口第 [\d–]+ 号包", told["gap"])
    assert "已收下" in told["filled"]
    assert "与外网窗口签署的检查点对不上" in told["forged"]
    assert "停用外网窗口" in told["alarm"]
    assert "被拒收" in told["alarm"]
    assert "有包被拒收" in told["notice"]
    assert "没有缺号" in told["end"]
    assert "检查点对不上" not in told["end"]
    assert "网上窗口" in told["history"]
    for page in (*told.values(),):
        assert TEXT not in page
        assert INSIDE not in page
