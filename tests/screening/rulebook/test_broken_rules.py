"""A zoo of broken rules: each has its own sentence, on its own line."""

import pytest
from rule_texts import FIRST_LINE, PARAMS, SQL, broken, rule_text

from qingfeng.screening.rulebook import read_rule

L = FIRST_LINE
WHERE = "WHERE f.liters > v.tank_l * $tolerance + $slack_l"


def where(condition):
    return SQL.replace(WHERE, f"{WHERE}\n  AND {condition}")


def output(column):
    return SQL.replace("f.liters, v.tank_l", f"f.liters, v.tank_l, {column}")


HEADERS = {
    "no header": ("SELECT 1", 1, "the file does not begin with a header comment."),
    "not TOML": (rule_text(title="单次"), 2, "this is not TOML:"),
    "unknown key": (rule_text(tittle='"x"'), 13, "there is no header key 'tittle'. Did you mean 'title'?"),
    "missing key": (rule_text(verify=None), 1, "the header lacks 'verify'. Add verify = …"),
    "empty key": (rule_text(innocent="[]"), 11, "'innocent' is empty."),
    "wrong kind": (rule_text(basis='"用车17"'), 6, "'basis' is not a list of texts."),
    "under nothing": (
        rule_text(tables="[under]\ntolerence = 0.9\n"),
        15,
        "'tolerence' in under is no threshold of this rule. Name a parameter of [params] that is one number.",
    ),
    "under itself": (
        rule_text(tables="[under]\ntolerance = 1\n"),
        15,
        "'tolerance' in under has no share. Write 0.9 for a row that keeps below a limit",
    ),
    "watch": (rule_text(watch='"vehicel"'), 4, "there is no watch 'vehicel'. Did you mean 'vehicle'?"),
    "tier": (rule_text(tier='"D"'), 5, "there is no tier 'D'. Choose one of A, B, C."),
    "scope": (rule_text(scope='"file"'), 9, "there is no scope 'file'. Choose one of row, key, table."),
    "subject": (rule_text(subject='"car"'), 8, "there is no subject 'car'. Did you mean 'card'?"),
    "table in reads": (
        rule_text(reads='["feul", "vehicle"]'),
        7,
        "there is no table 'feul'. Did you mean 'fuel'?",
    ),
    "finding": (rule_text(reads='["fuel", "vehicle", "finding"]'), 7, "only cross rules may read 'finding'."),
    "reads and uses": (rule_text(uses='["vehicle"]'), 13, "'vehicle' stands in both reads and uses."),
    "read for nothing": (rule_text(uses='["trip"]'), 13, "the SQL never reads 'trip'. Take it out of uses."),
    "group of one": (
        rule_text(reads_any='[["trip"]]'),
        13,
        "a group of reads_any has fewer than two tables. Move it to reads, or name another beside it: trip.",
    ),
    "group of nothing": (rule_text(reads_any='["trip", "gps"]'), 13, "'reads_any' is not a list of lists."),
    "table in a group": (
        rule_text(reads_any='[["gps", "tol"]]'),
        13,
        "there is no table 'tol'. Did you mean 'toll'?",
    ),
    "group and reads": (
        rule_text(reads_any='[["fuel", "gps"]]'),
        13,
        "'fuel' stands in both reads and reads_any. Leave it in one of them.",
    ),
    "group and uses": (
        rule_text(reads_any='[["gps", "trip"]]', uses='["trip"]'),
        13,
        "'trip' stands in both uses and reads_any.",
    ),
    "in two groups": (
        rule_text(reads_any='[["gps", "trip"], ["trip", "toll"]]'),
        13,
        "'trip' stands twice in reads_any. Leave it in one group.",
    ),
    "always there": (
        rule_text(reads_any='[["gps", "calendar"]]'),
        13,
        "'calendar' is no imported table. Move it to reads",
    ),
    "group for nothing": (
        rule_text(reads_any='[["gps", "trip"]]'),
        13,
        "the SQL never reads 'gps'. Take it out of reads_any.",
    ),
    "neither reads nor a group": (rule_text(reads=None), 1, "the header lacks 'reads'."),
    "overlap without time": (
        rule_text(overlaps='[["fuel", "vehicle"]]'),
        13,
        "'vehicle' has no period that could overlap.",
    ),
    "overlap alone": (rule_text(overlaps='[["fuel"]]'), 13, "one table alone cannot overlap."),
    "needs of no table": (rule_text(needs='["liters"]'), 13, "'liters' in needs names no imported table."),
    "needs of another": (
        rule_text(needs='["trip.km"]'),
        13,
        "the rule does not read 'trip'. Add it to reads.",
    ),
    "needs nothing": (
        rule_text(needs='["fuel.litre"]'),
        13,
        "no file gives a column 'litre'. Did you mean 'liters'?",
    ),
    "optional nothing": (rule_text(optional='["fuel.octane"]'), 13, "no file gives a column 'octane'."),
    "excluded": (rule_text(tables='[excluded]\n"无容积" = 3'), 15, "the exclusion '无容积' is not a text."),
    "unused": (rule_text(params={**PARAMS, "days": "3"}), 17, "the parameter 'days' is never used."),
    "parameter name": (rule_text(params={**PARAMS, "Days": "3"}), 17, "'Days' is no name for a parameter."),
    "parameter kind": (
        rule_text(params={"slack_l": "2", "tolerance": "[1, 'a']"}),
        16,
        "the parameter 'tolerance' is a list of values of different kinds.",
    ),
    "dated without on": (
        rule_text(params={"slack_l": "2", "tolerance": '[{from = 2025-01-01, value = 1, basis = "x"}]'}),
        16,
        "the parameter 'tolerance' is dated but the header lacks 'on'.",
    ),
    "dated twice": (
        rule_text(
            on='"f.ts"',
            params={
                "slack_l": "2",
                "tolerance": '[{from = 2025-01-01, value = 1, basis = "x"}, '
                '{from = 2025-01-01, value = 2, basis = "y"}]',
            },
        ),
        17,
        "the parameter 'tolerance' has two values from the same day.",
    ),
    "dated without basis": (
        rule_text(on='"f.ts"', params={"slack_l": "2", "tolerance": "[{from = 2025-01-01, value = 1}]"}),
        17,
        "the parameter 'tolerance' has an entry that is not {from, value, basis}.",
    ),
    "message": (
        rule_text(message='"{plate} 加油 {litres} 升"'),
        10,
        "the message names 'litres', which the SELECT does not return. Did you mean 'liters'?",
    ),
    "message brace": (rule_text(message='"{plate 加油"'), 10, "the message has a brace that is not closed."),
    "tier C, person": (
        rule_text(tier='"C"', subject='"person"'),
        8,
        "a rule of tier C has a person as its subject. Choose unit: tier C names nobody.",
    ),
    "plate in message": (rule_text(message='"{plate} 不是 苏M·12345"'), 10, "'message' names a plate."),
    "plate in parameter": (
        rule_text(params={**PARAMS, "own": "'苏MD12345'"}, sql=where("f.plate_norm <> $own")),
        17,
        "the parameter 'own' looks like a plate.",
    ),
    "account in parameter": (
        rule_text(params={**PARAMS, "own": "[6222020200112233445]"}, sql=where("f.points <> ALL($own)")),
        17,
        "the parameter 'own' looks like an account or a card.",
    ),
}

