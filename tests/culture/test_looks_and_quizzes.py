import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from qingfeng.culture import life
from qingfeng.culture.models import Entry
from qingfeng.desk.culture import checks
from qingfeng.desk.duties import work_of
from qingfeng.matters.models import Notice
from qingfeng.organization.viewer import viewer_of

TODAY = date(2026, 11, 27)


@pytest.fixture
def browser(culture):
    def of(name):
        client = Client()
        client.force_login(culture.office.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def public(culture):
    """Three places that are public, each to be looked at again on the day that is said."""
    culture.number_the_map()

    def made(*days):
        for no, on in enumerate(days):
            culture.published(culture.a_place(slug=f"bridge-{no}", entry={"name_zh": f"石桥{no}"}))
            Entry.objects.filter(slug=f"bridge-{no}").update(next_check_on=on)

    return made


def owed(culture, name, on=TODAY):
    viewer = viewer_of(culture.office.accounts[name])
    return list(checks.errands_of(replace(viewer, on=on)))


def test_a_look_that_is_due_stands_in_my_work_of_the_editor_with_why(culture, public):
    public(timezone.localdate() + timedelta(days=40))

    work = work_of(viewer_of(culture.office.accounts["editor"]))

    [errand] = [one for one in work.later if one.matter is None]
    assert (errand.title, errand.href) == ("石桥0", "/culture-desk/bridge-0/")
    assert "六个月" in errand.working[0]
    assert errand.light.state == "green"


def test_looks_of_one_day_are_one_line_that_leads_to_the_calendar(culture, public):
    public(TODAY, TODAY, TODAY - timedelta(days=1))

    late, both = owed(culture, "editor")

    assert (late.light.state, late.title) == ("red", "石桥2")
    assert str(both.what) == "复核已发布内容2篇"
    assert both.href == "/culture-desk/checks/#d20261127"


def test_the_head_owes_what_is_a_week_late_and_nobody_else_owes_any(culture, public):
    public(TODAY - timedelta(days=8), TODAY - timedelta(days=2))

    assert [one.title for one in owed(culture, "dept_head")] == ["石桥0"]
    assert owed(culture, "handler") == []
    assert owed(culture, "unit_contact") == []


def test_my_work_and_the_calendar_feed_show_a_look(culture, public, browser):
    from qingfeng.desk import feeds

    public(timezone.localdate() + timedelta(days=1))
    page = browser("editor").get("/").content.decode()
    token = feeds.make(viewer_of(culture.office.accounts["editor"]))

    assert "复核已发布内容1篇" in page
    assert (
        f"DTSTART;VALUE=DATE:{timezone.localdate() + timedelta(days=1):%Y%m%d}" in feeds.read(token).decode()
    )


@pytest.mark.parametrize(
    ("days", "kind", "who"),
    [
        (-14, "culture_soon", "editor"),
        (0, "culture_due", "editor"),
        (1, "culture_late", "editor"),
        (9, "culture_up", "dept_head"),
    ],
)
def test_reminders_go_out_once_to_whom_they_concern(culture, public, days, kind, who):
    from qingfeng.organization.people import holders

    public(TODAY)
    on = TODAY + timedelta(days=days)

    assert [checks.remind(on), checks.remind(on)] == [1, 0]
    told = Notice.objects.filter(kind__startswith="culture_")
    assert {one.kind for one in told} == {kind}
    assert {one.person_id for one in told} == {one.pk for one in holders(who, on)}
    assert all(one.facts == {"due_on": "2026-11-27"} for one in told)


def test_nothing_is_said_before_the_fourteenth_day(culture, public):
    public(TODAY)

    assert checks.remind(TODAY - timedelta(days=15)) == 0


def test_the_calendar_lists_by_month_and_a_look_moves_its_day(culture, public, browser):
    today = timezone.localdate()
    public(today - timedelta(days=3), today + timedelta(days=100))
    page = browser("editor").get("/culture-desk/checks/").content.decode()
    assert page.index("石桥0") < page.index("石桥1")
    assert "逾期" in page

    browser("editor").post(
        "/culture-desk/bridge-0/act/", {"act": "look_right", "words": "出处、图片、开放时间均无变化"}
    )

    entry = Entry.objects.get(slug="bridge-0")
    assert entry.next_check_on == life.months_on(today, 6)
    assert browser("unit_contact").get("/culture-desk/checks/").status_code == 404


def a_question(no, **changes):
    said = {
        "ask_zh": "桥上刻了什么？",
        "ask_en": "What is cut into the bridge?",
        "why_zh": "账",
        "why_en": "Accounts",
    }
    said |= {"a0_zh": "名字", "a0_en": "Names", "a2_zh": "收支", "a2_en": "Accounts", "right": "2"}
    return {f"{key}_{no}": value for key, value in {**said, **changes}.items()}


@pytest.fixture
def route(culture):
    """A route that is being written."""
    from qingfeng.culture.models import Route

    words = {"name_zh": "线", "name_en": "Line", "abstract_zh": "短", "abstract_en": "Short", "text_zh": "文"}
    entry = Entry.objects.create(
        kind="route", slug="line", theme="trust", made_by=culture.author, text_en="t", **words
    )
    Route.objects.create(entry=entry)
    return entry


def test_a_quiz_is_looked_at_in_both_languages_then_kept_with_its_right_answer(browser, route):
    page = "/culture-desk/line/quiz/"
    shown = browser("editor").post(page, {**a_question(0), "look": "1"}).content.decode()
    assert "收支 <strong>✓</strong>" in shown
    assert "Accounts <strong>✓</strong>" in shown
    assert Entry.objects.get(slug="line").route.quiz == []

    kept = browser("editor").post(page, {**a_question(0), **a_question(1, drop="1"), "keep": "1"})

    assert kept["Location"] == "/culture-desk/line/"
    [one] = Entry.objects.get(slug="line").route.quiz
    assert one["answers"] == [["名字", "Names"], ["收支", "Accounts"]]
    assert one["right"] == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ask_en": ""}, "用中英文填写题目"),
        ({"a2_en": ""}, "每个选项"),
        ({"a0_zh": "", "a0_en": ""}, "至少填写两个选项"),
        ({"right": ""}, "选定正确答案"),
        ({"right": "1"}, "选定正确答案"),
        ({"right": "x"}, "选定正确答案"),
        ({"why_zh": ""}, "填写解析"),
    ],
)
def test_a_question_that_is_not_whole_is_told_and_not_kept(browser, route, changes, says):
    answer = browser("editor").post("/culture-desk/line/quiz/", {**a_question(0, **changes), "keep": "1"})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Entry.objects.get(slug="line").route.quiz == []


