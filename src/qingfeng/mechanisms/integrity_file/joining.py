"""What the house does for an integrity file: it takes in what is on record, and takes out what has no effect.

It reads posts and closed talks with the person; never reports, clues, cases or leads.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.counting import months_after
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Post, PostRole

LEADING = ("unit_head", "team_member", "dept_head")
DROP_MONTHS = "integrity_file.drop_months"
CHECK_MONTHS = "integrity_file.check_months"
KEEP_MONTHS = "integrity_file.keep_months"
TALK = "talk"


def _person(matter: Matter) -> int:
    return int(
        matter.parties.values_list("person_id", flat=True).get(role="subject_head", until_at=None) or 0
    )


def _leading_posts(person: int) -> list[Post]:
    """Return the posts of somebody that give or gave a leading role, oldest first."""
    roles = PostRole.objects.filter(post__person=person, role__in=LEADING)
    return list(Post.objects.filter(pk__in=roles.values("post")).select_related("unit"))


def _holds(person: int) -> bool:
    held = PostRole.objects.held_on(today()).filter(post__person=person, role__in=LEADING)
    return held.filter(post__in=Post.objects.held_on(today())).exists()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _new_offices(matter: Matter, posts: Iterable[Post]) -> list[dict[str, Any]]:
    there = {
        (one.facts.get("office_unit"), one.facts.get("office_title"), one.facts.get("office_from"))
        for one in matter.lines.filter(ledger="offices")
    }
    return [
        {
            "office_unit": post.unit_id,
            "office_title": post.title,
            "office_from": post.from_on.isoformat(),
            "office_until": _iso(post.until_on),
        }
        for post in posts
        if (post.unit_id, post.title, post.from_on.isoformat()) not in there
    ]


def begin(matter: Matter, _sheet: Sheet) -> Found:
    """Find the leading posts of the person, and whether one is held today; nothing where none is."""
    person = _person(matter)
    if not _holds(person):
        return Found(told={"holds_leading_post": False})
    lines = _new_offices(matter, _leading_posts(person))
    facts = {"check_by": _after(today(), CHECK_MONTHS)}
    return Found(lines={"offices": lines}, told={"holds_leading_post": True}, facts=facts)


def check(_matter: Matter, _sheet: Sheet) -> Found:
    """Find the day until which the file is checked next."""
    return Found(facts={"check_by": _after(today(), CHECK_MONTHS)})


def _after(day: date, months: str) -> str:
    """Return the day so many months later, as the district has it in a setting."""
    return months_after(day, int(setting(months))).isoformat()


def take_in(matter: Matter, _sheet: Sheet) -> Found:
    """Find posts that began or ended and talks that were closed since; nothing where there are none."""
    person = _person(matter)
    posts = _leading_posts(person)
    offices, talks = _new_offices(matter, posts), _new_talks(matter, person)
    ended = {}
    until = {(one.unit_id, one.title, one.from_on.isoformat()): one.until_on for one in posts}
    for line in matter.lines.filter(ledger="offices", state="held"):
        key = tuple(line.facts.get(name) for name in ("office_unit", "office_title", "office_from"))
        last = until.get(key)
        if last and last < today():
            ended[line.no] = {"office_until": last.isoformat()}
    if not (offices or talks or ended):
        return Found()
    changes = {"offices": ended} if ended else {}
    return Found(lines={"offices": offices, "talks": talks}, changes=changes)


def _new_talks(matter: Matter, person: int) -> list[dict[str, Any]]:
    there = {one.facts.get("talk_no") for one in matter.lines.filter(ledger="talks")}
    closed = Matter.objects.filter(
        mechanism=TALK,
        stage="closed",
        standing=Matter.Standing.VALID,
        parties__role="subject_head",
        parties__person=person,
        parties__until_at=None,
    ).exclude(number__in=there)
    return [
        {
            "talk_no": one.number,
            "talk_type": one.facts.get("talk_kind"),
            "talked_on": one.facts.get("held_on"),
            "issues_kept": one.lines.filter(ledger="issues", state="confirmed").count(),
        }
        for one in closed.order_by("opened_at", "pk")
    ]


def effects(matter: Matter, _sheet: Sheet) -> Found:
    """Find the penalties whose effects have ended; nothing where there are none."""
    return _penalties(matter, "in_force", today())


def dropped(matter: Matter, _sheet: Sheet) -> Found:
    """Find the penalties whose effects ended so long ago that they go out of the file."""
    return _penalties(matter, "ended", months_after(today(), -int(setting(DROP_MONTHS))))


def _penalties(matter: Matter, state: str, before: date) -> Found:
    over: dict[int, dict[str, Any]] = {
        line.no: {}
        for line in matter.lines.filter(ledger="penalties", state=state)
        if str(line.facts.get("effects_until") or "9999") < before.isoformat()
    }
    return Found(changes={"penalties": over}) if over else Found()


def readers(matter: Matter, _sheet: Sheet) -> Found:
    """Find who may still read the file; nothing while it is the same."""
    now = set(matter.parties.filter(role="reader", until_at=None).values_list("person_id", flat=True))
    asked = Performance.objects.filter(matter=matter, act="consult", undone_by=None, by__in=now)
    on = today().isoformat()
    still = {
        one.by_id
        for one in asked
        for _ledger, _no, _state, facts in one.entered.get("lines", ())
        if str(facts.get("read_until") or "") >= on
    }
    return Found(parties={"reader": sorted(still & now)}) if now - still else Found()


def leave(_matter: Matter, sheet: Sheet) -> Found:
    """Find until when the file is retained, from the day that was entered."""
    given = str(sheet.facts.get("left_on") or "")[:10]
    try:
        return Found(facts={"keep_until": _after(date.fromisoformat(given), KEEP_MONTHS)})
    except ValueError:
        return Found()  # the form says what is wrong with the day


def left(matter: Matter, _sheet: Sheet) -> Found:
    """Find the day on which the last leading post on record was left; nothing while one is held."""
    person = _person(matter)
    last = [one.until_on for one in _leading_posts(person) if one.until_on]
    if _holds(person) or not last:
        return Found()
    day = max(last)
    return Found(facts={"left_on": day.isoformat(), "keep_until": _after(day, KEEP_MONTHS)})


def remove(matter: Matter, _sheet: Sheet) -> Found:
    """Take every line out of view: the file has come to its end."""
    lines: dict[str, dict[int, dict[str, Any]]] = {}
    for line in matter.lines.exclude(state="removed"):
        lines.setdefault(line.ledger, {})[line.no] = {}
    return Found(changes=lines)


def join() -> None:
    """Let the kernel ask this room at its acts; register its setting; called once, at start-up."""
    for function in (begin, check, take_in, effects, dropped, readers, leave, left, remove):
        find_with(f"integrity_file.{function.__name__}", function)
    register(
        Choice(
            DROP_MONTHS,
            gettext_noop("Months after which a penalty without effect goes out of an integrity file"),
            6,
            gettext_noop("months"),
            gettext_noop("Until then it is shown as ended; after that nobody sees it in the file."),
            "[proposal]",
            0,
            60,
        ),
        Choice(
            CHECK_MONTHS,
            gettext_noop("Months after which an integrity file is checked again"),
            12,
            gettext_noop("months"),
            gettext_noop("The person is given the card each time."),
            "[proposal]",
            3,
            24,
        ),
        Choice(
            KEEP_MONTHS,
            gettext_noop("Months for which an integrity file is retained after the post was left"),
            24,
            gettext_noop("months"),
            gettext_noop("After that it is closed, and nobody sees anything of it."),
            "[proposal]",
            0,
            120,
        ),
    )
