"""A small mechanism for the kernel's own tests, and people who carry it."""

from datetime import date

from qingfeng.matters.gates import ledger_done
from qingfeng.matters.registry import forget, register
from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Entry,
    Field,
    Gate,
    Law,
    Ledger,
    Mark,
    Mechanism,
    Role,
    Stage,
)
from qingfeng.organization.models import Account, Person, Unit
from qingfeng.organization.viewer import viewer_for

PRACTICE = (Law("测试规定", mark=Mark.PROPOSAL),)

PROVED = Gate("proof", "Attach the proof to the report.", lambda seen: seen.last("report").files > 0)

ERRAND = Mechanism(
    key="errand",
    name="Errand",
    term="差事",
    purpose="Something that is carried from one desk to another.",
    number="差",
    stages=(
        Stage("received", "Received", "收件"),
        Stage("in_hand", "In hand", "办理中"),
        Stage("reported", "Reported", "报结"),
        Stage("closed", "Closed", "销号", open=False),
    ),
    parties=(
        Role("registrar", "Registrar", office=("registrar",)),
        Role("head", "Head", office=("dept_head", "deputy")),
        Role("handler", "Handlers", least=2),
        Role("receiver", "Receiving unit", kind="unit", most=1, reads=False),
        Role("subject_unit", "Unit it is about", kind="unit", least=0, subject=True),
    ),
    opened_by=("registrar",),
    asks=(
        Field("matter", "Matter", "long"),
        Field("upward_due_on", "Due upwards", "day", needed=False),
        Field("amount", "Amount", "money", needed=False),
    ),
    names=("receiver", "subject_unit"),
    acts=(
        Act("dispatch", "Dispatch", by="registrar", from_="received", to="in_hand", names=("handler",),
            starts="handle", stops="take_up"),
        Act("note", "Note progress", by=("handler", "receiver"), from_="in_hand",
            asks=(Field("what", "What happened", "long"),)),
        Act("promise", "Promise", by="handler", from_="in_hand",
            enters=(Entry("promises", "owed", least=1),)),
        Act("keep", "Keep a promise", by="handler", from_="in_hand",
            asks=(Field("line", "Line", "line"),), enters=(Entry("promises", "kept", ("owed",)),)),
        Act("pause", "Pause", by="handler", from_="in_hand", pauses="handle", reason=True),
        Act("go_on", "Go on", by="handler", from_="in_hand", resumes="handle"),
        Act("extend", "Extend", by="head", from_="in_hand", extends="handle", reason=True,
            asks=(Field("days", "Days", "whole", least=1, most=60),), not_by=("handler",), on_paper=True),
        Act("report", "Report", by="handler", from_="in_hand", to="reported",
            asks=(Field("result", "Result", "long"), Field("proof", "Proof", "files", needed=False)),
            gates=(ledger_done("promises", ("kept",), "A promise has not been kept."),), starts="review"),
        Act("return", "Return", by="head", from_="reported", to="in_hand", reason=True, not_by=("handler",),
            starts="handle", stops="review"),
        Act("close", "Close", by="head", from_="reported", to="closed", not_by=("handler",), second=True,
            gates=(PROVED,), meeting=True),
        Act("expire", "Expire", by="clock", from_="received", to="closed",
            when=lambda seen: seen.facts.get("dead") is True),
    ),
    clocks=(
        Clock("take_up", "Take it up", working_days=2, starts="open", law=PRACTICE, bears="registrar",
              escalates=("head",)),
        Clock("handle", "Handle it", days=60, most_extension_days=30, extended_by="head", stops="report",
              law=PRACTICE, setting="errand.handle", bears="handler", escalates=("head",)),
        Clock("review", "Review it", working_days=3, stops="close", law=PRACTICE, bears="head"),
        Clock("upward", "Report upwards", until="upward_due_on", starts="open", stops="close", law=PRACTICE,
              bears="registrar"),
    ),
    ledgers=(
        Ledger("promises", "Promises", "承诺",
               fields=(Field("text", "Promise"), Field("due_on", "Due", "day", needed=False)),
               states=(("owed", "Owed"), ("kept", "Kept")), done=("kept",), due="due_on"),
    ),
)  # fmt: skip


def known():
    """Make the errand known with its settings; call `forget(ERRAND)` afterwards."""
    from qingfeng.matters.district import register_mechanism

    register_mechanism(register(ERRAND))


def unknown():
    forget(ERRAND)


def unit(short):
    return Unit.objects.get(short_name=short)


def who(role, *, beside=(), in_unit=None):
    """The viewer of somebody who holds a role, today, other than those in `beside`."""
    people = Person.objects.filter(posts__roles__role=role).exclude(pk__in=[one.person_id for one in beside])
    if in_unit:
        people = people.filter(posts__unit__short_name=in_unit)
    return viewer_for(people.order_by("pk").distinct()[0])


def an_errand(**others):
    """An errand just opened by the registrar, addressed to the education bureau, about nobody."""
    from qingfeng.matters.door import open_matter

    facts = {"matter": "核对公务用车台账", "amount": "1200.50", **others.pop("facts", {})}
    parties = {"receiver": [unit("区教育局")], **others.pop("parties", {})}
    by = others.pop("by", None) or who("registrar")
    done = open_matter(
        "errand", by=by, title="核对台账", owner=unit("办公室"), facts=facts, parties=parties, **others
    )
    assert done, done
    return done.matter


def two_handlers():
    here = Person.objects.filter(posts__unit__short_name="一室", posts__is_main=True)
    people = list(here.order_by("pk").distinct()[:2])
    for one in people:
        Account.objects.get_or_create(person=one, defaults={"username": f"u{one.pk}"})
    return [viewer_for(one) for one in people]


def in_hand(**others):
    """An errand that two people of room one have in hand."""
    from qingfeng.matters.door import perform

    matter = an_errand(**others)
    handlers = two_handlers()
    done = perform(
        "dispatch", matter, by=who("registrar"), parties={"handler": [one.person_id for one in handlers]}
    )
    assert done, done
    return done.matter, handlers


LONG_AGO = date(2026, 1, 5)
