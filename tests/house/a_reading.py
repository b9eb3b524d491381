"""What a page says to its reader, and which Chinese words of it are no data of the house and no term."""

import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path

from django.db import connection
from django.utils import translation

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
SAID = ("title", "alt", "placeholder", "aria-label", "data-confirm")
UNREAD = {"script", "style", "template"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
RULES = Path(__file__).parents[2] / "src" / "qingfeng" / "screening"  # what rules ask for, in their own words
LAWS = (
    "信访工作条例 监察法 个人信息保护法 地图管理条例 次常委会会议"  # and the name of a meeting as an example
)
ALWAYS = "清风 中文"  # the house, and the name of the language to choose


class Words(HTMLParser):
    """What a page says to its reader: text, and attributes that are read or shown.

    What a page marks as Chinese (`lang`) is said to be Chinese, and is left out.
    """

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.told, self._open, self._unread = [], [("", False)], 0

    def handle_starttag(self, tag, attrs):
        """Take what its attributes say."""
        said = dict(attrs).get("lang")
        is_chinese = said.startswith("zh") if said else self._open[-1][1]
        self._unread += tag in UNREAD
        if tag not in EMPTY:
            self._open.append((tag, is_chinese))
        if not is_chinese:
            self.told += [value for key, value in attrs if key in SAID and value]

    def handle_startendtag(self, tag, attrs):
        """Take a tag that ends itself, as those of drawings do."""
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        """Go on reading after what nobody reads; what was left open within ends too."""
        self._unread -= tag in UNREAD
        opened = [name for name, _is_chinese in self._open]
        if tag in opened:
            del self._open[len(opened) - 1 - opened[::-1].index(tag) :]

    def handle_data(self, data):
        """Take text."""
        if not self._unread and not self._open[-1][1]:
            self.told.append(data)


def chinese_in(html):
    """Return the Chinese words that a page says."""
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


def known():
    """Every Chinese word that a page in English may say."""
    return "\n".join({*data(), *terms(), *ALWAYS.split()})


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