STATEMENTS = {
    "syntax": (rule_text(SQL.replace("FROM fuel AS f", "FRM fuel AS f")), L + 2, "syntax error at or near"),
    "two statements": (rule_text(SQL + ";\nSELECT 1"), L + 4, "there is more than one statement."),
    "nothing": (rule_text(""), 1, "there is no SELECT."),
    "delete": (rule_text("DELETE FROM fuel"), L, "the statement is not a SELECT."),
    "copy": (rule_text("COPY fuel TO 'fuel.csv'"), L, "the statement is not a SELECT."),
    "set": (rule_text("SET memory_limit = '1TB'"), L, "the statement is not a SELECT."),
    "attach": (rule_text("ATTACH 'other.db'"), L, "the statement is not a SELECT."),
    "pragma": (rule_text("PRAGMA version"), L, "the statement is not a SELECT."),
    "install": (rule_text("INSTALL httpfs"), L, "the statement is not a SELECT."),
    "unknown table": (
        rule_text(SQL.replace("vehicle AS v", "vehicles AS v")),
        L + 2,
        "there is no table 'vehicles'.",
    ),
    "table not listed": (
        rule_text(where("EXISTS (SELECT 1 FROM trip AS t WHERE t.plate_norm = f.plate_norm)")),
        L + 4,
        "the table 'trip' is not in the header. Add 'trip' to reads, to a group of reads_any, or to uses.",
    ),
    "a file as a table": (
        rule_text(SQL.replace("vehicle AS v", "'/etc/passwd' AS v")),
        L + 2,
        "there is no table",
    ),
    "another schema": (
        rule_text(where("EXISTS (SELECT 1 FROM information_schema.tables)")),
        L + 4,
        "'information_schema.tables' names a schema.",
    ),
    "unknown column": (
        rule_text(SQL.replace("v.tank_l,", "v.tank,")),
        L,
        "there is no column 'tank' in table 'vehicle'. Did you mean 'tank_l'? Columns: ",
    ),
    "unknown bare column": (rule_text(where("kilometres > 3")), L + 4, "there is no column 'kilometres'."),
    "unknown column in a later line": (
        rule_text(where("f.litres > $slack_l")),
        L + 4,
        "there is no column 'litres' in table 'fuel'. Did you mean 'liters'?",
    ),
    "wrong types": (rule_text(where("f.ts > 3")), L + 4, "cannot compare values of type TIMESTAMP"),
    "undeclared parameter": (rule_text(where("f.amount > $least")), L + 4, "there is no parameter '$least'."),
    "nameless parameter": (rule_text(where("f.amount > ?")), L + 4, "a parameter has no name."),
    "dollar quotes": (rule_text(where("f.station <> $$云川$$")), L + 4, "a text is quoted with dollars."),
    "predicate": (
        rule_text(applies="\"txn_typ = '加油'\""),
        13,
        "there is no column 'txn_typ'",
    ),
    "exclusion": (
        rule_text(tables='[excluded]\n"无容积" = "plate_norm NOT IN (SELECT plate_norm FROM trip)"'),
        15,
        "the table 'trip' is not in the header.",
    ),
    "two predicates": (rule_text(applies='"true); SELECT (1"'), 13, "there is more than one statement."),
}

