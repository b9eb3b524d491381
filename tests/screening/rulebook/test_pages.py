import pytest
from rule_texts import SQL, a_rule

from qingfeng.screening.errors import WrongUse
from qingfeng.screening.rulebook import begin_rule, read_rule, run_cases, write_pages
from qingfeng.screening.rulebook.schema import WATCHES


@pytest.fixture
def pages(tmp_path):
    rule = a_rule(
        tmp_path,
        on='"f.ts"',
        tables='[excluded]\n"未登记油箱容积" = "plate_norm IS NULL"',
        params={"tolerance": '[{from = 2014-01-01, value = 1.05, basis = "办法第三条"}]', "slack_l": "2"},
    )
    rule.cases.write_text(
        '[[case]]\nsays = "a fill of exactly 105 % is not found"\nkind = "boundary"\nfound = 0\n',
        encoding="utf-8",
    )
    write_pages({rule.id: rule}, tmp_path / "pages")
    return tmp_path / "pages"


@pytest.mark.parametrize(
    "part",
    [
        "# 单次加油超油箱容积",
        "Was more fuel billed",
        "| Tier | A: records contradict each other |",
        "党政机关公务用车管理办法（2017）",
        "- `vehicle` 车辆登记: `row_id`, `plate_norm`, `tank_l`",
        "| `tolerance` | 1.05 | 2014-01-01 | 办法第三条 |",
        "| `slack_l` | 2 |",
        "```sql\nSELECT f.plate_norm AS plate",
        "- 未登记油箱容积: `plate_norm IS NULL`",
        "- a fill of exactly 105 % is not found",
        "- [ ] 登记的油箱容积有误",
        "- 查：行驶证",
    ],
)
def test_a_page_says_everything_a_rule_says(pages, part):
    assert part in (pages / "fuel_over_tank.md").read_text(encoding="utf-8")


def test_a_page_says_of_which_tables_one_is_enough(tmp_path):
    sql = (
        SQL + "\n  AND f.plate_norm NOT IN (SELECT plate_norm FROM gps UNION ALL SELECT plate_norm FROM toll)"
    )
    header = {"reads_any": '[["gps", "toll"]]', "overlaps": '[["fuel", "gps", "toll"]]'}
    rule = a_rule(tmp_path, sql=sql, **header)

    (_, page) = write_pages({rule.id: rule}, tmp_path / "pages")

    said = page.read_text(encoding="utf-8")
    assert "- `toll` 通行记录 (one of a group): `plate_norm`" in said
    assert "Not run unless the home has one at least of `gps`, `toll`." in said
    assert "Not run unless the periods of `fuel` overlap with that of one at least of `gps`, `toll`." in said


def test_the_index_names_every_rule(pages):
    assert "[fuel_over_tank](fuel_over_tank.md) | A | 单次加油超油箱容积" in (pages / "README.md").read_text(
        encoding="utf-8"
    )


def test_the_page_of_a_rule_that_is_gone_goes_too(pages, tmp_path):
    (pages / "notes.md").write_text("# Notes", encoding="utf-8")

    write_pages({}, pages)

    assert sorted(file.name for file in pages.iterdir()) == ["README.md", "notes.md"]


@pytest.mark.parametrize("watch", WATCHES)
def test_a_rule_that_was_begun_loads_and_fails_its_own_cases(tmp_path, watch):
    sql, cases = begin_rule("my_rule", watch, tmp_path)

    rule, violations = read_rule(sql)
    assert rule is not None, "\n".join(map(str, violations))
    found, alike = run_cases(rule)

    assert cases == rule.cases
    assert (found.holds, found.why) == (False, "found 0 instead of 1")
    assert alike.holds


@pytest.mark.parametrize(
    ("name", "watch"), [("My Rule", "vehicle"), ("my_rule", "boats"), ("规则", "vehicle")]
)
def test_a_rule_with_an_impossible_name_or_watch_is_not_begun(tmp_path, name, watch):
    with pytest.raises(WrongUse):
        begin_rule(name, watch, tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_rule_is_never_written_over(tmp_path):
    begin_rule("my_rule", "vehicle", tmp_path)

    with pytest.raises(WrongUse, match="there already"):
        begin_rule("my_rule", "letter", tmp_path)
