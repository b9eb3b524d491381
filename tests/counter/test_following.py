"""Following with a code: sealed answers, an anonymous dialogue, review, rating, taking the name off."""

import re

import pytest
from a_counter import GU, PETITION, REPORT, Writer, code_of, content_of, hidden, later, newest, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.public.counter import carrying, codes, following
from qingfeng.public.counter.models import Answer, Arrival
from qingfeng.sealing.arrivals import seal_answer

pytestmark = pytest.mark.django_db

SLIP = {
    "kind": "slip",
    "title": "信访事项督办单",
    "number": "云纪督〔2026〕7号",
    "text": "请于 12 月 5 日前公开补偿标准。",
    "on": "2026-11-27",
}


def answered(arrival, **said):
    """Let the office answer."""
    return carrying.take_answer(arrival.number, seal_answer({"on": "2026-11-27", **said}, bytes(arrival.key)))


@pytest.fixture
def written(home):
    """A petition with a name: who wrote it, its arrival and code."""
    writer = Writer()
    code = code_of(writer.writes(PETITION))
    return writer, newest(), code


def test_an_answer_is_read_by_whoever_has_the_code_and_by_nobody_else(written):
    writer, arrival, code = written
    answered(arrival, kind="accepted", text="已转区自然资源局办理。")

    opened = text_of(writer.opens(code))

    assert "已受理" in opened
    assert "已转区自然资源局办理。" in opened
    assert all("自然资源局".encode() not in bytes(one.held) for one in Answer.objects.all())


def test_the_same_answer_brought_twice_is_shown_once(written):
    writer, arrival, code = written
    box = seal_answer({"kind": "note", "text": "只此一次", "on": "2026-11-27"}, bytes(arrival.key))

    first, again = (carrying.take_answer(arrival.number, box) for _time in range(2))

    assert (first, again) == (True, False)
    assert text_of(writer.opens(code)).count("只此一次") == 1


def test_a_code_is_read_as_people_write_it(written):
    _writer, arrival, code = written

    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert following.followed(typed).arrival == arrival


def test_a_wrong_code_and_an_unknown_one_look_alike_and_cost_the_same(written):
    writer, _arrival, code = written
    other = code[:-1] + ("A" if code[-1] != "A" else "B")
    pages, queries = [], []

    for typed in (other, "2222-2222-2222-2222-2222", "zzzz" * 5):
        pages.append(re.sub(r'value="[^"]*"|data-work="[^"]*"', "", text_of(writer.opens(typed))))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert following.followed(typed) is None
        queries.append(len(asked))

    assert len(set(pages)) == 1
    assert len(set(queries)) == 1


def test_each_page_opens_one_code_so_that_codes_are_not_tried_quickly(written):
    writer, _arrival, code = written
    fields = hidden(writer.page("follow/"))

    early = writer.send({**fields, "code": code, "go": "open"}, "follow")
    with later(6):
        first = writer.send({**fields, "code": "2222" * 5, "go": "open"}, "follow")
        second = writer.send({**fields, "code": code, "go": "open"}, "follow")

    assert "请稍候" in text_of(early)
    assert "查不到" in text_of(first)
    assert "本页已用过" in text_of(second)


def test_a_code_with_a_sign_too_few_is_told_at_once_stays_in_the_field_and_costs_no_waiting(written):
    writer, _arrival, code = written
    fields = hidden(writer.page("follow/"))

    short = writer.send({**fields, "code": code[:-1], "go": "open"}, "follow")
    with later(6):
        opened = writer.send({**fields, "code": code, "go": "open"}, "follow")

    assert short.status_code == 422
    assert "您输入了 19 位" in text_of(short)
    assert f'value="{code[:-1]}"' in short.content.decode()
    assert "往来记录" in text_of(opened)


