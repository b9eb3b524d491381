"""Pairs of signs: how texts without spaces between words are found, the same on SQLite and PostgreSQL.

A text is folded sign by sign (width, case), so that a place in the folded text is the same place in the
text itself. Each run of letters, digits or characters gives its pairs (云水河 → 云水, 水河); a pair is
written as ASCII, so that no database splits or drops it. PostgreSQL keeps them in a GIN index over its own
word search, SQLite in an FTS5 table; both are parts of the databases as they come.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Lookup

LEAST_SIGNS = 2
INDEX = "desk_searchgrams"


def folded(text: str) -> str:
    """Return a text in small letters and half width, sign for sign: it is as long as before."""
    return "".join(_sign(one) for one in text)


@lru_cache(16_384)
def _sign(one: str) -> str:
    made = unicodedata.normalize("NFKC", one).casefold()
    return made if len(made) == 1 else one


def runs(text: str) -> Iterator[str]:
    """Yield the runs of letters, digits and characters of a folded text."""
    run: list[str] = []
    for one in text:
        if one.isalnum():
            run.append(one)
        elif run:
            yield "".join(run)
            run = []
    if run:
        yield "".join(run)


def grams_of(text: str) -> list[str]:
    """Return the pairs of a folded text as ASCII words, each once, in order; a sign alone gives none."""
    pairs = (run[at : at + 2] for run in runs(text) for at in range(len(run) - 1))
    return list(dict.fromkeys(_word(pair) for pair in pairs))


def _word(pair: str) -> str:
    return "x" + "".join(f"{ord(one):04x}" for one in pair)


def words_of(asked: str) -> list[str]:
    """Return the folded words of what was typed that can be looked for: at least two signs in a run."""
    return [word for word in folded(asked).split() if any(len(run) >= LEAST_SIGNS for run in runs(word))]


class GramsField(models.TextField[str, str]):
    """The pairs of a text, separated by spaces."""

    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored: a list of pairs becomes one text."""
        return " ".join(value) if isinstance(value, list) else super().get_prep_value(value)


@GramsField.register_lookup
class Has(Lookup[Any]):
    """Whether all of some pairs are among those of a row (`grams__has=[…]`); at least one pair."""

    lookup_name = "has"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the condition that the GIN index answers."""
        column, params = self.process_lhs(compiler, connection)
        asked = " & ".join(self.rhs)
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", [*params, asked]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the condition that the FTS5 table answers."""
        column, params = self.process_lhs(compiler, connection)
        key = f'{column.rpartition(".")[0]}."id"'
        found = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608 - names of our own
        return f"{key} IN ({found})", [*params, " AND ".join(self.rhs)]


def make_index(vendor: str, table: str) -> Iterable[str]:
    """Return the SQL that makes the index over a table's `grams`, by kind of database."""
    if vendor == "postgresql":
        return [f"CREATE INDEX {INDEX} ON {table} USING gin (to_tsvector('simple', grams))"]
    gone = f"INSERT INTO {INDEX} ({INDEX}, rowid, grams) VALUES ('delete', old.id, old.grams);"  # noqa: S608
    new = f"INSERT INTO {INDEX} (rowid, grams) VALUES (new.id, new.grams);"  # noqa: S608
    how = f"content='{table}', content_rowid='id', tokenize='ascii', detail='none', columnsize=0"
    return [
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(grams, {how})",
        f"CREATE TRIGGER {INDEX}_new AFTER INSERT ON {table} BEGIN {new} END",
        f"CREATE TRIGGER {INDEX}_gone AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE ON {table} BEGIN {gone} {new} END",
    ]


def write_anew() -> str:
    """Return the SQL that writes an FTS5 index anew: until then it holds what was taken out of it."""
    return f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')"  # noqa: S608 - names of our own


def drop_index(vendor: str) -> Iterable[str]:
    """Return the SQL that takes the index away."""
    if vendor == "postgresql":
        return [f"DROP INDEX {INDEX}"]
    triggers = [f"DROP TRIGGER {INDEX}_{one}" for one in ("new", "gone", "changed")]
    return [*triggers, f"DROP TABLE {INDEX}"]
