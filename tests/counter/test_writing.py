"""Writing: a page a question, sealed at once, a receipt with a proof; no script, no session."""

import re
from base64 import b64decode

import a_counter
import pytest
from a_counter import (
    GU,
    INTAKE,
    NAMES,
    PETITION,
    REPORT,
    SHEN,
    Writer,
    code_of,
    content_of,
    give_keys,
    hidden,
    later,
    newest,
    text_of,
)

from qingfeng.journal import check_proof
from qingfeng.journal.store import folder_of
from qingfeng.public.counter.models import Arrival, Pending, Spent
from qingfeng.sealing import arrivals
from qingfeng.sealing.errors import SealingError

pytestmark = pytest.mark.django_db


def rows():
    """How much the counter holds."""
    return tuple(model.objects.count() for model in (Arrival, Pending, Spent))


def test_a_letter_is_written_page_by_page_and_each_page_carries_the_answers_on(home):
    writer = Writer()
    answer = writer.page("write/")
    order = []
    said = {"line": "report", "whom": "unsure", "about": "甲", "text": "乙", "named": "no"}

    while 'name="ticket"' not in answer.content.decode():
        fields = hidden(answer)
        order.append(fields["at"])
        answer = writer.send({**fields, **said, "go": "next"})

    assert order == ["kind", "whom", "about", "text", "files", "who", "excludes"]
    assert {name: value for name, value in hidden(answer).items() if name in said} == said


def test_a_petition_is_sealed_to_the_office_and_says_what_was_said_and_nothing_else(home):
    Writer().writes(PETITION, excludes="某人\n另一人")

    assert content_of(newest()) == {
        "line": "petition", "about": "征地补偿", "text": "请求公开补偿标准。",
        "name": "钟离", "contact": "信箱",
        "excludes": ["某人", "另一人"],
    }  # fmt: skip


def test_a_report_is_sealed_to_the_custodians_who_were_not_left_out_and_to_nobody_else(home):
    """信访工作条例 Art. 30; whoever is excluded gets no key to it."""
    Writer().writes(REPORT, excludes=[NAMES[0]])

    arrival = newest()
    assert content_of(arrival, SHEN)["text"] == REPORT["text"]
    for pair in (GU, INTAKE):
        with pytest.raises(SealingError):
            content_of(arrival, pair)


def test_where_everybody_is_left_out_the_way_on_paper_is_named_and_nothing_arrives(home):
    before = rows()

    answer = Writer().at("excludes", REPORT, excludes=list(NAMES))

    assert answer.status_code == 422
    assert "这样就没有人能看到了" in text_of(answer)
    assert rows() == before


@pytest.mark.parametrize("whom", ["superior", "head"])
def test_what_belongs_above_is_stopped_before_anything_is_typed_and_nothing_is_kept(home, whom):
    before = rows()

    answer = Writer().at("whom", {"line": "report"}, whom=whom)

    assert "请不要在这里填写" in text_of(answer)
    assert "<input" not in answer.content.decode()
    assert rows() == before


@pytest.mark.parametrize("whom", ["superior", "head"])
def test_what_belongs_above_is_handed_in_by_no_other_way_through_the_pages(home, whom):
    """The answer stands in every later form: a step back, a draft or the last page lead to the question."""
    before, writer = rows(), Writer()
    draft = code_of(writer.at("whom", {"line": "report"}, whom=whom, go="save"))

    opened = hidden(writer.send({"code": draft}, "draft"))
    changed = hidden(writer.at("kind", REPORT, whom=whom, back_to="check"))
    handed_in = writer.at("check", REPORT, whom=whom)

    assert (opened["at"], changed["at"], hidden(handed_in)["at"]) == ("whom", "whom", "whom")
    assert handed_in.status_code == 422
    assert rows()[0] == before[0]


def test_where_everybody_came_to_be_left_out_the_last_page_leads_to_that_question(home):
    writer = Writer()
    fields = hidden(writer.checked(REPORT)) | {"excludes": "\n".join(NAMES)}
    ticketed = hidden(writer.at("check", fields))

    with later(21):
        answer = writer.send({**ticketed, "go": "next"})

    assert hidden(answer)["at"] == "excludes"
    assert "这样就没有人能看到了" in text_of(answer)


def test_the_receipt_carries_a_proof_that_the_file_of_standard_python_accepts(home):
    answer = Writer().writes(PETITION)

    held = b64decode(re.search(r"data:text/plain;base64,([^\"]+)\"", answer.content.decode())[1])
    lines = check_proof.check(held, folder_of("counter").verifier().vkey)
    arrival = newest()
    assert lines[0].startswith("核验通过")
    assert arrival.digest in lines[-1]
    files = [bytes.fromhex(one.sha256) for one in arrival.files.all()]
    assert arrivals.fits(arrival.digest, bytes(arrival.salt), bytes(arrival.envelope), files)
    assert not arrivals.fits(arrival.digest, bytes(32), bytes(arrival.envelope), files)