REACHING_OUT = {
    "file": (
        "f.station IN (SELECT content FROM read_text('/etc/passwd'))",
        "the function 'read_text' reads a file",
    ),
    "csv": (
        "f.station IN (SELECT a FROM read_csv('x.csv'))",
        "the function 'read_csv' reads a file or the network.",
    ),
    "quoted name": ("EXISTS (SELECT 1 FROM \"read_csv\"('x.csv'))", "the function 'read_csv' reads a file"),
    "table function": ("EXISTS (SELECT 1 FROM glob('*'))", "a table function stands in FROM."),
    "setting": (
        "current_setting('threads') = '1'",
        "the function 'current_setting' looks at or changes the engine.",
    ),
    "environment": ("getenv('HOME') = f.station", "the function 'getenv' looks at or changes the engine."),
    "catalog": (
        "EXISTS (SELECT 1 FROM duckdb_settings())",
        "the function 'duckdb_settings' looks at or changes",
    ),
    "query": ("EXISTS (FROM query('SELECT 1'))", "the function 'query' looks at or changes the engine."),
}

UNPORTABLE = {
    "unknown function": (
        "frobnicate(f.station) = 1",
        "the function 'frobnicate' is not on the list of functions.",
    ),
    "method call": ("f.station.md5() = 'x'", "the function 'md5' makes a hash, which is no identity."),
    "dayofweek": ("dayofweek(f.ts) = 0", "the function 'dayofweek' counts days or weeks differently"),
    "isodow": ("isodow(f.ts) > 5", "Join calendar: day_kind IN ('weekend', 'holiday') is a rest day."),
    "extract dow": ("extract(dow FROM f.ts) = 0", "extract(dow …) differs between engines."),
    "levenshtein": ("levenshtein(f.station, v.model) < 2", "the function 'levenshtein' counts bytes here"),
    "percentile": (
        "f.amount > (SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY amount) FROM fuel)",
        "the function 'percentile_cont' gives another answer in another engine.",
    ),
    "date_diff hours": (
        "date_diff('hour', f.ts, f.ts) < 3",
        "date_diff('hour', …) counts differently in another engine. Write date_diff('second', a, b)",
    ),
    "date_diff days": (
        "date_diff('day', f.ts, f.ts) < 3",
        "date_diff('day', …) between timestamps counts differently in another engine. Cast both to DATE",
    ),
    "date minus date": ("v.bought_on - v.status_from > 3", "date minus date is no number in another engine."),
    "time of day": ("CAST(f.ts AS TIME) > TIME '19:00:00'", "TIME is read as a timestamp by another engine."),
    "time zone": ("f.ts AT TIME ZONE 'UTC' > f.ts", "records have no time zone."),
    "strftime": (
        "strftime(f.ts, '%a') = 'Mon'",
        "this format of strftime is not written alike by every engine.",
    ),
    "regexp": ("f.station SIMILAR TO '云.*'", "this pattern means something else in another engine."),
    "now": ("f.ts < now()", "the function 'now' gives another answer tomorrow."),
    "current_date": ("f.ts < current_date", "the function 'current_date' gives another answer tomorrow."),
    "random": ("random() < 0.5", "the function 'random' gives another answer every time."),
    "sum of doubles": (
        "(SELECT sum(lon) FROM fuel) > 1",
        "sum() over DOUBLE changes with the number of threads.",
    ),
    "sum of quotients": (
        "round((SELECT sum(amount / liters) FROM fuel), 2) > 1",
        "sum() over DOUBLE changes with the number of threads.",
    ),
    "average of doubles": (
        "round((SELECT avg(lat) FROM fuel), 2) > 1",
        "avg() over DOUBLE changes with the number",
    ),
    "deviation": ("(SELECT stddev(amount) FROM fuel) > 1", "the function 'stddev' is computed in DOUBLE"),
    "unrounded rate": ("f.amount / f.liters > 8", "a DOUBLE is compared before it is rounded."),
    "any value": (
        "(SELECT first(amount) FROM fuel) > 1",
        "the function 'first' depends on the order in which threads",
    ),
    "unordered list": (
        "list_contains((SELECT list(station) FROM fuel), 'x')",
        "the order of this list depends on threads",
    ),
    "extreme with ties": ("(SELECT arg_max(amount, ts) FROM fuel) > 1", "a tie takes any of the rows."),
    "window with ties": (
        "f.row_id IN (SELECT row_id FROM fuel QUALIFY row_number() OVER (ORDER BY ts) = 1)",
        "a tie in this row_number() takes any of the rows. End its ORDER BY with a row_id.",
    ),
    "limit": ("f.amount > (SELECT amount FROM fuel LIMIT 1)", "LIMIT takes any rows."),
    "limit with ties": ("f.amount > (SELECT amount FROM fuel ORDER BY ts LIMIT 1)", "LIMIT takes any rows."),
    "order in a subquery": (
        "f.ts IN (SELECT ts FROM fuel ORDER BY ts)",
        "ORDER BY in a subquery means nothing.",
    ),
    "distinct on": (
        "f.ts IN (SELECT DISTINCT ON (card_h) ts FROM fuel)",
        "DISTINCT ON takes any of the rows.",
    ),
    "sample": ("f.ts IN (SELECT ts FROM fuel USING SAMPLE 10)", "a sample is different every time."),
    "asof": (
        "f.ts IN (SELECT a.ts FROM fuel AS a ASOF JOIN fuel AS b ON a.card_h = b.card_h AND a.ts >= b.ts)",
        "ASOF JOIN does not run in other engines.",
    ),
    "recursion": (
        "f.liters IN (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)",
        "WITH RECURSIVE may never end.",
    ),
    "plate": ("f.plate_norm = '苏M12345'", "the literal '苏M12345' looks like a plate."),
    "plate pattern": ("f.plate_norm LIKE '%苏ＭD12345%'", "the literal '%苏ＭD12345%' looks like a plate."),
    "police plate": ("f.plate_norm = '苏M1234警'", "the literal '苏M1234警' looks like a plate."),
    "ID number": (
        "f.station = '11010519491231002X'",
        "the literal '11010519491231002X' looks like an ID number.",
    ),
    "phone": ("f.station = '138 0000 1111'", "the literal '138 0000 1111' looks like a phone number."),
    "card": ("f.station = '6222 0202 0011 2233 445'", "looks like an account or a card."),
    "number": (
        "f.points = 6222020200112233",
        "the literal '6222020200112233' looks like an account or a card.",
    ),
    "hash": ("f.card_h = '0123456789abcdef0123456789abcdef'", "looks like a keyed hash."),
}

