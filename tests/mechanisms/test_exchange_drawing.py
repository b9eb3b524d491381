"""The list of an exchange drawn anew: what nobody touched is replaced, what was decided stays (M30)."""

from datetime import timedelta

import a_life
import a_story
import pytest
import time_machine
from django.utils import timezone

from qingfeng.desk.offers import offers
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.key_models import KeyShare
from qingfeng.matters.sealing import make_key
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.exchange.declaration import EXCHANGE
from qingfeng.organization.models import StandIn
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
NOTIFIED = [step["act"] for step in sampling.cases("exchange")["closed"]["steps"]].index("notify") + 1


@pytest.fixture
def exchange(office):
    """An exchange of the head of a room that was notified, with a course that they teach in their hands."""
    made = a_story.played(office, "exchange", "closed", steps=NOTIFIED)
    with time_machine.travel(a_day_after(made), tick=False):
        yield made


def a_day_after(matter):
    """The morning after the last act of a matter."""
    return matter.story.last().at + timedelta(days=1)


def lines(exchange):
    """What stands on the list: what and state."""
    return [(one.facts["what"], one.state) for one in exchange.lines.filter(ledger="handing").order_by("no")]


def draw(office, exchange):
    """Draw the list; what the act says that it changed."""
    exchange.refresh_from_db()
    done = perform("draw_list", exchange, by=viewer_for(office.people["Y0201"]))
    assert isinstance(done, Done), done
    exchange.refresh_from_db()
    return exchange.facts["list_changes"]


def stood_in(office, until):
    """Somebody for whom whoever moves stands in."""
    return StandIn.objects.create(
        principal=office.people["Y0702"], stand_in=office.people["Y0701"], from_on=timezone.localdate(),
        until_on=until, reason="培训", approved_by=office.people["Y0001"],
    )  # fmt: skip


def test_drawn_twice_in_a_row_the_list_stays_as_it_is_and_says_so(office, exchange):
    stood_in(office, timezone.localdate() + timedelta(days=9))
    first = draw(office, exchange)
    before = lines(exchange)
    second = draw(office, exchange)

    assert before
    assert first.startswith(f"新列入 {len(before)} 项")
    assert lines(exchange) == before
    assert second == f"没有变化，清单仍为 {len(before)} 项。"


def test_what_nobody_touched_is_replaced_by_what_is_in_hand_now(office, exchange):
    standing = stood_in(office, timezone.localdate() + timedelta(days=9))
    draw(office, exchange)
    was = f"代{office.people['Y0702'].name}办理，至{standing.until_on.isoformat()}"
    standing.until_on += timedelta(days=20)
    standing.save()
    said = draw(office, exchange)
    now = f"代{office.people['Y0702'].name}办理，至{standing.until_on.isoformat()}"

    assert dict(lines(exchange))[was] == "gone"
    assert dict(lines(exchange))[now] == "listed"
    assert f"新列入 1 项：{now}" in said
    assert f"移出 1 项：{was}" in said


def test_what_was_handed_over_struck_or_added_by_people_stays(office, exchange):
    until = timezone.localdate() + timedelta(days=9)
    standing = [stood_in(office, until), stood_in(office, until + timedelta(days=5))]
    draw(office, exchange)
    head = viewer_for(office.people["Y0201"])
    rows = exchange.lines.filter(ledger="handing").order_by("no")
    handed, struck = [one.no for one in rows if one.facts["what_kind"] == "stand_in"]
    day = timezone.localdate().isoformat()
    changes = {handed: {"successor": office.people["Y0703"].pk, "handed_on": day}}
    assert perform("hand", exchange, by=head, changes={"handing": changes})
    wrong = {struck: {"what": "误列"}}
    assert perform("strike", exchange, by=head, changes={"handing": wrong}, reason="已另行安排。")
    keys = [{"what_kind": "key", "what": "谈话室钥匙"}]
    assert perform("add_item", exchange, by=head, lines={"handing": keys})
    for one in standing:
        one.delete()
    draw(office, exchange)
    states = {one.no: one.state for one in exchange.lines.filter(ledger="handing")}

    assert (states[handed], states[struck]) == ("handed", "struck")
    assert ("谈话室钥匙", "listed") in lines(exchange)


def test_a_count_that_was_decided_comes_back_only_where_it_has_grown(office, exchange):
    mover = office.people["Y0701"]
    key = make_key(office.people["Y0402"], "本人自己记住的一句交接用的话")
    KeyShare.objects.create(key=key, holder=mover, box=b"x", made_at=timezone.now())
    draw(office, exchange)
    line = exchange.lines.get(ledger="handing", facts__what="保管的备用密钥 1 份")
    done = {line.no: {"handed_on": timezone.localdate().isoformat()}}
    head = viewer_for(office.people["Y0201"])
    assert perform("hand", exchange, by=head, changes={"handing": done})
    same = draw(office, exchange)
    other = make_key(office.people["Y0403"], "另一个人自己记住的一句交接的话")
    KeyShare.objects.create(key=other, holder=mover, box=b"x", made_at=timezone.now())
    grown = draw(office, exchange)

    assert same.startswith("没有变化")
    assert "新列入 1 项：保管的备用密钥 2 份" in grown
    assert ("保管的备用密钥 1 份", "handed") in lines(exchange)


def test_what_went_from_the_list_keeps_nobody_from_arriving():
    gone = ("gone", {"what_kind": "stand_in", "what": "代人办理"}, 0)
    handed = ("handed", {"what_kind": "key", "what": "钥匙"}, 0)
    seen = a_life.with_lines(a_life.entering("exchange", "closed", "arrive"), "handing", gone, handed)

    assert a_life.unmet("exchange", "arrive", seen) == []
    assert EXCHANGE.ledger("handing").unsaid == ("struck", "gone")


def test_whoever_hands_over_is_offered_to_draw_an_empty_list(office, exchange):
    offered = [one.act.key for one in offers(viewer_for(office.people["Y0201"]), exchange)]

    assert not exchange.lines.exists()
    assert "draw_list" in offered
