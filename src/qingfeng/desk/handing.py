"""The form of an act or of opening, as a page hands it in: fields, parts, ledger lines, files, paper.

One Django form holds the declared fields and what every act may ask besides; ledger lines are small
forms of their own. The door judges; this only reads a page and puts its answer back beside the fields.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from qingfeng.desk.directory import PERSON, Directory
from qingfeng.desk.fitting import Asked, Fitting, Picked, fit, line_choices, long_text
from qingfeng.desk.offers import Missing, missing
from qingfeng.desk.proposing import proposed
from qingfeng.desk.storing import store_uploads
from qingfeng.desk.values import Names, say
from qingfeng.desk.widgets import Files, Pick
from qingfeng.matters import leading_on
from qingfeng.matters.answers import Refusal
from qingfeng.matters.forms import DayField, FilesField, MatterForm, form_class
from qingfeng.matters.models import LedgerLine
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Paper
from qingfeng.matters.vocabulary import Entry, Field, Gate, Ledger, Role
from qingfeng.organization.viewer import Viewer

MOST_LINES = 50


@dataclass(frozen=True)
class LineForm:
    """One ledger line in a form: a new one, or an existing one that may be changed."""

    form: MatterForm
    no: int
    line: LedgerLine | None = None
    is_on: bool = False
    state: str = ""
    words: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True)
class LedgerPart:
    """What a form does to one ledger: add lines, or change those in some states."""

    entry: Entry
    ledger: Ledger
    lines: list[LineForm]

    @property
    def is_new(self) -> bool:
        """Whether lines are added."""
        return not self.entry.from_

    @property
    def ident(self) -> str:
        """Id of its element, for fragments."""
        return f"{'lines' if self.is_new else 'changes'}-{self.ledger.key}"


@dataclass
class Handed:
    """A form in the hands of somebody: shown, read, and shown again with what is wrong."""

    viewer: Viewer
    asked: Asked
    data: QueryDict | None = None
    extra: Mapping[str, forms.Field] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    key: str = ""
    seen: int = 0
    begun: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def blank(
        cls,
        viewer: Viewer,
        asked: Asked,
        *,
        extra: Mapping[str, forms.Field] | None = None,
        begun: Mapping[str, Any] | None = None,
    ) -> Handed:
        """Return a form to be filled in, with a key that lets it act once; `begun` is what stands in it."""
        seen = asked.matter.revision if asked.matter else 0
        return cls(viewer, asked, None, extra or {}, {}, secrets.token_urlsafe(24), seen, begun=begun or {})

    @classmethod
    def read(
        cls, request: HttpRequest, asked: Asked, *, extra: Mapping[str, forms.Field] | None = None
    ) -> Handed:
        """Return a form that was sent; its files are stored first and stay with it when it comes back."""
        data = request.POST.copy()
        problems = store_uploads(request, data)
        key = data.get("act-key", "")[:64] or secrets.token_urlsafe(24)
        seen = data.get("act-seen", "")
        return cls(
            request.viewer, asked, data, extra or {}, problems, key, int(seen) if seen.isdigit() else 0
        )

    @cached_property
    def directory(self) -> Directory:
        """Who can be named."""
        return Directory(self.viewer)

    @cached_property
    def fitting(self) -> Fitting:
        """What the controls of the form need."""
        return Fitting(self.directory, self.viewer.account_id, self.data, line_choices(self.asked))

    @cached_property
    def form(self) -> MatterForm:
        """The form of everything but ledger lines."""
        matter = self.asked.matter
        known = {
            one.key
            for one in self.asked.fields
            if one.kind not in {"file", "files", "line"} and not one.sealed
        }
        begun = matter.facts if matter else self.begun
        initial = {key: value for key, value in begun.items() if key in known}
        made = form_class(self.asked.fields)(self.data, initial=initial, use_required_attribute=False)
        fit(made, self.asked.fields, self.fitting)
        made.fields = {**self.extra, **made.fields}
        for role in self.asked.roles:
            made.fields[f"party-{role.key}"] = self._party(role)
        act = self.asked.act
        if act and act.reason:
            made.fields["act-reason"] = long_text(
                _("Reason"), _("Say why, in a sentence others will understand.")
            )
        offered = leading_on.offered(act)
        if offered:
            choices = [(one.mechanism, mechanism(one.mechanism).name) for one in offered]
            made.fields["act-opens"] = forms.MultipleChoiceField(
                label=_("Open with it"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        for gate in self.asked.overridable:
            made.fields[f"override-{gate.key}"] = long_text(
                str(gate.says), _("You may go on all the same if you say why."), needed=False
            )
        if self.asked.from_paper:
            made.fields |= self._paper_fields()
        self._put_problems(made)
        return made

    def _party(self, role: Role) -> forms.Field:
        many = role.most is None or role.most > 1
        boxes = self.fitting.boxes(f"party-{role.key}", least=max(role.least, 1)) if many else 1
        help_text = _("At least %(least)s.") % {"least": role.least} if role.least > 1 else ""
        made = Picked(label=role.name, required=role.least > 0, help_text=help_text)
        most = role.most or MOST_LINES
        made.widget = Pick(self.directory, role.kind, boxes=min(boxes, most), many=many, label=role.name)
        return made

    def _paper_fields(self) -> dict[str, forms.Field]:
        signer = Picked(label=_("Who signed"), help_text=_("The person whose signature stands on the sheet."))
        signer.widget = Pick(self.directory, PERSON)
        scan = FilesField(label=_("Scan of the signed sheet"))
        scan.widget = Files(self.viewer.account_id)
        return {
            "paper-person": signer,
            "paper-on": DayField(label=_("Signed on"), least=None, most=0),
            "paper": scan,
        }

    def _put_problems(self, made: MatterForm) -> None:
        if self.data is None or self.is_growing:
            return
        made.full_clean()  # reads every control, so that each knows what was typed that is not on its list
        for name, bound in made.fields.items():
            for said in getattr(bound.widget, "wrong", ()):
                if name not in self.problems:
                    self.problems[name] = said
        for name, said in self.problems.items():
            if name in made.fields:
                made._errors.pop(name, None)  # noqa: SLF001
                made.add_error(name, said)

    @property
    def lists(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The lists that the form's controls choose from, each once."""
        forms_here = [self.form, *(one.form for part in self.ledgers for one in part.lines)]
        kinds = {
            one.widget.kind
            for form in forms_here
            for one in form.fields.values()
            if isinstance(one.widget, Pick)
        }
        return [(kind, self.directory.list_of(kind)) for kind in sorted(kinds)]

    @property
    def is_growing(self) -> bool:
        """Whether the person only asked for one more line or box."""
        return self.data is not None and "add" in self.data

    @cached_property
    def ledgers(self) -> list[LedgerPart]:
        """What the act does to ledgers, apart from lines that its own fields make or the house finds."""
        act = self.asked.act
        if act is None or not self.asked.declared.asks_lines(act):
            return []
        asked = {one.key for one in act.asks}
        has_number = any(one.kind == "line" for one in act.asks)
        parts = []
        for entry in act.enters:
            ledger = self.asked.declared.ledger(entry.ledger)
            own = {one.key for one in ledger.fields} & asked
            if not entry.from_ and not own:
                parts.append(LedgerPart(entry, ledger, self._new_lines(ledger, entry)))
            elif entry.from_ and not has_number:
                parts.append(LedgerPart(entry, ledger, self._changes(ledger, entry)))
        return parts

    def _new_lines(self, ledger: Ledger, entry: Entry) -> list[LineForm]:
        act = self.asked.act
        begins = proposed(self.viewer, self.asked.matter, act.key) if act and self.data is None else {}
        told = begins.get(ledger.key, ())
        count = max(entry.least, len(told), 1)
        if self.data is not None:
            sent = self.data.get(f"rows-{ledger.key}", "")
            count = max(int(sent) if sent.isdigit() else 0, count)
            count += self.data.get("add") == f"lines-{ledger.key}"
        made = []
        for no in range(1, min(count, MOST_LINES) + 1):
            needed = no <= entry.least
            initial = told[no - 1] if no <= len(told) else None
            form = self._line_form(
                entry.asks(ledger), f"line-{ledger.key}-{no}", initial=initial, empty=not needed
            )
            made.append(LineForm(form, no))
        return made

    def _changes(self, ledger: Ledger, entry: Entry) -> list[LineForm]:
        there = [one for one in self.asked.lines if one.ledger == ledger.key]
        lines = [one for one in there if entry.changes(one.state, one.facts)]
        names = Names.of((one, line.facts.get(one.key)) for line in lines for one in ledger.fields)
        states = dict(ledger.states)
        made = []
        for line in lines:
            prefix = f"change-{ledger.key}-{line.no}"
            is_on = self.data.get(f"{prefix}-on") == "1" if self.data is not None else len(lines) == 1
            form = self._line_form(entry.asks(ledger), prefix, initial=line.facts, empty=not is_on)
            words = tuple(
                (one.name, say(one, line.facts.get(one.key), names))
                for one in ledger.fields
                if not one.sealed
            )
            state = str(states.get(line.state, line.state))
            made.append(LineForm(form, line.no, line, is_on, state, tuple(pair for pair in words if pair[1])))
        return made

    def _line_form(
        self, asks: tuple[Field, ...], prefix: str, *, initial: Any = None, empty: bool
    ) -> MatterForm:
        form = form_class(asks)(
            self.data,
            prefix=prefix,
            initial=initial or {},
            empty_permitted=empty,
            use_required_attribute=False,
        )
        fit(form, asks, self.fitting)
        if self.is_growing:
            form._errors = forms.utils.ErrorDict()  # noqa: SLF001 - one more line was asked for: nothing is wrong yet
        for name, said in self.problems.items():
            if name.startswith(f"{prefix}-") and form.errors is not None:
                form.add_error(name.removeprefix(f"{prefix}-"), said)
        return form

    @property
    def is_valid(self) -> bool:
        """Whether the page itself finds nothing wrong; the door judges after it."""
        changed = [
            one.form
            for part in self.ledgers
            for one in part.lines
            if (one.is_on if one.line else one.form.has_changed())
        ]
        needed = [
            one.form
            for part in self.ledgers
            if part.is_new
            for one in part.lines
            if one.no <= part.entry.least
        ]
        every = {id(one): one for one in (self.form, *changed, *needed)}
        return not [one for one in every.values() if not one.is_valid()]

    def sheet(self) -> dict[str, Any]:
        """Return what the door takes, as `Sheet` has it, and the paper."""
        cleaned = self.form.cleaned_data
        facts = {**self.form.facts(), **self.form.sealed()}
        lines, changes, files = self._lines()
        paper = None
        if self.asked.from_paper:
            paper = Paper(cleaned["paper-person"][0], cleaned["paper-on"])
            files["paper"] = cleaned["paper"]
        sheet = {
            "facts": facts,
            "parties": {role.key: cleaned[f"party-{role.key}"] for role in self.asked.roles},
            "lines": lines,
            "changes": changes,
            "files": files,
            "reason": cleaned.get("act-reason", ""),
            "opens": tuple(cleaned.get("act-opens", ())),
            "overrides": {
                gate.key: cleaned[f"override-{gate.key}"]
                for gate in self.asked.overridable
                if cleaned.get(f"override-{gate.key}")
            },
        }
        return {**sheet, "paper": paper} if paper else sheet

    def _lines(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, list[int]]]:
        lines: dict[str, list[Any]] = {}
        changes: dict[str, dict[int, Any]] = {}
        for part in self.ledgers:
            for one in part.lines:
                if one.line is not None and one.is_on:
                    changes.setdefault(part.ledger.key, {})[one.no] = one.form.facts()
                elif one.line is None and one.form.has_changed():
                    lines.setdefault(part.ledger.key, []).append(one.form.facts())
        return lines, changes, {}

    def put_back(self, refusal: Refusal) -> list[str]:
        """Put what the door said beside the fields; return what belongs to no field."""
        left = []
        places = {"reason": "act-reason", "signed_on": "paper-on"}
        for name, said in refusal.errors.items():
            at = places.get(name, name)
            at = f"party-{name}" if f"party-{name}" in self.form.fields else at
            if at in self.form.fields:
                self.form.add_error(at, list(said))
            elif not self._put_in_line(name, said):
                left += [str(one) for one in said]
        return left

    def _put_in_line(self, name: str, said: Iterable[Any]) -> bool:
        ledger, _dot, rest = name.partition(".")
        place, _dot, key = rest.partition(".")
        for part in self.ledgers:
            if part.ledger.key == ledger and place.isdigit():
                filled = [one for one in part.lines if one.line or one.form.has_changed()]
                for at, one in enumerate(filled, start=1):
                    if (one.no if one.line else at) == int(place):
                        one.form.add_error(key if key in one.form.fields else None, list(said))
                        return True
        return False


def unmet(gates: Iterable[Gate], keys: Iterable[str]) -> list[Missing]:
    """Return the gates of an act that have one of the keys, in words."""
    wanted = set(keys)
    return list(missing([gate for gate in gates if gate.key in wanted]))
