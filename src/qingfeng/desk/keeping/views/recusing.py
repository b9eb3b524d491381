"""Recusal (回避): asked for by oneself, or decided by those who keep the matter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.directory import Directory
from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask, crumbs_of
from qingfeng.desk.keeping.doors import is_staff, needs
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.desk.views.ground import seen_or_404
from qingfeng.matters import access, guarding, keeping
from qingfeng.matters.vocabulary import Law, Mechanism
from qingfeng.organization.models import Person

LAW = (Law("监察法", "Art. 67"), Law("信访工作条例", "Art. 28"))


class Recuse(fields.Form):
    """Who must not see the matter any more, and why."""

    def __init__(self, seen: Seen, *args: Any, may_decide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_decide:
            self.fields["person"] = fields.person(
                Directory(seen.viewer),
                _("Who is recused"),
                help_text=_("Leave it empty to ask for your own recusal."),
                needed=False,
            )
        self.fields["ground"] = fields.long_text(
            pgettext("keeping", "Ground"),
            help_text=_("Near relative, witness, interest, or another doubt of impartiality."),
        )


@needs(is_staff)
def recuse(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Ask for one's own recusal; who keeps the matter may decide that of somebody else.

    Law:
        监察法 Art. 67
    """
    seen = seen_or_404(request, kind, slug)
    may_decide = keeping.may_keep(seen.viewer, seen.matter)
    asked = Asked(
        title=_("Recusal"),
        button=_("Recuse"),
        back=address(seen.matter),
        crumbs=crumbs_of(seen, (_("Recusal"), "")),
        lead=seen.title,
        says=(
            _("From then on the matter does not exist for that person: no page, no list, no search."),
            _("The parts that the person has on it end; name somebody else for them."),
            _("; ").join(str(one) for one in LAW),
        ),
        sure=lambda form: (
            _("%(person)s sees nothing of %(number)s from now on.")
            % {"person": _who(seen, form.cleaned_data), "number": seen.matter.number},
        ),
        done=_("The recusal is on record."),
        after=lambda _made: address(seen.matter) if access.may_see(seen.viewer, seen.matter) else "/",
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Recuse(seen, data, may_decide=may_decide),
        asked,
        lambda given: guarding.recuse(seen.matter, _who(seen, given), given["ground"], by=seen.viewer),
    )


def _who(seen: Seen, given: dict[str, Any]) -> Person:
    """Return whose recusal it is: whoever was chosen, else the viewer."""
    return Person.objects.get(pk=given.get("person") or seen.viewer.person_id)
