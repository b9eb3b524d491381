"""Void, withdraw, reopen, merge: how a matter ends apart from its own acts, and begins again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask, crumbs_of
from qingfeng.desk.keeping.doors import is_staff, kept_or_404, needs
from qingfeng.desk.keeping.numbers import matter_of, shown_title
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.matters import keeping
from qingfeng.matters.answers import Answer
from qingfeng.matters.vocabulary import Mechanism


@dataclass(frozen=True)
class End:
    """One way to end a matter, or to open it again."""

    act: Callable[..., Answer]
    name: Any
    button: Any
    says: tuple[Any, ...]
    done: Any


ENDS = {
    "void": End(
        keeping.void,
        gettext_lazy("Declare void"),
        gettext_lazy("Declare void"),
        (
            gettext_lazy("For a matter that should never have been opened."),
            gettext_lazy("Its number stays and is listed as void; its clocks stop."),
            gettext_lazy("Whoever keeps it can open it again, with a reason."),
        ),
        gettext_lazy("The matter is void; its number stays."),
    ),
    "withdraw": End(
        keeping.withdraw,
        gettext_lazy("Withdraw"),
        gettext_lazy("Withdraw"),
        (
            gettext_lazy("For a matter that was rightly opened and is not gone on with."),
            gettext_lazy("Its clocks stop; slips already sent stay as they are."),
            gettext_lazy("Whoever keeps it can open it again, with a reason."),
        ),
        gettext_lazy("The matter is withdrawn."),
    ),
    "reopen": End(
        keeping.reopen,
        pgettext_lazy("keeping", "Open again"),
        pgettext_lazy("keeping", "Open again"),
        (
            gettext_lazy("It goes back to the stage it was in before it ended."),
            gettext_lazy("Clocks that ran when it ended start anew today."),
        ),
        gettext_lazy("The matter is open again."),
    ),
}


class Why(fields.Form):
    """A reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.reason()


@needs(is_staff)
def end(request: HttpRequest, kind: Mechanism, slug: str, way: str) -> HttpResponse:
    """Void, withdraw or reopen a matter (`way`), with a reason."""
    if way not in ENDS:
        raise Http404
    seen, chosen = kept_or_404(request, kind, slug), ENDS[way]
    asked = Asked(
        title=chosen.name,
        button=chosen.button,
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (chosen.name, "")),
        lead=seen.title,
        says=chosen.says,
        done=chosen.done,
        is_danger=way != "reopen",
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Why(data),
        asked,
        lambda given: chosen.act(seen.matter, by=seen.viewer, reason=given["reason"]),
    )


class Merge(fields.Form):
    """The other matter by its number, and why."""

    def __init__(self, seen: Seen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.fields["into"] = fields.text(
            _("Number of the matter that goes on"),
            help_text=_("An open matter of the same kind that you keep as well."),
            most=60,
        )
        self.fields["reason"] = fields.reason()

    def clean_into(self) -> Any:
        """Return the matter of that number."""
        return matter_of(self.seen.viewer, self.cleaned_data["into"])


@needs(is_staff)
def merge(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Merge a matter into another one of its kind, found by its number."""
    seen = kept_or_404(request, kind, slug)
    asked = Asked(
        title=_("Merge into another matter"),
        button=_("Merge"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (_("Merge"), "")),
        lead=seen.title,
        says=(
            _("This matter ends and points to the other one; its number stays."),
            _("Its ledger lines that are not done go along; the story stays here."),
        ),
        sure=lambda form: (
            _("%(here)s ends and points to %(there)s.")
            % {"here": seen.matter.number, "there": form.cleaned_data["into"].number},
            shown_title(seen.viewer, form.cleaned_data["into"]),
            _("A merged matter cannot be opened again."),
        ),
        done=_("The matter was merged."),
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    form = Merge(seen, data)
    return ask(
        request,
        form,
        asked,
        lambda given: keeping.merge(seen.matter, given["into"], by=seen.viewer, reason=given["reason"]),
    )
