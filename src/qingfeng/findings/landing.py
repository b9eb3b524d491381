"""What a job's process is given, and what is kept of what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qingfeng.findings import asked, confirming, jobs, own_cards, own_rules, own_trial, watching
from qingfeng.findings.deliveries import remove_files
from qingfeng.findings.kept import kept_run
from qingfeng.findings.models import (
    DeliveredFile,
    Delivery,
    Forgetting,
    Job,
    Lead,
    Screening,
    WatchedFolder,
)
from qingfeng.findings.purposes import other_uses, reads_of
from qingfeng.findings.reading_in import read_in
from qingfeng.findings.receiving import first_rows_of, folder_of
from qingfeng.findings.telling import tell

READS_RULES = (Job.Kind.SCREEN, Job.Kind.FORGET, Job.Kind.REPLAY, Job.Kind.TRY)
PHASES = {Job.Kind.SCREEN: "Leads to the desk"}
Kept = dict[str, Any]


def rejects_of(delivery: Delivery) -> Path:
    """Return where the rejected cells of a delivery are kept (CSV); identifiers in them are masked."""
    return Path(settings.HOME) / "rejects" / f"{delivery.pk}.csv"


def task_of(job: Job) -> dict[str, Any]:
    """Return what the process is told: plain values, the home and the files among them."""
    task: dict[str, Any] = {"kind": job.kind, "home": str(settings.HOME), **job.asked}
    if job.kind in READS_RULES:
        own_rules.lay_out()
    if job.kind == Job.Kind.TRY:
        task |= own_trial.task_of(job)
    if job.kind == Job.Kind.FORGET:  # what is being verified is shown again from its extract
        open_ones = Lead.objects.filter(matter__is_open=True)
        task["leads"] = list(open_ones.values_list("key", flat=True))
    if job.kind == Job.Kind.SCREEN and not job.asked.get("only"):
        task["corrections"] = confirming.asked_of_records()
    if (delivery := job.delivery) is not None:
        task |= {
            "folder": str(folder_of(delivery)),
            "listed": delivery.listed,
            "first_rows": str(first_rows_of(delivery)),
            "rejects": str(rejects_of(delivery)),
        }
    return task


def land(job: Job, result: Mapping[str, Any]) -> Kept:
    """Keep what a process found, and say what the job's row keeps of it.

    Raises:
        Problem: If the leads cannot be brought to the desk.
    """
    landings: Mapping[Any, Callable[[Job, Mapping[str, Any]], Kept]] = {
        Job.Kind.LOOK: _looked,
        Job.Kind.IMPORT: _imported,
        Job.Kind.SCREEN: _screened,
        Job.Kind.FORGET: _forgotten,
        Job.Kind.TRY: own_trial.keep,
        Job.Kind.REPLAY: lambda _job, found: dict(found),
    }
    return landings[job.kind](job, result)


def go_on(job: Job) -> None:
    """Ask for what follows by itself: files of a watched folder come in, and are screened."""
    delivery = job.delivery
    if delivery is None or delivery.watched is None:
        return
    delivery.refresh_from_db()
    if job.kind == Job.Kind.LOOK:
        watching.go_on(delivery)
    elif job.kind == Job.Kind.IMPORT and delivery.watched.screens == WatchedFolder.Screens.AT_ONCE:
        jobs.ask(Job.Kind.SCREEN, by=delivery.watched.by, asked={"as_of": None, "only": []})


def _looked(job: Job, result: Mapping[str, Any]) -> Kept:
    delivery = _delivery(job)
    before = delivery.explained.get("marked", 0)
    hashes, marked = result["hashes"], result["marked"]
    with transaction.atomic():
        delivery.files.filter(path__in=marked).delete()
        for _file in marked:  # noted without name and content
            facts = {"reason": "secrecy_mark"}
            tell("findings.delivery.refused", delivery, by=job.asked_by, facts=facts)
        files = list(delivery.files.filter(path__in=hashes))
        for file in files:
            file.sha256 = hashes[file.path]
        DeliveredFile.objects.bulk_update(files, ["sha256"], batch_size=500)
        delivery.explained = {name: result[name] for name in ("sheets", "refused", "passed_over")}
        delivery.explained["marked"] = len(marked) + before
        delivery.save(update_fields=["explained"])
    return {"sheets": len(result["sheets"])}


def _imported(job: Job, result: Mapping[str, Any]) -> Kept:
    account = result["account"]
    sums = sums_of(account)
    facts = {**sums, "batch": result["batch"], "snapshot": account["snapshot"]}
    if job.delivery is None:  # spellings accepted into the register
        with transaction.atomic():
            tell("findings.spellings.accepted", job, by=job.asked_by, facts=facts)
        return facts
    delivery = job.delivery
    with transaction.atomic():
        delivery.state, delivery.in_at = Delivery.State.IN, timezone.now()
        delivery.account, delivery.batch = account, result["batch"]
        delivery.save(update_fields=["state", "in_at", "account", "batch"])
        facts["request"] = delivery.request.number if delivery.request else ""
        tell("findings.delivery.imported", delivery, by=job.asked_by, facts=facts)
        asked.told("arrived", delivery, job.asked_by)
    remove_files(delivery)
    return facts


def sums_of(account: Mapping[str, Any]) -> dict[str, int]:
    """Return the sums of an account over its sheets: in = kept + rejected + duplicates + withheld."""
    sheets = account.get("sheets", ())
    return {
        "rows_in": sum(sheet["rows_in"] for sheet in sheets),
        "kept": sum(sheet["kept"].get(sheet["counted"], 0) for sheet in sheets),
        "rejected": sum(sheet["rejected"] for sheet in sheets),
        "duplicates": sum(sheet["duplicates"] for sheet in sheets),
        "withheld": sum(sum(sheet["withheld"].values()) for sheet in sheets),
    }


def _screened(job: Job, result: Mapping[str, Any]) -> Kept:
    run = kept_run(result["run"])
    other = other_uses(reads_of(result.get("reads", {})))
    kept = {"run": run.id, "leads": dict(run.leads), "findings": run.findings, "trial": bool(run.only)}
    kept["other_uses"] = other
    if run.only:  # only some rules: counted and kept in the home, and no lead of it reaches the desk
        with transaction.atomic():
            facts = {**kept, "rules": list(run.only), "other_uses": len(other)}
            tell("findings.screening.tried", job, by=job.asked_by, facts=facts)
        return kept
    screening = read_in(run, by=job.asked_by)
    _note_other_uses(screening, other, job)
    own_rules.note_unfit(result.get("unfit", {}))
    own_cards.follow(screening)
    return {**kept, "screening": screening.pk, "corrections": confirming.compare_open(run)}


def _note_other_uses(screening: Screening, other: list[dict[str, Any]], job: Job) -> None:
    """Keep with a screening which rules read data that was asked for other watches; an entry names them."""
    with transaction.atomic():
        Screening.objects.filter(pk=screening.pk).update(other_uses=other)
        if other:
            facts = {"run": screening.run, "rules": [[one["rule"], one["requests"]] for one in other]}
            tell("findings.screening.other_uses", screening, by=job.asked_by, facts=facts)


def _forgotten(job: Job, result: Mapping[str, Any]) -> Kept:
    order = Forgetting.objects.get(job=job)
    deletion = result["record"]
    with transaction.atomic():
        order.standing, order.record = Forgetting.Standing.DONE, deletion
        order.save(update_fields=["standing", "record"])
        if order.batch:
            gone = Delivery.objects.filter(batch=order.batch)
            for delivery in gone:
                rejects_of(delivery).unlink(missing_ok=True)
                asked.told("deleted", delivery, order.asked_by)
            gone.update(state=Delivery.State.DELETED, deletion=deletion)
        facts = {
            "what": deletion["what"], "rows": deletion["rows"], "no": deletion["id"], "runs": result["runs"],
            "asked_by": order.asked_by_id,
        }  # fmt: skip
        tell("findings.records.deleted", order, by=order.decided_by, facts=facts)
    return {"no": deletion["id"]}


def _delivery(job: Job) -> Delivery:
    assert job.delivery is not None
    return job.delivery
