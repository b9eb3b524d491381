"""Templates: which wording is in force, filling it in, and a new version of it.

A template comes with a mechanism as a file, is overridden by the district's own file of the same name in the
home (`templates/KEY.toml`), and both by what was written in the browser. A file has `title`, `to` and `body`:

    title = "关于{matter}的督办通知"
    to = "{unit}"
    body = '''
    一、督办事项
    {facts}
    '''
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents import wording
from qingfeng.documents.body import Block, read_body, unescaped
from qingfeng.documents.journaling import note
from qingfeng.documents.models import Template
from qingfeng.documents.official import Official
from qingfeng.documents.secrecy import has_marking
from qingfeng.documents.wording import Known, Problem, WrongTemplate

PARTS = frozenset({"title", "to", "body"})
_defaults: dict[str, str] = {}


class NoTemplate(LookupError):  # noqa: N818 - says what happened
    """There is no template of this key, in the database, the home or the house."""


@dataclass(frozen=True)
class Wording:
    """A template as it is filled in.

    Attributes:
        key: What it is for, as `directive.slip`.
        version: A number for one written in the browser, `file:` and twelve hex digits for a file.
        title: Template of the title, one line.
        to: Template of whom it is addressed to, one line; may be empty.
        body: Template of the text.
    """

    key: str
    version: str
    title: str
    to: str
    body: str


@dataclass(frozen=True)
class Preview:
    """What a template gives with sample values."""

    title: str
    to: str
    body: tuple[Block, ...]


def register_default(key: str, text: str) -> None:
    """Give a template that comes with the house.

    Args:
        key: What it is for.
        text: TOML with title, to and body.

    Raises:
        WrongTemplate: If it cannot be read.
        ValueError: If the key has another default already.
    """
    read_file(key, text)
    if _defaults.get(key, text) != text:
        raise ValueError(f"the template {key!r} has a default already")
    _defaults[key] = text


def default_keys() -> list[str]:
    """Return the keys of all templates that came with the house, sorted."""
    return sorted(_defaults)


def current(key: str) -> Wording:
    """Return the template in force: written in the browser, else the district's file, else the house's.

    Raises:
        NoTemplate: If there is none.
        WrongTemplate: If the district's file cannot be read.
    """
    if kept := Template.objects.filter(key=key, active=True).first():
        return Wording(kept.key, str(kept.version), kept.title, kept.to, kept.body)
    own = Path(settings.HOME) / "templates" / f"{key}.toml"
    if _is_plain(key) and own.is_file():
        return read_file(key, own.read_text(encoding="utf-8"))
    if key in _defaults:
        return read_file(key, _defaults[key])
    raise NoTemplate(f"there is no template {key!r}; known: {', '.join(default_keys()) or 'none'}")


def read_file(key: str, text: str) -> Wording:
    """Return the template that a file holds.

    Raises:
        WrongTemplate: If it is no TOML, lacks title or body, has something else, or its fields are broken.
    """
    try:
        parts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongTemplate([Problem(1, f"{key}.toml: {error}")]) from None
    strange = sorted(set(parts) - PARTS) + sorted({"title", "body"} - set(parts))
    if strange or not all(isinstance(value, str) for value in parts.values()):
        raise WrongTemplate(
            [Problem(1, f"{key}.toml: {', '.join(strange)}; a template has title, to and body, as text")]
        )
    read = Wording(
        key,
        f"file:{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        parts["title"],
        parts.get("to", ""),
        parts["body"].strip("\n"),
    )
    for each in (read.title, read.to, read.body):
        wording.parse(each)
    return read


def problems(template: Wording | str, known_fields: Known) -> list[Problem]:
    """Return what is wrong in a template or a text of one, line by line.

    Args:
        template: A template; or one text.
        known_fields: The fields that the document has; a list maps to the fields of its items.
    """
    if isinstance(template, str):
        return wording.problems(template, known_fields)
    found = [
        each
        for text in (template.title, template.to, template.body)
        for each in wording.problems(text, known_fields)
    ]
    if not template.title.strip():
        found.insert(0, Problem(1, _("A document needs a title.")))
    if any(has_marking(line) for line in (template.title, template.to, *template.body.splitlines())):
        found.append(Problem(1, _("The text carries a secrecy mark; such a document is not written here.")))
    return found


def preview(template: Wording | str, sample_fields: Mapping[str, Any]) -> Preview:
    """Return what a template gives with these values. Nothing is stored.

    Raises:
        WrongTemplate: As `fill`.
    """
    if isinstance(template, str):
        return Preview("", "", read_body(wording.expand(template, sample_fields)))
    return Preview(
        _one_line(template.title, sample_fields),
        _one_line(template.to, sample_fields),
        read_body(wording.expand(template.body, sample_fields)),
    )


def fill(
    template: Wording, fields: Mapping[str, Any], *, issuer: str, number: str, dated: date, **rest: Any
) -> Official:
    """Return the document that a template gives.

    Args:
        template: The wording.
        fields: Every field it names. None is a value: it says nothing.
        issuer: Who issues the document.
        number: Its number.
        dated: Its day of signing.
        rest: Anything else of `Official`: annexes, copies_to, contact, head, signature …

    Raises:
        WrongTemplate: If the template names a field that is not given, or repeats what is no list.
        ValueError: If the filled text carries a secrecy mark.
    """
    shown = preview(template, fields)
    return Official(
        issuer=issuer, number=number, dated=dated, title=shown.title, to=shown.to, body=shown.body, **rest
    )


def save_new_version(
    key: str, title: str, *, to: str, body: str, known_fields: Known, by: Any, changed: str = ""
) -> Template:
    """Store a new version of a template and put it in force; older ones stay as they are.

    Args:
        key: What it is for.
        title: Template of the title.
        to: Template of whom it is addressed to.
        body: Template of the text.
        known_fields: As in `problems`.
        by: The account that wrote it.
        changed: What changed and why.

    Raises:
        WrongTemplate: If anything is wrong in it; nothing is stored then.
    """
    made = Wording(key, "", title.strip(), to.strip(), body.replace("\r\n", "\n").strip("\n"))
    if wrong := problems(made, known_fields):
        raise WrongTemplate(wrong)
    with transaction.atomic():
        list(Template.objects.select_for_update().filter(key=key))
        last = Template.objects.filter(key=key).aggregate(last=Max("version"))["last"] or 0
        Template.objects.filter(key=key, active=True).update(active=False)
        kept = Template.objects.create(
            key=key,
            version=last + 1,
            title=made.title,
            to=made.to,
            body=made.body,
            note=changed,
            active=True,
            made_by=by,
            made_at=timezone.now(),
        )
        digest = hashlib.sha256(f"{made.title}\0{made.to}\0{made.body}".encode()).hexdigest()
        note("documents.template_saved", subject=f"{key}/{kept.version}", by=by, facts={"sha256": digest})
    return kept


def put_in_force(template: Template, *, by: Any) -> None:
    """Put an older version in force again."""
    with transaction.atomic():
        list(Template.objects.select_for_update().filter(key=template.key))
        Template.objects.filter(key=template.key, active=True).update(active=False)
        Template.objects.filter(pk=template.pk).update(active=True)
        note("documents.template_in_force", subject=f"{template.key}/{template.version}", by=by)


def back_to_default(key: str, *, by: Any) -> None:
    """Put what came as a file in force again; versions written in the browser stay in the list."""
    with transaction.atomic():
        Template.objects.filter(key=key, active=True).update(active=False)
        note("documents.template_in_force", subject=f"{key}/default", by=by)


def _one_line(text: str, fields: Mapping[str, Any]) -> str:
    return unescaped(wording.expand(text, fields, flat=True)).strip()


def _is_plain(key: str) -> bool:
    return all(part.isidentifier() for part in key.split("."))
