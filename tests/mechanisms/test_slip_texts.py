"""Every slip has a default text, and every text names only what its mechanism has."""

import tomllib
from pathlib import Path

import a_life
import pytest

from qingfeng import mechanisms as house
from qingfeng.documents import templates, wording
from qingfeng.matters.registry import mechanism
from qingfeng.matters.slips import known_fields

SLIPS = [(kind, slip) for kind in a_life.ROOMS for slip in mechanism(kind).slips()]
MARKS = ("违纪", "违规", "举报人", "来信反映")


def text_of(kind, key):
    file = Path(house.__file__).parent / kind / "slips" / f"{key}.toml"
    return templates.read_file(f"{kind}.{key}", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "slip"), SLIPS, ids=lambda one: getattr(one, "key", one))
def test_a_slip_names_only_what_its_mechanism_has(kind, slip):
    text = text_of(kind, slip.key)

    known = known_fields(mechanism(kind))
    assert [
        str(one) for part in (text.title, text.to, text.body) for one in wording.problems(part, known)
    ] == []


@pytest.mark.parametrize("kind", a_life.ROOMS)
def test_no_text_lies_in_a_room_without_a_slip_that_prints_it(kind):
    folder = Path(house.__file__).parent / kind / "slips"

    files = {one.stem for one in folder.glob("*.toml")}

    assert files == {slip.key for slip in mechanism(kind).slips()}


@pytest.mark.parametrize(("kind", "slip"), SLIPS, ids=lambda one: getattr(one, "key", one))
def test_no_text_speaks_of_guilt_or_of_who_reported(kind, slip):
    text = text_of(kind, slip.key)

    said = text.title + text.to + text.body

    assert [mark for mark in MARKS if mark in said] == []


def test_the_anonymous_notice_never_names_the_matter_or_a_person():
    text = text_of("notice", "anonymous").body + text_of("notice", "correction").body

    names = {part.text for part in wording.parse(text) if part.kind == "field"}

    assert names.isdisjoint({"title", "full_text", "subject_person", "subject_unit", "decision_no"})


@pytest.mark.parametrize("kind", a_life.ROOMS)
def test_a_text_is_toml_with_three_parts(kind):
    for file in (Path(house.__file__).parent / kind / "slips").glob("*.toml"):
        assert set(tomllib.loads(file.read_text(encoding="utf-8"))) == {"title", "to", "body"}
