"""From a lead to its verification: one at a time, by people who are not bound to it.

The verification itself is a matter; here a lead is handed out, and follows what becomes of the matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.findings.access import VERIFICATION, may_assign, visible_leads
from qingfeng.findings.exceptions import excepted
from qingfeng.findings.laying_out import facts_of, hand_out
from qingfeng.findings.models import Lead, RuleStanding
from qingfeng.findings.telling import tell
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.conditions import Refused
from qingfeng.matters.door import open_matter, through
from qingfeng.matters.models import Matter
from qingfeng.matters.naming import RECUSAL_LAW, words_of
from qingfeng.matters.registry import mechanism
from qingfeng.organization.conflicts import Subjects, grounds
from qingfeng.organization.models import Person, PostRole, Unit
from qingfeng.organization.viewer import Viewer

VERIFIER, ASSIGNER, UNIT = "verifier", "assigner", "unit"  # parts on a verification
LEAD = "lead"  # its opening fact: key of the lead


def open_verification(
    lead: Lead,
    *,
    by: Viewer,
    verifiers: Sequence[Person | int],
    title: str = "",
    owner: Unit | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    parties: Mapping[str, Iterable[Any]] | None = None,
    **others: Any,
) -> Answer:
    """Hand a lead out: open the matter that carries it to its verdicts.

    Args:
        lead: A lead that the viewer sees.
        by: Who hands it out.
        verifiers: Who verify it, at least two.
        title: One line; the unit and the rule's title where none is given.
        owner: The unit that answers for the matter; the analysts' room where none is given.
        reason: Why, where the rule is only watched or names nobody.
        facts: Further fields of the opening form.
        parties: Further parts, by role.
        others: As `matters.door.open_matter`: key, at, confidentiality, files.

    Returns:
        Done with the matter, or a refusal and nothing has happened.

    Law:
        监察法 Art. 67 (recusal)
    """
    people = [one if isinstance(one, Person) else Person.objects.get(pk=one) for one in verifiers]

    def write() -> Done:
        held = Lead.objects.select_for_update().get(pk=lead.pk)
        for refusal in (_unfit(held, by, reason, others.get("key")), recused(held, people)):
            if refusal is not None:
                raise Refused(refusal)
        answer = open_matter(
            VERIFICATION,
            by=by,
            title=title.strip() or title_of(held),
            owner=owner or _room_of(by),
            facts=_facts(held, reason) | dict(facts or {}),
            parties=_parties(held, by, people) | dict(parties or {}),
            **others,
        )
        if isinstance(answer, Refusal):
            raise Refused(answer)
        assert isinstance(answer, Done)  # opening never waits for a second hand
        if not answer.again:
            handed = hand_out(held, answer.matter, by=by, people=people, at=others.get("at"))
            if isinstance(handed, Refusal):
                raise Refused(handed)
            answer.matter.refresh_from_db()
            _keep(held, answer.matter, by, reason)
        return answer

    return through(write)


def _room_of(by: Viewer) -> Unit:
    """Return the room that answers for a verification: the viewer's own, else the analysts'."""
    mine = [post.unit_id for post in by.posts if post.roles & {"analyst", "dept_head"}]
    analysts = PostRole.objects.held_on(by.on).filter(role="analyst").order_by("post__unit__path")
    room = mine or list(analysts.values_list("post__unit", flat=True)[:1])
    return Unit.objects.get(pk=room[0] if room else by.posts[0].unit_id)


def title_of(lead: Lead) -> str:
    """Return what a verification is called: the rule's title and the unit; never a person."""
    return "：".join(filter(None, (lead.unit_name, lead.title)))[:200]


def recused(lead: Lead, people: Iterable[Person]) -> Refusal | None:
    """Return a refusal if somebody may not verify a lead, with the ground in words.

    A name that only agrees with a declared relative's refuses too: the lead does not exist for them.
    """
    about = Subjects(
        frozenset({lead.unit_id} - {None}),
        frozenset({lead.subject_person_id} - {None}),
        frozenset({lead.subject_name, *lead.named.split("、")} - {""}),
    )
    for person in people:
        if found := grounds(person, about):
            words = {"person": person, "why": words_of(found[0])}
            said = _("%(person)s cannot verify this: %(why)s. Name somebody else.") % words
            return Refusal("recusal", said, RECUSAL_LAW, errors={VERIFIER: (said,)})
    return None