OUTPUTS = {
    "subject": (SQL.replace("AS plate", "AS car"), "the SELECT returns no column 'plate'."),
    "unit": (SQL.replace("f.unit_id, ", ""), "the SELECT returns no column 'unit_id'."),
    "time": (SQL.replace("f.ts AS at", "f.ts"), "the SELECT returns no column 'at'."),
    "kind of time": (SQL.replace("f.ts AS at", "f.station AS at"), "'at' is VARCHAR."),
    "amount": (SQL.replace("f.amount, ", ""), "Return NULL AS amount if no money is at stake."),
    "kind of amount": (SQL.replace("f.amount", "f.amount / 2 AS amount"), "'amount' is DOUBLE."),
    "evidence": (
        SQL.replace("f.row_id AS fuel_row, v.row_id AS vehicle_row", "1 AS one"),
        "the SELECT returns no evidence.",
    ),
    "evidence of nothing": (output("f.row_id AS car_row"), "'car_row' names no table that the rule reads."),
    "kind of evidence": (SQL.replace("f.row_id AS", "f.ts AS"), "'fuel_row' is TIMESTAMP."),
    "twice": (output("f.station AS liters"), "two output columns are called 'liters'."),
    "star": (SQL.replace("f.liters, v.tank_l", "f.liters, v.tank_l, v.*"), "the result is not spelt out."),
    "hash as a fact": (output("f.card_h"), "the fact 'card_h' is a keyed hash."),
    "hash under another name": (output("f.card_h AS card_no"), "the fact 'card_no' is a keyed hash."),
    "order": (SQL + "\nORDER BY f.ts", "the result is ordered or cut."),
    "cut": (SQL + "\nLIMIT 10", "the result is ordered or cut."),
}


