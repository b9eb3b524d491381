"""Matters and kinds as plain data for the API: keys as declared, days as ISO text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingfeng.desk import offers
from qingfeng.desk.exporting import own_words
from qingfeng.desk.kinds import plural
from qingfeng.desk.seen import Seen
from qingfeng.desk.values import fields_of
from qingfeng.look.outgoing import Outgoing
from qingfeng.matters import access
from qingfeng.matters.models import LEVELS, Matter
from qingfeng.matters.vocabulary import Field, Mechanism
from qingfeng.organization.viewer import Viewer

TYPED = ("title", "facts", "ledgers", "story", "links")
"""Parts of a matter that people typed, or that name another one."""


def kind(viewer: Viewer, declared: Mechanism) -> dict[str, Any]:
    """Return a kind of matter with what opening and its acts ask for."""
    return {
        "key": declared.key,
        "word": plural(declared.key),
        "name": str(declared.name),
        "term": declared.term,
        "purpose": str(declared.purpose),
        "may_open": bool(access.may_open(viewer, declared)),
        "stages": [
            {"key": one.key, "name": str(one.name), "term": one.term, "open": one.open}
            for one in declared.stages
        ],
        "asks": fields(declared.asks),
        "acts": [
            {
                "key": act.key,
                "name": str(act.name),
                "by": list(act.by),
                "from": [one.key for one in declared.stages if declared.is_from(act, one.key)],
                "even_ended": act.even_ended,
                "to": act.to,
                "asks": fields(one for one in act.asks if one.key not in act.finds),
                "names": [one for one in act.names if one not in act.finds],
                "reason": act.reason,
                "second": act.second,
                "ledgers": {
                    entry.ledger: {
                        "from": list(entry.from_),
                        "to": entry.to,
                        "columns": fields(entry.asks(declared.ledger(entry.ledger))),
                    }
                    for entry in (act.enters if declared.asks_lines(act) else ())
                },
            }
            for act in declared.acts
        ],
    }


def fields(asked: Iterable[Field]) -> list[dict[str, Any]]:
    """Return declared fields as data."""
    return [
        {
            "key": one.key,
            "name": str(one.name),
            "term": one.term,
            "kind": one.kind,
            "needed": one.needed,
            "choices": [{"value": value, "name": str(words)} for value, words in one.choices],
            "sealed": one.sealed,
        }
        for one in asked
    ]


def level(declared: Mechanism, wanted: str) -> str:
    """Return a level of confidentiality from the mechanism's own upwards; its own for anything else."""
    keys = [key for key, _words in LEVELS]
    own = declared.confidentiality.value
    return wanted if wanted in keys[keys.index(own) :] and declared.may_be(wanted) else own


def leaving(declared: Mechanism) -> Outgoing:
    """Return what searches data of a kind for words that name a source, as in every file that leaves."""
    return Outgoing(own=own_words(declared), names_sources=declared.names_sources)


def card(matter: Matter, view: str) -> dict[str, Any]:
    """Return what everybody may know of a matter; its title only where it is seen whole."""
    return {
        "kind": matter.mechanism,
        "number": matter.number,
        "slug": matter.slug,
        "stage": matter.stage,
        "standing": matter.standing,
        "is_open": matter.is_open,
        "owner": str(matter.owner),
        "opened_on": matter.opened_on.isoformat(),
        "closed_on": _iso(matter.closed_on),
        "due_on": _iso(matter.due_on),
        "revision": matter.revision,
        "view": view,
        "title": matter.title if view == "whole" else None,
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def whole(seen: Seen) -> dict[str, Any]:
    """Return a matter as far as it is seen, without what would name a source; `note` says if there was."""
    out, said = leaving(seen.declared), _whole(seen)
    said |= {part: out.values(said[part]) for part in TYPED}
    return said | {"note": out.note}


def _whole(seen: Seen) -> dict[str, Any]:
    known = fields_of(seen.declared)
    shown = {one.field.key for one in seen.facts} | {
        key for key, one in known.items() if one.kind in {"file", "files"} and seen.is_whole
    }
    own = {key: value for key, value in seen.matter.facts.items() if key in shown}
    return card(seen.matter, seen.view) | {
        "title": seen.title if seen.is_whole or seen.title == seen.matter.title else None,
        "confidentiality": seen.matter.confidentiality,
        "facts": own,
        "parties": [_party(role.key, row) for role, rows in seen.parties for row in rows],
        "clocks": [_clock(one) for one in seen.clocks],
        "ledgers": _ledgers(seen),
        "story": [_told(one) for one in reversed(seen.story)],
        "slips": [
            {
                "id": one.slip_id,
                "key": one.key,
                "number": one.slip.number.text,
                "title": one.slip.official["title"],
            }
            for one in seen.slips
        ],
        "links": [
            {
                "kind": link,
                "outward": outward,
                "number": other.number,
                "of": other.mechanism,
                "slug": other.slug,
            }
            for link, outward, other in seen.links
        ],
        "acts": _acts(seen),
    }


def _party(role: str, row: Any) -> dict[str, Any]:
    return {"role": role, "person": row.person_id, "unit": row.unit_id, "name": str(row.person or row.unit)}


def _clock(one: Any) -> dict[str, Any]:
    return {
        "key": one.run.key,
        "name": str(one.name),
        "state": one.run.state,
        "light": one.light.state,
        "started_on": _iso(one.run.started_on),
        "due_on": _iso(one.run.due_on),
        "stopped_on": _iso(one.run.stopped_on),
        "met": one.run.met,
        "working": one.working,
    }


def _ledgers(seen: Seen) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for shown in seen.ledgers:
        open_keys = {one.key for one in shown.ledger.fields if not one.sealed}
        found[shown.ledger.key] = [
            {
                "no": line.no,
                "state": line.state,
                "due_on": _iso(line.due_on),
                "is_done": line.is_done,
                "facts": {key: value for key, value in line.facts.items() if key in open_keys},
            }
            for line, *_rest in shown.lines
        ]
    return found


def _told(one: Any) -> dict[str, Any]:
    done = one.performance
    return {
        "no": done.no,
        "act": done.act,
        "name": one.title,
        "at": done.at.isoformat(),
        "by": one.who or None,
        "for": one.instead_of or None,
        "second": one.second or None,
        "as": done.as_role,
        "from": done.from_stage,
        "to": done.to_stage,
        "on_paper": done.on_paper,
        "reason": done.reason,
        "undone": done.undone_by_id is not None,
        "entered": {said.field.key: done.entered.get(said.field.key) for said in one.entered},
    }


def _acts(seen: Seen) -> list[dict[str, Any]]:
    if seen.view == "card":
        return []
    return [
        {"key": one.act.key, "name": str(one.act.name), "missing": [str(gate.reason) for gate in one.missing]}
        for one in offers.offers(seen.viewer, seen.matter)
    ]
