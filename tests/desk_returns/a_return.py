"""Builders of this room's tests: a small return of matters, counted; the office's first three signers."""

from qingfeng.desk.returns import computing, keeping
from qingfeng.desk.returns.definitions import Check, Row, Said

SAID = Said(
    title="督办统计表",
    period="year",
    columns=("this", "last"),
    rows=(
        Row("opened", measure="directive.by_source", each="source_level"),
        Row("by_office", measure="directive.by_office"),
        Row("reports", measure="directive.reports"),
        Row("due", measure="clocks.due", only=("kind", "directive")),
        Row("met", measure="clocks.met", only=("kind", "directive")),
        Row("share", title="按期比例", part="met", whole="due"),
    ),
    checks=(Check(("opened",), "=", ("by_office",)), Check(("due",), ">=", ("met",))),
)


def defined(desk, said=SAID, key="", who="analyst"):
    """A definition that somebody wrote."""
    return keeping.define(key or keeping.free_key("directives"), said, by=desk.viewer(who))


def asked(desk, definition, slug, who="analyst"):
    """A return that waits to be counted."""
    return keeping.ask(definition, slug, by=desk.viewer(who))


def counted(desk, definition, slug):
    """A return that the worker counted."""
    edition = asked(desk, definition, slug)
    computing.count.call(edition.pk)
    edition.refresh_from_db()
    return edition
