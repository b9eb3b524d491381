"""What pages of records show of jobs, sheets and accounts, in plain shapes for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.desk.records.saying import in_words, table_words
from qingfeng.findings import jobs
from qingfeng.findings.landing import sums_of
from qingfeng.findings.models import Delivery, Job
from qingfeng.screening.intake.account import WITHHELD

SHEETS_OPEN = 4  # sheets whose headers stand open where there are few


@dataclass(frozen=True)
class ShownJob:
    """A job as `{% progress %}` draws it."""

    job: Job

    @property
    def ident(self) -> str:
        """Part of the element's id."""
        return f"job-{self.job.pk}"

    @property
    def words(self) -> str:
        """What is being done."""
        kind, phase = self.job.get_kind_display(), self.job.phase
        if self.job.state == Job.State.WAITING:
            return _("%(kind)s: waits for its turn") % {"kind": kind}
        if self.job.cancel_asked_at and not self.is_done:
            return _("%(kind)s: is being cancelled") % {"kind": kind}
        return f"{kind}: {_(phase)}" if phase else str(kind)

    @property
    def share(self) -> float | None:
        """From 0 to 1, None where nobody can know."""
        if self.job.state != Job.State.RUNNING or not self.job.total:
            return None
        return min(self.job.done / self.job.total, 1.0)

    @property
    def is_done(self) -> bool:
        """Whether it ended, one way or another."""
        return self.job.state not in jobs.OPEN

    @property
    def may_cancel(self) -> bool:
        """Whether somebody can still ask it to stop."""
        return not self.is_done and self.job.cancel_asked_at is None

    @property
    def href(self) -> str:
        """Where it is asked again."""
        return reverse("desk:records_job", kwargs={"pk": self.job.pk})

    @property
    def then(self) -> str:
        """Where what came of it stands."""
        return self.page if self.job.state == Job.State.DONE else ""

    @property
    def page(self) -> str:
        """The page it belongs to."""
        if self.job.delivery_id:
            return reverse("desk:records_delivery", kwargs={"pk": self.job.delivery_id})
        if self.job.kind == Job.Kind.TRY:
            return reverse("desk:own_rule", kwargs={"rule": self.job.asked["rule"]})
        if self.job.kind == Job.Kind.FORGET:
            return reverse("desk:records_deletion", kwargs={"pk": self.job.asked["order"]})
        if run := self.job.result.get("run"):
            return reverse("desk:records_run", kwargs={"run": run})
        return reverse("desk:records_runs" if self.job.kind == Job.Kind.SCREEN else "desk:records")

    @property
    def problem(self) -> str:
        """What ended it, in one line."""
        if self.job.state == Job.State.CANCELLED:
            return str(_("Cancelled; nothing was changed."))
        told = self.job.problem
        if self.job.state != Job.State.FAILED or not told:
            return ""
        return " ".join(in_words(told[part]) for part in ("what", "where", "then") if told.get(part))


def open_job(rows: Iterable[Job]) -> ShownJob | None:
    """Return the newest job that waits or is under way."""
    return next((ShownJob(job) for job in rows if job.state in jobs.OPEN), None)


def sheets_of(delivery: Delivery) -> list[dict[str, Any]]:
    """Return what every sheet is taken for: those that need a person first."""
    told = [_sheet(sheet) for sheet in delivery.explained.get("sheets", ())]
    told.sort(key=lambda sheet: (bool(sheet["table"]), sheet["no"]))
    for place, sheet in enumerate(told):
        sheet["is_open"] = not sheet["table"] or place < SHEETS_OPEN
    return told


def _sheet(sheet: Mapping[str, Any]) -> dict[str, Any]:
    columns = [
        {
            "position": column["position"],
            "header": column["header"],
            "to": _column_words(column, sheet["table"]),
            "why": in_words(column["why"]),
        }
        for column in sheet["columns"]
    ]
    columns += [
        {"position": one["position"], "header": one["header"], "to": "", "why": in_words(one["why"])}
        for one in sheet["dropped"]
    ]
    columns.sort(key=lambda column: int(column["position"]))
    return {
        "no": sheet["no"],
        "name": sheet["file"] + (f" · {sheet['sheet']}" if sheet["sheet"] else ""),
        "table": sheet["table"],
        "term": table_words(sheet["table"]) if sheet["table"] else "",
        "outside": sheet.get("outside", False),
        "why": [in_words(line) for line in sheet["why"]] if not sheet["table"] else [],
        "header_rows": sheet["header_rows"],
        "columns": columns,
        "taken": len(sheet["columns"]),
        "dropped": len(sheet["dropped"]),
    }


def _column_words(column: Mapping[str, Any], table: str) -> str:
    name = str(column["column"])
    return name if column["table"] == table else f"{column['table']}.{name}"


@dataclass(frozen=True)
class Line:
    """One sheet in the account of a delivery."""

    name: str
    term: str
    rows_in: int
    kept: int
    rejected: int
    duplicates: int
    withheld: int
    reasons: tuple[str, ...]
    period: str
    adds_up: bool
    known: bool


def lines_of(account: Mapping[str, Any]) -> list[Line]:
    """Return the account sheet by sheet."""
    return [_line(sheet) for sheet in account.get("sheets", ())]


def _line(sheet: Mapping[str, Any]) -> Line:
    sums = sums_of({"sheets": [sheet]})
    period = sheet["since"] if sheet["since"] == sheet["until"] else f"{sheet['since']} — {sheet['until']}"
    out = sums["kept"] + sums["rejected"] + sums["duplicates"] + sums["withheld"]
    return Line(
        name=sheet["path"] + (f" · {sheet['sheet']}" if sheet["sheet"] else ""),
        term=table_words(sheet["table"]),
        reasons=tuple(f"{_why_withheld(why)}: {rows:,}" for why, rows in sheet["withheld"].items()),
        period=period,
        adds_up=out == sums["rows_in"],
        known=sheet["known"],
        **sums,
    )


def _why_withheld(reason: str) -> str:
    words = {
        "plate_not_registered": _("the plate is in no register of vehicles"),
        "no_plate": _("there is no plate"),
        "nobody_of_ours": _("concerns no registered vehicle, no person on the roster, no supervised unit"),
    }
    return words.get(reason, WITHHELD.get(reason, reason))


def totals_of(account: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the totals rows that say another sum than their rows add up to."""
    return [
        {"name": sheet["path"] + (f" · {sheet['sheet']}" if sheet["sheet"] else ""), **total}
        for sheet in account.get("sheets", ())
        for total in sheet["totals"]
    ]


def conflicts_of(account: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return rows with one id and different values, each with where its rows stand."""
    return [
        {
            "term": table_words(one["table"]),
            "key": one["key"],
            "columns": "、".join(one["columns"]),
            "rows": [f"{file}{f' · {sheet}' if sheet else ''} · {row}" for file, sheet, row in one["rows"]],
        }
        for one in account.get("conflicts", ())
    ]