def test_the_dialogue_goes_both_ways_and_its_rows_do_not_say_that_they_belong_together(written):
    writer, arrival, code = written
    answered(arrival, kind="question", text="您说的是哪一年的补偿？")

    receipt = writer.says(writer.opens(code), "reply", text="2024 年那一次。")

    said = newest()
    assert "已经收到您的补充" in text_of(receipt)
    assert content_of(said) == {
        "line": "petition", "text": "2024 年那一次。", "excludes": [],
        "answers_to": arrival.number, "says": "reply",
    }  # fmt: skip
    assert "您作了补充" in text_of(writer.opens(code))
    assert said.code_digest != arrival.code_digest
    assert said.code_digest == codes.digest_of(codes.read(code), 1)


def test_no_receipt_is_given_for_what_is_one_letter_too_many(written, monkeypatch):
    writer, _arrival, code = written
    monkeypatch.setattr("qingfeng.public.counter.following.MOST_LETTERS", 1)
    writer.says(writer.opens(code), "reply", text="第一封补充。")
    before = newest().number

    writer.says(writer.opens(code), "reply", text="第二封补充。")
    answer = writer.says(writer.opens(code), "reply", text="第三封补充。")

    assert newest().number == before
    assert answer.status_code == 422
    assert "第三封补充。" in text_of(answer)


def test_a_report_is_answered_by_the_same_custodians_as_before(home):
    writer = Writer()
    code = code_of(writer.writes(REPORT, excludes=["信访室 沈默"]))

    writer.says(writer.opens(code), "reply", text="补充一张发票。")

    assert content_of(newest(), GU)["says"] == "reply"
    assert len(bytes(newest().envelope).split(b"\n")[0]) < 60


def test_what_can_be_done_follows_from_what_was_answered(written):
    """信访工作条例 Art. 35-36: review within 30 days of the opinion, re-examination within 30 of that."""
    _writer, arrival, code = written
    seen = []

    for kind in ("accepted", "opinion", "review_opinion", "closed"):
        answered(arrival, kind=kind, text="…")
        seen.append(following.followed(code).may_say("")[1:])

    assert seen == [
        ["name_off"],
        ["object", "review", "rate"],
        ["object", "review", "reexamine", "rate"],
        ["object", "review", "reexamine", "rate"],
    ]


def test_a_report_knows_no_review(home):
    code = code_of(Writer().writes(REPORT))
    answered(newest(), kind="closed", text="核查完毕。", may=["review", "reexamine", "object", "rate"])

    assert following.followed(code).may_say("")[1:] == ["object", "rate"]


def test_satisfaction_is_asked_here_once_and_goes_to_the_office_as_a_figure(written):
    writer, arrival, code = written
    answered(arrival, kind="closed", text="已公开。")
    opened = writer.opens(code)

    none = writer.says(opened, "rate", rating="9")
    given = writer.says(opened, "rate", rating="4", text="")

    assert "请在五项中选一项" in text_of(none)
    assert "已经收到" in text_of(given)
    assert content_of(newest())["rating"] == 4
    assert content_of(newest())["text"] == "【满意度评价：基本满意】"
    assert "rate" not in following.followed(code).may_say("")[1:]


def test_the_name_is_taken_off_by_a_word_under_the_code(written):
    writer, _arrival, code = written

    writer.says(writer.opens(code), "name_off")

    assert content_of(newest())["says"] == "name_off"
    assert following.followed(code).may_say("")[1:] == []


def test_a_step_that_the_law_does_not_open_is_not_taken(written):
    writer, _arrival, code = written
    before = Arrival.objects.count()
    opened = hidden(writer.opens(code))

    answer = writer.send({**opened, "go": "send:reexamine", "text": "甲"}, "follow")

    assert "往来记录" in text_of(answer)
    assert Arrival.objects.count() == before


def test_a_slip_is_read_word_for_word(written):
    writer, arrival, code = written
    answered(arrival, **SLIP)

    opened = text_of(writer.opens(code))

    assert all(SLIP[part] in opened for part in ("title", "number", "text"))


