"""Slips: what an act prints. Row and number come in the act's transaction, the typeset pages after it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from qingfeng.documents.models import Slip as SlipRow
from qingfeng.documents.numbering import take
from qingfeng.documents.official import Proof
from qingfeng.documents.slips import make_slip, render
from qingfeng.documents.templates import current, fill
from qingfeng.journal import publisher, store
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.straight import Question, put
from qingfeng.matters import at_hand
from qingfeng.matters.apart import closed_to
from qingfeng.matters.forms import shown
from qingfeng.matters.models import Matter, MatterSlip, Party, Performance
from qingfeng.matters.outgoing import check_source
from qingfeng.matters.vocabulary import Field, Mechanism, Slip
from qingfeng.organization.models import Person, Unit

HIDDEN = "×××"
_PARTIES = Question(
    lambda matter: (
        Party.objects.filter(matter=matter, until_at=None)
        .order_by("pk")
        .values_list("role", "person", "unit")
    )
)


def print_slip(
    matter: Matter,
    declared: Mechanism,
    performance: Performance,
    slip: Slip,
    *,
    replaces: SlipRow | None = None,
) -> MatterSlip:
    """Make a slip of an act: numbered now, typeset as soon as the act has been committed.

    Args:
        matter: As it stands after the act.
        declared: Its declaration.
        performance: The act.
        slip: What to print.
        replaces: The slip that this one corrects.

    Raises:
        WrongTemplate: If the wording names a field that the mechanism does not have.
    """
    issuer = _in_whose_name(matter, slip)
    on = performance.paper_on or timezone.localdate(performance.at)
    code = f"{slip.by or issuer.number_code}{slip.series}"
    number = take(code, f"slip:{slip.series}", year=on.year, subject=f"{matter.mechanism}/{matter.slug}")
    fields = fields_of(matter, declared, anonymous=slip.anonymous)
    fields["reason"] = performance.reason or None
    fields["second_signer"] = performance.second.name if performance.second else None
    hand = performance.for_person or performance.by
    fields["signer"] = hand.name if hand else None
    wording = current(f"{declared.key}.{slip.key}")
    official = fill(wording, fields, issuer=issuer.name, number=number.text, dated=on)
    if not declared.names_sources:
        check_source(official, wording)
    made = make_slip(
        number,
        official,
        template=wording,
        fields=fields,
        journal_entry=performance.entry_id,
        replaces=replaces,
    )
    transaction.on_commit(lambda: typeset.enqueue(made.pk))
    return put(MatterSlip(matter=matter, performance=performance, key=slip.key, slip=made))


def _in_whose_name(matter: Matter, slip: Slip) -> Unit:
    """Return the unit that issues a slip in its own name, where one does; else the issuer of the matter."""
    held = matter.parties.filter(role=slip.named_by, until_at=None) if slip.named_by else ()
    own = next((party.unit for party in held if party.unit), None)
    return own or issuer_of(matter.owner)


def issuer_of(owner: Unit) -> Unit:
    """Return the body whose name stands in red: the commission above a unit, else the unit."""
    above = Unit.objects.above(owner).filter(kind=Unit.Kind.COMMISSION).last()
    return above or owner


def fields_of(matter: Matter, declared: Mechanism, *, anonymous: bool = False) -> dict[str, Any]:
    """Return what a slip's wording may name: every fact, part and ledger, empty ones as None.

    Besides the declared keys: `number`, `title`, `owner`, `opened_on`; parts by role as names; ledgers as
    lists of lines; `<clock>_due` for each clock. A slip adds `reason`, `signer`, `second_signer` of its act.

    Args:
        matter: The matter.
        declared: Its declaration.
        anonymous: Names of private persons and confidential parts are left out.
    """
    fields: dict[str, Any] = {
        "number": matter.number,
        "title": matter.title,
        "owner": str(matter.owner),
        "opened_on": matter.opened_on,
    }
    for one in every_field(declared):
        value = matter.facts.get(one.key)
        fields[one.key] = HIDDEN if anonymous and one.personal and value else _value(one, value)
    parties = _PARTIES(matter.pk)
    people = Person.objects.in_bulk({person for _, person, _ in parties if person}) if parties else {}
    units = Unit.objects.in_bulk({unit for _, _, unit in parties if unit}) if parties else {}
    for role in declared.parties:
        hidden = anonymous and (role.confidential or (role.subject and role.kind == "person"))
        held = [
            (people[person] if person else units[unit]).name
            for key, person, unit in parties
            if key == role.key
        ]
        fields[role.key] = "、".join(HIDDEN if hidden else name for name in held) or None
    due = {run.key: run.due_on for run in at_hand.of(matter).clocks()}
    fields |= {f"{clock.key}_due": due.get(clock.key) for clock in declared.clocks}
    lines = list(matter.lines.all()) if declared.ledgers else []
    if any(one.apart_until or one.gone for one in declared.ledgers):
        closed = closed_to(declared, matter.story.all(), None)
        lines = [line for line in lines if (line.ledger, line.no) not in closed]
    for ledger in declared.ledgers:
        states = dict(ledger.states)
        fields[ledger.key] = [
            {
                **{one.key: _value(one, line.facts.get(one.key)) for one in ledger.fields},
                "state": str(states.get(line.state, line.state)),
            }
            for line in lines
            if line.ledger == ledger.key and line.state not in ledger.unsaid
        ]
    return fields


def known_fields(declared: Mechanism) -> dict[str, list[str] | None]:
    """Return the names that a wording may use: a list's name with the names of its columns."""
    plain = ["number", "title", "owner", "opened_on", "reason", "second_signer", "signer"]
    plain += [one.key for one in every_field(declared)] + [role.key for role in declared.parties]
    plain += [f"{clock.key}_due" for clock in declared.clocks]
    known: dict[str, list[str] | None] = dict.fromkeys(plain)
    for ledger in declared.ledgers:
        known[ledger.key] = [*(one.key for one in ledger.fields), "state"]
    return known


def every_field(declared: Mechanism) -> Iterable[Field]:
    """Yield the fields of opening and of every act, sealed ones left out, each key once."""
    seen = set()
    for one in (*declared.asks, *(field for act in declared.acts for field in act.asks)):
        if one.key not in seen and not one.sealed and one.kind not in {"file", "files", "line"}:
            seen.add(one.key)
            yield one


def _value(one: Field, value: Any) -> Any:
    if value in (None, "", []):
        return None
    return date.fromisoformat(value) if one.kind == "day" else shown(one, value)


@task()
def typeset(slip_id: int) -> None:
    """Publish the journal, then typeset a slip with its proof of entry; once, however often it is asked."""
    typeset_now(SlipRow.objects.get(pk=slip_id))


def typeset_now(slip: SlipRow) -> SlipRow:
    """Typeset a slip that is not yet, with the proof of its act."""
    if slip.pdf_sha256:
        return slip
    proof = None
    if slip.journal_entry:
        publisher.publish()
        entry = JournalEntry.objects.get(pk=slip.journal_entry)
        proof = _proof(entry)
    return render(slip, proof=proof)


def _proof(entry: JournalEntry) -> Proof | None:
    """Return what a slip prints of its entry: the code, the checkpoint's line, the number."""
    index = entry.index
    if index is None:
        return None
    folder = store.folder_of(entry.log)
    newest = folder.checkpoint(folder.note())
    line = f"{newest.origin} {newest.size} {b64encode(newest.root).decode()}"
    return Proof(qr=store.qr_text(entry), checkpoint=line, entry=str(index))
