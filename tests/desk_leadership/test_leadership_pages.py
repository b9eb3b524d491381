"""The pages on talks: counted is what its reader sees, every number opens its talks; each has a list."""

import re

import pytest

from qingfeng.desk.leadership import beginning, covering, laying
from qingfeng.desk.leadership.asked import Asked
from qingfeng.matters.models import Matter

pytestmark = pytest.mark.django_db


def rows(talks, who):
    with talks.on():
        return covering.rows_of(talks.viewer(who), 2026)


def test_each_talk_of_the_year_stands_where_it_stands(talks):
    found = [(str(row.unit), row.is_head, row.state) for row in rows(talks, "principal")]

    assert found == [
        ("区教育局", True, "overdue"),
        ("区教育局", True, "later"),
        ("区教育局", False, "later"),
        ("区农业农村局", True, "soon"),
        ("区农业农村局", True, "dropped"),
        ("区住建局", True, "held"),
    ]


def test_the_page_lays_out_who_must_talk_with_whom_by_kind_and_level(talks):
    said = talks.said("principal")

    page = talks.page("principal").content.decode()
    assert re.findall(r'state=\w+&amp;kind=organ&amp;level=district">(\d+)<', page) == [
        "5",
        "1",
        "1",
        "1",
        "2",
    ]
    assert "20 %" in said
    assert re.search(r"区教育局 .*主要负责人 · 监督谈话沈知远", said)
    assert re.search(r"班子成员 · 监督谈话童怀远", said)
    units = said[said.index("逐个单位") :]
    assert units.index("区教育局") < units.index("区农业农村局") < units.index("区住建局")


def test_every_number_of_the_page_opens_as_many_talks_as_it_says(talks):
    page = talks.page("principal").content.decode()
    numbers = re.findall(r'href="(/leadership/talks/\?[^"]+)">(\d+)</a>', page)

    assert len(numbers) == 5
    with talks.on():
        reader = talks.browser("principal")
        for address, count in numbers:
            opened = reader.get(address.replace("&amp;", "&")).content.decode()
            assert len(set(re.findall(r'href="(/talks/[\d-]+/)"', opened))) == int(count), address


def test_a_talk_given_up_is_counted_nowhere(talks):
    counted = [row for row in rows(talks, "principal") if Asked(2026).wants(row)]

    assert {row.state for row in counted} == {"overdue", "later", "soon", "held"}
    assert laying.units_of(rows(talks, "principal"), 2026)[1].marks[0].state == "soon"


def test_whoever_reads_no_talk_counts_none_and_outsiders_have_no_page(talks):
    assert rows(talks, "tracker") == []
    assert talks.page("tracker").status_code == 200
    assert talks.page("unit_head").status_code == 404
    assert talks.page("handler").status_code == 404


def test_a_team_head_counts_the_talks_that_are_theirs(talks):
    assert [row.talker for row in rows(talks, "tracker_head")] == ["童怀远"]


def test_whoever_leads_reads_the_talks_that_they_owe_and_nobody_else_s(talks):
    said = talks.said("principal", "/leadership/mine/")
    owed, others = said.split("我应谈的", 1)[1].split("同我的谈话", 1)

    assert owed.count("监督谈话 沈知远") == 4
    assert "没有" in others


def test_a_head_reads_talks_with_them_from_the_notice_on(talks):
    before = talks.said("unit_head", "/leadership/mine/")
    talk = talks.talk_of("区住建局")
    held = talks.said("housing_head", "/leadership/mine/")

    assert "局长" not in before.split("我应谈的", 1)[1]
    assert talk.number in held.split("同我的谈话", 1)[1]


def test_units_without_a_recorded_decision_are_a_number_that_opens(talks):
    with talks.on():
        viewer = talks.viewer("principal")
        without = covering.without_decision(covering.years_of(viewer, 2026))
    said = talks.said("principal", "/leadership/decisions/")

    assert [str(one.unit) for one in without] == ["区教育局", "区农业农村局", "区住建局"]
    assert "3 个单位没有大额资金集体决策记录" in talks.said("principal")
    assert said.count("尚未盘点") == 3


