"""Every example in a macro's comment holds, and the page is made from them."""

from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.normalise.document import document
from qingfeng.screening.normalise.macros import documented, enums, install

EXAMPLES = [(m.name, expression, value) for m in documented() for expression, value in m.examples]
PAGE = Path(__file__).parents[3] / "docs" / "normalisers.md"


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    install(con)
    return con


@pytest.mark.parametrize(("name", "expression", "value"), EXAMPLES, ids=[e for _, e, _ in EXAMPLES])
def test_an_example_in_the_comment_holds(
    con: duckdb.DuckDBPyConnection, name: str, expression: str, value: str
) -> None:
    [(got,)] = con.execute(f"SELECT CAST(({expression}) AS VARCHAR)").fetchall()

    assert ("NULL" if got is None else got) == value, name


def test_every_reader_shows_at_least_one_example() -> None:
    assert [m.name for m in documented() if m.name.startswith("read_") and not m.examples] == []


def test_the_page_is_made_from_the_comments() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "Run: python -m qingfeng.screening.normalise.document > docs/normalisers.md"
    )


def test_installing_twice_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    install(con)

    assert con.execute("SELECT read_money('1.5元')").fetchall()[0][0] is not None


@pytest.mark.parametrize("name", enums())
def test_every_value_and_synonym_of_a_list_is_read(con: duckdb.DuckDBPyConnection, name: str) -> None:
    claimed: set[str] = set()
    for value, words in enums()[name].items():
        for word in (value, *words):
            [(got, known)] = con.execute(
                f"SELECT read_{name}($w), is_known_{name}(read_{name}($w))", {"w": word}
            ).fetchall()
            assert known, word
            assert got == value or word.lower() in claimed, f"{word} of {value} is read as {got}"
            claimed.add(word.lower())


def test_an_unknown_value_stays_as_read_and_is_told(con: duckdb.DuckDBPyConnection) -> None:
    [(got, known, blank)] = con.execute(
        "SELECT read_txn_type('转让'), is_known_txn_type('转让'), is_known_txn_type(read_txn_type('-'))"
    ).fetchall()

    assert (got, known, blank) == ("转让", False, True)
