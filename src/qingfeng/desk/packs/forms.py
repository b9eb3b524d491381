"""What the pages of packs ask: which tasks with which rows, a sealed file, what stands on a signed sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from qingfeng.desk.keeping import fields
from qingfeng.desk.packs.contents import Contents, Row, Task
from qingfeng.desk.packs.kinds import NUMBER, kinds, spoken
from qingfeng.desk.packs.leaving import MOST_DAYS, MOST_ROWS, Source
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.returning import LARGEST, LONG, SHORT, Result
from qingfeng.desk.packs.verification import Evidence, TaskLine
from qingfeng.desk.widgets import Files
from qingfeng.matters.forms import form_class, stored
from qingfeng.matters.registry import mechanism
from qingfeng.matters.today import today
from qingfeng.matters.vocabulary import Field
from qingfeng.organization.models import Person

USUAL_DAYS = 7
MOST_QUESTIONS = 20
MOMENT = "%Y-%m-%dT%H:%M"


class TakeAlong(fields.Form):
    """Which tasks are taken along, by whom, until when, and which rows each of them needs."""

    def __init__(
        self,
        tasks: Sequence[TaskLine],
        evidence: Sequence[Evidence],
        people: Sequence[Person],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tasks, self.evidence, self.people = tasks, evidence, people
        choices = [("", "—"), *((one.pk, str(one)) for one in people)]
        self.fields["carrier"] = forms.TypedChoiceField(
            label=_("Who takes it along"), choices=choices, coerce=int
        )
        self.fields["companion"] = forms.TypedChoiceField(
            label=_("Who goes along"), choices=choices, coerce=int, help_text=_("Always two, both verifiers.")
        )
        self.fields["expires_on"] = fields.day(
            _("Use it until"),
            help_text=_("At most thirty days."),
            initial=today() + timedelta(days=USUAL_DAYS),
        )
        self.fieldsets: list[Any] = [(_("The pack"), ["carrier", "companion", "expires_on"])]
        for one in tasks:
            self._add(one)

    def _add(self, one: TaskLine) -> None:
        no, kind = one.no, kinds()[one.kind]
        rows = forms.MultipleChoiceField(
            label=_("Rows it needs"),
            choices=[(row.key, row.words) for row in self.evidence],
            initial=[row.key for row in self.evidence if row.table in kind.rows],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Only what this task needs: these rows leave the building, nothing else does."),
        )
        made: dict[str, forms.Field] = {
            f"on-{no}": forms.BooleanField(
                label=_("Take this task along"), required=False, initial=len(self.tasks) == 1
            ),
            **({f"rows-{no}": rows} if self.evidence else {}),
            f"place-{no}": forms.BooleanField(
                label=_("It is about the place: keep where photographs were taken"), required=False
            ),
            f"asks-{no}": fields.long_text(
                _("Questions besides the usual ones"),
                help_text=_("One a line. Name no source and no rule: others may read the sheet."),
                needed=False,
            ),
        }
        self.fields |= made
        self.fieldsets.append((f"{no} · {one.words}"[:120], list(made), one.where))

    def clean(self) -> dict[str, Any]:
        """Refuse a pack without a task, with one person twice, past its day, or too large."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("carrier") and given.get("carrier") == given.get("companion"):
            self.add_error("companion", _("Two different people go."))
        last = given.get("expires_on")
        if last and not 0 <= (last - today()).days <= MOST_DAYS:
            self.add_error("expires_on", _("Choose a day from today on, within thirty days."))
        chosen = [one for one in self.tasks if given.get(f"on-{one.no}")]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one task."))
        if sum(len(given.get(f"rows-{one.no}", ())) for one in chosen) > MOST_ROWS:
            raise forms.ValidationError(
                _("Too many rows for one pack: at most %(most)s.") % {"most": MOST_ROWS}
            )
        going = {given.get("carrier"), given.get("companion")}
        for one in chosen:
            if None not in going and not going <= set(one.who):
                self.add_error(
                    f"on-{one.no}", _("This task was given to others: change who goes, or the task.")
                )
            if len(_lines(given.get(f"asks-{one.no}", ""))) > MOST_QUESTIONS:
                self.add_error(f"asks-{one.no}", _("At most %(most)s questions.") % {"most": MOST_QUESTIONS})
        return given

    def chosen(self) -> tuple[list[Task], list[Source], tuple[Person, Person]]:
        """Return the tasks with their rows, where the rows stand, and the two who go."""
        given, tasks, sources = self.cleaned_data, [], []
        for one in self.tasks:
            if not given[f"on-{one.no}"]:
                continue
            wanted = set(given.get(f"rows-{one.no}", ()))
            rows = [row for row in self.evidence if row.key in wanted]
            sources += [Source(one.no, row.table, row.file, row.sheet, row.row) for row in rows]
            tasks.append(
                Task(
                    no=one.no,
                    kind=one.kind,
                    purpose=one.purpose,
                    authority=one.authority,
                    where=one.where,
                    when=one.when,
                    about_place=given[f"place-{one.no}"],
                    rows=tuple(Row(row.term, row.for_task(one.kind)) for row in rows),
                    questions=_lines(given[f"asks-{one.no}"]),
                )
            )
        by_key = {one.pk: one for one in self.people}
        return tasks, sources, (by_key[given["carrier"]], by_key[given["companion"]])