def test_numbers_have_no_gap_and_entries_of_both_lines_look_the_same(home):
    from qingfeng.journal.models import JournalEntry

    for said in (REPORT, PETITION, REPORT):
        Writer().writes(said)

    numbers = list(Arrival.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    entries = [one.said for one in JournalEntry.objects.filter(log="counter", kind="counter.arrived")]
    assert {(tuple(one["facts"]), one["subject"], one["by"]) for one in entries} == {(("digest",), "", "")}


def test_the_same_form_sent_twice_arrives_once_and_shows_the_same_code(home):
    writer = Writer()
    fields = hidden(writer.checked(PETITION))
    before = Arrival.objects.count()

    with later(21):
        answers = [writer.send({**fields, "go": "next"}) for _press in range(2)]

    assert code_of(answers[0]) == code_of(answers[1])
    assert Arrival.objects.count() == before + 1


def test_whoever_does_not_wait_is_asked_to_and_loses_nothing(home):
    writer = Writer()
    before = rows()

    waiting = writer.send({**hidden(writer.checked(PETITION)), "go": "next"})

    assert "请稍候" in text_of(waiting)
    assert rows() == before
    with later(21):
        assert "已经收到" in text_of(writer.send({**hidden(waiting), "go": "next"}))


def test_a_ticket_is_for_one_content_only_and_runs_out(home):
    writer = Writer()
    fields = hidden(writer.checked(PETITION))
    before = rows()

    with later(21):
        changed = writer.send({**fields, "text": "另外的内容", "go": "next"})
    with later(7 * 3600):
        late = writer.send({**fields, "go": "next"})

    for answer in (changed, late):
        assert "页面停留过久" in text_of(answer)
        assert hidden(answer)["text"]
    assert rows() == before


def test_work_of_the_browser_stands_in_for_waiting(home):
    from qingfeng.public.counter import tickets

    writer = Writer()
    fields = hidden(writer.checked(PETITION))
    ticket = tickets._read(fields["ticket"])
    number = next(str(one) for one in range(10**8) if ticket.is_worked(str(one)))

    assert "已经收到" in text_of(writer.send({**fields, "work": number, "go": "next"}))


def test_what_is_missing_or_too_long_is_said_beside_the_field_and_what_was_typed_stays(home):
    writer = Writer()

    empty = writer.at("text", {"line": "petition", "about": "甲"}, text=" ")
    long = writer.at("text", {"line": "petition", "about": "甲"}, text="长" * 10_001)
    nameless = writer.at("who", {**REPORT, "named": "yes"}, name="")

    assert [one.status_code for one in (empty, long, nameless)] == [422] * 3
    assert "请写明事情经过" in text_of(empty)
    assert 'href="#text"' in text_of(empty)
    assert "超出 1 字" in text_of(long)
    assert "长" * 10_001 in text_of(long)
    assert hidden(empty)["about"] == "甲"
    assert "请填写姓名" in text_of(nameless)


def test_an_answer_is_changed_from_the_last_page_and_leads_back_to_it(home):
    writer = Writer()

    changing = writer.send({**hidden(writer.checked(PETITION)), "go": "to:text"})
    back = writer.send({**hidden(changing), "text": "改写后的内容", "go": "next"})

    assert hidden(changing)["at"] == "text"
    assert hidden(back)["at"] == "check"
    assert hidden(back)["text"] == "改写后的内容"


def test_the_language_changes_in_the_middle_and_nothing_typed_is_lost(home):
    answer = Writer("en").at("text", {"line": "petition"}, text="写到一半", go="stay")

    assert "What do you ask for, and why?" in text_of(answer)
    assert "写到一半" in text_of(answer)


def test_a_draft_is_kept_under_a_code_of_its_own_and_nobody_reads_it_without(home):
    writer = Writer()

    saved = writer.at("text", {"line": "petition", "about": "甲"}, text="写到一半", go="save")
    code = code_of(saved)
    again = Writer().send({"code": code.lower().replace("-", " ")}, "draft")
    wrong = Writer().send({"code": "2222-2222-2222-2222-2222"}, "draft")

    kept = {name: text for name, text in hidden(again).items() if name in ("line", "about", "text")}
    assert kept == {"line": "petition", "about": "甲", "text": "写到一半"}
    assert wrong.status_code == 422
    assert all("写到一半".encode() not in bytes(one.held) for one in Pending.objects.all())
    with later(9 * 86400):
        assert Writer().send({"code": code}, "draft").status_code == 422


def test_without_keys_of_an_office_nothing_is_taken_and_the_page_says_so(home):
    from qingfeng.public.counter import house

    file = home / "counter" / "keys"
    held = file.read_bytes()
    file.write_bytes(held[:-1] + b" ")

    said = text_of(Writer().page(""))
    answer = Writer().at("kind", {}, line="petition")

    file.write_bytes(held)
    assert "暂时不能受理" in said
    assert "暂时不能在这里受理" in text_of(answer)
    assert house.house() is not None


def test_keys_that_are_older_or_signed_by_another_replace_nothing(home):
    from qingfeng.public.counter import house
    from qingfeng.sealing.cards import public_of

    assert not give_keys(1, office="旧")
    with pytest.raises(SealingError):
        house.take_keys(a_counter.keys(9).encoded(bytes(32)), public_of(a_counter.SEED))
    assert house.house().office == "云水区纪委监委"


def test_without_custodians_reports_are_closed_and_the_rest_is_open(home):
    held = {name: (home / "counter" / name).read_bytes() for name in ("keys",)}
    give_keys(2, custodians=())

    page = text_of(Writer().page("write/"))

    (home / "counter" / "keys").write_bytes(held["keys"])
    assert 'value="report"' not in page
    assert 'value="petition"' in page
    assert "暂时不能在这里检举控告" in page
