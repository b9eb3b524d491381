"""Exports of leads with every field, as far as the viewer sees them; the journal keeps each.

Leads, their findings and the rows these rest on, each a table. Cells of records are in no export: a
row is named by file, sheet and number.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.exporting import checkpoint_in_words
from qingfeng.desk.leads import asked, listed, terms, turning
from qingfeng.desk.leads.asked import Wanted
from qingfeng.desk.workbook import IN_MEMORY, Tables
from qingfeng.findings.entities import entities
from qingfeng.findings.models import Lead
from qingfeng.journal.store import append
from qingfeng.look.outgoing import Outgoing, named_in
from qingfeng.organization.viewer import Viewer

AT_ONCE = 500
MOST = 20_000


def export(viewer: Viewer, leads: QuerySet[Lead], *, form: str, wanted: Wanted) -> IO[bytes]:
    """Write leads into a file and the export into the journal.

    Args:
        viewer: Who exports.
        leads: What the viewer may see, at most `MOST`.
        form: `xlsx`, or `csv` for a zip of CSV files.
        wanted: What was asked for; it is noted, what was typed only as a commitment.

    Returns:
        The file, at its beginning.
    """
    tables, said, count = Tables(form), _Said(), 0
    tables.begin(said.leads, _heads())
    tables.begin(said.findings, _finding_heads())
    tables.begin(said.evidence, _evidence_heads())
    for some in _chunks(leads, wanted):
        count += len(some)
        for lead in some:
            _write(tables, lead, said)
    entry = note_export(viewer, wanted, form=form, rows=count)
    _about(tables, viewer, count, entry)
    return tables.file()


class _Said:
    """Words that come back in every row, looked up once an export in the reader's language."""

    def __init__(self) -> None:
        self.leads = _("Leads")
        self.findings, self.evidence = pgettext("lead", "Findings"), pgettext("lead", "Evidence")
        self.between, self._yes, self._no = _("; "), _("yes"), _("no")
        self.watched = frozenset(asked.watched_rules())
        self._of = {
            what: {key: str(words) for key, words in known.items()}
            for what, known in (
                ("watch", terms.WATCHES), ("colour", terms.COLOURS), ("subject", terms.SUBJECTS),
            )
        }  # fmt: skip
        self._tables: dict[str, str] = {}

    def of(self, what: str, key: str) -> str:
        """Return the word for a watch, a colour or a kind of subject."""
        return self._of[what].get(key, key)

    def table(self, table: str) -> str:
        """Return what a table of the records is called."""
        if table not in self._tables:
            self._tables[table] = str(terms.table_name(table))
        return self._tables[table]

    def is_so(self, value: bool) -> str:  # noqa: FBT001 - a cell's value
        """Return yes or no."""
        return self._yes if value else self._no


def as_entities(viewer: Viewer, leads: QuerySet[Lead], *, form: str, wanted: Wanted) -> IO[bytes]:
    """Write leads as FollowTheMoney entities, one a line, and the export into the journal; see `export`."""
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    for line in entities(leads):
        out.write(_searched(line).encode())
    note_export(viewer, wanted, form=form, rows=leads.count())
    out.seek(0)
    return out


def _searched(line: str) -> str:
    """Return an entity without the values that name a source."""
    if not named_in([line.replace("\\n", "")]):  # a line may be broken in the middle of a word
        return line
    said, outgoing = json.loads(line), Outgoing()
    for name, values in said.get("properties", {}).items():
        said["properties"][name] = outgoing.cells(values)
    if said.get("caption"):
        said["caption"] = outgoing.cells([said["caption"]])[0]
    return json.dumps(said, ensure_ascii=False) + "\n"


def note_export(viewer: Viewer, wanted: Wanted, *, form: str, rows: int) -> int:
    """Write into the journal that leads were exported; return the entry's number."""
    typed = {"text": wanted.text} if wanted.text else {}
    with transaction.atomic():
        entry = append(
            "lead.exported",
            subject="leads",
            by=f"person:{viewer.person_id}",
            facts={"form": form, "rows": rows, "asked": _asked(wanted)},
            personal=typed,
        )
    return int(entry.pk)


def _asked(wanted: Wanted) -> dict[str, Any]:
    kept = {name: value for name, value in vars(wanted).items() if value and name != "text"}
    return {name: value if isinstance(value, bool | int) else str(value) for name, value in kept.items()}


def _chunks(leads: QuerySet[Lead], wanted: Wanted) -> Iterator[list[Lead]]:
    keys = list(turning.ordered(leads, wanted.sort).values_list("pk", flat=True)[:MOST])
    for start in range(0, len(keys), AT_ONCE):
        some = Lead.objects.filter(pk__in=keys[start : start + AT_ONCE])
        found = some.select_related("unit", "matter", "replaced_by", "excepted_by", "drawn", "first_seen",
                                    "last_seen").prefetch_related("findings")  # fmt: skip
        by_key = {lead.pk: lead for lead in found}
        yield [by_key[key] for key in keys[start : start + AT_ONCE] if key in by_key]


