"""Report on prone areas (易发区分析报告): cells as counted on a day, controls for each, reviewed, published.

The cells come from the house, never by hand: only the suggested control of a line is written. Nothing is
published that names somebody, says what is hidden, or calls a hit verified. The next quarter's report opens
by itself.

Law:
    No national text fixes the figures; each is a setting of the district. rights.md 1, 2, 22.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Opens, Role, Slip, Stage
from qingfeng.mechanisms.prone_report import fields, gates

REPORT = Slip("report", _("Report on prone areas"), "易发区分析报告", "易发区")
PUBLIC = Slip("open", _("Public part of a report on prone areas"), "易发区情况通报", "易发通报",
              anonymous=True)  # fmt: skip

PARTIES = (
    Role("analyst", _("Data analyst"), term="数据分析员", office=("analyst",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
)

STAGES = (
    Stage("opened", _("To be counted"), "待计算"),
    Stage("counted", _("Counted, controls being suggested"), "研提管控建议"),
    Stage("submitted", _("To be reviewed"), "待审核"),
    Stage("reviewed", _("Reviewed, to be approved"), "待审批"),
    Stage("approved", _("Approved, to be published"), "待发布"),
    Stage("published", _("Published"), "已发布",
          rests=_("The next quarter's report opens by itself and ends this one.")),
    Stage("followed", _("Followed by the next quarter's"), "下季接续", open=False),
    Stage("ended", _("No report after it"), "停止编发", open=False),
    Stage("dropped", _("Not made"), "不编发", open=False),
)  # fmt: skip

LEADERS = ("deputy", "principal")
WRITERS = ("analyst", "head")
WRITTEN_ON = ("taken", "controlled")
LINES = tuple(Entry(one, "controlled", WRITTEN_ON, 0, ("control",)) for one in ("kinds", "spots"))

ACTS = (
    Act("take_cells", _("Have the house count the cells"), by=WRITERS, from_="opened", to="counted",
        asks=(*fields.QUARTER, *fields.COUNTED), finds=fields.FOUND,
        computes="prone_report.cells", stops="take_cells", starts="submit",
        enters=(Entry("kinds", "taken", columns=fields.TAKEN), Entry("spots", "taken", columns=fields.TAKEN),
                Entry("unseen", "taken"))),
    Act("suggest", _("Suggest controls"), by=WRITERS, from_="counted", enters=LINES),
    Act("draft", _("Write the report"), by=WRITERS, from_="counted", asks=fields.DRAFT),
    Act("submit", _("Submit the report"), by=WRITERS, from_="counted", to="submitted",
        gates=(gates.COUNTED, gates.DRAFTED, gates.CONTROLS_GIVEN, *gates.TEXT_IS_CLEAN),
        computes="prone_report.check", second=True, stops="submit", starts="review"),
    Act("review", _("Review the report"), by=("head", "deputy"), from_="submitted", to="reviewed",
        asks=fields.OPINION, not_by=("analyst",), stops="review", starts="approve"),
    Act("send_back", _("Send the report back"), by=("head", *LEADERS), from_=("submitted", "reviewed"),
        to="counted", reason=True, stops=("review", "approve"), starts="submit"),
    Act("approve", _("Approve the report"), by=LEADERS, from_="reviewed", to="approved",
        asks=fields.APPROVAL, gates=gates.TEXT_IS_CLEAN, computes="prone_report.check",
        stops="approve", starts="publish", on_paper=True, meeting=True),
    Act("publish", _("Publish it inside, and its public part"), by=(*WRITERS, *LEADERS), from_="approved",
        to="published", gates=gates.TEXT_IS_CLEAN, computes="prone_report.check", prints=(REPORT, PUBLIC),
        stops="publish"),
    Act("propose_topic", _("Propose a topic from it"), by=(*WRITERS, *LEADERS), from_="published",
        opens=(Opens("topic", "leads_to", always=True, if_there=True),)),
    Act("open_next", _("Open the next quarter's report"), by="clock", from_="published", to="followed",
        when=gates.next_quarter_is_over, opens=(Opens("prone_report", "followed_by", always=True),)),
    Act("end", _("Make no more reports"), by=LEADERS, from_="published", to="ended", reason=True),
    Act("drop", _("Make no report for this quarter"), by=("head", *LEADERS), from_=("opened", "counted"),
        to="dropped", reason=True, stops=("take_cells", "submit")),
)  # fmt: skip

OWES = ("head", "deputy")
CLOCKS = (
    Clock("take_cells", _("Have the cells counted"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="prone_report.take_cells", bears="analyst", escalates=OWES),
    Clock("submit", _("Submit the report on prone areas"), working_days=10, law=gates.PRACTICE,
          setting="prone_report.submit", bears="analyst", escalates=OWES),
    Clock("review", _("Review the report on prone areas"), working_days=5, law=gates.PRACTICE,
          setting="prone_report.review", bears="head", escalates=("deputy",)),
    Clock("approve", _("Decide on the report on prone areas"), working_days=5, law=gates.PRACTICE,
          setting="prone_report.approve", bears="deputy", escalates=("principal",)),
    Clock("publish", _("Publish the report on prone areas"), working_days=5, law=gates.PRACTICE,
          setting="prone_report.publish", bears="analyst", escalates=OWES),
)  # fmt: skip

STATES = (("taken", _("counted")), ("controlled", _("with a control")))
LEDGERS = (
    Ledger("kinds", _("Kind of unit and of expense"), "单位类别与费用类别", fields.CELL, STATES,
           ("taken", "controlled")),
    Ledger("spots", _("Unit and kind of expense (inside only)"), "单位与费用类别（内部）", fields.CELL,
           STATES, ("taken", "controlled")),
    Ledger("unseen", _("Never looked at"), "未筛查范围", fields.UNSEEN, (("taken", _("counted")),),
           ("taken",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Reports on prone areas by stage"), by=("stage",)),
    Figure("published", _("Reports published"), counts="acts:publish"),
    Figure("cells", _("Cells reported, by what they say"), counts="ledger:kinds", by=("cell_standing",)),
    Figure("topics", _("Reports that led to a topic"), counts="acts:propose_topic"),
    Figure("submitted_in_time", _("Reports submitted in time"), counts="clocks:submit"),
    Figure("days", _("Days from counting to publishing"), counts="median_days:take_cells:publish"),
)

PRONE_REPORT = Mechanism(
    key="prone_report",
    name=_("Report on prone areas"),
    term="易发区分析报告",
    purpose=_("Say each quarter where more was verified than exposure explains, and what would help there."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=(*WRITERS, *LEADERS),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="易发",
    keywords=("period_until", "verified_total", "standing_out"),
)
