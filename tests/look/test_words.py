"""The catalogue: every text of the source has its Chinese, and what is wrong with a part is said."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools/words.py"
SOURCE = TOOL.parents[1] / "src/qingfeng"
FLOORS = sorted(folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").is_file())
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture(scope="module")
def words():
    spec = importlib.util.spec_from_file_location("words", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def parts(tmp_path):
    """Write parts of a language; return the folder of languages."""
    folder = tmp_path / "words" / "zh_Hans"
    folder.mkdir(parents=True)

    def write(**texts):
        for name, text in texts.items():
            (folder / f"{name}.po").write_text(HEAD + text, encoding="utf-8")
        return folder.parent

    return write


@pytest.fixture(scope="module")
def missing(words):
    return words.missing()


@pytest.mark.parametrize("floor", FLOORS)
def test_every_text_of_the_source_has_its_chinese(missing, floor):
    assert [line for line in missing if line.startswith(f"{floor}/")] == []


def test_every_part_is_sound(words):
    for folder in words.language_folders():
        assert words.joined(folder)[1] == []


def test_parts_become_one_catalogue_that_gettext_reads(words, parts, tmp_path):
    import gettext

    folder = parts(
        one='msgid "Accept"\nmsgstr "受理"\n', two='msgctxt "theme"\nmsgid "Light"\nmsgstr "浅色"\n'
    )

    assert words.compile_all(folder, tmp_path / "locale") == []

    catalogue = gettext.translation("django", tmp_path / "locale", languages=["zh_Hans"])
    assert catalogue.gettext("Accept") == "受理"
    assert catalogue.pgettext("theme", "Light") == "浅色"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Accept"\nmsgstr ""\n', "has no words"),
        ('#, fuzzy\nmsgid "Accept"\nmsgstr "受理"\n', "marked fuzzy"),
        ('msgid "{count} left"\nmsgstr "还剩"\n', "placeholders"),
        ('msgid "left"\nmsgstr "还剩 %(count)s"\n', "placeholders"),
        ('msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] ""\n', "has no words"),
    ],
)
def test_an_entry_that_is_not_whole_is_named_and_nothing_is_written(words, parts, tmp_path, text, fault):
    wrong = words.compile_all(parts(one=text), tmp_path / "locale")

    assert len(wrong) == 1
    assert wrong[0].startswith("zh_Hans/one.po:")
    assert fault in wrong[0]
    assert not (tmp_path / "locale").exists()


def test_one_text_with_two_translations_is_named_with_both_places(words, parts, tmp_path):
    folder = parts(one='msgid "Close"\nmsgstr "关闭"\n', two='msgid "Close"\nmsgstr "销号"\n')

    wrong = words.compile_all(folder, tmp_path / "locale")

    assert len(wrong) == 1
    assert "zh_Hans/one.po" in wrong[0]
    assert "zh_Hans/two.po" in wrong[0]


def test_one_text_translated_alike_in_two_parts_is_fine(words, parts, tmp_path):
    text = 'msgid "Unit"\nmsgstr "单位"\n'

    assert words.compile_all(parts(one=text, two=text), tmp_path / "locale") == []


def test_texts_are_found_in_python_under_any_name(words):
    code = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext
from django.utils import translation
a = _("one " "text")
b = ngettext_lazy("%d day", "%d days", 3)
c = pgettext("month", "May")
d = translation.gettext("by module")
e = print("not marked")
f = _(name)
"""

    texts = {text for _line, text in words.in_python(code)}

    assert texts == {
        words.Text("", "one text"),
        words.Text("", "%d day", "%d days"),
        words.Text("month", "May"),
        words.Text("", "by module"),
    }


def test_texts_are_found_in_templates_in_every_form(words):
    page = """{% load i18n %}{% translate "One" %}{% trans 'Two' as two %}
{% translate "Light" context "theme" %}
{% blocktranslate with a=b %}Stage {{ a }}{% endblocktranslate %}
{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
{{ _("Three") }}{% include "x" with y=_("Four") %}"""

    texts = {text for _line, text in words.in_template(page)}

    assert texts == {
        words.Text("", "One"),
        words.Text("", "Two"),
        words.Text("theme", "Light"),
        words.Text("", "Stage %(a)s"),
        words.Text("", "%(n)s day", "%(n)s days"),
        words.Text("", "Three"),
        words.Text("", "Four"),
    }


def test_a_text_without_chinese_is_named_with_its_line(words, parts, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "acts.py").write_text(
        'from django.utils.translation import gettext as _\n\nWORD = _("Send back")\n', encoding="utf-8"
    )

    missing = words.missing(source, parts(one='msgid "Accept"\nmsgstr "受理"\n'))

    assert missing == ["acts.py:3: no zh_Hans for 'Send back'"]


def test_texts_of_compiled_parts_are_found_with_their_lines(words):
    text = (
        '{{ _("Accept") }}\n{{ pgettext("theme", "Light") }}\n'
        "{% trans name=one.name %}for {{ name }}{% endtrans %}\n"
        "{% trans count=n %}{{ count }} line{% pluralize %}{{ count }} lines{% endtrans %}\n"
    )

    found = [(line, *said) for line, said in words.in_part(text)]

    assert found == [
        (1, "", "Accept", ""),
        (2, "theme", "Light", ""),
        (3, "", "for %(name)s", ""),
        (4, "", "%(count)s line", "%(count)s lines"),
    ]