def test_an_answer_that_was_changed_on_the_way_is_not_shown(written):
    writer, arrival, code = written
    box = seal_answer({"kind": "note", "text": "原话"}, bytes(arrival.key))

    carrying.take_answer(arrival.number, box[:-1] + bytes([box[-1] ^ 1]))

    assert "暂无答复" in text_of(writer.opens(code))


def test_what_the_office_has_is_let_go_here_and_the_code_still_leads_to_its_answers(written):
    writer, arrival, code = written
    waiting = next(one for one in carrying.pending() if one.number == arrival.number)

    carrying.carried([arrival.number])

    arrival.refresh_from_db()
    assert waiting.envelope
    assert waiting.entry >= 0
    assert (bytes(arrival.envelope), arrival.is_carried) == (b"", True)
    assert arrival.number not in [one.number for one in carrying.pending()]
    assert "已送达机关" in text_of(writer.opens(code))


def test_words_that_lay_open_too_long_are_kept_and_sent_with_the_next_press(written):
    writer, _arrival, code = written
    asked = hidden(writer.send({**hidden(writer.opens(code)), "go": "say:reply"}, "follow"))
    before = Arrival.objects.count()

    with later(7 * 3600):
        late = writer.send({**asked, "text": "三楼东侧。", "go": "send:reply"}, "follow")
        fields = hidden(late)
        with later(6):
            again = writer.send({**fields, "code": code, "go": "say:reply"}, "follow")
    with later(7 * 3600 + 60):
        receipt = writer.send({**hidden(again), "text": "三楼东侧。", "go": "send:reply"}, "follow")

    assert "您写的内容还在" in text_of(late)
    assert ">\n三楼东侧。</textarea>" in text_of(again)
    assert "已经收到您的补充" in text_of(receipt)
    assert Arrival.objects.count() == before + 1


def test_what_was_sent_and_is_sent_again_is_taken_once_and_said_so(written):
    writer, _arrival, code = written
    asked = hidden(writer.send({**hidden(writer.opens(code)), "go": "say:reply"}, "follow"))
    with later(21):
        answers = [
            writer.send({**asked, "text": "三楼。", "go": "send:reply"}, "follow") for _time in range(2)
        ]

    back = writer.send({**asked, "text": "三楼。", "go": "say:reply"}, "follow")

    assert "已经收到您的补充" in text_of(answers[0])
    for one in (answers[1], back):
        assert "没有重复收取" in text_of(one)
        assert "data-done" in text_of(one)
    assert following.followed(code).later == 1
    assert "data-done" not in text_of(writer.opens(code))


def test_who_comes_back_to_words_that_are_not_sent_reads_that_they_are_kept_and_unsent(written):
    writer, _arrival, code = written
    fresh = writer.send({**hidden(writer.opens(code)), "go": "say:reply"}, "follow")

    again = writer.send({**hidden(fresh), "text": "三楼。", "go": "say:reply"}, "follow")

    assert '<p class="note" role="status">' not in text_of(fresh)
    assert '<p class="note" role="status">您写的内容还在，尚未发送。</p>' in text_of(again)
    assert ">\n三楼。</textarea>" in text_of(again)


def test_each_part_of_a_letter_has_its_own_state_words_and_rating(written):
    writer, arrival, code = written
    part = {"key": "2026-020", "number": "信〔2026〕20号", "title": "楼道照明"}
    answered(arrival, kind="accepted", text="受理。")
    answered(arrival, kind="part", text="另案办理。", part=part, stands="accepted")
    answered(arrival, kind="opinion", text="灯已换。", part=part, may=["object", "review", "rate"])
    opened = writer.opens(code)

    writer.says(opened, "rate:2026-020", rating="5")
    first, second = following.followed(code).parts

    assert "分成 2 件" in text_of(opened)
    assert (first.state, first.may) == ("accepted", [])
    assert (second.title, second.state, second.may) == ("楼道照明", "opinion", ["object", "review"])
    said = content_of(newest())
    assert (said["part"], said["rating"]) == ("2026-020", 5)
    assert following.followed(code).may_say("2026-999") == []
