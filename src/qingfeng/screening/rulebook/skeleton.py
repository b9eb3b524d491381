"""The beginning of a rule: a file that loads, and cases that fail until the rule is written."""

from __future__ import annotations

from pathlib import Path

from qingfeng.screening.errors import WrongUse
from qingfeng.screening.rulebook.schema import WATCHES, did_you_mean

# Watch to the table its rules begin from, subject, and SQL for subject, time and amount.
BEGINNINGS: dict[str, tuple[str, str, str, str, str]] = {
    "vehicle": ("fuel", "plate", "m.plate_norm", "m.ts", "m.amount"),
    "letter": ("reception", "reception", "m.rcpt_id", "m.date", "m.meal_amount"),
    "card": ("card_buy", "unit", "m.unit_id", "m.date", "m.amount"),
    "scenic": ("scenic", "unit", "m.unit_id", "m.ts", "m.amount"),
    "ledger": ("invoice", "invoice", "m.inv_key", "m.issue_date", "m.total"),
    "payroll": ("payroll", "person", "m.person_id", "m.pay_month", "m.amount"),
    "cross": ("finding", "unit", "m.unit_id", "m.at", "m.amount"),
}
RULE = """/*
title    = "{rule_id}"
question = "What does this rule ask? One sentence."
watch    = "{watch}"
tier     = "B"                  # A contradiction · B breach of a rule · C statistical, names no person
basis    = ["The law or rule that it rests on"]
reads    = ["{table}"]
subject  = "{subject}"
scope    = "row"                # row · key · table: how far a new record can reach
message  = "{{{subject}}} 于 {{at}} 待核"
innocent = ["What could explain it"]
verify   = ["查：What to look at"]

[params]
least_yuan = 0
*/
SELECT {key} AS {subject}, {unit}{time} AS at, {amount} AS amount, m.{row} AS {table}_row
FROM {table} AS m
WHERE {amount} > $least_yuan AND false -- write the condition here
"""
CASES = """# Every rule has at least two violations, two innocent twins and its boundaries.

[[case]]
says  = "write here what is found"
kind  = "violation"
found = 1
{table} = [{{ {column} = 100 }}]

[[case]]
says  = "write here what looks alike and is not found"
kind  = "twin"
found = 0
{table} = [{{ {column} = 0 }}]
"""


def begin_rule(rule_id: str, watch: str, folder: Path) -> list[Path]:
    """Write a rule's two files into a folder and return them.

    Args:
        rule_id: Its name, a-z, 0-9 and _.
        watch: One of `WATCHES`.
        folder: Where; made if it is not there.

    Raises:
        WrongUse: If the name or the watch cannot be, or the file is there already.
    """
    if not rule_id.isidentifier() or rule_id != rule_id.lower() or not rule_id.isascii():
        raise WrongUse(
            f"'{rule_id}' is no name for a rule.",
            then="Use a-z, 0-9 and _, and name the pattern: fuel_same_day_repeat.",
        )
    if watch not in BEGINNINGS:
        raise WrongUse(
            f"There is no watch '{watch}'.",
            then=f"{did_you_mean(watch, WATCHES)}Watches: {', '.join(WATCHES)}.",
        )
    table, subject, key, time, amount = BEGINNINGS[watch]
    sql, cases = folder / f"{rule_id}.sql", folder / f"{rule_id}.cases.toml"
    for file in (sql, cases):
        if file.exists():
            raise WrongUse("The file is there already.", where=str(file), then="Choose another name.")
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "rule_id": rule_id,
        "watch": watch,
        "table": table,
        "subject": subject,
        "key": key,
        "unit": "m.unit_id, ",
        "time": time,
        "amount": amount,
        "row": "finding_row" if table == "finding" else "row_id",
        "column": amount.removeprefix("m."),
    }
    sql.write_text(RULE.format(**told), encoding="utf-8")
    cases.write_text(CASES.format(**told), encoding="utf-8")
    return [sql, cases]
