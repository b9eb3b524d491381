"""Writing (递交): from the first question to the receipt, a page a question, without a session."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.documents.refusal import Refused
from qingfeng.public.counter import codes, filing, house, steps, tickets, waiting_room
from qingfeng.public.counter.in_memory import can_hold, into_memory, judged
from qingfeng.public.counter.letters import Letter
from qingfeng.public.counter.limits import limits
from qingfeng.public.counter.models import Arrival
from qingfeng.public.counter.steps import Answers
from qingfeng.public.counter.views.speaking import page, speaks
from qingfeng.public.counter.views.telling import picture_of

MOVES = ("back", "stay")


@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, lang: str) -> HttpResponse:
    """Show a question; take its answer and show the next."""
    if request.method != "POST":
        return show(request, lang, "kind", steps.read({}))
    handler = into_memory(request, limits().file_mb << 20)
    answers, at = steps.read(request.POST), request.POST.get("at", "")
    at = at if at in steps.steps_of(answers) else "kind"
    go = request.POST.get("go", "next")
    if go in MOVES or go.startswith("to:"):
        return _moved(request, lang, at, answers, go=go)
    if at == "files" and (handler.is_too_large or request.FILES or go == "add" or go.startswith("drop:")):
        return _files(request, lang, answers, is_too_large=handler.is_too_large)
    if go == "save":
        return _save(request, lang, answers)
    return _answered(request, lang, at, answers)


def show(
    request: HttpRequest,
    lang: str,
    at: str,
    answers: Answers,
    *,
    errors: dict[str, str] | None = None,
    said: str = "",
) -> HttpResponse:
    """Return the page of a step.

    Args:
        request: As it came.
        lang: `zh` or `en`.
        at: The step.
        answers: What was answered so far.
        errors: What is to be mended.
        said: A sentence at the head of the page.
    """
    order, keys = steps.steps_of(answers), house.house()
    context: dict[str, Any] = {
        "at": at,
        "title": steps.title_of(at, answers.line),
        "answers": answers,
        "hidden": answers.hidden(*steps.SHOWN[at]),
        "place": order.index(at) + 1,
        "total": len(order),
        "errors": errors or {},
        "said": said,
        "limits": limits(),
    }
    if at == "kind":
        context["lines"] = [line for line in house.LINES if house.is_open(keys, line)]
    if at == "files":
        context["can_hold"] = can_hold()
    if at == "excludes" and keys:
        names = [one.name for one in keys.custodians] if answers.line == house.REPORT else []
        others = [one for one in answers.excluded if one not in {*names, *keys.rooms}]
        chosen = [one for one in keys.rooms if one in answers.excluded]
        context |= {"custodians": names, "rooms": keys.rooms, "chosen": chosen, "others": "\n".join(others)}
    if at == "check":
        context |= {
            "ticket": tickets.give(tickets.WRITE, answers.bound),
            "line": steps.LINE_NAMES[answers.line],
        }
    return page(request, f"step_{at}", lang, status=422 if errors else 200, **context)


def _moved(request: HttpRequest, lang: str, at: str, answers: Answers, *, go: str) -> HttpResponse:
    """Show another step, or the same one in another language, as it stands."""
    if go == "stay":
        return show(request, lang, at, answers)
    if go == "back":
        return show(request, lang, steps.beside(at, answers, -1), answers)
    wanted = go.removeprefix("to:")
    wanted = wanted if wanted in steps.steps_of(answers) else "kind"
    return show(request, lang, wanted, replace(answers, back_to="check"))


def _answered(request: HttpRequest, lang: str, at: str, answers: Answers) -> HttpResponse:
    if at == "whom" and answers.whom in steps.PAPER:
        return page(request, "paper", lang, whom=answers.whom)
    errors = steps.trouble(at, answers) or _unreadable(answers, at)
    if errors:
        return show(request, lang, at, answers, errors=errors)
    if at == "check":
        return _hand_in(request, lang, answers)
    if answers.back_to == "check":
        done = replace(answers, back_to="")
        return show(request, lang, steps.first_open(done), done)
    return show(request, lang, steps.beside(at, answers, 1), answers)


def _unreadable(answers: Answers, at: str) -> dict[str, str]:
    """Say that nobody is left who could read it, or that this line is closed."""
    keys = house.house()
    if at == "kind" and not house.is_open(keys, answers.line):
        return {"line": _("This cannot be taken here at the moment. Please write on paper or come to us.")}
    if at == "excludes" and keys and not house.receivers(keys, answers.line, answers.excluded):
        return {
            "excludes": _(
                "Then nobody is left who could read it. Leave out fewer people, "
                "or write on paper to the commission above."
            )
        }
    return {}


def _files(request: HttpRequest, lang: str, answers: Answers, *, is_too_large: bool) -> HttpResponse:
    """Take enclosures into the waiting room, or take one out."""
    listed, go = answers.listed, request.POST.get("go", "")
    if go.startswith("drop:"):
        waiting_room.drop([one for one, _name in listed if one == go.removeprefix("drop:")])
        left = [(one, name) for one, name in listed if one != go.removeprefix("drop:")]
        return show(request, lang, "files", answers.with_files(left))
    taken, wrong = _taken(request, answers)
    if go == "add" and not request.FILES and not is_too_large:
        wrong.append(_("Choose a file first, or go on without one."))
    if is_too_large:
        wrong.append(_("This file is larger than %(most)s MB.") % {"most": limits().file_mb})
    answers = answers.with_files([*listed, *taken])
    if wrong:
        return show(request, lang, "files", answers, errors={"file": " ".join(dict.fromkeys(wrong))})
    if go == "next":
        return _answered(request, lang, "files", answers)
    if go == "save":
        return _save(request, lang, answers)
    return show(request, lang, "files", answers)


def _taken(request: HttpRequest, answers: Answers) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what of the files that were brought waits now (random name, file name), and what is wrong."""
    room = limits().files - len(answers.listed)
    taken: list[tuple[str, str]] = []
    wrong = []
    for brought in request.FILES.getlist("file"):
        if len(taken) >= room:
            wrong.append(
                _("There are %(most)s files already. Take one out first.") % {"most": limits().files}
            )
            break
        try:
            name, data = judged(_whole(brought), brought.name or "")
        except Refused as refusal:
            wrong.append(f"{brought.name}: {refusal.what} {refusal.then}".strip())
            continue
        if data:
            taken.append((waiting_room.put(data, answers.key), name))
    return taken, wrong