class Sealed(fields.Form):
    """The sealed file that the form saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("Sealed file"),
            help_text=_("The file that the form saved, ending in .qfp."),
            widget=forms.FileInput(attrs={"accept": ".qfp"}),
            error_messages={"required": _("Choose the sealed file."), "empty": _("The file is empty.")},
        )

    def clean_file(self) -> Any:
        """Refuse a file that no form can have saved, before it is read."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than any pack can be."))
        return given


class OnPaper(fields.Form):
    """What stands on the signed sheets, task by task, with their scan."""

    def __init__(self, contents: Contents, pack: Pack, account: int | None, data: Any = None) -> None:
        super().__init__(data)
        self.contents = contents
        self.declared = mechanism(pack.matter.mechanism, pack.matter.version)
        self.fields["scan"] = fields.FileIds(
            label=_("Scan of the signed sheets"),
            widget=Files(account),
            help_text=_("All pages of this pack."),
        )
        self.fieldsets: list[Any] = [(_("The sheets"), ["scan"])]
        for task in contents.tasks:
            made = self._fields_of(task)
            self.fields |= made
            self.fieldsets.append(
                (f"{task.no} · {spoken(kinds()[task.kind].name)}", list(made), task.purpose)
            )

    def _fields_of(self, task: Task) -> dict[str, forms.Field]:
        no = task.no
        moment = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        made: dict[str, forms.Field] = {
            f"done-{no}": forms.BooleanField(label=_("It was done: enter its sheet"), required=False),
            f"present-{no}": forms.MultipleChoiceField(
                label=_("Verifiers who signed"),
                choices=[(name, name) for name in self.contents.carriers],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            f"at-{no}": forms.DateTimeField(
                label=_("When it was done"), required=False, widget=moment, input_formats=[MOMENT]
            ),
        }
        for place in range(self._papers(task)):
            for key, one in form_class(self._asked(task))().fields.items():
                one.required = False
                one.label = f"{place + 1}. {one.label}" if self._papers(task) > 1 else one.label
                made[f"{key}-{no}-{place}"] = one
        for place, words in enumerate(task.questions):
            made[f"own{place}-{no}"] = fields.long_text(words, needed=False, most=LONG)
        made[f"found-{no}"] = fields.long_text(_("Result as it stands on the sheet"), needed=False, most=LONG)
        return made

    def _asked(self, task: Task) -> list[Field]:
        """Return what the record form of a task asks, but for the number of the task."""
        return [one for one in self.declared.ledger(kinds()[task.kind].ledger).fields if one.key != NUMBER]

    def _papers(self, task: Task) -> int:
        return kinds()[task.kind].papers

    def _filled(self, task: Task, given: Mapping[str, Any]) -> list[int]:
        """Return the places of the record forms that were filled in; the first one always counts."""
        keys = [one.key for one in self._asked(task)]
        places = range(self._papers(task))
        return [at for at in places if at == 0 or any(given.get(f"{key}-{task.no}-{at}") for key in keys)]

    def clean(self) -> dict[str, Any]:
        """Refuse a sheet without two signatures, without a day, or with gaps."""
        given: dict[str, Any] = super().clean() or {}
        filled = [task for task in self.contents.tasks if given.get(f"done-{task.no}")]
        if not filled:
            raise forms.ValidationError(_("Enter the sheet of at least one task."))
        for task in filled:
            no = task.no
            if len(given.get(f"present-{no}", ())) < 2:
                self.add_error(f"present-{no}", _("Two verifiers sign a sheet."))
            if not given.get(f"at-{no}"):
                self.add_error(f"at-{no}", _("Enter day and time as they stand on the sheet."))
            needed = [one.key for one in self._asked(task) if one.needed and one.kind != "flag"]
            names = [f"{key}-{no}-{at}" for at in self._filled(task, given) for key in needed]
            for name in (*names, f"found-{no}"):
                if not given.get(name):
                    self.add_error(name, _("Write it as it stands on the sheet."))
        return given

    def results(self) -> list[Result]:
        """Return what stands on the sheets, for the tasks that were filled in."""
        given = self.cleaned_data
        return [self._result(task, given) for task in self.contents.tasks if given[f"done-{task.no}"]]

    def _result(self, task: Task, given: Mapping[str, Any]) -> Result:
        no = task.no
        return Result(
            task=task,
            is_done=True,
            present=tuple(given[f"present-{no}"]),
            at=given[f"at-{no}"].replace(tzinfo=None),
            lines=tuple(
                {one.key: stored(one, given[f"{one.key}-{no}-{at}"]) for one in self._asked(task)}
                for at in self._filled(task, given)
            ),
            own=tuple(given[f"own{place}-{no}"] for place, _words in enumerate(task.questions)),
            found=given[f"found-{no}"],
        )


class Ending(fields.Form):
    """That a pack is lost, or did not go, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("lost", _("It is lost")), ("recalled", _("It did not go, or came back unused"))]
        self.fields["state"] = forms.ChoiceField(
            label=_("What happened"), choices=choices, widget=forms.RadioSelect
        )
        self.fields["reason"] = fields.reason(
            help_text=_(
                "Of a lost pack: when and where it was last seen, sheets or device, and who was told."
            )
        )


class Code(fields.Form):
    """A code that was typed, or read from a sheet by a scanner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = fields.text(
            _("Code of the pack"),
            help_text=_("Scan the code on a sheet with a reader, or type its ten signs."),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:SHORT] for line in text.splitlines() if line.strip())
