"""What a definition may say, how it is handed on, and the returns that came with the house."""

from dataclasses import replace

import pytest
from a_return import SAID
from django.http import QueryDict
from django.utils import translation

from qingfeng.desk.returns import definitions, shipping
from qingfeng.desk.returns.definitions import Check, Row
from qingfeng.desk.returns.editing import Editor


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": "信访人排名"}, "would count people"),
        ({"title": ""}, "title"),
        ({"columns": ("last",)}, "this period"),
        ({"split": "owner"}, "not both"),
        ({"least": 1}, "2 to 100"),
        ({"shared": ("unit_contact",)}, "with whom"),
        ({"rows": (Row("a", measure="clue.all"), Row("a", measure="clue.all"))}, "key of its own"),
        ({"rows": (Row("a", measure="clue.all", each="rule"),)}, "cannot be split"),
        ({"rows": (Row("a", measure="petition.satisfied"),)}, "would count people"),
        ({"rows": (Row("a", part="b", whole="c"),)}, "is a share"),
        ({"checks": (Check(("opened",), "=", ("nowhere",)),)}, "does not count"),
        ({"checks": (Check(("opened",), "<", ("by_office",)),)}, "compares sums"),
    ],
)  # fmt: skip
def test_a_definition_that_cannot_be_counted_is_refused_in_a_sentence(change, says):
    with translation.override("en"):
        wrong = definitions.problems(replace(SAID, **change))

    assert any(says in one for one in wrong), wrong


def test_a_definition_is_handed_on_as_it_is():
    said = replace(SAID, notes='"引号"与\n换行', is_public=True)

    assert definitions.problems(said) == []
    assert definitions.from_toml(definitions.as_toml("x", said)) == said


@pytest.mark.parametrize(
    "text",
    [
        "title = ",
        'titel = "x"',
        '[[rows]]\nky = "a"',
        'rows = ["a"]',
        "title = 5",
        'least = "5"',
        "least = true",
        "columns = [[1]]",
        'columns = "this"',
        'is_public = "no"',
        '[[checks]]\nleft = "a"\nrelation = "="\nright = ["b"]',
    ],
)
def test_what_is_no_definition_is_refused_with_what_is_wrong(text):
    with pytest.raises(definitions.Unreadable):
        definitions.from_toml(text)


def test_every_return_that_came_with_the_house_can_be_counted_by_it():
    shipped = {path.stem: path.read_text(encoding="utf-8") for path in shipping.FOLDER.glob("*.toml")}

    said = {key: definitions.from_toml(text) for key, text in shipped.items()}

    assert len(said) >= 8
    assert {one.period for one in said.values()} >= {"month", "quarter", "half", "year"}
    assert [key for key, one in said.items() if one.is_public] == ["public_statistics"]
    for key, one in said.items():
        assert (key, definitions.problems(one), definitions.missing(one)) == (key, [], [])


def test_the_form_gives_back_the_definition_that_it_shows():
    said = replace(SAID, split="")
    editor = Editor.of(said)
    sent = QueryDict(mutable=True)
    sent.update(
        {"title": editor.title, "period": editor.period, "least": editor.least, "checks": editor.checks}
    )
    sent.setlist("columns", editor.columns)
    sent.setlist("shared", editor.shared)
    for line in editor.lines:
        for name in ("key", "title", "measure", "each", "only", "part", "whole"):
            sent.appendlist(f"line-{name}", getattr(line, name))
        sent.appendlist("line-order", str(line.no))

    assert Editor.read(sent).said() == said


def test_lines_put_into_another_order_take_their_shares_and_checks_along():
    editor = Editor.of(SAID)
    editor.lines[4].no = 1  # what was met in time comes first

    editor.offered()

    share = next(line for line in editor.lines if line.is_share)
    assert (share.part, share.whole) == ("1", "5")
    assert editor.checks == "2 = 3\n5 >= 1"
