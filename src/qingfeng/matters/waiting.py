"""What waits for a second signature: kept as it was handed in, and read again when somebody else signs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import access
from qingfeng.matters.answers import Refusal, Waiting
from qingfeng.matters.conditions import Knock, Refused, check_apart, part_of
from qingfeng.matters.forms import as_json
from qingfeng.matters.models import Awaiting, Matter
from qingfeng.matters.notices import tell
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Paper, Sheet
from qingfeng.matters.story import note_signature
from qingfeng.matters.vocabulary import Act
from qingfeng.organization.viewer import Viewer, viewer_for


def wait(matter: Matter, act: Act, knock: Knock, part: access.Part, sheet: Sheet) -> Waiting:
    """Keep an act for its second signer; the same one that its part kept before is overtaken."""
    if knock.by is None or knock.by.person_id is None:
        raise Refused(Refusal("role", _("An act with two signatures is begun by a person.")))
    before = Awaiting.objects.filter(key=knock.key).first() if knock.key else None
    if before is not None:
        if (before.matter_id, before.act, before.by_id) != (matter.pk, act.key, knock.by.person_id):
            raise Refused(used_key())
        return Waiting(matter, before)
    for earlier in matter.awaiting.filter(act=act.key, ended=""):
        earlier.ended = "overtaken"
        earlier.save(update_fields=["ended"])
        if earlier.by_id != knock.by.person_id:
            tell([earlier.by_id], "overtaken", matter, {"act": act.key})
    waiting = Awaiting.objects.create(
        matter=matter,
        act=act.key,
        by_id=knock.by.person_id,
        as_role=part.role,
        entered=_plain_sheet(sheet) | _plain_knock(knock),
        reason=sheet.reason,
        at=timezone.now(),
        revision=matter.revision,
        key=knock.key,
    )
    note_signature("matter.first_signed", waiting, knock.by.person_id)
    return Waiting(matter, waiting)


def used_key() -> Refusal:
    """Return what whoever sends a key of another act is told."""
    return Refusal("key", _("This form was used for another act: open it again."))


def _plain_knock(knock: Knock) -> dict[str, Any]:
    paper = knock.paper and [knock.paper.person_id, knock.paper.signed_on.isoformat()]
    return {key: value for key, value in (("paper", paper), ("meeting", knock.meeting_id)) if value}


def _plain_sheet(sheet: Sheet) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if hasattr(value, "getlist"):
            return {
                key: value.getlist(key) if len(value.getlist(key)) > 1 else value.get(key) for key in value
            }
        if isinstance(value, dict):
            return {str(key): plain(one) for key, one in value.items()}
        return [plain(one) for one in value] if isinstance(value, list | tuple) else as_json(value)

    return {
        name: plain(getattr(sheet, name))
        for name in ("facts", "parties", "lines", "changes", "files", "overrides")
    } | {"opens": list(sheet.opens)}


def locked(awaiting: Awaiting, by: Viewer) -> Awaiting:
    """Lock the matter, then what waits on it: every door takes them in this order."""
    matter = Matter.objects.select_for_update().get(pk=awaiting.matter_id)
    if not access.may_see(by, matter):
        raise Refused(Refusal("absent", _("There is no such matter.")))
    waiting = Awaiting.objects.select_for_update().select_related("matter", "by").get(pk=awaiting.pk)
    waiting.matter = matter
    return waiting


def knock_of(waiting: Awaiting, second: Knock) -> Knock:
    """Return how the first signer came to the door, with the second signer beside them."""
    paper, meeting = waiting.entered.get("paper"), waiting.entered.get("meeting")
    return Knock(
        viewer_for(waiting.by),
        key=second.key,
        seen=waiting.revision,
        second=second.by.person_id if second.by else None,
        at=second.at,
        paper=Paper(paper[0], date.fromisoformat(paper[1])) if paper else None,
        meeting_id=meeting,
    )


def sheet_from(waiting: Awaiting) -> Sheet:
    """Return what the first signer handed in."""
    kept = {key: value for key, value in waiting.entered.items() if key not in {"paper", "meeting"}}
    changes = {
        key: {int(no): one for no, one in lines.items()} for key, lines in kept.pop("changes", {}).items()
    }
    return Sheet(
        **{**kept, "opens": tuple(kept.get("opens", ())), "changes": changes, "reason": waiting.reason}
    )


def part_of_second(waiting: Awaiting, by: Viewer) -> access.Part:
    """Return in which part somebody would sign second, or refuse whoever has none."""
    declared = mechanism(waiting.matter.mechanism, waiting.matter.version)
    part = access.part_in(by, waiting.matter, declared.act(waiting.act), declared)
    if part is None:
        raise Refused(Refusal("role", _("The second signature belongs to somebody with the same part.")))
    return part


def check_second(waiting: Awaiting, knock: Knock, by: Viewer) -> None:
    """Refuse a second signature by the first hand, in its name, or by whom the act excludes."""
    matter = waiting.matter
    declared = mechanism(matter.mechanism, matter.version)
    act = declared.act(waiting.act)
    hands = {by.person_id, part_of_second(waiting, by).for_person_id} - {None}
    if hands & {waiting.by_id, part_of(matter, declared, act, knock).for_person_id}:
        raise Refused(Refusal("separation", _("The second signature is somebody else's.")))
    check_apart(matter, declared, act, hands)
