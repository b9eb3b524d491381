"""Reading (查询): the answers under a code, and what can be said to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from qingfeng.public.counter import codes, filing, house, tickets
from qingfeng.public.counter.following import Followed, Part, followed
from qingfeng.public.counter.letters import NAME_OFF, OBJECT, RATE, REEXAMINE, REPLY, REVIEW, Letter
from qingfeng.public.counter.limits import limits
from qingfeng.public.counter.steps import LINE_NAMES, clean
from qingfeng.public.counter.views.speaking import page, speaks
from qingfeng.public.counter.views.writing import proof_parts, receipt

OPENED = "opened"  # a ticket of a page whose code was right: it is not asked for work again
RATINGS: dict[int, str | Promise] = {
    5: gettext_lazy("Satisfied"),
    4: gettext_lazy("Rather satisfied"),
    3: gettext_lazy("In between"),
    2: gettext_lazy("Rather not satisfied"),
    1: gettext_lazy("Not satisfied"),
}
ASKED: dict[str, tuple[str | Promise, str | Promise]] = {
    REPLY: (gettext_lazy("Write to the office"), gettext_lazy("Answer a question, or add something new.")),
    OBJECT: (
        gettext_lazy("Say what is wrong"),
        gettext_lazy("Say which point you do not agree with, and why."),
    ),
    REVIEW: (
        gettext_lazy("Ask for a review"),
        gettext_lazy("A higher office looks at the opinion again. You have 30 days after receiving it."),
    ),
    REEXAMINE: (
        gettext_lazy("Ask for a re-examination"),
        gettext_lazy(
            "The office above the reviewing one decides finally. You have 30 days after its opinion."
        ),
    ),
    RATE: (
        gettext_lazy("Say how satisfied you are"),
        gettext_lazy(
            "The counter asks this, not whoever handled it. An office's share is shown from five answers on."
        ),
    ),
    NAME_OFF: (
        gettext_lazy("Take my name off"),
        gettext_lazy("From now on the office treats what you wrote as anonymous, as far as the law allows."),
    ),
}


STATES: dict[str, str | Promise] = {
    "": gettext_lazy("Not yet decided whether it is taken up"),
    "accepted": gettext_lazy("Taken up, in hand"),
    "opinion": gettext_lazy("There is a written opinion"),
    "review_opinion": gettext_lazy("There is an opinion after review"),
    "closed": pgettext_lazy("counter", "Closed"),
}


@dataclass(frozen=True)
class Word:
    """What somebody wants to say, and of which part of their letter; `part` is "" for the first."""

    says: str
    part: str

    @property
    def go(self) -> str:
        """What a button sends for it."""
        return f"{self.says}:{self.part}" if self.part else self.says


@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, lang: str) -> HttpResponse:
    """Ask for a code; show what it opens; take what is said to it."""
    if request.method != "POST":
        return _ask(request, lang)
    typed = codes.read(request.POST.get("code", ""))
    verb, says, part = (*request.POST.get("go", "open").split(":", 2), "", "")[:3]
    opened = tickets.read(request.POST.get("opened", ""), OPENED, typed.encode())
    if opened is None:
        if wrong := codes.miscounted(typed):
            return _ask(request, lang, errors={"code": wrong})
        refused = _not_yet(request, lang, typed)
        if refused is not None:
            return refused
    found = followed(typed)
    if found is None:
        wrong = _("Nothing can be opened with this code. Look at each sign, and try again.")
        return _ask(request, lang, errors={"code": wrong})
    if verb in ("say", "send") and tickets.is_spent(request.POST.get("ticket", ""), tickets.WRITE):
        return _shown(request, lang, found, is_sent=True)  # what was written stands on the page
    if verb not in ("say", "send") or says not in found.may_say(part):
        return _shown(request, lang, found)
    word = Word(says, part)
    if verb == "send":
        return _send(request, lang, found, word)
    is_typed = request.POST.get("text") or request.POST.get("rating")
    unsent = _("Your words are kept. They were not sent yet.") if is_typed else ""
    return _say(request, lang, found, word, said=unsent)


def _ask(request: HttpRequest, lang: str, *, errors: dict[str, str] | None = None) -> HttpResponse:
    """Ask for a code; words that were typed before it had to be asked for again are carried along."""
    context = {
        "ticket": tickets.give(tickets.READ),
        "typed": codes.shown(codes.read(request.POST.get("code", ""))),
        "errors": errors or {},
        **_words(request),
    }
    return page(request, "follow", lang, status=422 if errors else 200, **context)


def _words(request: HttpRequest) -> dict[str, Any]:
    """Return what a form about an opened code carries: its words, and the page that shows them again."""
    go = request.POST.get("go", "open")
    held = [(name, request.POST.get(name, "")) for name in ("text", "rating")]
    hidden = [(name, value) for name, value in held if value]
    again = f"say:{go.partition(':')[2]}" if hidden and ":" in go else "open"
    return {"hidden": hidden, "go": again}


def _not_yet(request: HttpRequest, lang: str, typed: str) -> HttpResponse | None:
    """Return the page shown instead while the ticket has not been earned; each opens one code once."""
    ticket = tickets.read(request.POST.get("ticket", ""), tickets.READ)
    if ticket is None:
        again = _("This page had been open too long. Type the code once more.")
        return _ask(request, lang, errors={"code": again})
    if ticket.seconds and not ticket.is_worked(request.POST.get("work", "")):
        words = _words(request)
        words["hidden"].insert(0, ("code", typed))
        return page(request, "wait", lang, ticket=ticket, at="", action="follow", **words)
    if not _spent(request, ticket):
        again = _("This page was used already. Type the code once more.")
        return _ask(request, lang, errors={"code": again})
    return None


def _spent(request: HttpRequest, ticket: tickets.Ticket) -> bool:
    """Use a ticket up, once for a request however often it is answered while the database is away.

    Where the connection goes while the mark is set nobody knows whether it is: whoever waited is believed.
    """
    is_ours = getattr(request, "has_spent", False)
    try:
        is_ours = tickets.spend(ticket) or is_ours
    except (OperationalError, InterfaceError):
        is_ours = True
        raise
    finally:
        request.has_spent = is_ours
    return is_ours


def _shown(request: HttpRequest, lang: str, found: Followed, *, is_sent: bool = False) -> HttpResponse:
    return page(
        request,
        "followed",
        lang,
        found=found,
        is_sent=is_sent,
        line=LINE_NAMES[found.line],
        code=codes.shown(found.code),
        parts=[(part, _steps(found, part), STATES.get(part.state)) for part in found.parts],
        **_carried(found),
        **proof_parts(found.arrival),
    )


def _steps(found: Followed, part: Part) -> list[tuple[str, str | Promise, str | Promise]]:
    """Return what can be said to a part: key, name, hint of each; the name goes off all, after all else."""
    return [(Word(key, part.key).go, *ASKED[key]) for key in found.may_say(part.key)]


def _carried(found: Followed) -> dict[str, Any]:
    opened = tickets.give(OPENED, found.code.encode())
    return {"hidden": [("code", found.code), ("opened", opened.text)]}


def _say(
    request: HttpRequest,
    lang: str,
    found: Followed,
    word: Word,
    *,
    errors: dict[str, str] | None = None,
    said: str = "",
) -> HttpResponse:
    name, hint = ASKED[word.says]
    context = {
        "found": found,
        "says": word.says,
        "go": word.go,
        "part": next((one for one in found.parts if one.key and one.key == word.part), None),
        "title": name,
        "hint": hint,
        "ratings": RATINGS.items(),
        "text": request.POST.get("text", ""),
        "rating": request.POST.get("rating", ""),
        "ticket": tickets.give(tickets.WRITE, f"{found.code}/{found.later}".encode()),
        "limits": limits(),
        "errors": errors or {},
        "said": said,
        **_carried(found),
    }
    return page(request, "say", lang, status=422 if errors else 200, **context)


def _send(request: HttpRequest, lang: str, found: Followed, word: Word) -> HttpResponse:
    says, text = word.says, clean(request.POST.get("text", ""))
    rating = request.POST.get("rating", "")
    errors = _trouble(says, text, rating)
    if found.is_full:
        errors["text"] = _("So many letters were written under this code that no more fit. Write a new one.")
    if errors:
        return _say(request, lang, found, word, errors=errors)
    ticket = tickets.read(
        request.POST.get("ticket", ""), tickets.WRITE, f"{found.code}/{found.later}".encode()
    )
    if ticket is None:
        again = _("This page had been open too long. Look once more and send it.")
        return _say(request, lang, found, word, said=again)
    if ticket.seconds and not ticket.is_worked(request.POST.get("work", "")):
        hidden = [*_carried(found)["hidden"], ("text", text), ("rating", rating)]
        go = f"send:{word.go}"
        return page(request, "wait", lang, ticket=ticket, hidden=hidden, at="", action="follow", go=go)
    keys = house.house()
    letter = Letter(
        line=found.line,
        text=_in_words(says, text, rating),
        excludes=found.excludes,
        answers_to=found.arrival.number,
        says=says,
        part=word.part,
        rating=int(rating) if says == RATE else 0,
    )
    to = house.fitting(keys, found.to) if keys else [bytes.fromhex(one) for one in found.to]
    filed = filing.file_letter(letter, to, ticket=ticket, code=found.code, place=found.later + 1)
    return receipt(request, lang, filed, is_later=True)


def _in_words(says: str, text: str, rating: str) -> str:
    """Return what the office reads, in its language: what is asked for stands in front of the words."""
    if says == REPLY:
        return text
    with translation.override("zh-hans"):
        named = str(ASKED[says][0]) if says != RATE else f"{ASKED[says][0]}：{RATINGS[int(rating)]}"
    return f"【{named}】{text}"


def _trouble(says: str, text: str, rating: str) -> dict[str, str]:
    most = limits().text_characters
    if says == RATE and rating not in {str(one) for one in RATINGS}:
        return {"rating": _("Choose one of the five.")}
    if not text and says not in (RATE, NAME_OFF):
        return {"text": _("Write what you want to say.")}
    if len(text) > most:
        return {"text": _("At most %(most)s characters fit here.") % {"most": most}}
    return {}
