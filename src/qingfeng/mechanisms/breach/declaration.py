"""Breach (个人信息安全事件): personal data was disclosed, changed or lost, or may have been.

Anybody on staff reports it, the three administrators too. Who is told is decided by the principal, with the
reason where somebody is not told; it closes with what was changed.

Law:
    个人信息保护法 Art. 57. "At once" has no figure there: the days are settings of the district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Confidentiality,
    Entry,
    Figure,
    Ledger,
    Mechanism,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.breach import fields, gates

TO_AUTHORITY = Slip("authority", _("Notice of a breach to the authority"), "个人信息安全事件报告", "安全事件")
TO_PEOPLE = Slip("people", _("Notice of a breach to the people"), "个人信息安全事件告知书", "安全告知")
CLOSED = Slip("closed", _("Record of a breach"), "个人信息安全事件处置记录", "安全处置")

STAFF = (
    "registrar", "handler", "dept_head", "deputy", "principal", "reviewer", "tracker", "analyst",
    "case_supervisor", "custodian", "evaluator", "editor", "seconded",
)  # fmt: skip
ADMINISTRATORS = ("system_admin", "security_admin", "auditor")

PARTIES = (
    Role("reporter", _("Anybody on staff"), term="报告人", office=(*STAFF, *ADMINISTRATORS)),
    Role("officer", _("Who is in charge of data protection here"), term="数据保护负责人",
         office=("dept_head",), within="owner", restricted=True),
    Role("handler", _("Who deals with it"), term="处置人", least=1),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
)  # fmt: skip

STAGES = (
    Stage("noticed", _("Noticed"), "已发现"),
    Stage("contained", _("Stopped"), "已制止"),
    Stage("assessed", _("Assessed"), "已研判"),
    Stage("decided", _("Decided who is told"), "已决定告知"),
    Stage("closed", _("Closed, with what was changed"), "办结", open=False),
    Stage("no_breach", _("It was none"), "不属于安全事件", open=False),
)

LEADERS = ("deputy", "principal")
WORKING = ("officer", "handler")
UNDER_WAY = ("noticed", "contained", "assessed", "decided")

ACTS = (
    Act("assign", _("Say who deals with it"), by=("officer", *LEADERS), from_=UNDER_WAY, names=("handler",)),
    Act("contain", _("Record what was done at once"), by=WORKING, from_="noticed", to="contained",
        asks=fields.CONTAINED, stops="contain", starts="assess"),
    Act("assess", _("Say what it means for people"), by=WORKING, from_=("contained", "assessed"),
        to="assessed", asks=fields.ASSESSMENT, gates=(gates.CONTAINED,), stops="assess", starts="decide"),
    Act("no_breach", _("Record that it was none"), by=LEADERS, from_=("noticed", "contained", "assessed"),
        to="no_breach", reason=True, not_by=("handler",), stops=("contain", "assess", "decide")),
    Act("decide", _("Decide who is told"), by="principal", from_="assessed", to="decided",
        asks=fields.DECISION, gates=(gates.ASSESSED, gates.REASONS_GIVEN, gates.AUTHORITY_NAMED),
        stops="decide", starts=("tell_authority", "tell_people", "close"), on_paper=True),
    Act("tell_authority_now", _("Record that the authority was told"), by=WORKING, from_="decided",
        asks=fields.AUTHORITY_TOLD, prints=(TO_AUTHORITY,), stops="tell_authority",
        when=gates.authority_is_told),
    Act("tell_people_now", _("Record that the people were told"), by=WORKING, from_="decided",
        asks=fields.PEOPLE_TOLD, prints=(TO_PEOPLE,), stops="tell_people", when=gates.people_are_told),
    Act("list_measure", _("List a measure"), by=(*WORKING, *LEADERS), from_=UNDER_WAY,
        enters=(Entry("measures", "planned", least=1, columns=fields.PLANNED),)),
    Act("finish_measure", _("Record a measure done"), by=WORKING, from_=UNDER_WAY,
        enters=(Entry("measures", "done", ("planned",), 1, ("measure_result",)),)),
    Act("close", _("Close it"), by=LEADERS, from_="decided", to="closed", asks=fields.CLOSING,
        not_by=("handler",), gates=(gates.AUTHORITY_TOLD, gates.PEOPLE_TOLD, gates.MEASURES_LISTED,
                                    gates.MEASURES_DONE),
        prints=(CLOSED,), stops=("tell_authority", "tell_people", "close")),
)  # fmt: skip

CLOCKS = (
    Clock("contain", _("Stop the breach"), days=1, starts="open", law=gates.PRACTICE,
          setting="breach.contain", bears="officer", escalates=("deputy", "principal")),
    Clock("assess", _("Say what the breach means for people"), days=2, law=gates.PRACTICE,
          setting="breach.assess", bears="officer", escalates=("deputy", "principal")),
    Clock("decide", _("Decide who is told of the breach"), days=1, law=gates.PRACTICE,
          setting="breach.decide", bears="principal", escalates=("deputy",)),
    Clock("tell_authority", _("Tell the authority"), days=1, law=gates.PRACTICE,
          setting="breach.tell_authority", bears="officer", escalates=("deputy", "principal"),
          when=gates.authority_is_told),
    Clock("tell_people", _("Tell the people"), days=3, law=gates.PRACTICE, setting="breach.tell_people",
          bears="officer", escalates=("deputy", "principal"), when=gates.people_are_told),
    Clock("close", _("Close the breach with what was changed"), months=1, law=gates.PRACTICE,
          setting="breach.close", bears="officer", escalates=("deputy", "principal")),
)  # fmt: skip

LEDGERS = (
    Ledger("measures", _("Measures against its coming again"), "整改措施台账", fields.MEASURE,
           (("planned", _("planned")), ("done", _("done"))), ("done",), due="measure_by"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Breaches by kind and stage"), by=("breach_kind", "stage")),
    Figure("causes", _("Breaches by cause"), by=("cause",)),
    Figure("categories", _("Breaches by category of data"), by=("categories",)),
    Figure("not_told", _("Breaches of which people were not told"), where=(("tell_people", "no"),),
           share_of="all_of_them"),
    Figure("all_of_them", _("Breaches")),
    Figure("contained_in_time", _("Stopped in time"), counts="clocks:contain"),
    Figure("told_in_time", _("People told in time"), counts="clocks:tell_people"),
    Figure("measures", _("Measures listed"), counts="ledger:measures"),
)  # fmt: skip

BREACH = Mechanism(
    key="breach",
    name=_("Breach of personal data"),
    term="个人信息安全事件",
    purpose=_(
        "Personal data was disclosed, changed or lost: stop it, say what it means, tell who must know."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("reporter",),
    asks=fields.OPENING,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.AT_ONCE,
    number="安",
    keywords=("breach_kind", "cause", "severity"),
)
