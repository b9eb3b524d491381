"""Self-check (自查自纠): a unit looks at itself in a campaign, says what it found, and puts it right.

One a unit. The unit fills it in on its own screen; the day of every admission is the house's. What units
report themselves counts in mitigation and is counted apart from what was found.

Law:
    No national text fixes the figures; each is a setting of the district. 政务处分法 Art. 11.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.self_check import fields, gates

NOTICE = Slip("notice", _("Notice to check oneself"), "自查自纠通知", "自查通知", to="unit")
FORM = Slip("form", _("Form of a self-check"), "自查自纠表", "自查")
SPOT = Slip("spot", _("Record of a look on site"), "抽查记录", "抽查")
RETURNED = Slip("returned", _("Self-check sent back"), "自查自纠退回通知", "自查退回", to="unit")
ENDED = Slip("ended", _("Told that the self-check is closed"), "自查自纠销号通知", "自查销号", to="unit")

PARTIES = (
    Role("head", _("Head of the room"), term="牵头部门负责人", office=("dept_head",), within="owner"),
    Role("analyst", _("Data analyst"), term="数据分析员", office=("analyst",)),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("lead", _("Leader of the task force"), term="专班负责人", least=0, most=1),
    Role("member", _("Members of the task force"), term="专班成员", least=0),
    Role("unit", _("Unit that checks itself"), term="自查单位", kind="unit", most=1, subject=True,
         reads=False),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员", office=("unit_contact",), within="unit",
         reads=False),
)  # fmt: skip

STAGES = (
    Stage("sent", _("The unit is checking itself"), "自查"),
    Stage("reported", _("Reported, to be looked at"), "自查报送"),
    Stage("correcting", _("Accepted, being put right"), "整改"),
    Stage("closed", _("Closed"), "销号", open=False),
    Stage("silent", _("Closed: the unit did not report"), "逾期未报", open=False),
)

LEADING = ("head", "lead")
LOOKING = ("member", "lead", "head")

ACTS = (
    Act("admit", _("Enter a problem that was found"), by="unit_contact", from_=("sent", "correcting"),
        asks=fields.TYPED, gates=(gates.DAYS_FIT, gates.NAMES_NOBODY),
        enters=(Entry("admissions", "admitted", least=1, columns=fields.ADMITTED),),
        computes="self_check.admitted"),
    Act("strike_admission", _("Strike a problem"), by="unit_contact", from_="sent", reason=True,
        enters=(Entry("admissions", "struck", ("admitted",), 1, ("admitted_cause",)),)),
    Act("report", _("Hand the self-check in"), by="unit_contact", from_="sent", to="reported",
        asks=fields.REPORT, gates=(gates.ANSWER_FITS, gates.SIGNED), prints=(FORM,), stops="report",
        starts="look"),
    Act("extend", _("Allow a later report"), by=("head", "deputy"), from_="sent", asks=fields.LONGER,
        extends="report", reason=True),
    Act("return_report", _("Send the self-check back"), by=LEADING, from_="reported", to="sent",
        asks=fields.AGAIN, reason=True, prints=(RETURNED,), stops="look", starts="report"),
    Act("name_checkers", _("Name who looks on site"), by=LEADING, from_=("sent", "reported", "correcting"),
        asks=fields.CHECKERS, names=("member",), gates=(RECUSAL_CHECKED,)),
    Act("spot_check", _("Record a look on site"), by=LOOKING, from_=("reported", "correcting"), second=True,
        asks=fields.SPOT_CHECK, enters=(Entry("spot_checks", "checked", least=1),), prints=(SPOT,)),
    Act("accept", _("Accept the self-check"), by=LEADING, from_="reported", to="correcting",
        asks=fields.OPINION, stops="look", starts="put_right"),
    Act("prove", _("Report a problem as put right"), by="unit_contact", from_="correcting",
        enters=(Entry("admissions", "put_right", ("admitted", "put_right"), 1, fields.PUT_RIGHT),)),
    Act("close", _("Close the self-check"), by=LEADING, from_="correcting", to="closed",
        gates=(gates.PUT_RIGHT, gates.PROVED), prints=(ENDED,), stops="put_right"),
    Act("note_silence", _("Record that the unit did not report"), by="head", from_="sent", to="silent",
        gates=(gates.TIME_IS_OVER,), reason=True, stops="report"),
)  # fmt: skip

CLOCKS = (
    Clock("report", _("Unit: check itself and report"), until="self_by", starts="open", law=gates.PRACTICE,
          most_extension_days=30, extended_by="head", bears="unit_contact",
          escalates=("head", "deputy")),
    Clock("look", _("Look at the self-check"), working_days=10, law=gates.PRACTICE,
          setting="self_check.look", bears="head", escalates=("deputy",)),
    Clock("put_right", _("Unit: put right what it found"), months=3, law=gates.PRACTICE,
          setting="self_check.put_right", bears="unit_contact", escalates=("head", "deputy")),
)  # fmt: skip

LEDGERS = (
    Ledger("admissions", _("Problems that the unit reported itself"), "自查问题", fields.ADMISSION,
           (("admitted", _("reported by the unit")), ("put_right", _("put right")),
            ("struck", _("struck by the unit"))), ("put_right", "struck"), due="measure_by",
           unsaid=("struck",)),
    Ledger("spot_checks", _("Looks on site"), "抽查记录", fields.SPOT_CHECK,
           (("checked", _("looked at")),), ("checked",)),
)  # fmt: skip

FIGURES = (
    Figure("by_stage", _("Self-checks by stage and light"), by=("stage", "light")),
    Figure("reported", _("Self-checks handed in"), counts="acts:report", by=("area",)),
    Figure("found", _("Share of these in which the unit found something itself"), counts="acts:report",
           by=("area",), where=(("found_any", "yes"),), share_of="reported"),
    Figure("problems", _("Problems that units reported themselves"), counts="ledger:admissions",
           by=("area",)),
    Figure("own_accord", _("Problems reported, by whether the unit had been asked before"),
           counts="ledger:admissions", by=("own_accord",)),
    Figure("in_time", _("Self-checks handed in on time"), counts="clocks:report", by=("area",)),
    Figure("silent", _("Units that did not report"), counts="acts:note_silence", by=("area",)),
    Figure("spot_checks", _("Spot checks, by whether they agree with the report"),
           counts="ledger:spot_checks", by=("spot_agrees",)),
    Figure("returned", _("Self-checks sent back"), counts="acts:return_report", by=("area",)),
)  # fmt: skip

SELF_CHECK = Mechanism(
    key="self_check",
    name=_("Self-check"),
    term="自查自纠",
    purpose=_("A unit looks at itself, says what it found with the day, and puts it right."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("head",),
    asks=fields.OPENING,
    names=("unit",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    prints=(NOTICE,),
    law=(*gates.PRACTICE, *gates.MITIGATION),
    number="自查",
    keywords=("area", "self_by", "found_any", "spot_agrees"),
)
