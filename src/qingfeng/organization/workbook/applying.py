"""Applying a preview in one transaction, and withdrawing it while nothing that it brought was touched."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import rfc8785
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.organization.district_settings import INTAKE_WITHDRAW_DAYS, setting
from qingfeng.organization.models import Account, Intake, Person, Post, PostRole, Unit
from qingfeng.organization.people import add_person, appoint
from qingfeng.organization.records import record
from qingfeng.organization.units import add_unit, change_unit
from qingfeng.organization.workbook.checking import ROLE_TERMS, check, day_of, split
from qingfeng.organization.workbook.columns import KIND_TERMS, LEVEL_TERMS, PEOPLE, POSTS, UNITS, YES_NO
from qingfeng.organization.workbook.reading import Row, rows_of
from qingfeng.screening.errors import Problem

MODELS: dict[str, type[models.Model]] = {"unit": Unit, "person": Person, "post": Post, "postrole": PostRole}


def _locked(intake: Intake, state: str, otherwise: str) -> Intake:
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if intake.state != state:
        raise Problem(otherwise)
    return intake


@transaction.atomic
def apply_intake(intake: Intake, *, by: Account) -> Intake:
    """Write every accepted row of a preview, in one transaction; rejected rows stay out.

    Raises:
        Problem: If it was applied already, whoever read it in would apply it, or the register has
            changed since, so that the preview no longer says what would happen.
    """
    intake = _locked(intake, "previewed", _("This import has been applied already."))
    if intake.read_by_id == by.pk:
        raise Problem(
            _("Whoever read the file in does not apply it."), then=_("The security administrator applies it.")
        )
    seen = [(row.sheet, row.number, row.action) for row in rows_of(intake)]
    rows = check(rows_of(intake))
    if seen != [(row.sheet, row.number, row.action) for row in rows]:
        raise Problem(_("The register has changed since the preview."), then=_("Read the file in again."))
    accepted = [row for row in rows if row.action == "add"]
    made = [*_write_units(accepted, by), *_write_people(accepted, by), *_write_posts(accepted, by)]
    intake.made = [_mark(row) for row in made]
    intake.state, intake.applied_by, intake.applied_at = Intake.State.APPLIED, by, timezone.now()
    intake.save()
    record("organization.intake.applied", intake, by=by, facts={"digest": intake.digest, "made": len(made)})
    return intake


def _write_units(rows: list[Row], by: Account) -> list[models.Model]:
    waiting = [row.values for row in rows if row.sheet == UNITS]
    made: dict[str, Unit] = {}
    known = {unit.name: unit for unit in Unit.objects.all()}
    while waiting:
        ready = [
            values for values in waiting if values.get("parent", "") in known or not values.get("parent")
        ]
        for values in ready:
            unit = add_unit(
                values["name"],
                KIND_TERMS[values["kind"]],
                parent=known.get(values.get("parent", "")),
                by=by,
                short_name=values.get("short_name", ""),
                level=LEVEL_TERMS.get(values.get("level", ""), Unit.Level.DISTRICT),
                number_code=values.get("number_code", ""),
                credit_code=values.get("credit_code", ""),
                is_ours=YES_NO[values.get("is_ours", "")],
                aliases=split(values.get("aliases", "")),
            )
            made[unit.name] = known[unit.name] = unit
        waiting = [values for values in waiting if values not in ready]
    for values in (row.values for row in rows if row.sheet == UNITS and row.values.get("overseen_by")):
        made[values["name"]] = change_unit(
            made[values["name"]], by=by, overseen_by=known[values["overseen_by"]]
        )
    return list(made.values())


def _write_people(rows: list[Row], by: Account) -> list[models.Model]:
    return [
        add_person(
            row.values["number"],
            row.values["name"],
            identity=(row.values.get("id_hash", ""), row.values.get("id_last4", "")),
            by=by,
        )
        for row in rows
        if row.sheet == PEOPLE
    ]


def _write_posts(rows: list[Row], by: Account) -> list[models.Model]:
    people = {person.number: person for person in Person.objects.all()}
    units = {unit.name: unit for unit in Unit.objects.all()}
    made: list[models.Model] = []
    for values in (row.values for row in rows if row.sheet == POSTS):
        post = appoint(
            people[values["number"]],
            units[values["unit"]],
            title=values["title"],
            roles=[ROLE_TERMS[term] for term in split(values.get("roles", ""))],
            from_on=day_of(values["from_on"]),
            until_on=day_of(values.get("until_on", "")),
            is_main=not YES_NO[values.get("is_second", "")],
            by=by,
        )
        made += [post, *post.roles.all()]
    return made


def _mark(row: models.Model) -> list[Any]:
    return [row._meta.model_name, row.pk, _digest(row)]  # noqa: SLF001 - Django's own way to a model's name


def _digest(row: models.Model) -> str:
    fields = row._meta.concrete_fields  # noqa: SLF001
    told = {field.attname: field.value_to_string(row) for field in fields}
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


@transaction.atomic
def withdraw_intake(intake: Intake, *, by: Account, reason: str) -> Intake:
    """Take back everything an import brought, if nothing of it has been changed or used since.

    Raises:
        Problem: If it is not applied, the days for it are over, no reason is given, or something
            was changed or is referred to.
    """
    intake = _locked(intake, "applied", _("Only an applied import can be withdrawn."))
    days = int(setting(INTAKE_WITHDRAW_DAYS))
    if intake.applied_at is None or timezone.now() > intake.applied_at + timedelta(days=days):
        raise Problem(
            _("An import can be withdrawn for %(days)s days.") % {"days": days},
            then=_("End the posts and close the units one by one."),
        )
    if not reason.strip():
        raise Problem(_("Say why the import is withdrawn."))
    for name, key, digest in reversed(intake.made):
        row = MODELS[name].objects.filter(pk=key).first()
        if row is None or _digest(row) != digest or _is_referred_to(row):
            told = {"row": str(row) if row else f"{name} {key}"}
            raise Problem(
                _("%(row)s has been changed or used since the import.") % told,
                then=_("Correct it on its page; an import is withdrawn as a whole or not at all."),
            )
        row.delete()
    intake.state, intake.withdrawn_by, intake.withdrawn_at = Intake.State.WITHDRAWN, by, timezone.now()
    intake.save()
    record(
        "organization.intake.withdrawn",
        intake,
        by=by,
        facts={"digest": intake.digest, "reason": reason.strip()},
    )
    return intake


def _is_referred_to(row: models.Model) -> bool:
    """Whether any row of any table points here, hidden relations and tables of higher floors included."""
    links = row._meta.get_fields(include_hidden=True)  # noqa: SLF001
    return any(
        link.related_model._base_manager.filter(**{link.field.name: row}).exists()  # noqa: SLF001
        for link in links
        if link.auto_created and not link.concrete and (link.one_to_many or link.one_to_one)
    )
