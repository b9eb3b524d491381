"""In English no page says a Chinese word that is no data of the house and no term of the field."""

import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path

import a_walk
import pytest
from django.db import connection
from django.utils import translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
SAID = ("title", "alt", "placeholder", "aria-label", "data-confirm")
UNREAD = {"script", "style", "template"}
RULES = Path(__file__).parents[2] / "src" / "qingfeng" / "screening"  # what rules ask for, in their own words
LAWS = (
    "信访工作条例 监察法 个人信息保护法 地图管理条例 次常委会会议"  # and the name of a meeting as an example
)
ALWAYS = "清风 中文"  # the house, and the name of the language to choose
WALKERS = ("principal", "registrar", "named", "unit_contact", "security_admin", "auditor")


class Words(HTMLParser):
    """What a page says to its reader: text, and attributes that are read or shown."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.told, self._unread = [], 0

    def handle_starttag(self, tag, attrs):
        """Take what its attributes say."""
        self._unread += tag in UNREAD
        if dict(attrs).get("lang", "en").startswith("zh"):
            return  # a page may say that a word is Chinese
        self.told += [value for key, value in attrs if key in SAID and value]

    def handle_endtag(self, tag):
        """Go on reading after what nobody reads."""
        self._unread -= tag in UNREAD

    def handle_data(self, data):
        """Take text."""
        if not self._unread:
            self.told.append(data)


def chinese_in(html):
    reader = Words()
    reader.feed(html)
    return {word for text in reader.told for word in CHINESE.findall(text)}


def data():
    """Every text that the tables hold: what people wrote, names, numbers."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told += [str(value) for row in cursor.fetchall() for value in row if value is not None]
    found = set()
    for text in told:
        plain = text.encode().decode("unicode_escape", "ignore") if "\\u" in text else text
        found |= set(CHINESE.findall(plain))
    return found


def terms():
    """Terms of the field and names of laws: of mechanisms, roles, settings and the wordings of slips."""
    from qingfeng.documents.templates import _defaults
    from qingfeng.matters.registry import every_version
    from qingfeng.organization.district_settings import CHOICES
    from qingfeng.organization.roles import ROLES

    rules = (path for path in RULES.rglob("*") if path.suffix in {".py", ".toml", ".sql", ".md"})
    with translation.override("en"):
        said = [*every_version(), *ROLES.values(), *CHOICES.values(), *_defaults.values(), LAWS]
        said += [path.read_text(encoding="utf-8") for path in rules]
        return {word for one in said for text in _texts(one) for word in CHINESE.findall(text)}


def _texts(value):
    if is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None and not callable(value):
        yield str(value)


@pytest.mark.parametrize("name", WALKERS)
def test_no_page_in_english_says_a_chinese_word_of_its_own(site, name):
    browser = site.browser(name, language="en")
    pages = {}
    for address, parts in a_walk.addresses().items():
        if address in {"account_logout", "set_language"}:
            continue
        answer = browser.get(site.address(address, parts).replace("/counter/zh/", "/counter/en/"))
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            pages[address] = chinese_in(answer.content.decode())
    known = "\n".join({*data(), *terms(), *ALWAYS.split()})

    own = {
        address: sorted(one for one in said if one.strip("年月日") not in known)  # a day in a sample wording
        for address, said in pages.items()
    }

    assert len(pages) > 10
    assert {address: words for address, words in own.items() if words} == {}


def test_the_look_at_a_page_finds_a_word_and_passes_what_is_marked():
    page = '<p title="提示">Title 正文 <span lang="zh" title="差事">x</span></p><script>"脚本"</script>'

    assert chinese_in(page) == {"提示", "正文"}
