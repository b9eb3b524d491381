"""A query of one's own reads declared records and nothing else, and ends: whatever its text says."""

import pytest
from a_trace import CASES, a_query, newest, text_of
from django.utils import timezone

from qingfeng.findings import own_rules
from qingfeng.findings.models import Job, OwnRule, OwnVersion
from qingfeng.findings.own_rules import Draft
from qingfeng.matters.answers import Refusal
from qingfeng.organization.models import Setting

pytestmark = pytest.mark.once
RULE = "d_large_fill"
HOSTILE = {
    "a file by a function": a_query(source="read_csv('/etc/passwd') AS f"),
    "a file by its name": a_query(source="'/etc/passwd' AS f"),
    "another home's lake": a_query(source="read_parquet('/*/lake/**/*.parquet') AS f"),
    "a text of a file": a_query(select=", (SELECT content FROM read_text('/etc/passwd')) AS told"),
    "a folder listed": a_query(where="f.liters > $least_l AND f.station IN (SELECT file FROM glob('/**'))"),
    "the environment": a_query(select=", getenv('QINGFENG_HOME') AS told"),
    "a setting": a_query(select=", current_setting('temp_directory') AS told"),
    "the catalogue": a_query(source="duckdb_settings() AS f"),
    "another schema": a_query(source="information_schema.tables AS f"),
    "an undeclared table": a_query(source="fuel AS f, matters_matter AS m"),
    "a write": a_query().replace("SELECT f.plate", "INSERT INTO fuel SELECT f.plate"),
    "a deletion": a_query() + "; DELETE FROM fuel",
    "an attached database": a_query() + ";\nATTACH '/tmp/x.db' AS x",
    "a copy to a file": a_query() + ";\nCOPY fuel TO '/tmp/x.csv'",
    "an extension": a_query() + ";\nINSTALL httpfs",
    "a pragma": a_query() + ";\nPRAGMA memory_limit='99GB'",
    "recursion": a_query().replace(
        "SELECT f.plate", "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n)\nSELECT f.plate"
    ),
    "chance": a_query(where="random() > 0.5"),
    "today": a_query(where="f.ts < now()"),
    "a plate": a_query(where="f.plate_norm = '苏M12345'"),
    "an ID number": a_query(where="f.station = '320123199001011234'"),
    "no SELECT": a_query().partition("SELECT")[0],
    "no header": "SELECT 1",
    "a text without end": a_query() + "-- " + "x" * 50_000,
}


def examined(text, cases=CASES):
    return own_rules.examined(Draft(rule=RULE, text=text, cases=cases, reason="手法。"))


def test_the_rule_that_the_others_are_made_from_is_sound():
    rule, violations = examined(a_query())

    assert violations == []
    assert rule.tables == ("fuel",)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_text_that_reaches_beyond_declared_records_is_no_rule(text):
    rule, violations = examined(text)

    assert rule is None
    assert all(one.line >= 1 and one.what for one in violations)


def test_the_example_that_stands_in_the_form_is_a_rule_whose_cases_hold(tmp_path):
    from qingfeng.desk.patterns import example
    from qingfeng.screening.rulebook import read_rule, run_cases

    rule, violations = examined(example.RULE, example.CASES)
    (tmp_path / f"{RULE}.sql").write_text(example.RULE, encoding="utf-8")
    (tmp_path / f"{RULE}.cases.toml").write_text(example.CASES, encoding="utf-8")

    assert (violations, rule.id) == ([], RULE)
    assert all(one.holds for one in run_cases(read_rule(tmp_path / f"{RULE}.sql")[0]))


@pytest.mark.parametrize(
    "cases", ["", CASES.replace('"twin"', '"boundary"'), CASES.split("[[case]]", 2)[0] + "[[case]"]
)
def test_a_query_without_two_violations_and_two_twins_is_not_kept(cases):
    assert examined(a_query(), cases)[0] is None


@pytest.mark.django_db
def test_what_is_wrong_stands_beside_the_text_with_its_line_in_chinese(desk):
    facts = {"rule": RULE, "text": a_query(where="f.litres > $least_l"), "cases": CASES, "reason": "手法。",
             "card": ""}  # fmt: skip

    answer = desk.browser("analyst").post("/own-rules/write/", facts)

    said = text_of(answer)
    assert answer.status_code == 422
    assert f"第 {a_query().count(chr(10))} 行" in said
    assert "没有列“litres”" in said
    assert "Did you mean" in said
    assert not OwnRule.objects.exists()


@pytest.mark.django_db
def test_only_the_analyst_writes_whatever_somebody_sends(desk):
    draft = Draft(rule=RULE, text=a_query(), cases=CASES, reason="手法。")

    answer = own_rules.write(draft, by=desk.viewer("style_head"))

    assert isinstance(answer, Refusal)
    assert answer.why == "role"


@pytest.mark.django_db
def test_a_query_without_bounds_is_stopped_and_leaves_nothing_behind(desk):
    """A trial has little time, memory and disk; what does not end is ended."""
    Setting.objects.create(key="findings.try_seconds", value=5, reason="试验", set_at=timezone.now())
    many = "fuel AS f" + "".join(f" CROSS JOIN fuel AS f{no}" for no in range(15))
    version = desk.written(a_query(source=many))
    assert isinstance(version, OwnVersion), version

    desk.do("try", rule=RULE)
    desk.work()

    job = Job.objects.get(kind="try")
    page = text_of(desk.browser("analyst").get(f"/own-rules/of/{RULE}/"))
    assert job.state == "failed"
    assert "stopped" in job.problem["what"]
    assert "规则已被停止" in page
    assert newest(RULE).tried == {}
    assert list((desk.home / "spill").glob("*")) == []


@pytest.mark.django_db
def test_a_query_whose_cases_do_not_hold_is_not_proposed(desk):
    version = desk.written(a_query(where="f.liters >= $least_l"))
    assert isinstance(version, OwnVersion), version

    desk.do("try", rule=RULE)
    desk.work()
    said = text_of(desk.do("propose", rule=RULE))

    tried = newest(RULE).tried
    assert (tried["state"], tried["found"], tried["cases"]["of"]) == ("ran", 1, 4)
    assert [one["says"] for one in tried["cases"]["failed"]] == ["80 litres"]
    assert "有用例不成立" in said
    assert newest(RULE).standing == "written"
