"""What a case asks for. An index card only: numbers, days, offices, choices; no text about anybody."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.case.forms import FOUR_FORMS, PARTY_SANCTIONS, SCALE, STATE_SANCTIONS
from qingfeng.mechanisms.common import AREAS, AUDIENCE, RECUSAL_ASKED, WISH, YES_NO

LEVELS = (
    ("county_head", _("Leading post of county level")),
    ("section_head", _("Leading post of township level")),
    ("staff", _("Other staff")),
    ("organisation", _("Organisation")),
)

SOURCES = (
    ("finding", _("Finding out of the records")),
    ("petition", _("Petition office")),
    ("inspection", _("Inspection")),
    ("audit", _("Audit")),
    ("referral", _("Handed over by another body")),
    ("supervision", _("Supervision of our own")),
)


CARD = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("object_level", _("Level of the person or organisation"), "choice", term="对象层级",
          choices=LEVELS),
    Field("persons_count", _("Number of persons it is about"), "whole", term="涉案人数", least=0, most=999),
    Field("paper_no", _("Number of the paper file"), term="案卷编号",
          help=_("The file stays on paper or on the other network; none of it is typed in here.")),
    Field("source", _("Where it comes from"), "choice", term="来源", choices=SOURCES, needed=False),
    Field("room", _("Room that handles it"), "unit", term="承办部门", needed=False),
    Field("lead", _("Number of the lead"), term="疑点编号", most=16, needed=False),
)  # fmt: skip

APPROVAL = Field("approval_no", _("Number of the approval"), term="呈批件编号")
BEGINNING = (APPROVAL, RECUSAL_ASKED)
LONGER = (Field("days", _("Days added"), "whole", term="延长天数", least=1, most=92),)

HANDED_IN = (
    Field("report_no", _("Number of the report"), term="审查调查报告编号"),
    Field("property_no", _("Number of the list of property"), term="涉案财物清单编号", needed=False),
)

TRIAL = (
    Field("trial_no", _("Number of the report of the review"), term="审理报告编号"),
    Field("suggested_form", _("Form suggested"), "choice", term="建议处理形态", choices=FOUR_FORMS),
)


def _measure(prefix: str = "") -> tuple[Field, ...]:
    """Return the three parts of a measure, intended or decided."""
    intended = bool(prefix)
    return (
        Field(f"{prefix}form", _("Form of handling intended") if intended else _("Form of handling"),
              "choice", term="拟处理形态" if intended else "处理形态", choices=FOUR_FORMS),
        Field(f"{prefix}state_sanction", _("State sanction intended") if intended else _("State sanction"),
              "choice", term="拟政务处分" if intended else "政务处分", choices=STATE_SANCTIONS, needed=False),
        Field(f"{prefix}party_sanction", _("Party sanction intended") if intended else _("Party sanction"),
              "choice", term="拟党纪处分" if intended else "党纪处分", choices=PARTY_SANCTIONS, needed=False),
    )  # fmt: skip


INTENDED = (
    *_measure("intended_"),
    Field("informed_on", _("Day on which it was told"), "day", term="告知日期", most=0),
)

HEARING = (
    Field("heard_on", _("Day of the hearing"), "day", term="听取日期", most=0),
    Field(
        "heard_way",
        _("How it was heard"),
        "choice",
        term="听取方式",
        choices=(
            ("spoken", _("In person")),
            ("written", _("In writing")),
            ("waived", _("Given up in writing")),
        ),
    ),
    Field("hearing_no", _("Number of the record of the hearing"), term="陈述申辩笔录编号"),
    Field("points_count", _("How many points were made"), "whole", term="申辩要点数", least=0, most=99),
    Field("points_answered", _("Every point was answered with reasons"), "flag", term="逐项复核并说明理由"),
)

COLLECTIVE = (
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("attended", _("Present, with a vote"), "persons", term="出席人员"),
    Field("minutes_no", _("Number of the minutes"), term="会议纪要编号"),
)

DECISION = (
    *COLLECTIVE,
    *_measure(),
    Field("decision_no", _("Number of the decision"), term="处分决定文号"),
    Field("decided_on", _("Day of the decision"), "day", term="决定日期", most=0),
)

DROPPED = (
    Field(
        "drop_ground",
        _("Why the case is withdrawn"),
        "choice",
        term="撤案理由",
        choices=(
            ("no_facts", _("The facts are not so")),
            ("no_evidence", _("The evidence does not suffice")),
            ("no_duty", _("No duty was broken")),
        ),
    ),
    APPROVAL,
)

CLARIFIED = (
    WISH,
    AUDIENCE,
    Field("clarified_on", _("Clarified on"), "day", term="澄清日期", most=0),
    Field("told_count", _("How many were told"), "whole", term="知悉人数", least=1),
)
NOT_CLARIFIED = (
    Field(
        "why_not_clarified",
        _("Why nothing is clarified"),
        "choice",
        term="不予澄清理由",
        choices=(
            ("not_wished", _("Not wished by the person or organisation")),
            ("unknown", _("Nobody knew of it, nobody was asked")),
        ),
    ),
)

ANNOUNCEMENT = (
    Field("announced_on", _("Day on which it was announced"), "day", term="宣布日期", most=0),
    Field("served_on", _("Day on which the decision was handed over"), "day", term="送达日期", most=0),
)

NOTICE = (
    Field(
        "told_kind",
        _("What went out"),
        "choice",
        term="类别",
        choices=(
            ("service", _("Decision handed to the person")),
            ("meeting", _("Announced in a meeting")),
            ("file_copy", _("Copy for the personnel file")),
            ("letter", _("Letter to a unit or body")),
            ("circular", _("Circular")),
            ("public", _("Published")),
        ),
    ),
    Field("told_whom", _("To whom, by office"), term="送达或者通报范围"),
    Field("told_no", _("Its number"), term="文号", needed=False),
    Field("told_on", _("Went out on"), "day", term="日期", most=0),
    Field("corrected_on", _("Corrected on"), "day", term="更正日期", most=0),
    Field("corrected_no", _("Number of the correction"), term="更正文号"),
)
SENT = ("told_kind", "told_whom", "told_no", "told_on")
CORRECTED = ("corrected_on", "corrected_no")

EXECUTION = (
    Field(
        "kind",
        _("What is to be carried out"),
        "choice",
        term="执行类别",
        choices=(
            ("organisation", _("Organisation and membership")),
            ("post", _("Post and rank")),
            ("pay", _("Pay")),
            ("file", _("Personnel file")),
            ("property", _("Property")),
            ("restoration", _("Restoration after an appeal")),
        ),
    ),
    Field("office", _("Office that carries it out"), "unit", term="执行单位"),
    Field("due_on", _("Due"), "day", term="办理时限"),
    Field("done_on", _("Carried out on"), "day", term="执行日期", most=0),
    Field("proof_no", _("Number of the proof"), term="执行材料编号"),
)
OWED = ("kind", "office", "due_on")
DONE = ("done_on", "proof_no")

PROPERTY = (
    Field(
        "property_state",
        _("Property in the case"),
        "choice",
        term="涉案财物",
        choices=(("none", _("There is none")), ("reconciled", _("Every item is accounted for"))),
    ),
    Field("property_no", _("Number of the list of property"), term="涉案财物清单编号", needed=False),
)

VETOES = (
    ("evidence", _("Evidence taken unlawfully")),
    ("approval", _("An approval is missing")),
    ("recusal", _("Recusal was not kept")),
    ("deadline", _("The time of a coercive measure was not kept")),
)

_ASPECTS = {
    "score_evidence": (_("Facts and evidence, of 30"), "事实证据"),
    "score_character": (_("Character and handling, of 20"), "定性处理"),
    "score_procedure": (_("Procedure, of 20"), "程序手续"),
    "score_papers": (_("Papers and files, of 10"), "文书卷宗"),
    "score_property": (_("Property in the case, of 10"), "涉案财物管理"),
    "score_rights": (_("Safety, decency and rights, of 10"), "安全文明与权利保障"),
}

QUALITY = (
    *(Field(key, _ASPECTS[key][0], "whole", term=_ASPECTS[key][1], least=0, most=most)
      for key, most in SCALE.items()),
    Field("vetoes", _("What fails it outright"), "choices", term="否决项", choices=VETOES, needed=False),
    Field("score", _("Points in all"), "whole", term="评查得分", least=0, most=100),
    Field("grade", _("Grade of the review"), "choice", term="评查等次",
          choices=(("excellent", _("Excellent: 90 or more")), ("sound", _("Sound: 70 to 89")),
                   ("failed", _("Failed: below 70, or a veto")))),
)  # fmt: skip

LETTER = (
    Field("letter_needed", _("Is a letter of recommendation needed"), "choice", term="是否制发纪检监察建议",
          choices=YES_NO),
    Field("letter_reason", _("Why, or why not"), "long", term="研判理由",
          help=_("Which control failed, or why none did; nothing about persons.")),
    Field("letter_meeting_no", _("Number of the minutes of the weighing"), term="专题研判纪要编号"),
)  # fmt: skip
