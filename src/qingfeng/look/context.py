"""What every layout asks for, worked out only where it is asked: `look` in the templates."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.look import helping, preferences
from qingfeng.look import rail as rails
from qingfeng.look.rail import Group, Shown


class Look:
    """The look of one page for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def theme(self) -> str:
        """`auto`, `light` or `dark`."""
        return preferences.chosen(self._request, preferences.THEME)

    @cached_property
    def size(self) -> str:
        """`100`, `125` or `150`, in percent."""
        return preferences.chosen(self._request, preferences.SIZE)

    @cached_property
    def themes(self) -> list[tuple[str, str]]:
        """(value, word) of every theme."""
        words = {
            "auto": pgettext("theme", "As the system"),
            "light": pgettext("theme", "Light"),
            "dark": pgettext("theme", "Dark"),
        }
        return [(value, words[value]) for value in preferences.THEME.choices]

    @cached_property
    def sizes(self) -> list[tuple[str, str]]:
        """(value, word) of every size of text."""
        return [(value, f"{value}%") for value in preferences.SIZE.choices]

    @cached_property
    def rail(self) -> list[Group]:
        """The rail of this person."""
        return rails.entries_for(self._request)

    @cached_property
    def personal(self) -> list[Shown]:
        """What stands under this person's name."""
        return rails.personal_for(self._request)

    @cached_property
    def bell(self) -> Shown | None:
        """The bell of this person."""
        return rails.bell_for(self._request)

    @cached_property
    def search(self) -> str | None:
        """Address of the search, None where there is none, as for the three administrators."""
        viewer = getattr(self._request, "viewer", None)
        return None if viewer and viewer.is_administrator else rails.address("desk:search")

    @cached_property
    def suggest(self) -> str | None:
        """Address that the search box asks while one types, None where there is none."""
        return rails.address("desk:suggest")

    @cached_property
    def help(self) -> Any:
        """What is said beside this page, None for nothing."""
        return helping.help_for(self._request)

    @cached_property
    def go(self) -> list[tuple[str, Any]]:
        """Letters that lead somewhere after `g`, with where."""
        shown = [one for group in self.rail for one in group.entries]
        found = [(one.key, one.name) for one in shown if one.key]
        return [*found, (self.bell.key, _("My notices"))] if self.bell else found

    @cached_property
    def sign_out(self) -> str | None:
        """Address that signs out."""
        return rails.address("account_logout")

    @cached_property
    def here(self) -> str:
        """Where a switch leads back to: this address with its query; the start if it was sent by a form."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @cached_property
    def name(self) -> str:
        """Name of the person signed in, empty for nobody."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        return str(getattr(user, "name", "") or user.get_full_name() or user.get_username())

    @cached_property
    def post(self) -> str:
        """Post that the person acts in (`post_words` of the account), empty if none is known."""
        return str(getattr(getattr(self._request, "user", None), "post_words", "") or "")

    @cached_property
    def words(self) -> dict[str, str]:
        """What scripts say, in this person's language."""
        return {
            "draft_found": _("There is a draft of this form on this machine that was not sent."),
            "draft_in_house": _("There is a draft of this form that you began in another browser."),
            "draft_restore": _("Restore the draft"),
            "draft_drop": _("Discard it"),
            "draft_restored": _("The draft was put back into the form."),
            "draft_dropped": _("The draft was discarded."),
            "undo": _("Undo"),
        }


def look(request: HttpRequest) -> dict[str, Look]:
    """Context processor: `look.theme`, `look.size`, `look.rail`, `look.name`, ..."""
    return {"look": Look(request)}
