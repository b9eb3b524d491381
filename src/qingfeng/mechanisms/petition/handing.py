"""A petition that turns out to be a report: what was typed goes to the other line sealed, and goes here.

What who wrote said is sealed to the custodians and handed to whoever takes reports; then title, texts, names,
lines, enclosures and what the journal keeps beside its entries are erased here. The number, the days and the
receipt of the sealed original stay. Documents that were issued before stay as they were issued.

Law:
    信访工作条例 Art. 30; rights.md 6
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents.attachments import erase as erase_attachment
from qingfeng.documents.attachments import opened
from qingfeng.exchange.kinds import REPORT, handler_of
from qingfeng.exchange.models import Asker
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import erase
from qingfeng.matters.key_models import PersonKey
from qingfeng.matters.models import Matter, Performance
from qingfeng.mechanisms.petition import fields
from qingfeng.organization.models import PostRole
from qingfeng.sealing import envelope, streams

KEPT = frozenset({field.key for field in fields.REPORT_LINE} | {"received_on", "way", "line"})
TITLE = "已转检举控告线"
WORDS = ("summary", "demand", "about")
FROM = "other_line"


def to_reports(matter: Matter, performance: Performance) -> None:
    """Hand what was typed to the line of reports, sealed, and erase it here."""
    keys = _custodians()
    take = handler_of(REPORT)
    if keys and take is not None:
        content = {**_content(matter), "files": [one.attachment.name for one in _files(matter)]}
        sealed = [_sealed(one, keys) for one in _files(matter)]
        became = take(f"petition-{matter.pk}", envelope.close(content, keys), sealed, channel=FROM)
        about = f"{matter.mechanism}/{matter.slug}"
        Asker.objects.filter(about=about).update(about=f"{became.mechanism}/{became.slug}")
    _erase(matter, performance)


def _custodians() -> list[bytes]:
    held = PostRole.objects.held_on(timezone.localdate()).filter(role="custodian", post__unit__is_ours=True)
    keys = PersonKey.objects.filter(person__in=held.values("post__person")).order_by("person_id")
    return [bytes(one.public) for one in keys]


def _content(matter: Matter) -> dict[str, Any]:
    said = [str(matter.facts[key]) for key in WORDS if matter.facts.get(key)]
    said += [json.dumps(line.facts, ensure_ascii=False) for line in matter.lines.order_by("pk")]
    return {
        "line": "report",
        "name": str(matter.facts.get("petitioner") or ""),
        "contact": str(matter.facts.get("contact") or ""),
        "about": matter.title,
        "text": "\n".join(said),
        "excludes": [],
    }


def _files(matter: Matter) -> list[Any]:
    return list(matter.files.select_related("attachment").order_by("pk"))


def _sealed(kept: Any, keys: list[bytes]) -> bytes:
    out = BytesIO()
    with opened(kept.attachment) as held:
        streams.seal_stream(held, out, keys)
    return out.getvalue()


def _erase(matter: Matter, performance: Performance) -> None:
    """Erase what was typed; the act that hands it on keeps its own reason."""
    matter.title = TITLE
    matter.facts = {key: value for key, value in matter.facts.items() if key in KEPT}
    matter.save(update_fields=["title", "facts"])
    for line in matter.story.all():
        entered = {key: value for key, value in line.entered.items() if key in KEPT}
        reason = line.reason if line.pk == performance.pk else ""
        Performance.objects.filter(pk=line.pk).update(entered=entered, reason=reason)
    matter.lines.update(facts={})
    matter.awaiting.all().delete()
    files = [one.attachment for one in _files(matter)]
    matter.files.all().delete()
    why = _("It is a report on a person: what was typed goes to the other line, sealed.")
    for one in files:
        erase_attachment(one, by=None, reason=why)
    entries = JournalEntry.objects.filter(subject=f"{matter.mechanism}/{matter.slug}")
    own = performance.entry_id
    erase([one for one in entries if one.pk != own], reason=why, by="house")