def _unfit(lead: Lead, by: Viewer, reason: str, key: str | None) -> Refusal | None:
    if not visible_leads(by).filter(pk=lead.pk).exists():
        return Refusal("absent", _("There is no such lead."))
    if not may_assign(by):
        said = _("Leads are handed out by the analyst, the head of that room, or the leaders.")
        return Refusal("role", said)
    if lead.replaced_by_id:
        return Refusal("standing", _("This lead has grown into another one: hand that one out."))
    there = lead.matter
    if there is not None and not (key and there.story.filter(key=key).exists()):
        return Refusal("conflict", _("It is verified already: %(number)s.") % {"number": there.number})
    if excepted(Lead.objects.filter(pk=lead.pk)).exists():
        return Refusal("standing", _("An exception hides this lead: end the exception first."))
    if needs_reason(lead) and not reason.strip():
        said = _("Its rule is only watched, or names nobody: say why it is verified all the same.")
        return Refusal("facts", said, errors={"reason": (said,)})
    return None


def needs_reason(lead: Lead) -> bool:
    """Return whether a lead is handed out with a reason only: a statistic, or found by a watched rule.

    A drawn lead needs none: the draw is the reason, and a watched rule comes back by it alone.
    """
    if lead.drawn_id:
        return False
    return lead.tier == "C" or RuleStanding.objects.filter(rule=lead.rule, is_watch_only=True).exists()


def _facts(lead: Lead, reason: str) -> dict[str, Any]:
    """Return what of a lead the opening form asks for."""
    known = {
        LEAD: lead.key,
        "rule": lead.rule,
        "tier": lead.tier,
        "colour": lead.colour,
        "watch": lead.watch,
        "unit_name": lead.unit_name,
        "amount": lead.amount,
        "findings": lead.found,
        "reason": reason.strip(),
        "is_drawn": lead.drawn_id is not None,
        **facts_of(lead),
    }
    asked = {one.key for one in mechanism(VERIFICATION).asks}
    return {key: value for key, value in known.items() if key in asked}


def _parties(lead: Lead, by: Viewer, people: list[Person]) -> dict[str, list[Any]]:
    known: dict[str, list[Any]] = {
        VERIFIER: people,
        ASSIGNER: [by.person_id],
        UNIT: [lead.unit_id] if lead.unit_id else [],
    }
    return {role: rows for role, rows in known.items() if rows and role in mechanism(VERIFICATION).names}


def _keep(lead: Lead, matter: Matter, by: Viewer, reason: str) -> None:
    Lead.objects.filter(pk=lead.pk).update(matter=matter)
    facts = {"matter": f"{matter.mechanism}/{matter.slug}", "drawn": bool(lead.drawn_id),
             "with_reason": bool(reason.strip())}  # fmt: skip
    tell("findings.lead.handed_out", f"lead:{lead.key}", by=Person(pk=by.person_id), facts=facts)


def lead_of(matter: Matter) -> Lead | None:
    """Return the lead that a verification is about: what it has grown into, where it has."""
    return Lead.objects.filter(matter=matter).order_by("-is_current", "-pk").first()


def follow(pk: int) -> None:
    """Let a lead follow its matter: free again when that is void or withdrawn, bound when it is valid again.

    Called after every act on a verification.
    """
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=pk)
        if matter.standing == Matter.Standing.MERGED:
            Lead.objects.filter(matter=matter).update(matter=matter.merged_into)
        elif matter.standing != Matter.Standing.VALID:
            for lead in Lead.objects.filter(matter=matter):
                Lead.objects.filter(pk=lead.pk).update(matter=None)
                facts = {"matter": f"{matter.mechanism}/{matter.slug}", "standing": matter.standing}
                tell("findings.lead.freed", f"lead:{lead.key}", by=None, facts=facts)
        elif not Lead.objects.filter(matter=matter).exists():
            _bind_again(matter)


def _bind_again(matter: Matter) -> None:
    lead = Lead.objects.filter(key=matter.facts.get(LEAD, "")).select_related("replaced_by").first()
    while lead is not None and lead.replaced_by is not None:
        lead = lead.replaced_by
    if lead is not None and lead.matter_id is None:
        Lead.objects.filter(pk=lead.pk).update(matter=matter)
