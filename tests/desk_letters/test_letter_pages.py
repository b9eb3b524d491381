"""What the records say of a letter, on its page, beside it and in the list of all."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from pypdf import PdfWriter

from qingfeng.documents.attachments import keep
from qingfeng.matters.models import LedgerLine, Matter, MatterFile
from qingfeng.organization.models import Account


def text_of(answer):
    return re.sub(
        r"\s+", " ", strip_tags(re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.DOTALL))
    )


def page_of(browser, matter, key="principal"):
    return browser(key).get(f"/recommendations/{matter.slug}/records/")


@pytest.mark.parametrize(
    ("key", "tag", "why"),
    [
        ("education", "数据印证", "油卡购买非油品：发现0条；如未整改，预计应有"),
        ("housing", "数据未显示整改", "油卡购买非油品：仍发现28条"),
        ("water", "无法说明", "至少要有3条才能判断"),
        ("audit", "在别处出现", "单次加油超油箱容积：发现28条"),
    ],
)
def test_the_page_says_what_the_records_say_and_why(browser, letters, key, tag, why):
    said = text_of(page_of(browser, letters[key]))

    assert tag in said
    assert why in said


def test_every_rule_has_its_chart_with_a_table_of_the_unit_its_peers_and_what_was_expected(browser, letters):
    answer = page_of(browser, letters["housing"])

    said = text_of(answer)
    assert answer.content.decode().count("<qf-chart") == 2
    assert "油卡购买非油品：每百条记录整改前 28.6 条，整改后 28.6 条" in said
    assert "可比单位上限" in said
    assert re.search(r"2026-06\s*28\.[56]", said)


def test_what_was_checked_stands_as_a_list_each_with_its_answer(browser, letters):
    said = text_of(page_of(browser, letters["education"]))

    for answer in (
        "整改前后一致：加油明细。",
        "7 个完整月（2025-12 – 2026-06），至少需要 3 个月。",
        "整改前经常出现的 1 个，现仍有 1 个。",
        "非该单位自行提供。",
        "该规则没有可以刚好避开的标准。",
        "两个时段均有数据的同类单位（机关）5 个。另有 3 个单位也收到同类建议，不作比较。",
        "2025-01 – 2025-06；引发建议的月份（2025-07 – 2025-08）不计入。",
        "预计条数的 30%。",
    ):
        assert answer in said, answer


def test_papers_without_a_change_are_called_a_correction_on_paper(browser, letters):
    letter = letters["housing"]
    _prove_on_paper(letter)

    said = text_of(page_of(browser, letter))
    listed = text_of(browser("principal").get("/recommendations/corrections/"))

    assert "各项措施均已报结并附材料，疑点仍在发生：属纸面整改。" in said
    assert listed.count("纸面整改") == 1


def _prove_on_paper(letter):
    line = LedgerLine.objects.create(
        matter=letter, ledger="items", no=1, state="done", is_done=True, entered_at=letter.opened_at,
        changed_at=letter.opened_at,
    )  # fmt: skip
    MatterFile.objects.create(matter=letter, line=line, field="proof", attachment=_kept())


def _kept():
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return keep(out.getvalue(), "佐证.pdf", by=Account.objects.first())


def test_papers_of_a_unit_that_mended_are_no_correction_on_paper(browser, letters):
    _prove_on_paper(letters["education"])

    assert "纸面整改" not in text_of(page_of(browser, letters["education"]))


def test_the_letters_own_page_shows_the_latest_line_and_leads_to_the_records(browser, letters):
    letter = letters["housing"]

    answer = browser("principal").get(f"/recommendations/{letter.slug}/")

    assert "数据未显示整改" in text_of(answer)
    assert f"/recommendations/{letter.slug}/records/" in answer.content.decode()


def test_all_letters_stand_in_one_list_with_a_picture_each_what_asks_for_attention_first(browser, letters):
    answer = browser("principal").get("/recommendations/corrections/")

    said = text_of(answer)
    numbers = [letters[key].number for key in ("housing", "audit", "water", "education")]
    assert sorted(numbers, key=said.index) == numbers
    assert answer.content.decode().count("correction-small") == len(numbers)


def test_a_letter_without_rules_says_that_it_rests_on_the_visit(browser, letters):
    letter = letters["water"]
    letter.facts |= {"rules": [], "no_rule_why": "没有适用规则"}
    letter.save(update_fields=["facts"])

    assert "以回头看实地核查为准" in text_of(page_of(browser, letter))


def test_a_letter_whose_rule_came_back_says_so_until_there_is_a_new_day(browser, letters):
    letter = letters["housing"]
    letter.facts["recurred_on"] = "2026-07-01"
    letter.save(update_fields=["facts"])

    assert "销号后再次命中（2026-07-01）" in text_of(page_of(browser, letter))


def test_before_any_screening_the_page_says_that_the_next_one_asks(browser, letters):
    from qingfeng.findings.models import Screening

    Screening.objects.all().delete()
    Matter.objects.get(pk=letters["water"].pk).lines.all().delete()

    assert "下次筛查时自动比对" in text_of(page_of(browser, letters["water"]))


def test_a_unit_sees_neither_the_page_nor_the_list_nor_rule_nor_threshold_on_its_own_part(browser, letters):
    letter = letters["education"]
    contact = browser("education_contact")

    assert page_of(browser, letter, "education_contact").status_code == 404
    assert contact.get("/recommendations/corrections/").status_code == 404
    own = contact.get(f"/recommendations/{letter.slug}/")
    assert own.status_code == 200
    assert "fuel_nonfuel_goods" not in own.content.decode()
    assert "油卡购买非油品" not in text_of(own)
    assert "预计" not in text_of(own)


def test_who_sees_only_a_card_of_a_letter_sees_no_records(browser, letters):
    outsider = browser("superior")

    assert outsider.get(f"/recommendations/{letters['education'].slug}/records/").status_code == 404


def test_somebody_recused_from_a_letter_finds_it_in_no_list(browser, letters, told):
    from django.utils import timezone

    from qingfeng.matters.models import RecusalDecision

    letter, principal = letters["housing"], told[0].accounts["principal"].person
    RecusalDecision.objects.create(matter=letter, person=principal, ground="近亲属", at=timezone.now())

    said = text_of(browser("principal").get("/recommendations/corrections/"))

    assert letter.number not in said
    assert page_of(browser, letter).status_code == 404


def test_the_list_asks_no_more_often_for_four_letters_than_for_two(browser, letters):
    client = browser("principal")
    client.get("/recommendations/corrections/")

    with CaptureQueriesContext(
        connection,
    ) as four:
        client.get("/recommendations/corrections/")
    Matter.objects.filter(pk__in=[letters["water"].pk, letters["audit"].pk]).update(standing="void")
    with CaptureQueriesContext(connection) as two:
        client.get("/recommendations/corrections/")

    assert len(four) <= len(two)
