"""Compiled parts: all of them in every language, nothing unescaped, a missing name is said."""

import jinja2
import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from qingfeng.look import compiled
from qingfeng.look.tables import Column, Table

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def parts():
    return compiled._environment(settings.LANGUAGE_CODE).list_templates()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_compiles_in_every_language(language):
    environment = compiled._environment(language)

    assert len(parts()) > 30
    for name in parts():
        environment.get_template(name)


def test_a_part_has_a_file_of_its_own_name_and_no_template_beside_it():
    from django.template import TemplateDoesNotExist
    from django.template.loader import get_template

    for name in parts():
        with pytest.raises(TemplateDoesNotExist):
            get_template(name)


def test_what_is_put_into_a_part_is_harmless():
    with translation.override("zh-hans"):
        text = Template('{% load look %}{% tag words "act" %}{% who words %}').render(
            Context({"words": "<b>&"})
        )

    assert text.count("&lt;b&gt;&amp;") == 2


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "回避"), ("en", "Recusal")])
def test_a_part_speaks_the_language_of_the_reader(language, words):
    with translation.override(language):
        text = compiled._environment(language).from_string('{{ _("Recusal") }}').render()

    assert text == words


def test_a_name_that_a_page_does_not_have_is_said():
    with pytest.raises(jinja2.UndefinedError, match="seen"):
        compiled.draw("desk/parts/story.html", {})


def test_a_cell_may_be_drawn_by_a_part_or_by_a_template_of_djangos():
    row = {"title": "采砂监管", "names": ["甲", "乙"]}
    columns = [
        Column("title", "事项", template="desk/parts/number.html"),
        Column("names", "名单", template="organization/cells/lines.html"),
    ]
    from django.test import RequestFactory

    text = Template("{% load look %}{% data_table table %}").render(
        Context({"table": Table(columns, [row], "事项"), "request": RequestFactory().get("/")})
    )

    assert '<span class="exact nowrap">采砂监管</span>' in text
    assert "<span>甲</span><br><span>乙</span>" in text
