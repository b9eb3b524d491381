"""Forms about leads: handing one out, proposing an exception, deciding about one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qingfeng.findings.models import Lead
from qingfeng.organization.models import Post, PostRole
from qingfeng.organization.roles import ADMINISTRATORS, ROLES
from qingfeng.organization.viewer import Viewer

YEAR = 365


def staff(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return own people who can verify, by unit, for a choice; two queries.

    Left out are the three administrators and whoever reads no lead or handed matter.
    """
    can = {key for key, role in ROLES.items() if role.is_ours and role.reads & {"leads", "handed", "matters"}}
    posts = Post.objects.held_on(on).filter(unit__is_ours=True).select_related("person", "unit")
    groups: dict[str, list[tuple[str, str]]] = {}
    named: set[int] = set()
    roles = Prefetch("roles", queryset=PostRole.objects.held_on(on))
    for post in posts.prefetch_related(roles).order_by("unit__path", "-is_main", "person__number"):
        held = {one.role for one in post.roles.all()}
        if post.person_id not in named and held & can and not held & ADMINISTRATORS:
            named.add(post.person_id)
            line = f"{post.person.name} · {post.title} ({post.person.number})"
            groups.setdefault(str(post.unit), []).append((str(post.person_id), line))
    return list(groups.items())


class Listed(forms.Select):
    """A select of very many, drawn as one text: Django draws a template for every option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw it; `choices` are single ones and groups, one level deep."""
        del renderer
        chosen = "" if value is None else str(value)
        told = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        drawn = [
            format_html('<optgroup label="{}">{}</optgroup>', key, _options(words, chosen))
            if isinstance(words, list)
            else _options([(key, words)], chosen)
            for key, words in self.choices
        ]
        return format_html("<select{}>{}</select>", flatatt(told), mark_safe("".join(drawn)))  # noqa: S308


def _options(lines: list[tuple[Any, Any]], chosen: str) -> SafeString:
    rows = ((key, mark_safe(" selected") if str(key) == chosen else "", words) for key, words in lines)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


class Assign(forms.Form):
    """Who verifies, two at least, and why where a reason is wanted."""

    first = forms.ChoiceField(widget=Listed)
    second = forms.ChoiceField(widget=Listed)
    third = forms.ChoiceField(required=False, widget=Listed)
    reason = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, on: date, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = staff(on)
        for name, label in (
            ("first", _("First verifier")),
            ("second", _("Second verifier")),
            ("third", _("A third, where wanted")),
        ):
            self.fields[name].label = label
            self.fields[name].choices = [("", "—"), *people]
        self.fields["first"].help_text = _("Whoever is recused is refused with the ground.")
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].label = _("Why it is verified all the same")
            self.fields["reason"].help_text = _("Its rule is only watched, or it names nobody.")
        else:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Refuse one person twice."""
        cleaned = super().clean() or {}
        chosen = [str(cleaned[name]) for name in ("first", "second", "third") if cleaned.get(name)]
        if len(set(chosen)) < len(chosen):
            self.add_error("second", _("Choose somebody else: two people verify a lead, never one twice."))
        cleaned["verifiers"] = [int(one) for one in chosen]
        return cleaned


class Propose(forms.Form):
    """What is excepted, until when and why."""

    rule = forms.ChoiceField()
    until_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = dict(lead.findings.values_list("rule", "title"))
        self.fields["rule"].label = _("Which rule")
        self.fields["rule"].choices = [(rule, titles.get(rule, rule)) for rule in lead.rules]
        self.fields["rule"].initial = lead.rule
        self.fields["until_on"].label = _("Last day")
        self.fields["until_on"].help_text = _("Twelve months at most; then it is proposed anew.")
        self.fields["reason"].label = _("Why the rule does not fit here")
        self.fields["reason"].help_text = _("One sentence that others will understand; no name of a person.")


class Decide(forms.Form):
    """A reason for declining or ending, which approving may go without."""

    decision = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, needed: bool, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].label = label
        self.fields["decision"].required = needed


def default_end(viewer: Viewer) -> date:
    """Return half a year from today: long enough to be useful, short enough to be looked at again."""
    return viewer.on + timedelta(days=YEAR // 2)
