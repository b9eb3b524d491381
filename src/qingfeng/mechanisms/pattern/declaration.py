"""Pattern card (规律卡): one case dealt with, one kind of pattern learnt, one field put in order.

查处一个案件、总结一类规律、治理一个领域. What the house does by itself (a rule written, tried, put into use,
the sweep over all units, the months after it, what verifiers found) is entered here by the house.

Law:
    No national text fixes the figures; each is a setting of the district. rights.md 3, 22.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.pattern import fields, gates

CARD = Slip("card", _("Pattern card"), "规律卡", "规律卡")
LOOK_BACK = Slip("look_back", _("Record of a look back on a field"), "领域治理回头看记录", "领域回头看")

PARTIES = (
    Role("analyst", _("Data analyst"), term="数据分析员", office=("analyst",)),
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("keeper", _("Who fills the card"), term="填卡人"),
)

STAGES = (
    Stage("opened", _("Card opened"), "立卡"),
    Stage("filled", _("Filled, trace to be settled"), "研判数据痕迹"),
    Stage("ruled", _("A rule is being made of it"), "拟定规则并试跑"),
    Stage("swept", _("Rule in use, all units to be screened"), "全域筛查"),
    Stage("followed", _("Field being followed"), "领域跟踪"),
    Stage("closed", _("Field in order"), "办结", open=False),
    Stage("covered", _("Covered by another card"), "并入其他规律卡", open=False),
)

LEADERS = ("deputy", "principal")
ASSIGNERS = ("analyst", "case_supervisor", "head", *LEADERS)
WITH_RULE = ("ruled", "swept", "followed")
SETTLES = ("settle", "sweep", "look_back", "close")

ACTS = (
    Act("set_keeper", _("Name who fills the card"), by=ASSIGNERS, from_=("opened", "filled", "ruled"),
        asks=fields.KEEPERS, names=("keeper",), gates=(RECUSAL_CHECKED,)),
    Act("cover", _("Record that another card covers it"), by=LEADERS, from_="opened", to="covered",
        reason=True, stops="fill", on_paper=True),
    Act("fill", _("Fill the card"), by="keeper", from_=("opened", "filled"), to="filled", asks=fields.CARD,
        gates=(gates.NAMES_NOBODY, gates.TRACE_TOLD), prints=(CARD,), stops="fill", starts="settle"),
    Act("link_rule", _("A rule is written for the card"), by="clock", from_=("filled", "ruled"), to="ruled",
        asks=fields.RULE, enters=(Entry("rules", "written", least=1),)),
    Act("note_rule", _("The rule was tried or proposed"), by="clock", from_=WITH_RULE,
        enters=(Entry("rules", "tried"),)),
    Act("use_rule", _("The rule is put into use"), by="clock", from_=WITH_RULE, to="swept",
        asks=fields.RULE, enters=(Entry("rules", "in_use", least=1),), stops=SETTLES, starts="sweep"),
    Act("drop_rule", _("The rule is taken out of use"), by="clock", from_=WITH_RULE, to="filled",
        enters=(Entry("rules", "dropped", least=1),), stops=SETTLES, starts="settle"),
    Act("reject_trace", _("Reject the trace with reasons"), by=("head", *LEADERS),
        from_=("filled", "ruled"), to="filled", asks=fields.REJECTED, not_by=("keeper",), on_paper=True,
        meeting=True),
    Act("follow", _("Follow the field without a rule"), by=("keeper", *ASSIGNERS), from_="filled",
        to="followed", asks=fields.FOLLOWED, gates=(gates.TRACE_SETTLED,), stops="settle",
        starts="look_back"),
    Act("note_sweep", _("All units were screened"), by="clock", from_="swept", to="followed",
        asks=fields.SWEPT, stops="sweep", starts="look_back"),
    Act("note_month", _("The figures of a month"), by="clock", from_="followed",
        enters=(Entry("months", "counted", least=1),)),
    Act("note_hit", _("A verification of the rule was decided"), by="clock", from_=("swept", "followed"),
        enters=(Entry("hits", "decided", least=1),)),
    Act("look_back", _("Look back on the field"), by=("keeper", "analyst", "case_supervisor"),
        from_="followed", asks=fields.LOOK_BACK, prints=(LOOK_BACK,), second=True, stops="look_back",
        starts="close"),
    Act("take_up", _("Take the card up again"), by=LEADERS, from_="followed", to="filled", reason=True,
        stops=("look_back", "close"), starts="settle", when=gates.came_back),
    Act("close", _("Close the card"), by=("head", *LEADERS), from_="followed", to="closed",
        gates=(gates.LOOKED_BACK, gates.HELD, gates.TRACE_SETTLED), not_by=("keeper",),
        stops=("look_back", "close"), on_paper=True, meeting=True),
)  # fmt: skip

OWES = ("head", "deputy")

CLOCKS = (
    Clock("fill", _("Fill the card"), months=1, starts="open", law=gates.PRACTICE, setting="pattern.fill",
          bears="keeper", escalates=OWES),
    Clock("settle", _("Make a rule of the trace, or reject it"), months=2, law=gates.PRACTICE,
          setting="pattern.settle", bears="analyst", escalates=OWES),
    Clock("sweep", _("Screen all units with the rule"), months=1, law=gates.PRACTICE,
          setting="pattern.sweep", bears="analyst", escalates=OWES),
    Clock("look_back", _("Look back on the field"), until="follow_until", law=gates.PRACTICE, bears="keeper",
          escalates=OWES),
    Clock("close", _("Close the card, or take it up again"), months=2, law=gates.PRACTICE,
          setting="pattern.close", bears="head", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("rules", _("Rules made of the trace"), "规则登记", fields.RULE_LINE,
           (("written", _("written")), ("tried", _("tried or proposed")), ("in_use", _("put into use")),
            ("dropped", _("taken out of use"))), ("written", "tried", "in_use", "dropped")),
    Ledger("months", _("Figures of the field by month"), "领域逐月情况", fields.MONTH,
           (("counted", _("counted")),), ("counted",)),
    Ledger("hits", _("Verifications of the rule's leads"), "规则疑点核查情况", fields.HIT,
           (("decided", _("decided")),), ("decided",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Pattern cards by field and stage"), by=("area", "stage")),
    Figure("filled", _("Cards filled"), counts="acts:fill", by=("area",)),
    Figure("traces", _("Share of these with a trace in data"), counts="acts:fill", by=("area",),
           where=(("data_trace", "yes"),), share_of="filled"),
    Figure("ruled", _("Share of cards whose rule was put into use"), counts="acts:use_rule", by=("area",),
           share_of="filled"),
    Figure("rejected", _("Traces rejected with reasons"), counts="acts:reject_trace", by=("area",)),
    Figure("swept", _("Sweeps over all units"), counts="acts:note_sweep", by=("area",)),
    Figure("hits", _("Verifications of the cards' rules that were decided"), counts="ledger:hits",
           by=("area",)),
    Figure("looked_back", _("Looks back on a field"), counts="acts:look_back", by=("area",)),
    Figure("recurred", _("Share of these in which the same came back within 24 months"),
           counts="acts:look_back", by=("area",), where=(("recurred", "yes"),), share_of="looked_back"),
    Figure("settled_in_time", _("Traces settled in time"), counts="clocks:settle"),
    Figure("days_to_rule", _("Days from the card to its rule"), counts="median_days:fill:use_rule"),
)  # fmt: skip

PATTERN = Mechanism(
    key="pattern",
    name=_("Pattern card"),
    term="规律卡",
    purpose=_("Learn one kind of pattern from a case, make a rule of its trace, and put the field in order."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=ASSIGNERS,
    asks=fields.OPENING,
    names=("keeper",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="规律",
    keywords=("area", "data_trace", "rule_id", "recurred"),
)
