"""What the pages of this room ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.organization.declarations import KINDS
from qingfeng.organization.models import Interest, OwnDay, Person, Relation, Unit
from qingfeng.organization.roles import HELD_WITHOUT_POST, ROLES


class DayField(forms.DateField):
    """A civil date, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class PersonField(forms.CharField):
    """A person, by person number; cleans to the person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, help_text=_("The person number."), **kwargs)

    def clean(self, value: Any) -> Person | None:
        """Return the person on record."""
        number = super().clean(value)
        if not number:
            return None
        person = Person.objects.filter(number=number).first()
        if person is None:
            raise forms.ValidationError(_("Nobody on record has this person number."))
        return person


class UnitField(forms.ModelChoiceField):
    """An open unit, in the order and with the depth of the tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.filter(closed_on__isnull=True), **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        """Return the name, set in by its depth."""
        return "　" * obj.depth + obj.name


class RolesField(forms.MultipleChoiceField):
    """Roles, by the field's words."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [(role.key, role.term) for role in ROLES.values() if role.key not in HELD_WITHOUT_POST]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class UnitForm(forms.ModelForm):
    """A unit, apart from its place in the tree."""

    aliases = forms.CharField(
        label=_("other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )
    overseen_by = UnitField(label=_("overseen by"), required=False)

    class Meta:
        """Fields as the unit has them."""

        model = Unit
        fields = (
            "name",
            "short_name",
            "kind",
            "level",
            "number_code",
            "credit_code",
            "is_ours",
            "overseen_by",
            "aliases",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(self.instance.aliases or [])

    def clean_aliases(self) -> list[str]:
        """Return the names, one a line."""
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]

    def validate_unique(self) -> None:
        """Leave it to the act: it says what to do."""

    def _post_clean(self) -> None:
        """Leave the unit as it is on record: the act writes it."""


class UnitAddForm(UnitForm):
    """A new unit and its place."""

    parent = UnitField(label=_("unit above"), required=False)
    field_order = ("parent", "name")


class UnitMoveForm(forms.Form):
    """Another place in the tree."""

    parent = UnitField(label=_("unit above"), required=False)


class UnitCloseForm(forms.Form):
    """The end of a unit."""

    closed_on = DayField(
        label=pgettext_lazy("unit", "closed on"), help_text=_("From this day on the unit is no more.")
    )
    merged_into = UnitField(label=_("its business goes to"), required=False)


class PersonForm(forms.Form):
    """A person on record."""

    number = forms.CharField(label=_("person number"), max_length=30)
    name = forms.CharField(label=_("person's name"), max_length=40)
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=30,
        required=False,
        help_text=_("Only a keyed digest and the last four characters are kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PersonChangeForm(PersonForm):
    """Correction of a person on record."""

    number = None


class AppointForm(forms.Form):
    """A new post."""

    unit = UnitField(label=_("unit"))
    title = forms.CharField(label=_("title of the post"), max_length=60)
    from_on = DayField(label=_("first day"), initial=timezone.localdate)
    until_on = DayField(label=_("last day"), required=False, help_text=_("The last day on which it is held."))
    is_main = forms.BooleanField(label=_("main post"), required=False, initial=True)
    roles = RolesField(label=_("roles"), required=False)


class RoleForm(forms.Form):
    """One more role of a post."""

    role = forms.ChoiceField(label=_("role"))
    from_on = DayField(label=_("first day"), initial=timezone.localdate)
    until_on = DayField(label=_("last day"), required=False, help_text=_("The last day on which it is held."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in ROLES.values() if role.key not in HELD_WITHOUT_POST]
        self.fields["role"].choices = [(role.key, role.term) for role in roles]


class EndForm(forms.Form):
    """The last day of something."""

    until_on = DayField(label=_("last day"), initial=timezone.localdate)


class AccountForm(forms.Form):
    """A new account."""

    person = PersonField(label=_("person"))
    username = forms.CharField(label=_("sign-in name"), max_length=150)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class NothingForm(forms.Form):
    """Nothing but the decision to do it."""


class RelationForm(forms.Form):
    """A relative."""

    kind = forms.ChoiceField(label=_("kind"), choices=Relation.Kind.choices)
    other = PersonField(label=_("relative on record"), required=False)
    outside_name = forms.CharField(
        label=_("or the relative's name"), max_length=40, required=False, help_text=_("Kept sealed.")
    )


class InterestForm(forms.Form):
    """What binds a person to a unit."""

    unit = UnitField(label=_("unit"))
    kind = forms.ChoiceField(label=_("kind"), choices=Interest.Kind.choices)


class StandInForm(forms.Form):
    """Standing in."""

    principal = PersonField(label=_("absent person"))
    stand_in = PersonField(label=_("who stands in"))
    kinds = forms.MultipleChoiceField(
        label=_("kinds of matters"),
        choices=lambda: sorted(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    from_on = DayField(label=_("first day"), initial=timezone.localdate)
    until_on = DayField(label=_("last day"))
    reason = forms.CharField(label=_("reason"), max_length=200)
    approved_by = PersonField(label=_("approved by"))


class DaysForm(forms.Form):
    """Days of the district's own table."""

    since = DayField(label=_("first day"))
    until = DayField(label=_("last day"))
    kind = forms.ChoiceField(label=_("kind"), choices=OwnDay.Kind.choices)
    name = forms.CharField(label=_("holiday"), max_length=20, required=False)
    announced_by = forms.CharField(
        label=_("announced by"), max_length=100, help_text=_("Name and number of the notice.")
    )


class SettingForm(forms.Form):
    """Another figure."""

    value = forms.CharField(label=pgettext_lazy("of a setting", "value"), max_length=200)
    reason = forms.CharField(label=_("reason"), max_length=200)


class WorkbookForm(forms.Form):
    """A workbook to read in."""

    workbook = forms.FileField(label=_("workbook (XLSX)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
