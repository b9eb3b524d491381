"""What docs/writing-rules.md shows can be used as it stands."""

import re
from pathlib import Path

import pytest
from rule_texts import broken, rule_text, write_rule

from qingfeng.screening.rulebook import read_rule, run_cases

PAGE = (Path(__file__).parents[3] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
RULE = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)[0]
CASES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_rule_on_the_page_does_what_its_cases_say(tmp_path):
    rule, violations = read_rule(write_rule(tmp_path, RULE))
    assert rule is not None, violations
    rule.cases.write_text(CASES, encoding="utf-8")

    found = run_cases(rule)

    assert [result.why for result in found] == ["", ""]


@pytest.mark.parametrize(
    "condition",
    [
        "date_diff('second', f.ts, f.ts) < 60",
        "date_diff('day', v.bought_on, v.status_from) > 3",
        "extract(hour FROM f.ts) >= 19",
        "round(f.amount / f.liters, 4) > 8",
        "f.ts + $slack_l * INTERVAL 1 HOUR > f.ts",
        "(SELECT arg_min(amount, row_id) FROM fuel) > 1",
        "f.row_id IN (SELECT row_id FROM fuel QUALIFY row_number() OVER (ORDER BY ts, row_id) = 1)",
        "list_contains((SELECT list_sort(list(station)) FROM fuel), 'x')",
        "(SELECT sum(CAST(round(lon, 2) AS DECIMAL(14,2))) FROM fuel) > 1",
        (
            "round(2 * 6371.0088 * asin(sqrt(power(sin(radians(f.lat - v.parking_lat) / 2), 2) + "
            "cos(radians(f.lat)) * cos(radians(v.parking_lat)) * "
            "power(sin(radians(f.lon - v.parking_lon) / 2), 2))), 2) > 0.5"
        ),
    ],
)
def test_what_the_page_says_to_write_instead_can_be_written(tmp_path, condition):
    text = rule_text().replace("+ $slack_l\n", f"+ $slack_l AND {condition}\n")

    assert condition in text
    rule, violations = read_rule(write_rule(tmp_path, text))

    assert rule is not None, "\n".join(map(str, violations))


def test_the_error_on_the_page_is_the_one_that_is_told(tmp_path):
    text = rule_text().replace("v.tank_l *", "v.tank *")

    (told,) = broken(tmp_path, text)

    assert "there is no column 'tank' in table 'vehicle'. Did you mean 'tank_l'? Columns: " in PAGE
    assert str(told).startswith(
        "fuel_over_tank.sql:21: there is no column 'tank' in table 'vehicle'. Did you mean"
    )
