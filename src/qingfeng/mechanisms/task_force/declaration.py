"""Task force (专班): people of several departments work together for a time; then their access ends.

M24 “聚合财政、人社、工会等力量和专门人才”. Nobody reads anything before they have signed their own
undertaking, and nobody reads anything from the day on which the force, or their part in it, ends.

Law:
    监察法 Art. 18 (secrets), 67 (recusal). Figures are settings of the district.
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
    Opens,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.task_force import fields, gates

NOTICE = Slip("notice", _("Notice that a force is formed"), "专班组建通知", "专班")
LETTER = Slip("letter", _("Letter asking for people"), "抽调函", "抽调", to="department")
UNDERTAKING = Slip("undertaking", _("Undertaking of secrecy"), "保密承诺书", "承诺")
TASK_LIST = Slip("tasks", _("Who does what"), "任务分工表", "分工")
MINUTES = Slip("minutes", _("Minutes of a joint meeting"), "联席会议纪要", "联席")
DATA_LIST = Slip("data", _("List of data needed"), "数据需求清单", "数据需求")
OPINION = Slip("opinion", _("Expert opinions"), "专家意见", "专家")
DISSOLVED = Slip("dissolved", _("Notice that a force is dissolved"), "专班撤销通知", "撤组", to="department")

PARTIES = (
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner",
         restricted=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("organiser", _("Who keeps the force's papers"), term="专班联络员", least=0, most=2),
    Role("lead", _("Leader of the force"), term="专班组长", most=1, anew=True),
    Role("member", _("Members who have signed"), term="专班成员", least=0, anew=True),
    Role("called", _("Called in, not signed yet"), term="待签承诺人员", least=0, reads=False),
    Role("department", _("Departments that send people or data"), term="成员单位", kind="unit", least=0,
         reads=False, told_by=("call", "dissolve")),
    Role("department_contact", _("Contact of a department"), term="成员单位联络员",
         office=("partner", "unit_contact"), within="department", reads=False),
)  # fmt: skip

STAGES = (
    Stage("proposed", _("Force proposed"), "拟组建"),
    Stage("formed", _("Formed, people are called in"), "人员抽调"),
    Stage("at_work", _("At work"), "分工履职"),
    Stage("cut_off", _("Access has ended, to be dissolved"), "权限终止"),
    Stage("dissolved", _("Dissolved"), "已撤组", open=False),
    Stage("dropped", _("Not formed"), "不予组建", open=False),
)

LEADERS = ("deputy", "principal")
KEEPERS = ("organiser", "head", "lead")
THERE = ("formed", "at_work")
LEFT_OPEN = ("formed", "at_work", "cut_off")

ACTS = (
    Act("set_up", _("Write the notice of the force"), by=("head", "organiser", *LEADERS), from_="proposed",
        asks=fields.OPENING, names=("organiser",)),
    Act("approve", _("Approve the force"), by=LEADERS, from_="proposed", to="formed",
        gates=(gates.LAST_DAY_AHEAD,), prints=(NOTICE,), stops="form",
        starts=("staff", "end"), on_paper=True, meeting=True),
    Act("drop", _("Do not form it"), by=LEADERS, from_="proposed", to="dropped", reason=True, stops="form"),
    Act("call", _("Ask a department for people"), by=KEEPERS, from_=THERE, prints=(LETTER,),
        enters=(Entry("calls", "sent", least=1, columns=fields.CALLED),),
        names=("department",), computes="task_force.departments", finds=("department",)),
    Act("answer_call", _("Answer the letter"), by=("department_contact", *KEEPERS), from_=THERE,
        enters=(Entry("calls", "answered", ("sent",), 1, ("answer",)),)),
    Act("call_in", _("Call somebody in"), by=KEEPERS, from_=THERE, asks=fields.CALL_IN,
        gates=(RECUSAL_CHECKED, gates.MAY_BE_CALLED, gates.CALLED_ONCE),
        enters=(Entry("people", "called", least=1, columns=fields.BROUGHT),),
        names=("called",), computes="task_force.called", finds=("called",)),
    Act("sign", _("Sign my undertaking of secrecy"), by="called", from_=THERE,
        gates=(gates.OWN_UNDERTAKING, gates.UNDERTAKEN), prints=(UNDERTAKING,),
        enters=(Entry("people", "signed", ("called",), 1, ("undertakes",)),),
        names=("called", "member"), computes="task_force.signed", finds=("called", "member"),
        then="task_force.joined"),
    Act("decline", _("Do not join"), by=("called", *KEEPERS), from_=LEFT_OPEN,
        enters=(Entry("people", "declined", ("called",), 1, ("left_why",)),),
        names=("called",), computes="task_force.declined", finds=("called",)),
    Act("choose_lead", _("Choose who leads the force"), by=("head", *LEADERS), from_=THERE, names=("lead",),
        gates=(gates.LEAD_HAS_SIGNED,)),
    Act("begin", _("Share the work out"), by="lead", from_="formed", to="at_work",
        gates=(gates.TWO_SIGNED, gates.TASK_OF_A_MEMBER), prints=(TASK_LIST,), stops="staff", starts="meet",
        enters=(Entry("tasks", "open", least=1, columns=fields.SHARED_OUT),)),
    Act("share_out", _("Add tasks"), by="lead", from_="at_work", gates=(gates.TASK_OF_A_MEMBER,),
        enters=(Entry("tasks", "open", least=1, columns=fields.SHARED_OUT),)),
    Act("finish", _("Report a task done"), by=("member", "lead"), from_="at_work", gates=(gates.OWN_TASK,),
        enters=(Entry("tasks", "done", ("open",), 1, ("task_result",)),)),
    Act("hand_on", _("Hand a task over"), by=KEEPERS, from_=("at_work", "cut_off"),
        enters=(Entry("tasks", "handed_on", ("open",), 1, ("handed_to", "handed_note")),)),
    Act("meet", _("Record a joint meeting"), by=KEEPERS, from_="at_work", prints=(MINUTES,),
        enters=(Entry("meetings", "held", least=1),), stops="meet"),
    Act("list_data", _("List data that is needed"), by=("lead", "member", "organiser"), from_="at_work",
        enters=(Entry("data_needs", "wanted", least=1, columns=fields.NEEDED),), prints=(DATA_LIST,),
        opens=(Opens("data_request", "asks_for", if_there=True, own_level=True),)),
    Act("settle_data", _("Record whether data came"), by=KEEPERS, from_=("at_work", "cut_off"),
        gates=(gates.TIMELY_FITS,),
        enters=(Entry("data_needs", "settled", ("wanted",), 1, ("supplied_on", "timely")),)),
    Act("ask_opinion", _("Ask an expert"), by=("lead", "organiser"), from_="at_work",
        gates=(gates.EXPERT_IS_A_MEMBER,),
        enters=(Entry("opinions", "asked", least=1, columns=fields.ASKED),)),
    Act("give_opinion", _("Give my opinion"), by=("member", "lead"), from_="at_work",
        gates=(gates.OWN_OPINION,), prints=(OPINION,),
        enters=(Entry("opinions", "given", ("asked",), 1, ("opinion", "opinion_basis")),)),
    Act("drop_opinion", _("An opinion is no longer needed"), by=("lead", "organiser", "head"),
        from_=("at_work", "cut_off"),
        enters=(Entry("opinions", "dropped", ("asked",), 1, ("dropped_why",)),)),
    Act("note_problem", _("Note what is to be looked into"), by=("member", "lead"), from_="at_work",
        enters=(Entry("problems", "noted", least=1, columns=fields.NOTED),)),
    Act("pass_problem", _("Record where it was passed to"), by=KEEPERS, from_=("at_work", "cut_off"),
        enters=(Entry("problems", "passed", ("noted",), 1, ("passed_to",)),)),
    Act("share", _("Share a result"), by=("lead", "organiser"), from_="at_work", gates=(gates.NAMES_NOBODY,),
        enters=(Entry("results", "shared", least=1),)),
    Act("hand_out", _("Hand out papers"), by=KEEPERS, from_="at_work", gates=(gates.PAPER_TO_A_MEMBER,),
        enters=(Entry("papers", "out", least=1, columns=fields.OUT),)),
    Act("take_back", _("Take papers back"), by=KEEPERS, from_=LEFT_OPEN,
        enters=(Entry("papers", "back", ("out",), 1, ("back_on",)),)),
    Act("prolong", _("Let the force go on"), by=LEADERS, from_=THERE, asks=fields.PROLONG, reason=True,
        gates=(gates.LAST_DAY_AHEAD,), stops="end", starts="end", then="task_force.prolonged", on_paper=True,
        meeting=True),
    Act("let_go", _("Let somebody leave"), by=("lead", "head", *LEADERS), from_=THERE,
        gates=(gates.NOTHING_OF_THEIRS_OPEN,),
        enters=(Entry("people", "left", ("signed",), 1, ("left_why",)),), then="task_force.left"),
    Act("end_access", _("End all access: the last day has come"), by="clock", from_=THERE, to="cut_off",
        when=gates.has_run_out, stops=("end", "staff", "meet"), starts="dissolve", then="task_force.ended"),
    Act("dissolve", _("Dissolve the force"), by=("head", *LEADERS), from_=LEFT_OPEN, to="dissolved",
        asks=(*fields.DISSOLUTION, fields.KEPT_SECRET),
        gates=(gates.PAPERS_BACK, gates.OPINIONS_GIVEN, gates.TASKS_HANDED_OVER, gates.DATA_SETTLED),
        prints=(DISSOLVED,), stops=("end", "staff", "meet", "dissolve"), then="task_force.ended"),
)  # fmt: skip

CLOCKS = (
    Clock("form", _("Decide whether the force is formed"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="task_force.form", bears="deputy", escalates=("principal",)),
    Clock("staff", _("Call people in and share the work out"), working_days=10, law=gates.PRACTICE,
          setting="task_force.staff", bears="head", escalates=("deputy",)),
    Clock("meet", _("Hold a joint meeting"), months=1, law=gates.PRACTICE, setting="task_force.meet",
          bears="lead", escalates=("head",), repeats=True, during=("at_work",)),
    Clock("end", _("Access ends: prolong the force or hand everything over"), until="ends_on",
          law=gates.SECRECY, bears="lead", escalates=("head", "deputy")),
    Clock("dissolve", _("Dissolve the force"), working_days=5, law=gates.PRACTICE,
          setting="task_force.dissolve", bears="head", escalates=("deputy", "principal")),
)  # fmt: skip

LEDGERS = (
    Ledger("calls", _("Letters to departments"), "抽调台账", fields.CALL,
           (("sent", _("sent")), ("answered", _("answered"))), ("answered",), due="answer_by"),
    Ledger("people", _("People and their undertakings"), "成员和保密承诺台账", fields.PERSON,
           (("called", _("called in, not signed")), ("signed", _("undertaking signed")),
            ("declined", _("did not join")), ("left", _("left, access ended"))),
           ("signed", "declined", "left"), due="sign_by", unsaid=("declined",)),
    Ledger("tasks", _("Who does what"), "任务分工表", fields.TASK,
           (("open", _("work in hand")), ("done", _("done")), ("handed_on", _("task handed over"))),
           ("done", "handed_on"), due="task_due"),
    Ledger("meetings", _("Joint meetings"), "联席会议纪要", fields.MEETING, (("held", _("meeting held")),),
           ("held",)),
    Ledger("data_needs", _("Data needed"), "数据需求清单", fields.DATA_NEED,
           (("wanted", _("still wanted")), ("settled", _("settled"))), ("settled",), due="needed_by"),
    Ledger("opinions", _("Expert opinions"), "专家意见", fields.OPINION,
           (("asked", _("still wanted")), ("given", _("given")), ("dropped", _("no longer needed"))),
           ("given", "dropped"), due="opinion_due", unsaid=("dropped",)),
    Ledger("problems", _("To be looked into, by where it came from"), "待核问题台账", fields.PROBLEM,
           (("noted", _("noted")), ("passed", _("passed to another matter"))), ("noted", "passed")),
    Ledger("results", _("Results shared"), "成果共享台账", fields.RESULT,
           (("shared", _("shared")),), ("shared",)),
    Ledger("papers", _("Papers and devices"), "材料设备领用台账", fields.PAPER,
           (("out", _("handed out")), ("back", _("handed back"))), ("back",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Task forces by field of work"), by=("area", "stage")),
    Figure("people", _("People called in, by department"), counts="ledger:people", by=("from_department",)),
    Figure("data_in_time", _("Data sets by department: in time, late, not supplied"),
           counts="ledger:data_needs", by=("department", "timely")),
    Figure("opinions", _("Expert opinions by field"), counts="ledger:opinions", by=("field_of_expert",)),
    Figure("opinions_given", _("Expert opinions given"), counts="acts:give_opinion", by=("area",)),
    Figure("problems", _("To be looked into, by the department it came from"), counts="ledger:problems",
           by=("source_department",)),
    Figure("problems_by_area", _("To be looked into, by field of work"), counts="ledger:problems",
           by=("problem_area",)),
    Figure("meetings_in_time", _("Joint meetings in time"), counts="clocks:meet"),
    Figure("ended_in_time", _("Forces dissolved or prolonged before access ran out"), counts="clocks:end"),
    Figure("run_out", _("Forces whose access the house had to end"), counts="acts:end_access"),
)  # fmt: skip

TASK_FORCE = Mechanism(
    key="task_force",
    name=_("Task force"),
    term="专班",
    purpose=_("People of several departments work together for a time; the day it ends, their access ends."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("head", "deputy"),
    asks=fields.OPENING,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=(*gates.SECRECY, *gates.RECUSAL),
    number="专班",
    keywords=("area", "ends_on"),
)