def test_a_recorded_decision_above_the_threshold_takes_a_unit_out(talks):
    line = {
        "decision_kind": "funds", "decided_what": "校舍修缮资金。", "meeting_kind": "party",
        "met_on": "2026-05-06", "members": 5, "present": 5, "votes_for": 5, "votes_against": 0,
        "abstained": 0, "head_last": True, "decision_result": "passed",
    }  # fmt: skip

    def without(amount):
        lines = {"decisions": [{**line, "decided_yuan": amount}]}
        talks._perform(
            talks.years["区教育局"], "record_decision", "committee_secretary", talks_day(), lines=lines
        )
        with talks.on():
            found = covering.without_decision(covering.years_of(talks.viewer("principal"), 2026))
        return [str(one.unit) for one in found]

    assert "区教育局" in without("199999.99")
    assert "区教育局" not in without("200000.00")


def talks_day():
    from a_year_of_talks import TODAY

    return TODAY


def test_the_year_of_many_units_is_begun_at_once_and_bound_units_are_left_to_others(talks):
    with talks.on():
        head = talks.viewer("style_head")
        units = beginning.missing_in(head, 2026)
        answer = talks.browser("style_head").post(
            "/leadership/begin/?year=2026",
            {"unit": [unit.pk for unit in units if str(unit) in {"一室", "柳溪镇纪委"}]},
        )

    assert "党风室" not in {str(unit) for unit in units}
    assert "区教育局" not in {str(unit) for unit in units}
    assert answer.status_code == 302
    opened = Matter.objects.filter(mechanism="leadership", stage="drafted").order_by("pk")
    assert [(one.title, one.facts["office_kind"]) for one in opened] == [
        ("一室2026年度一把手和领导班子监督", "organ"),
        ("柳溪镇纪委2026年度一把手和领导班子监督", "town"),
    ]
    assert all(one.lines.filter(ledger="plan").count() == 1 for one in opened)


def test_a_recused_keeper_neither_counts_nor_opens_the_talk(talks):
    from qingfeng.organization.declarations import declare_relation

    talk = talks.talk_of("区住建局")
    assert talk in [row.talk for row in rows(talks, "style_head")]

    with talks.on():
        declare_relation(talks.person("style_head"), "sibling", other=talks.person("housing_head"), by=None)
        assert talk not in [row.talk for row in covering.rows_of(talks.viewer("style_head"), 2026)]
        assert talks.browser("style_head").get(f"/talks/{talk.slug}/").status_code == 404


def test_a_file_that_is_known_by_its_card_is_read_after_one_has_said_why(talks):
    from a_year_of_talks import TODAY, morning

    from qingfeng.matters.door import open_matter, perform

    with talks.on():
        opened = open_matter(
            "integrity_file", by=talks.viewer("style_head"), title="区教育局主要负责人廉政档案",
            owner=talks.office.units["党风室"], at=morning(TODAY), facts={"file_purpose": "heads"},
            parties={"subject_head": [talks.person("education_head")], "clerk": [talks.person("style_two")]},
        )  # fmt: skip
        perform("begin", opened.matter, by=talks.viewer("style_two"))
        reader, home = talks.browser("style_head"), f"/integrity-files/{opened.matter.slug}/"
        card = reader.get(home).content.decode()
        form = reader.get(f"{home}acts/consult/")
        perform(
            "consult", opened.matter, by=talks.viewer("style_head"),
            lines={"consultations": [{"read_for": "talk", "read_matter": "谈〔2026〕1号",
                                      "read_why": "谈话准备。", "read_until": "2026-09-18"}]},
        )  # fmt: skip
        whole = reader.get(home).content.decode()
        own = talks.browser("unit_head").get(home).content.decode()

    assert "任职起始" not in card
    assert f"{home}acts/consult/" in card
    assert form.status_code == 200
    assert "任职起始" in whole
    assert "谈话准备。" in own
    assert opened.matter.reads.filter(person=talks.person("style_head")).exists()
