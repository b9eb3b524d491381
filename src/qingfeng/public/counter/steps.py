"""Steps (步骤): one question a page. What was answered stands in the next page's form and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qingfeng.public.counter import waiting_room
from qingfeng.public.counter.house import LINES, PETITION, REPORT, SUGGESTION
from qingfeng.public.counter.limits import limits
from qingfeng.sealing.envelope import canonical

SHORT, NAME = 200, 80  # characters
PAPER = ("superior", "head")  # what is not typed in here
WHOM = ("ours", "superior", "head", "unsure")
_PENDING = re.compile(r"[0-9a-f]{32}")
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
)
"""Controls, and marks that override the direction of text; joiners of emoji and of scripts stay."""
_KEY = re.compile(rf"[0-9a-f]{{{waiting_room.KEY_SIGNS}}}")

TITLES: dict[str, str | Promise] = {
    "kind": gettext_lazy("What would you like to do?"),
    "whom": gettext_lazy("Whom does it concern?"),
    "about": gettext_lazy("Who or what is it about?"),
    "text": gettext_lazy("What happened?"),
    "files": gettext_lazy("Do you have papers or pictures?"),
    "who": gettext_lazy("Do you want to give your name?"),
    "excludes": gettext_lazy("Is there anybody who should not read it?"),
    "check": gettext_lazy("Read it over"),
}
TITLES_BY_LINE: dict[tuple[str, str], str | Promise] = {
    ("text", PETITION): gettext_lazy("What do you ask for, and why?"),
    ("text", SUGGESTION): gettext_lazy("What do you suggest?"),
    ("about", PETITION): gettext_lazy("Which office or matter is it about?"),
    ("about", SUGGESTION): gettext_lazy("Which office or matter is it about?"),
}
LINE_NAMES: dict[str, str | Promise] = {
    REPORT: gettext_lazy("Report on a person"),
    PETITION: gettext_lazy("Appeal or demand"),
    SUGGESTION: gettext_lazy("Suggestion"),
}


@dataclass(frozen=True)
class Answers:
    """What was answered so far, as text.

    Attributes:
        line: One of the three lines, or "".
        whom: Whom a report concerns: `ours`, `superior`, `head`, `unsure`.
        about: Whom or what it is about.
        text: What they write.
        named: `yes` or `no`.
        name: Theirs.
        contact: Theirs.
        excludes: Names, a line each.
        files: JSON: (random name, file name) of each enclosure that waits.
        key: Hex key of these enclosures.
        draft: Code of the draft that this was read from.
        back_to: `check` while one answer is changed.
    """

    line: str = ""
    whom: str = ""
    about: str = ""
    text: str = ""
    named: str = ""
    name: str = ""
    contact: str = ""
    excludes: str = ""
    files: str = "[]"
    key: str = ""
    draft: str = ""
    back_to: str = ""

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Enclosures that wait: random name, file name."""
        return [(one, name) for one, name in json.loads(self.files)]

    @property
    def excluded(self) -> tuple[str, ...]:
        """Names of those who shall not read it."""
        return tuple(dict.fromkeys(line.strip() for line in self.excludes.splitlines() if line.strip()))

    @property
    def bound(self) -> bytes:
        """What a ticket is given for: all of it."""
        return canonical({one.name: getattr(self, one.name) for one in fields(self)})

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """Return the fields that a page carries along: all but those it shows."""
        held = [(one.name, getattr(self, one.name)) for one in fields(self) if one.name not in shown]
        return [(name, value) for name, value in held if value]

    def with_files(self, files: list[tuple[str, str]]) -> Answers:
        """Return the answers with other enclosures."""
        return replace(self, files=json.dumps(files, ensure_ascii=False, separators=(",", ":")))


SHOWN: dict[str, tuple[str, ...]] = {
    "kind": ("line",),
    "whom": ("whom",),
    "about": ("about",),
    "text": ("text",),
    "files": (),
    "who": ("named", "name", "contact"),
    "excludes": ("excludes",),
    "check": (),
}


