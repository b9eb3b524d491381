"""No evaluation, assessment, return or board reads a growth file or who is in the youth society."""

import ast
from pathlib import Path

import a_round
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.growth import files, society

SOURCE = Path(__file__).parents[2] / "src" / "qingfeng"
MAY = (
    "growth",
    "desk/growth",
    "project/demonstration_growth.py",
    "project/backing_up.py",
)  # which asks if any is there
BOARDS = (
    "/appraisal/",
    "/cockpit/",
    "/returns/",
    "/exchanges/posts/",
    "/activities/statistics/",
    "/courses/statistics/",
)


def imported(file):
    """The modules that a file imports."""
    text = file.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if "growth" in text else ():
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_no_module_but_its_own_pages_imports_growth():
    reading = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if any(name.startswith(("qingfeng.growth", "qingfeng.desk.growth")) for name in imported(file))
    }

    assert reading
    assert [one for one in sorted(reading) if not one.startswith(MAY)] == []


def test_no_row_of_another_room_points_to_growth_and_no_name_leads_there_from_a_person():
    ours = set(apps.get_app_config("growth").get_models())
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is not None
    ]
    pointing = {
        field.model.__name__ for field in fields if field.related_model in ours and field.model not in ours
    }

    assert pointing == set()


@pytest.mark.parametrize("path", BOARDS)
def test_no_page_that_measures_asks_a_table_of_growth(desk, path):
    owner = desk.viewer("style_one")
    said = files.Said("学看公司账")
    file = files.begin(owner)
    files.write(file, files.Part("study"), file.begun_on, said=said)
    society.join(owner)
    browser = desk.browser("principal")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(path)

    assert answer.status_code == 200
    assert [one["sql"] for one in asked if "growth_" in one["sql"]] == []


def test_the_results_of_a_round_are_worked_out_without_growth(desk):
    """mechanisms.md M29; rights.md 19, 22."""
    files.begin(desk.viewer("style_one"))
    round_ = a_round.opened(desk.office)
    a_round.hand_in_by_name(round_)
    with CaptureQueriesContext(connection) as asked:
        a_round.close(round_)

    assert round_.rated.exclude(result=None).exists()
    assert [one["sql"] for one in asked if "growth_" in one["sql"]] == []