def test_another_question_is_added_without_a_script_and_what_was_typed_stays(browser, route):
    page = browser("editor").post("/culture-desk/line/quiz/", {**a_question(0), "more": "1"}).content.decode()

    assert len(re.findall('name="ask_zh_', page)) == 2
    assert "What is cut into the bridge?" in page


def test_of_two_who_write_a_quiz_at_once_the_second_is_told_and_loses_nothing(browser, route):
    page, editor = "/culture-desk/line/quiz/", browser("editor")
    base = editor.get(page).context["base"]

    editor.post(page, {**a_question(0), "keep": "1", "base": base})
    second = editor.post(page, {**a_question(0, why_zh="后写的解析"), "keep": "1", "base": base})

    assert "他人刚保存了修改" in second.content.decode()
    assert "后写的解析" in second.content.decode()
    [one] = Entry.objects.get(slug="line").route.quiz
    assert one["why_zh"] != "后写的解析"


def test_only_who_writes_opens_a_quiz(browser, route, culture):
    culture.a_place()

    assert browser("handler").get("/culture-desk/line/quiz/").status_code == 404
    assert browser("editor").get("/culture-desk/bridge/quiz/").status_code == 404
    assert browser("editor").get("/culture-desk/line/quiz/").status_code == 200


def test_the_draft_stands_beside_what_is_public(culture, public, browser):
    public(TODAY)
    Entry.objects.filter(slug="bridge-0").update(text_zh="一段<b>新</b>故事")

    page = browser("editor").get("/culture-desk/bridge-0/draft/").content.decode()

    assert "一段<ins>&lt;b&gt;新&lt;/b&gt;</ins>故事" in page
    assert "第1版" in page
    culture.a_place()
    assert browser("editor").get("/culture-desk/bridge/draft/").status_code == 404


def test_the_accounts_own_views_are_entered_by_month_and_entered_again_they_are_corrected(browser):
    from qingfeng.culture.visit_models import AccountViews

    editor = browser("editor")

    for views in ("1200", "1250"):
        editor.post("/culture-desk/counts/", {"month": "2026-10", "views": views})

    assert [(f"{one.month:%Y-%m}", one.views) for one in AccountViews.objects.all()] == [("2026-10", 1250)]
    assert "1,250" in editor.get("/culture-desk/counts/").content.decode()


def test_counts_say_what_was_opened_and_answered_in_words(browser, culture, route):
    from qingfeng.culture import counting

    for what in ("map", "route:line", "quiz:line:1:right", "quiz:line:1:other", "unknown:thing"):
        counting.add_now(what, 7)

    page = browser("editor").get("/culture-desk/counts/").content.decode()

    for said in (
        "地图 <strong>7",
        "线 <strong>7",
        "线 · 答一答 1 · 正确答案 <strong>7",
        "其他答案",
        "unknown:thing",
    ):
        assert said in page