def read(post: QueryDict | Mapping[str, str]) -> Answers:
    """Return the answers that a form carries; what nobody can have typed here is left out."""
    said = {one.name: str(post.get(one.name, "")) for one in fields(Answers)}
    if isinstance(post, QueryDict) and "excludes" in post:
        said["excludes"] = "\n".join(post.getlist("excludes"))
    said = {name: clean(value) for name, value in said.items()}
    if said["line"] not in LINES:
        said["line"] = ""
    if said["whom"] not in WHOM or said["line"] != REPORT:
        said["whom"] = ""
    if said["named"] != "yes":
        said["name"] = said["contact"] = ""
    said["key"] = said["key"] if _KEY.fullmatch(said["key"]) else waiting_room.new_key()
    said["files"] = _files(said["files"])
    return Answers(**said)


def clean(typed: str) -> str:
    """Return what was typed without signs that nobody sees and that turn what others read around."""
    return _UNSEEN.sub("", typed.replace("\r\n", "\n")).strip()


def title_of(at: str, line: str) -> str | Promise:
    """Return the question of a step, in the words of a line."""
    return TITLES_BY_LINE.get((at, line), TITLES[at])


def steps_of(answers: Answers) -> list[str]:
    """Return the steps of a letter, in order."""
    whom = ["whom"] if answers.line == REPORT else []
    return ["kind", *whom, "about", "text", "files", "who", "excludes", "check"]


def beside(at: str, answers: Answers, by: int) -> str:
    """Return the step before (-1) or after (+1) another; the first and the last have none beyond them."""
    steps = steps_of(answers)
    place = steps.index(at) + by
    return steps[min(max(place, 0), len(steps) - 1)]


def trouble(at: str, answers: Answers) -> dict[str, str]:
    """Return what is to be mended on a page: field → sentence; nothing where it is right."""
    check = _CHECKS.get(at)
    return check(answers) if check else {}


def first_open(answers: Answers) -> str:
    """Return the first step that is still to be answered or mended; `check` where none is."""
    return next((at for at in steps_of(answers)[:-1] if trouble(at, answers)), "check")


def _kind(answers: Answers) -> dict[str, str]:
    return {} if answers.line else {"line": _("Choose one of the three.")}


def _whom(answers: Answers) -> dict[str, str]:
    if answers.whom and answers.whom not in PAPER:  # a page further on carries the answer along
        return {}
    return {"whom": _("Choose whom it concerns. If you do not know, say so.")}


def _about(answers: Answers) -> dict[str, str]:
    return _too_long("about", answers.about, SHORT)


def _text(answers: Answers) -> dict[str, str]:
    if not answers.text:
        return {"text": _("Write what happened. A few sentences are enough.")}
    return _too_long("text", answers.text, limits().text_characters)


def _who(answers: Answers) -> dict[str, str]:
    if answers.named not in ("yes", "no"):
        return {"named": _("Choose whether you give your name.")}
    if answers.named == "yes" and not answers.name:
        return {"name": _("Enter your name, or choose to give none.")}
    return {**_too_long("name", answers.name, NAME), **_too_long("contact", answers.contact, SHORT)}


def _excludes(answers: Answers) -> dict[str, str]:
    return _too_long("excludes", answers.excludes, 2000)


def _too_long(field: str, text: str, most: int) -> dict[str, str]:
    over = len(text) - most
    if over <= 0:
        return {}
    words = ngettext(
        "This is %(over)s character too long; at most %(most)s fit here.",
        "This is %(over)s characters too long; at most %(most)s fit here.",
        over,
    )
    return {field: words % {"over": over, "most": most}}


_CHECKS: dict[str, Callable[[Answers], dict[str, str]]] = {
    "kind": _kind,
    "whom": _whom,
    "about": _about,
    "text": _text,
    "who": _who,
    "excludes": _excludes,
}


def _files(held: str) -> str:
    try:
        listed: Any = json.loads(held or "[]")
        kept = [[str(one), str(name)[:SHORT]] for one, name in listed if _PENDING.fullmatch(str(one))]
    except (ValueError, TypeError):
        kept = []
    return json.dumps(kept[:20], ensure_ascii=False, separators=(",", ":"))
