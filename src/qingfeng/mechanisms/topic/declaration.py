"""Topic proposal (选题建议): from small data to a large decision, and a look at what came of it.

小数据形成大决策. Drawn from petitions, clues, verified doubts, prone areas, pattern cards and letters, by
field of work and kind of office. What stands out is a question; a meeting decides; later somebody looks
whether it came as was expected.

Law:
    No national text fixes the figures; each is a setting of the district. rights.md 1, 3, 22.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Opens, Role, Slip, Stage
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.topic import fields, gates

SHEET = Slip("sheet", _("Topic proposal"), "选题建议书", "选题")
LOOKED = Slip("looked", _("Record of a look at what a topic came to"), "选题成效回看记录", "选题回看")

PARTIES = (
    Role("analyst", _("Data analyst"), term="数据分析员", office=("analyst",)),
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("studier", _("Those who study it"), term="研究人员", least=2),
)

STAGES = (
    Stage("proposed", _("Topic being proposed"), "提出选题"),
    Stage("handed_in", _("To be studied"), "专题研究"),
    Stage("studied", _("Studied, to be decided on"), "会议决策"),
    Stage("waiting", _("Put off"), "暂缓，待再议"),
    Stage("followed", _("Decided, being carried out"), "已决策，跟踪成效"),
    Stage("looked_at", _("Looked back on"), "已回看成效"),
    Stage("closed", _("Topic closed"), "办结", open=False),
    Stage("refused", _("Topic not taken up"), "不予采用", open=False),
    Stage("dropped", _("Proposal taken back"), "撤回选题", open=False),
)

LEADERS = ("deputy", "principal")
PROPOSERS = ("analyst", "case_supervisor", "head")
ASSIGNERS = (*PROPOSERS, *LEADERS)

OPENS = (
    Opens("campaign", "leads_to", always=True, when_holds=gates.to_campaign, if_there=True),
    Opens("recommendation", "leads_to", always=True, when_holds=gates.to_letter, if_there=True),
    Opens("rule_made", "leads_to", always=True, when_holds=gates.to_rule, if_there=True),
)
"""What a decision opens, where its room stands."""

ACTS = (
    Act("set_hands", _("Name who studies it"), by=ASSIGNERS, from_=("proposed", "handed_in"),
        asks=fields.HANDS, names=("studier",), gates=(RECUSAL_CHECKED,)),
    Act("amend", _("Mend the proposal"), by=ASSIGNERS, from_="proposed", asks=fields.PROPOSAL,
        gates=(gates.NAMES_NOBODY, gates.DAYS_FIT)),
    Act("count", _("Have the house count the numbers"), by=ASSIGNERS, from_="proposed",
        gates=(gates.FILLED_IN,), enters=(Entry("numbers", "counted"),), computes="topic.numbers"),
    Act("hand_in", _("Hand the proposal in"), by=ASSIGNERS, from_="proposed", to="handed_in",
        gates=(gates.COUNTED, gates.TWO_STUDY), prints=(SHEET,), stops="hand_in", starts="study"),
    Act("drop", _("Take the proposal back"), by=ASSIGNERS, from_="proposed", to="dropped", reason=True,
        stops="hand_in"),
    Act("study", _("Record the study"), by="studier", from_="handed_in", to="studied", asks=fields.STUDY,
        gates=(gates.TWO_STUDY,), second=True, stops="study", starts="decide"),
    Act("send_back", _("Send the proposal back"), by=("studier", *LEADERS), from_=("handed_in", "studied"),
        to="proposed", reason=True, stops=("study", "decide"), starts="hand_in"),
    Act("decide", _("Record the decision to act"), by=LEADERS, from_="studied", to="followed",
        asks=fields.DECISION, not_by=("studier",), opens=OPENS, stops="decide", starts="look_again",
        on_paper=True, meeting=True),
    Act("refuse", _("Record that nothing follows"), by=LEADERS, from_="studied", to="refused",
        asks=fields.REFUSED, not_by=("studier",), stops="decide", on_paper=True, meeting=True),
    Act("put_off", _("Put it off to a later day"), by=LEADERS, from_="studied", to="waiting",
        asks=fields.PUT_OFF, not_by=("studier",), stops="decide", starts="again", on_paper=True,
        meeting=True),
    Act("take_up", _("Take the topic up again"), by=ASSIGNERS, from_="waiting", to="proposed",
        stops="again", starts="hand_in"),
    Act("let_go", _("Let the topic rest for good"), by=LEADERS, from_="waiting", to="refused", reason=True,
        stops="again"),
    Act("take_yields", _("Take in what came of it"), by=("studier", *ASSIGNERS), from_="followed",
        enters=(Entry("yields", "taken"),), computes="topic.yields"),
    Act("look_again", _("Look at what came of it"), by=("studier", "case_supervisor"), from_="followed",
        to="looked_at", asks=fields.LOOK_AGAIN, gates=(gates.YIELDS_TAKEN,), prints=(LOOKED,), second=True,
        stops="look_again", starts="close"),
    Act("close", _("Close the topic"), by=LEADERS, from_="looked_at", to="closed", not_by=("studier",),
        stops="close", on_paper=True, meeting=True),
)  # fmt: skip

OWES = ("head", "deputy")

CLOCKS = (
    Clock("hand_in", _("Hand the proposal in, or take it back"), months=1, starts="open",
          law=gates.PRACTICE, setting="topic.hand_in", bears="analyst", escalates=OWES),
    Clock("study", _("Study the topic"), months=1, law=gates.PRACTICE, setting="topic.study",
          bears="studier", escalates=OWES),
    Clock("decide", _("Decide on the topic"), months=1, law=gates.PRACTICE, setting="topic.decide",
          bears="deputy", escalates=("principal",)),
    Clock("again", _("Look at the topic again"), until="again_on", law=gates.PRACTICE, bears="analyst",
          escalates=OWES),
    Clock("look_again", _("See what came of the topic"), months=12, law=gates.PRACTICE,
          setting="topic.look_again", bears="studier", escalates=OWES),
    Clock("close", _("Close the topic"), months=1, law=gates.PRACTICE, setting="topic.close",
          bears="deputy", escalates=("principal",)),
)  # fmt: skip

LEDGERS = (
    Ledger("numbers", _("Numbers behind it"), "数据依据", fields.NUMBER, (("counted", _("counted")),),
           ("counted",)),
    Ledger("yields", _("What came of it"), "实际成效", fields.YIELD, (("taken", _("taken in")),), ("taken",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Topics by field and stage"), by=("area", "stage")),
    Figure("handed_in", _("Topics handed in"), counts="acts:hand_in", by=("area",)),
    Figure("decided", _("Topics on which something was begun"), counts="acts:decide", by=("decision",)),
    Figure("refused", _("Topics of which nothing follows"), counts="acts:refuse", by=("area",)),
    Figure("looked_at", _("Topics looked back on"), counts="acts:look_again", by=("area",)),
    Figure("as_expected", _("Share of these that came as expected, or better"), counts="acts:look_again",
           by=("area",), where=(("against", ("more", "as")),), share_of="looked_at"),
    Figure("days_to_decision", _("Days from proposal to decision"), counts="median_days:open:decide"),
    Figure("studied_in_time", _("Topics studied in time"), counts="clocks:study"),
)  # fmt: skip

TOPIC = Mechanism(
    key="topic",
    name=_("Topic proposal"),
    term="选题建议",
    purpose=_("Turn what small data ask into a question for a meeting, and see later what came of it."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=ASSIGNERS,
    asks=fields.PROPOSAL,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="选题",
    keywords=("area", "office_kind", "decision", "against"),
    gates=(gates.NAMES_NOBODY, gates.DAYS_FIT),
)
