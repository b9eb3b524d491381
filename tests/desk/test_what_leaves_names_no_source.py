"""Every file that leaves is searched for words that name a source, in one place."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

import qingfeng
from qingfeng.desk.duties import Errand
from qingfeng.desk.feeds import days_of
from qingfeng.desk.ical import calendar_of
from qingfeng.desk.leads.exporting import _searched
from qingfeng.desk.workbook import Tables
from qingfeng.look.outgoing import NamesSource, Outgoing, left_out, refuse
from qingfeng.look.sheets import Sheet, answer
from qingfeng.matters.models import Matter

SOURCE = "举报人来信反映，库房钥匙由一人保管。"
CITED = "见信〔2026〕17号。"
MAKES = re.compile(r"\bWorkbook\(|\bcsv\.writer\(|\bDocument\(\)")
TELLS = re.compile(r"\bJsonResponse\(|\bNinjaAPI\(|text/calendar|geo\+json|\bEmailMessage\(")
SEARCHED = {
    "desk/api.py": "desk/shaped.py",
    "desk/views/feed.py": "desk/ical.py",
    "desk/calendar/views.py": "desk/ical.py",
}
"""Who answers with data, and the module that searches what it says."""
OWN_WORDS = {
    "appraisal/nameless.py": "why something failed",
    "culture/archives/packing.py": "culture pages, written to be published",
    "desk/appraisal/voting.py": "keys and signatures of a ballot",
    "desk/culture/around.py": "culture pages, written to be published",
    "desk/culture/bringing.py": "culture pages, written to be published",
    "desk/culture/halls/archives.py": "names and sizes of what somebody uploads themselves",
    "desk/culture/halls/built.py": "culture pages, written to be published",
    "desk/culture/halls/editing.py": "what is wrong with a tour",
    "desk/culture/halls/media.py": "names and sizes of what somebody uploads themselves",
    "desk/growth/views.py": "somebody's own file, to themselves",
    "desk/keeping/views/devices.py": "key devices of whoever asks",
    "desk/leads/views/draws.py": "keys and hashes",
    "desk/mailing.py": "how many new things there are, and nothing of them",
    "desk/records/views/deliveries.py": "names and sizes of what somebody uploads themselves",
    "desk/records/views/pieces.py": "names and sizes of what somebody uploads themselves",
    "desk/views/drafts.py": "somebody's own draft, to themselves",
    "public/culture/hall_views.py": "culture pages, written to be published",
    "public/culture/taking_part.py": "culture pages, written to be published",
    "public/culture/views.py": "culture pages, written to be published",
}
INWARD = {
    "matters/takeover_sheet.py": "an empty template",
    "organization/workbook/writing.py": "an empty template",
    "culture/files/tables.py": "culture pages, written to be published",
    "documents/word.py": "slips, searched when they are made (matters/outgoing.py)",
    "desk/typing/checking.py": "goes into the lake, not out",
    "findings/working.py": "goes into the lake, not out",
    "findings/registering.py": "goes into the lake, not out",
    "project/screen_commands.py": "rows that could not be read, beside the command that read them",
    "project/demonstration_fieldwork.py": "the demonstration's own records",
}


@cache
def modules():
    """What every module says, by its path; screening writes for whoever runs it, and sends nothing out."""
    floor = Path(qingfeng.__file__).parent
    found = [one for one in floor.rglob("*.py") if floor / "screening" not in one.parents]
    return {str(one.relative_to(floor)): one.read_text(encoding="utf-8") for one in found}


def _sheets(content):
    return {page.title: list(page.values) for page in load_workbook(io.BytesIO(content))}


@pytest.mark.parametrize("text", [SOURCE, CITED, "举 报 人", "检〔2026〕3号"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_cell_that_names_a_source_is_left_out_and_the_file_says_which(form, text):
    tables = Tables(form)
    tables.begin("事项", ["编号", "标题"])
    tables.add("事项", ["督1号", text])
    tables.add("事项", ["督2号", "采砂管理"])

    held = tables.file().read()

    if form == "csv":
        with zipfile.ZipFile(io.BytesIO(held)) as folder:
            said = {
                one: list(csv.reader(io.StringIO(folder.read(one).decode("utf-8-sig"))))
                for one in folder.namelist()
            }
        rows, told = said["事项.csv"], next(rows for name, rows in said.items() if name != "事项.csv")
    else:
        said = _sheets(held)
        rows, told = said.pop("事项"), said.popitem()[1]
    assert [row[1] for row in rows[1:]] == [left_out(), "采砂管理"]
    assert tuple(told[1][:2]) == ("事项", "督1号")


@pytest.mark.parametrize(
    "text", ["按清工信〔2026〕5号办理", "网信〔2026〕12号", "如实反映人民群众诉求", "反映人均用油量偏高"]
)
def test_what_only_looks_like_such_words_stays(text):
    assert Outgoing().cells([text]) == [text]
    refuse([text])


def test_a_cell_of_several_choices_of_the_house_stays_and_one_with_more_does_not():
    outgoing = Outgoing(own={"信访内容或者反映人", "证件号码"})

    held = outgoing.cells(["证件号码；信访内容或者反映人", "证件号码；反映人住址"])

    assert held == ["证件号码；信访内容或者反映人", left_out()]


def test_a_file_without_such_words_has_no_page_about_them():
    tables = Tables("xlsx")
    tables.begin("事项", ["编号"])
    tables.add("事项", ["督1号"])

    assert list(_sheets(tables.file().read())) == ["事项"]


def test_what_the_house_says_by_itself_is_not_searched_and_rooms_of_petitions_are_warned():
    own, theirs = Outgoing(own={"来访人"}), Outgoing(names_sources=True)

    assert own.cells(["来访人", "来访人甲"]) == ["来访人", left_out()]
    assert theirs.cells([SOURCE]) == [SOURCE]
    assert "1" in theirs.note


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_table_of_a_page_is_searched_too(form):
    given = answer(Sheet("疑点", ["名称"], [[SOURCE], ["库房"]]), form=form)

    said = str(_sheets(given.content)) if form == "xlsx" else given.content.decode("utf-8-sig")
    assert "举报" not in said
    assert "库房" in said


def test_an_entity_for_tools_outside_is_searched_value_by_value():
    line = json.dumps(
        {"id": "a", "schema": "Note", "properties": {"title": [SOURCE, "乙"]}}, ensure_ascii=False
    )

    said = json.loads(_searched(line))

    assert said["properties"]["title"] == [left_out(), "乙"]


def test_an_entity_with_a_line_broken_within_a_word_is_searched_too():
    line = json.dumps(
        {"id": "a", "schema": "Note", "properties": {"title": ["举报\n人"]}}, ensure_ascii=False
    )

    assert json.loads(_searched(line))["properties"]["title"] == [left_out()]


def test_a_document_or_a_pack_is_refused_with_the_words_that_it_says():
    with pytest.raises(NamesSource, match="举报人"):
        refuse([SOURCE])
    refuse([SOURCE], own=[SOURCE])


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_of_matters_gives_no_text_that_names_a_source(desk, form):
    held = Matter.objects.get(pk=desk.directive.pk)
    Matter.objects.filter(pk=held.pk).update(facts={**held.facts, "requirement": SOURCE})

    response = desk.browser("case_one").post("/directives/export/?text=采砂", {"form": form})

    content = b"".join(response.streaming_content)
    if form == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            said = "".join(folder.read(one).decode("utf-8-sig") for one in folder.namelist())
    else:
        said = str(_sheets(content))
    assert "库房钥匙" not in said
    assert "举报人" in said  # the page that says which words were found
    assert held.number in said


def test_the_api_gives_a_program_no_text_that_names_a_source_and_says_so(desk):
    held = Matter.objects.get(pk=desk.directive.pk)
    facts = {**held.facts, "requirement": SOURCE}
    Matter.objects.filter(pk=held.pk).update(facts=facts, title=f"{held.title}（{SOURCE}）")
    browser = desk.browser("case_one")

    one = browser.get(f"/api/matters/directives/{held.slug}").json()
    several = browser.get("/api/matters/directives?state=all").json()

    assert "举报" not in json.dumps([one["title"], one["facts"], several["matters"]], ensure_ascii=False)
    assert one["facts"]["requirement"] == left_out()
    assert one["facts"]["matter"] == facts["matter"]
    assert one["note"]
    assert several["note"]


def test_nested_data_is_searched_text_by_text():
    out = Outgoing(own={"来访人"})

    said = out.values({"a": [SOURCE, 3, None], "举报人": {"b": "来访人"}})

    assert said == {"a": [left_out(), 3, None], "举报人": {"b": "来访人"}}
    assert out.count == 1


@pytest.mark.parametrize(("number", "told"), [("检〔2026〕3号", False), ("督〔2026〕3号", True)])
def test_a_calendar_outside_holds_no_number_of_what_somebody_wrote(number, told):
    owed = Errand("report-2026-003", "告知", date(2026, 3, 5), "green", "", "/", number=number)

    said = calendar_of(days_of([owed]), "").decode().replace("\r\n ", "")

    assert (number in said) is told
    assert "report-2026-003" not in said


def test_every_module_that_makes_a_file_searches_it_or_says_why_not():
    texts = modules()

    made = {name for name, text in texts.items() if MAKES.search(text)}
    loose = {name for name in made if "look.outgoing" not in texts[name]} - set(INWARD)

    assert loose == set()
    assert set(INWARD) <= made


def test_every_module_that_answers_with_data_searches_it_or_says_why_not():
    texts = modules()

    tells = {name for name, text in texts.items() if TELLS.search(text)}
    loose = {name for name in tells if "look.outgoing" not in texts[name]} - set(OWN_WORDS) - set(SEARCHED)

    assert loose == set()
    assert set(OWN_WORDS) | set(SEARCHED) <= tells
    assert all("look.outgoing" in texts[one] for one in SEARCHED.values())
