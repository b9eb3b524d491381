"""A small rule that can be used, and ways to break it."""

from pathlib import Path

from qingfeng.screening.rulebook import Rule, Violation, read_rule

HEADER = {
    "title": '"单次加油超油箱容积"',
    "question": '"Was more fuel billed in one fill than the tank holds?"',
    "watch": '"vehicle"',
    "tier": '"A"',
    "basis": '["党政机关公务用车管理办法（2017）"]',
    "reads": '["fuel", "vehicle"]',
    "subject": '"plate"',
    "scope": '"row"',
    "message": '"{plate} 加油 {liters} 升，油箱容积 {tank_l} 升"',
    "innocent": '["登记的油箱容积有误"]',
    "verify": '["查：行驶证"]',
}
PARAMS = {"tolerance": "1.05", "slack_l": "2"}
SQL = """SELECT f.plate_norm AS plate, f.unit_id, f.ts AS at, f.amount, f.liters, v.tank_l,
       f.row_id AS fuel_row, v.row_id AS vehicle_row
FROM fuel AS f JOIN vehicle AS v USING (plate_norm)
WHERE f.liters > v.tank_l * $tolerance + $slack_l"""
FIRST_LINE = 18  # of the SELECT: after /*, eleven keys, a blank line, [params] and its two, */


def rule_text(sql=SQL, params=PARAMS, tables="", **header):
    """Return the text of a rule; a key of the header set to None is left out."""
    keys = {**HEADER, **header}
    lines = ["/*", *(f"{key} = {value}" for key, value in keys.items() if value is not None), ""]
    lines += tables.splitlines()
    lines += ["[params]", *(f"{name} = {value}" for name, value in params.items()), "*/", sql, ""]
    return "\n".join(lines)


def write_rule(folder: Path, text: str, name: str = "fuel_over_tank") -> Path:
    """Write a rule's file and return its path."""
    file = folder / f"{name}.sql"
    file.write_text(text, encoding="utf-8")
    return file


def a_rule(folder: Path, **changes) -> Rule:
    """Return a rule that can be used."""
    rule, violations = read_rule(write_rule(folder, rule_text(**changes)))
    assert rule is not None, violations
    return rule


def broken(folder: Path, text: str, known=frozenset()) -> list[Violation]:
    """Return what is wrong with a rule that cannot be used."""
    rule, violations = read_rule(write_rule(folder, text), frozenset(known))
    assert rule is None
    return violations