def said(violations):
    return "\n".join(map(str, violations))


@pytest.mark.parametrize(
    ("text", "line", "says"), [*HEADERS.values(), *STATEMENTS.values()], ids=[*HEADERS, *STATEMENTS]
)
def test_a_broken_rule_is_told_by_file_and_line(tmp_path, text, line, says):
    violations = broken(tmp_path, text)

    assert any(
        one.line == line and says in str(one) and str(one).startswith(f"fuel_over_tank.sql:{line}: ")
        for one in violations
    ), said(violations)


@pytest.mark.parametrize(
    ("condition", "says"), [*REACHING_OUT.values(), *UNPORTABLE.values()], ids=[*REACHING_OUT, *UNPORTABLE]
)
def test_a_condition_that_a_rule_may_not_have_is_told_on_its_line(tmp_path, condition, says):
    violations = broken(tmp_path, rule_text(where(condition)))

    assert any(one.line == FIRST_LINE + 4 and says in str(one) for one in violations), said(violations)


@pytest.mark.parametrize(("sql", "says"), OUTPUTS.values(), ids=list(OUTPUTS))
def test_a_result_that_no_finding_can_be_made_of_is_told(tmp_path, sql, says):
    violations = broken(tmp_path, rule_text(sql))

    assert says in said(violations)


def test_every_violation_is_told_not_only_the_first(tmp_path):
    text = rule_text(
        where("dayofweek(f.ts) = 0\n  AND f.plate_norm = '苏M12345' AND f.litres > $least"),
        tier='"D"',
        verify=None,
    )

    found = said(broken(tmp_path, text))

    for sentence in (
        "there is no tier 'D'",
        "the header lacks 'verify'",
        "'dayofweek'",
        "looks like a plate",
        "no parameter '$least'",
    ):
        assert sentence in found


def test_every_unknown_column_is_told_on_its_own_line(tmp_path):
    text = rule_text(SQL.replace("v.tank_l,", "v.tank,").replace("f.liters > v", "f.litre > v"))

    lines = {one.line for one in broken(tmp_path, text) if "there is no column" in one.what}

    assert lines == {FIRST_LINE, FIRST_LINE + 3}


@pytest.mark.parametrize("literal", ["王小明", "%王小明%", "苏M00001"])
def test_a_name_or_a_plate_of_the_registers_is_refused(tmp_path, literal):
    text = rule_text(where(f"f.station LIKE '{literal}'"))

    assert "looks like" in said(broken(tmp_path, text, known={"王小明", "苏M00001"}))


def test_a_message_that_names_somebody_of_the_registers_is_refused(tmp_path):
    text = rule_text(message='"{plate} 由王小明驾驶"')

    assert "'message' names a person or a plate of the registers." in said(
        broken(tmp_path, text, known={"王小明"})
    )


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    file = tmp_path / "gb.sql"
    file.write_bytes("/* 标题 */".encode("gb18030"))

    assert "it is not UTF-8" in said(read_rule(file)[1])
