"""What exists in both languages, and in one alone: shown as it is, and said to be in the other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingfeng.culture import life
from qingfeng.culture.bilingual import Said, in_language
from qingfeng.public.culture import exporting


@pytest.fixture
def reader(culture):
    def read(address, language):
        return Client(headers={"accept-language": language}).get(address).content.decode()

    return read


def test_a_text_that_is_there_in_one_language_alone_says_which():
    both = {"zh": "办公室", "en": "Office"}

    assert (in_language(both, "en"), in_language(both, "zh")) == ("Office", "办公室")
    for there, asked in (("zh", "en"), ("en", "zh")):
        found = in_language({there: "x"}, asked)
        assert isinstance(found, Said)
        assert (found, found.language) == ("x", there)
    assert not isinstance(in_language({}, "en"), Said)


@pytest.mark.parametrize(
    ("kept", "language", "shown"),
    [
        ({"contact_zh": "宣传部", "contact_en": "Publicity"}, "en", "<dd>Publicity</dd>"),
        ({"contact_zh": "宣传部"}, "en", '<dd><span lang="zh-Hans">宣传部</span></dd>'),
        ({"contact_en": "Publicity"}, "zh-hans", '<dd><span lang="en">Publicity</span></dd>'),
        ({"contact_zh": "<b>部</b>"}, "en", '<dd><span lang="zh-Hans">&lt;b&gt;部&lt;/b&gt;</span></dd>'),
    ],
)
def test_who_answers_is_said_in_the_language_of_the_page_or_marked(culture, reader, kept, language, shown):
    culture.number_the_map()
    culture.published(culture.a_place(place=kept))

    assert shown in reader("/culture/places/bridge/", language)


def test_the_credit_of_the_map_is_said_in_both_languages(culture, reader):
    sheet = culture.number_the_map()
    culture.published(culture.a_place())
    assert '<span lang="zh-Hans">自绘</span>' in reader("/culture/", "en")
    sheet.credit_en = "Drawn by the office"
    sheet.save()

    assert "Drawn by the office" in reader("/culture/", "en")
    assert "自绘" in reader("/culture/", "zh-hans")


@pytest.mark.parametrize("address", ["/culture/places/bridge/", "/culture/withdrawn/"])
def test_the_reason_of_a_withdrawal_is_said_in_both_languages_or_marked(culture, reader, address):
    culture.number_the_map()
    made = culture.published(culture.a_place())

    assert not life.withdraw(made.entry, by=culture.author, why=" ", why_en=" ")
    life.withdraw(made.entry, by=culture.author, why="年代不符", why_en="The date is wrong")

    assert "The date is wrong" in reader(address, "en")
    assert "年代不符" in reader(address, "zh-hans")
    type(made).objects.update(withdrawn_why_en="")
    assert '<span lang="zh-Hans">年代不符</span>' in reader(address, "en")


def test_a_copy_of_what_was_withdrawn_is_told_in_the_language_of_the_page(culture, tmp_path):
    culture.number_the_map()
    made = culture.published(culture.a_place())
    exporting.export(tmp_path / "site")
    life.withdraw(made.entry, by=culture.author, why="年代不符", why_en="The date is wrong")
    data = (tmp_path / "site" / "zh" / "places" / "bridge.html").read_bytes()

    english, chinese = (
        Client(headers={"accept-language": one})
        .post("/culture/check/", {"file": SimpleUploadedFile("bridge.html", data)})
        .content.decode()
        for one in ("en", "zh-hans")
    )

    assert "(Bridge)" in english
    assert "The date is wrong" in english
    assert "年代不符" in chinese


def test_a_version_that_took_the_place_of_another_says_so_in_both_languages(culture):
    culture.number_the_map()
    first = culture.published(culture.a_place())
    first.entry.text_zh = "改过的故事"
    first.entry.save()
    culture.published(first.entry)

    first.refresh_from_db()
    assert (first.withdrawn_why_zh, first.withdrawn_why_en) == (
        "已由新版本替换。",
        "A newer version took its place.",
    )