def _whole(brought: Any) -> bytes:
    """Read a file from its beginning: this may be the second time."""
    brought.seek(0)
    data: bytes = brought.read()
    return data


def _save(request: HttpRequest, lang: str, answers: Answers) -> HttpResponse:
    """Keep a draft, without its enclosures, and show the code that opens it."""
    if answers.draft:
        waiting_room.drop_draft(answers.draft)
    kept = replace(answers, files="[]", key="", draft="", back_to="")
    code = waiting_room.keep_draft(dict(kept.hidden()))
    return page(request, "saved", lang, code=codes.shown(code), limits=limits(), files=answers.listed)


@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, lang: str) -> HttpResponse:
    """Ask for the code of a draft and go on with it."""
    if request.method != "POST":
        return page(request, "draft", lang, errors={})
    typed = request.POST.get("code", "")
    held = waiting_room.draft(typed)
    if held is None:
        wrong = codes.miscounted(typed) or _(
            "There is no draft under this code. It may have run out, or a sign is wrong."
        )
        shown = codes.shown(codes.read(typed))
        return page(request, "draft", lang, errors={"code": wrong}, typed=shown, status=422)
    answers = replace(steps.read(held), draft=codes.read(typed))
    return show(request, lang, steps.first_open(answers), answers)


def _hand_in(request: HttpRequest, lang: str, answers: Answers) -> HttpResponse:
    at = steps.first_open(answers)
    if at != "check":
        return show(request, lang, at, answers, errors=steps.trouble(at, answers))
    given = request.POST.get("ticket", "")
    if (before := _before(given, answers)) is not None:
        return receipt(request, lang, before)
    ticket = tickets.read(given, tickets.WRITE, answers.bound)
    if ticket is None:
        again = _("This page had been open too long. Look once more and hand it in.")
        return show(request, lang, "check", answers, said=again)
    if ticket.seconds and not ticket.is_worked(request.POST.get("work", "")):
        return page(request, "wait", lang, ticket=ticket, hidden=answers.hidden(), at="check", action="write")
    return _file(request, lang, answers, ticket=ticket)


def _before(given: str, answers: Answers) -> filing.Filed | None:
    """Return what the same form became when it was sent before, however long ago: the same receipt."""
    ticket = tickets.read(given, tickets.WRITE, answers.bound, late=True)
    code = codes.code_from(ticket.name) if ticket else ""
    arrival = Arrival.objects.filter(code_digest=codes.digest_of(code)).first() if code else None
    return filing.Filed(arrival, code, is_new=False) if arrival else None


def _file(request: HttpRequest, lang: str, answers: Answers, *, ticket: tickets.Ticket) -> HttpResponse:
    keys = house.house()
    to = house.receivers(keys, answers.line, answers.excluded) if keys else ()
    if not to:
        at = "excludes" if house.is_open(keys, answers.line) else "kind"
        return show(request, lang, at, answers, errors=_unreadable(answers, at))
    held = [(name, waiting_room.get(one, answers.key)) for one, name in answers.listed]
    lost = [name for name, data in held if data is None]
    if lost:
        left = [(one, name) for one, name in answers.listed if name not in lost]
        wrong = _("These files waited too long and are gone; add them again: %(files)s") % {
            "files": "、".join(lost)
        }
        return show(request, lang, "files", answers.with_files(left), errors={"file": wrong})
    letter = Letter(
        line=answers.line,
        text=answers.text,
        about=answers.about,
        name=answers.name,
        contact=answers.contact,
        excludes=answers.excluded,
        files=tuple((name, data) for name, data in held if data is not None),
    )
    filed = filing.file_letter(letter, to, ticket=ticket)
    waiting_room.drop([one for one, _name in answers.listed])
    if answers.draft:
        waiting_room.drop_draft(answers.draft)
    return receipt(request, lang, filed)


def receipt(request: HttpRequest, lang: str, filed: filing.Filed, *, is_later: bool = False) -> HttpResponse:
    """Show what somebody may keep: the code, and if they wish the proof.

    Args:
        request: As it came.
        lang: `zh` or `en`.
        filed: What came of filing.
        is_later: Whether this was written under a code that is known already.
    """
    return page(
        request,
        "receipt",
        lang,
        code=codes.shown(filed.code),
        raw=filed.code,
        arrival=filed.arrival,
        is_later=is_later,
        address=request.build_absolute_uri(reverse("counter:follow", kwargs={"lang": lang})),
        **proof_parts(filed.arrival),
    )


def proof_parts(arrival: Arrival) -> dict[str, Any]:
    """Return the proof of an arrival as text, as a file that the page carries, and as a picture."""
    proof = filing.proof_of(arrival)
    if proof is None:
        return {"proof": "", "proof_file": "", "proof_code": ""}
    short = filing.short_proof(proof)
    return {
        "proof": proof.decode(),
        "proof_file": "data:text/plain;base64," + b64encode(proof).decode(),
        "proof_code": picture_of(short),
    }
