from datetime import date

import pytest
from django.db import IntegrityError, transaction

from qingfeng.documents import templates
from qingfeng.documents.body import Heading, Paragraph
from qingfeng.documents.models import Template
from qingfeng.documents.wording import WrongTemplate
from qingfeng.journal.models import JournalEntry

KNOWN = {"unit": None, "matter": None}
FILE = """title = "关于{matter}的通知"
to = "{unit}"
body = '''
一、事项
请{unit}办理。
'''
"""


@pytest.fixture
def home(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(templates, "_defaults", {})
    (tmp_path / "templates").mkdir()
    return tmp_path


@pytest.mark.django_db
def test_the_districts_file_goes_before_the_houses_and_the_browser_before_both(home):
    templates.register_default("directive.slip", FILE)
    house = templates.current("directive.slip")

    (home / "templates" / "directive.slip.toml").write_text(FILE.replace("通知", "督办单"), encoding="utf-8")
    district = templates.current("directive.slip")
    templates.save_new_version(
        "directive.slip", "{matter}", to="", body="{unit}", known_fields=KNOWN, by=None
    )
    browser = templates.current("directive.slip")

    assert [house.title, district.title, browser.title] == [
        "关于{matter}的通知",
        "关于{matter}的督办单",
        "{matter}",
    ]
    assert house.version.startswith("file:")
    assert browser.version == "1"


@pytest.mark.django_db
def test_versions_are_added_and_never_edited(home):
    for title in ("一", "二"):
        templates.save_new_version(
            "k", title, to="", body="{unit}", known_fields=KNOWN, by=None, changed="措辞"
        )

    first, second = Template.objects.order_by("version")
    assert [(first.title, first.active), (second.title, second.active)] == [("一", False), ("二", True)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Template.objects.create(key="k", version=2, title="三", body="", made_at=second.made_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Template.objects.create(key="k", version=3, title="三", body="", active=True, made_at=second.made_at)


@pytest.mark.django_db
def test_an_older_version_and_the_default_can_be_put_in_force_again(home):
    templates.register_default("k", FILE)
    first = templates.save_new_version("k", "一", to="", body="文", known_fields=KNOWN, by=None)
    templates.save_new_version("k", "二", to="", body="文", known_fields=KNOWN, by=None)

    templates.put_in_force(first, by=None)
    assert templates.current("k").title == "一"
    templates.back_to_default("k", by=None)
    assert templates.current("k").title == "关于{matter}的通知"
    kinds = JournalEntry.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["documents.template_saved"] * 2 + ["documents.template_in_force"] * 2


@pytest.mark.django_db
def test_a_version_with_an_unknown_field_is_not_stored(home):
    with pytest.raises(WrongTemplate, match="unti"):
        templates.save_new_version("k", "{unti}", to="", body="文", known_fields=KNOWN, by=None)

    assert not Template.objects.exists()


@pytest.mark.django_db
def test_a_key_cannot_lead_out_of_the_folder(home):
    (home / "secret.toml").write_text(FILE, encoding="utf-8")

    with pytest.raises(templates.NoTemplate):
        templates.current("../secret")


@pytest.mark.parametrize(
    "broken",
    [
        "title = ",
        "title = '甲'",
        "title = '甲'\nbody = '乙'\ncode = 'x'",
        "title = 1\nbody = ''",
        "title = '{'\nbody = ''",
    ],
)
def test_a_broken_file_is_refused(home, broken):
    with pytest.raises(WrongTemplate):
        templates.register_default("k", broken)


def test_a_preview_shows_what_a_text_gives_and_stores_nothing():
    shown = templates.preview("一、事项\n请{unit}办理。", {"unit": "区财政局"})

    assert shown.body == (Heading(1, "一、事项"), Paragraph("请区财政局办理。"))


def test_a_filled_template_is_a_document(home):
    wording = templates.read_file("k", FILE)

    official = templates.fill(
        wording,
        {"unit": "区财政局", "matter": "甲|乙\\丙"},
        issuer="中共云水区纪律检查委员会",
        number="云纪督〔2026〕1号",
        dated=date(2026, 11, 26),
        copies_to=("区审计局",),
    )
    assert (official.title, official.to, official.copies_to) == (
        "关于甲|乙\\丙的通知",
        "区财政局",
        ("区审计局",),
    )
    assert official.body == (Heading(1, "一、事项"), Paragraph("请区财政局办理。"))


def test_a_title_stays_on_one_line_whatever_a_value_holds(home):
    wording = templates.read_file("k", FILE)

    assert templates.preview(wording, {"unit": "甲", "matter": "一\n二"}).title == "关于一 二的通知"


def test_a_value_with_a_secrecy_mark_gives_no_document(home):
    """保守国家秘密法: such a document is not written here."""
    wording = templates.read_file("k", FILE)

    with pytest.raises(ValueError, match="secrecy mark"):
        templates.fill(
            wording, {"unit": "甲", "matter": "机密★1年"}, issuer="甲", number="1", dated=date(2026, 1, 1)
        )
