"""Panels that rooms hang on the page of their matters."""

from contextlib import contextmanager

import pytest
from a_desk import at, text_of

from qingfeng.desk import panels
from qingfeng.desk.panels import Panel

pytestmark = pytest.mark.django_db


@contextmanager
def shown(kind, function):
    """A panel for as long as a test looks."""
    before = {key: list(value) for key, value in panels._SHOWN.items()}
    panels.show(kind, function)
    panels.show(kind, function)
    try:
        yield
    finally:
        panels._SHOWN.clear()
        panels._SHOWN.update(before)


def _beside(_viewer, matter):
    return Panel(
        "前后对照",
        "organization/cells/lines.html",
        {"value": [f"记录 {matter.number}", "共三个月"]},
        place="aside",
    )


def test_a_panel_of_a_kind_stands_once_on_the_page_of_its_matters_and_on_no_other(desk):
    with shown("directive", _beside):
        own = text_of(desk.browser("registrar").get(at(desk.directive)))
        other = text_of(desk.browser("registrar").get(at(desk.referral)))

    assert own.count(f"记录 {desk.directive.number}") == 1
    assert "前后对照" in own
    assert "前后对照" not in other


def test_a_panel_of_every_kind_stands_in_the_place_that_it_names(desk):
    viewer = desk.viewer("registrar")

    with shown("*", _beside):
        placed = panels.placed(viewer, desk.referral)

        assert [one.title for one in placed["aside"]] == ["前后对照"]
        assert placed["main"] == []


def test_who_sees_only_a_part_is_shown_no_panel(desk):
    contact = desk.viewer("superior_contact")
    asked = []

    with shown("*", lambda _viewer, matter: asked.append(matter)):
        page = desk.browser("superior_contact").get(at(desk.directive))

    assert page.status_code == 200
    assert panels.placed(contact, desk.directive) == {"first": [], "main": [], "aside": []}
    assert asked == []


def test_a_ledger_that_a_panel_shows_in_its_own_way_is_folded(desk):
    def own(_viewer, _matter):
        return Panel(
            "台账一览", "organization/cells/lines.html", {"value": []}, place="first", folds=("a", "b")
        )

    with shown("*", own):
        placed = panels.placed(desk.viewer("registrar"), desk.referral)

    assert [one.title for one in placed["first"]] == ["台账一览"]
    assert panels.folded(placed) >= {"a", "b"}