def _heads() -> list[Any]:
    return [
        pgettext("lead", "Key"),
        pgettext("lead", "Title"),
        pgettext("lead", "Rule"),
        pgettext("lead", "Rules"),
        pgettext("lead", "Tier"),
        pgettext("leads", "Watch"),
        pgettext("lead", "Colour"),
        pgettext("lead", "Points"),
        pgettext("lead", "Amount class"),
        pgettext("lead", "Weight"),
        pgettext("lead", "Kind of subject"),
        pgettext("lead", "Subject"),
        pgettext("lead", "Unit"),
        pgettext("lead", "At"),
        pgettext("lead", "Amount (yuan)"),
        pgettext("lead", "Findings"),
        pgettext("lead", "Innocent explanations"),
        pgettext("lead", "What to check"),
        pgettext("lead", "How it was ranked"),
        pgettext("lead", "Snapshot"),
        pgettext("lead", "First seen"),
        pgettext("lead", "Run that saw it last"),
        pgettext("lead", "Still found"),
        pgettext("lead", "Grown into"),
        pgettext("lead", "Verification"),
        pgettext("lead", "Stage"),
        pgettext("lead", "Watched only"),
        pgettext("lead", "Hidden by an exception until"),
        pgettext("lead", "Drawn in the week of"),
    ]


def _finding_heads() -> list[Any]:
    return [
        pgettext("lead", "Key"),
        pgettext("lead", "Place"),
        pgettext("lead", "Rule"),
        pgettext("lead", "Title"),
        pgettext("lead", "Tier"),
        pgettext("lead", "Version"),
        pgettext("lead", "Parameters"),
        pgettext("lead", "Message"),
        pgettext("lead", "Facts"),
    ]


def _evidence_heads() -> list[Any]:
    return [
        pgettext("lead", "Key"),
        pgettext("lead", "Place"),
        pgettext("lead", "Table"),
        pgettext("lead", "File"),
        pgettext("lead", "Sheet"),
        pgettext("lead", "Row"),
    ]


def _write(tables: Tables, lead: Lead, said: _Said) -> None:
    tables.add(said.leads, _cells(lead, said))
    for one in lead.findings.all():
        tables.add(
            said.findings,
            [lead.key, one.place, one.rule, one.title, one.tier, one.version, _json(one.params), one.message,
             _json(one.facts)],
        )  # fmt: skip
        for row in one.evidence:
            tables.add(
                said.evidence,
                [lead.key, one.place, said.table(row["table"]), row["file"], row["sheet"], row["row"]],
            )


def _cells(lead: Lead, said: _Said) -> list[Any]:
    return [
        lead.key,
        lead.title,
        lead.rule,
        said.between.join(lead.rules),
        lead.tier,
        said.of("watch", lead.watch),
        said.of("colour", lead.colour),
        lead.points,
        lead.factor,
        float(lead.weight),
        said.of("subject", lead.subject_kind),
        lead.subject_key,
        str(lead.unit) if lead.unit else lead.unit_name,
        timezone.localtime(lead.at).isoformat(sep=" ", timespec="minutes") if lead.at else None,
        float(lead.amount) if lead.amount is not None else None,
        lead.found,
        said.between.join(lead.innocent),
        said.between.join(lead.verify),
        said.between.join(f"{name}: {how}" for name, how in lead.arithmetic.items()),
        lead.snapshot,
        timezone.localtime(lead.first_seen_at).isoformat(sep=" ", timespec="minutes"),
        lead.last_seen.run,
        said.is_so(lead.is_current),
        lead.replaced_by.key if lead.replaced_by else None,
        lead.matter.number if lead.matter else None,
        listed.stage_of(lead),
        said.is_so(lead.rule in said.watched),
        lead.excepted_by.until_on.isoformat() if lead.excepted_by else None,
        lead.drawn.week_on.isoformat() if lead.drawn else None,
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _about(tables: Tables, viewer: Viewer, count: int, entry: int) -> None:
    """Say who exported what and when, and the newest checkpoint of the journal."""
    tables.begin(_("About this export"), [pgettext("export", "What"), pgettext("export", "Value")])
    for row in (
        (_("Exported by"), viewer.name),
        (_("Exported at"), timezone.localtime().isoformat(timespec="minutes")),
        (pgettext("export", "Rows"), count),
        (_("Entry in the journal"), entry),
        (_("Newest checkpoint"), checkpoint_in_words()),
        (_("What a lead is"), _("A doubt to be verified. It says nothing about guilt.")),
    ):
        tables.add(_("About this export"), row)
