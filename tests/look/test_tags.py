"""Components as templates use them: fields, acts, gates, confirmation, icons, headers of a page."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from qingfeng.look import confirm, rail
from qingfeng.look.gallery import Extension

HOUSE = Path(__file__).parents[2]


def drawn(text, **context):
    with translation.override("zh-hans"):
        return Template("{% load look %}" + text).render(Context(context))


def test_a_field_says_in_a_word_that_it_is_required_and_its_error_stands_beside_it():
    form = Extension({"until": "2026-12-01", "reason": ""})

    text = drawn("{% field form.reason %}", form=form)

    assert "必填" in text
    assert 'aria-invalid="true"' in text
    described = re.search(r'aria-describedby="([^"]+)"', text)[1].split()
    assert all(f'id="{ident}"' in text for ident in described)
    assert text.index("field-error") < text.index("<textarea")


def test_choices_are_a_group_with_a_legend():
    text = drawn("{% field form.way %}", form=Extension())

    assert "<fieldset" in text
    assert re.search(r"<legend[^>]*>送达方式", text)


def test_a_form_sums_up_its_errors_with_links_to_the_fields():
    form = Extension({})

    text = drawn("{% form form %}", form=form)

    assert 'role="alert"' in text
    for target in re.findall(r'<li><a href="#([^"]+)"', text):
        assert f'id="{target}"' in text


def test_a_form_without_groups_shows_every_field():
    class Plain(forms.Form):
        one = forms.CharField(label="甲")
        two = forms.CharField(label="乙", widget=forms.HiddenInput)

    text = drawn("{% form form %}", form=Plain())

    assert text.count("<input") == 2
    assert "乙" not in text


def test_a_sealed_field_says_so_to_the_script():
    assert "data-sealed" in drawn("{% field form.reason is_sealed=True %}", form=Extension())


def test_an_act_is_a_form_with_its_token_and_what_goes_along():
    text = drawn(
        '{% act_button "/do/" "受理" hidden=along key="s" %}',
        along={"key": "<1>"},
        csrf_token="of-the-page",  # noqa: S106,
    )

    assert 'method="post" action="/do/"' in text
    assert "of-the-page" in text
    assert 'name="key" value="&lt;1&gt;"' in text
    assert 'data-key="s"' in text


def test_an_act_whose_gates_are_not_met_rests_and_says_why():
    gates = [SimpleNamespace(reason="缺少上级回执。", law="督办规则第九条")]

    text = drawn('{% act_button "/do/" "销号" gates=gates %}', gates=gates)

    assert "<form" not in text
    assert 'aria-disabled="true"' in text
    described = re.search(r'aria-describedby="([^"]+)"', text)[1]
    assert f'id="{described}"' in text
    assert "缺少上级回执。" in text
    assert "督办规则第九条" in text


def test_gates_may_be_plain_words():
    assert "尚未报结" in drawn("{% gate_list gates %}", gates=["尚未报结"])


def test_a_track_says_which_stage_of_how_many():
    stages = [("a", "登记"), ("b", "交办"), ("c", "销号")]

    text = drawn('{% track stages "b" %}', stages=stages)

    assert 'aria-label="第 2 步，共 3 步"' in text
    assert text.count('aria-current="step"') == 1


def test_a_story_may_be_told_by_mappings_and_by_objects():
    from django.utils import timezone

    entry = {"at": timezone.now(), "title": "签收", "who": "周文谦", "post": "办公室", "words": "<i>收到</i>"}

    for one in (entry, SimpleNamespace(**entry)):
        text = drawn("{% timeline entries %}", entries=[one])
        assert "签收" in text
        assert "&lt;i&gt;收到" in text


def test_standing_in_shows_both_names():
    text = drawn('{% who "周文谦" "办公室主任" instead_of="沈怀瑾" %}')

    assert "周文谦" in text
    assert "代 沈怀瑾" in text


def question(**changes):
    told = {"title": "确定销号？", "says": ["编号保留。"], "act": "销号", "back": "/directives/", **changes}
    return confirm.Question(**told)


def test_what_cannot_be_taken_back_is_asked_first_on_a_page_of_its_own():
    request = RequestFactory().get("/directives/1/close/")

    page = confirm.ask(request, question(hidden={"key": "k1"})).content.decode()

    assert "确定销号？" in page
    assert 'name="confirmed" value="yes"' in page
    assert 'name="key" value="k1"' in page
    assert 'href="/directives/"' in page
    assert not confirm.is_confirmed(request)
    assert confirm.is_confirmed(RequestFactory().post("/", {"confirmed": "yes"}))
    assert not confirm.is_confirmed(RequestFactory().post("/", {}))


@pytest.mark.django_db
def test_no_page_carries_a_script_a_style_or_a_handler_in_its_text(settings):
    settings.DEMO = True
    client = Client()

    from qingfeng.look.gallery import PAGES

    for name in PAGES:
        answer = client.get(f"/look/gallery/{name}/")
        text = answer.content.decode()
        scripts = re.findall(r"<script([^>]*)>", text)
        assert all("src=" in script or "application/json" in script for script in scripts), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), name
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_every_icon_that_is_named_anywhere_is_in_the_sprite():
    listed = set((HOUSE / "frontend/site/icons.txt").read_text(encoding="utf-8").split("\n"))
    source = HOUSE / "src/qingfeng"
    named = {
        (file.name, name)
        for file in [*source.rglob("*.html"), *source.rglob("*.py")]
        for name in re.findall(
            r"""\{% icon ["']([\w-]+)|\bicon=["']([\w-]+)|\bicon\(["']([\w-]+)""",
            file.read_text(encoding="utf-8"),
        )
        for name in name
        if name
    }

    assert [pair for pair in sorted(named) if pair[1] not in listed] == []


def test_an_icon_is_only_seen_unless_it_has_words():
    assert 'aria-hidden="true"' in drawn('{% icon "bell" %}')
    assert 'aria-label="通知"' in drawn('{% icon "bell" "通知" %}')


def test_progress_without_a_known_share_shows_none():
    job = SimpleNamespace(
        ident="1", words="正在读取", share=None, is_done=False, href="/job/", then="", problem=""
    )

    text = drawn("{% progress job %}", job=job)

    assert "value=" not in text
    assert 'hx-get="/job/"' in text
    assert "<noscript>" in text


def test_progress_that_ended_in_a_problem_says_so_and_asks_no_more():
    job = SimpleNamespace(
        ident="1", words="", share=0.3, is_done=True, href="/job/", then="", problem="磁盘已满。"
    )

    text = drawn("{% progress job %}", job=job)

    assert "磁盘已满。" in text
    assert "hx-get" not in text


def test_a_page_fills_the_blocks_of_its_layout(monkeypatch):
    for name, nothing in (("_entries", {}), ("_personal", {}), ("_bells", [])):
        monkeypatch.setattr(rail, name, nothing)
    request = RequestFactory().get("/")

    def view(layout):
        text = (
            '{% extends "look/'
            + layout
            + '" %}{% block content %}正文{% endblock %}{% block aside %}侧栏{% endblock %}'
        )
        from django.template import engines

        return HttpResponse(
            engines["django"].from_string(text).render({"title": "标题"}, request)
        ).content.decode()

    for layout in ("desk.html", "desk_aside.html", "plain_page.html", "public.html"):
        page = view(layout)
        assert "<title>标题 · " in page, layout
        assert page.count("<h1") == 1, layout
        assert "正文" in page, layout
    assert "侧栏" in view("desk_aside.html")
