"""What is done in the four steps: pilots, rules, the sweep over all units, self-checks and rules made."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry, Opens
from qingfeng.mechanisms.campaign import fields, gates, gates_after, papers, published
from qingfeng.mechanisms.campaign.parts import AT_WORK, LEADERS, LEADING, TEAM

COUNTED = (Entry("counts", "counted", least=1),)
THREE_AND_FOUR = ("sweeping", "spreading")

CRACK = (
    Act("dive", _("Record a deep dive"), by=TEAM, from_="piloting", second=True,
        enters=(Entry("dives", "dived", least=1),)),
    Act("list_problem", _("List a problem"), by=TEAM, from_=("piloting", "locking"),
        enters=(Entry("problems", "listed", least=1),)),
    Act("strike_problem", _("Strike a problem"), by=TEAM, from_=("piloting", "locking"),
        enters=(Entry("problems", "struck", ("listed",), 1),)),
    Act("report_pilot", _("Report on the pilots"), by=("lead", "head"), from_="piloting",
        asks=fields.PILOT, gates=(gates.DIVED, gates.TRACE_TOLD, gates.TRICK_NAMES_NOBODY),
        prints=(papers.PILOT, papers.PROBLEMS)),
    Act("tell_pilots", _("Tell the pilot units how it ended"), by=("lead", "head"), from_=AT_WORK,
        asks=fields.PILOTS_TOLD, gates=(gates.PILOT_REPORTED, gates.TRICK_NAMES_NOBODY),
        prints=(papers.TOLD,)),
    Act("lock", _("Begin step 2: lock leads"), by=LEADING, from_="piloting", to="locking",
        gates=(gates.PILOT_REPORTED, gates.TRACED), stops="pilot", starts="lock"),
)  # fmt: skip

LOCK = (
    Act("set_rules", _("Turn the trick into rules"), by=("analyst", "head"), from_=("locking", "sweeping"),
        asks=fields.RULES, gates=(gates.RULES_KEPT,)),
    Act("count_labels", _("Have labelled findings counted"), by=("analyst", "head"),
        from_=("locking", "sweeping"),
        enters=(Entry("rule_tests", "labelled"),), gates=(gates.RULES_SET,), computes="campaign.labels"),
    Act("test_rule", _("Test a rule on a labelled sample"), by=("analyst", "member"),
        from_=("locking", "sweeping"),
        enters=(Entry("rule_tests", "by_hand", least=1),), gates=(gates.RULES_SET, gates.SAMPLE_ADDS_UP),
        second=True),
    Act("sweep", _("Begin step 3: close the net"), by=LEADING, from_="locking", to="sweeping",
        gates=(gates.RULES_SET, gates.RULES_TESTED, gates.CUSTODY), computes="campaign.custody",
        enters=(*COUNTED, Entry("doubts", "listed")), prints=(papers.DOUBTS,), stops="lock",
        starts=("sweep", "count")),
)  # fmt: skip

NET = (
    Act("set_task", _("Set a task of verification"), by=("head", "lead"), from_=THREE_AND_FOUR,
        enters=(Entry("tasks", "set", least=1, columns=fields.TASK_SET),), prints=(papers.TASKS,)),
    Act("end_task", _("Report on a task"), by=TEAM, from_=THREE_AND_FOUR,
        enters=(Entry("tasks", "done", ("set",), 1, ("task_done",)),)),
    Act("drop_task", _("Drop a task"), by=("head", "lead"), from_=THREE_AND_FOUR,
        enters=(Entry("tasks", "dropped", ("set",), 1, ("task_done",)),)),
    Act("count_yields", _("Have the yields counted"), by=(*TEAM, *LEADERS),
        from_=(*THREE_AND_FOUR, "summed_up", "looked_back"), enters=COUNTED, computes="campaign.yields",
        stops="count"),
    Act("propose_letter", _("Propose a letter of recommendation"), by=LEADING,
        from_=(*THREE_AND_FOUR, "summed_up"), reason=True,
        opens=(Opens("recommendation", "leads_to", always=True, if_there=True, own_level=True),)),
    Act("spread", _("Begin step 4: roll it out"), by=LEADING, from_="sweeping", to="spreading",
        gates=(gates.RULES_TESTED, gates.A_VERIFIED), enters=COUNTED, computes="campaign.yields",
        stops="sweep", starts="spread"),
)  # fmt: skip

ROLL_OUT = (
    Act("send_self_checks", _("Ask the units to check themselves"), by=("head", "lead"), from_="spreading",
        asks=fields.SELF_CHECKS, gates=(gates_after.NO_RULE_TOLD, gates_after.UNITS_TO_ASK),
        computes="campaign.units", finds=("units_asked",),
        opens=(Opens("self_check", "rolls_out", always=True, if_there=True, each="units_asked",
                     each_as="unit"),)),
    Act("enter_system", _("Enter a rule that was made"), by=TEAM, from_=AT_WORK,
        enters=(Entry("systems", "made", least=1),),
        opens=(Opens("rule_made", "leads_to", if_there=True),)),
    Act("circulate", _("Issue a circular of typical cases"), by=("head", "lead"),
        from_=(*THREE_AND_FOUR, "summed_up"), asks=published.CIRCULAR,
        gates=(gates_after.ANONYMOUS, gates_after.DIFFERENCES_EXPLAINED), computes="campaign.circular",
        enters=(Entry("published", "said"),), prints=(papers.CIRCULAR,)),
    Act("sum_up", _("Sum up: the work has ended"), by=("head", "lead"), from_="spreading", to="summed_up",
        asks=(*published.SUMMARY, fields.PLAN[-1]), computes="campaign.summary",
        finds=("data_until", "published", "counts"),
        gates=(gates_after.SELF_CHECKS_SENT, gates_after.SELF_CHECKS_ENDED, gates_after.SPOT_CHECKED,
               gates_after.TASKS_ENDED, gates_after.DIFFERENCES_EXPLAINED),
        enters=(Entry("published", "said"), *COUNTED), prints=(papers.SUMMARY, papers.SYSTEMS),
        stops=("spread", "count"), starts=("data_gone", "look_back")),
)  # fmt: skip

ACTS = (*CRACK, *LOCK, *NET, *ROLL_OUT)
