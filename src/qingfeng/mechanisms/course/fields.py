"""What a course asks for: its need, material and sessions, and what people said; no score of anybody."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED
from qingfeng.mechanisms.measures import choices

NEEDS = (
    ("case", _("A case or what was learnt from it")),
    ("returned", _("Work that was returned")),
    ("rule", _("A rule of law or a screening rule")),
    ("asked", _("A room asked for it")),
    ("new", _("New people or new tasks")),
)
POSTS = (
    ("handlers", _("Who carries matters")),
    ("leaders", _("Heads of rooms and groups")),
    ("residents", _("Resident teams")),
    ("towns", _("Towns and sub-districts")),
    ("analysts", _("Data analysts")),
    ("new_people", _("People new in their post")),
)
MOST_MINUTES = 45

OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("need_from", _("Where the need comes from"), "choice", term="需求来源", choices=NEEDS),
    Field("need", _("What people cannot do yet, in a sentence"), "long", term="培训需求"),
    Field("tied_to", _("Rule, kind of case or kind of matter that it is about"), term="关联业务"),
    Field("audience", _("For whom"), "choices", term="授课对象", choices=POSTS),
    Field("minutes", _("Length in minutes"), "whole", term="课时（分钟）", least=5, most=MOST_MINUTES,
          help=_("A small course is at most 45 minutes.")),
    Field("teach_by", _("To be taught until"), "day", term="授课时限"),
    Field("measure", _("Measure in which it should show"), "choice", term="成效指标", needed=False,
          choices=Looked(choices),
          help=_("One of the house's returns about offices or items; it is read before and after.")),
)  # fmt: skip

HANDS = (RECUSAL_ASKED,)
LATER = (Field("until", _("New day"), "day", term="改期至", least=0),)

MATERIAL = (
    Field("material", _("Name of the material"), term="材料名称"),
    Field("material_kind", _("Kind of material"), "choice", term="材料类型",
          choices=(("slides", _("Slides or text")), ("case", _("Case told without names")),
                   ("exercise", _("Exercise")), ("handout", _("Sheet to take along")))),
    Field("told", _("What it says, in a few sentences"), "long", term="内容概要"),
    Field("material_file", _("The material"), "files", term="材料文件"),
)  # fmt: skip

SECRECY = (
    Field(
        "holds_no_secret",
        _("Nothing in it is secret or not to be made known"),
        "flag",
        term="不含涉密敏感内容",
    ),
    Field("secrecy_says", _("What was looked at"), "long", term="保密审核意见"),
)
REDACTION = (
    Field("is_redacted", _("No person, unit or case can be made out"), "flag", term="已脱敏"),
    Field("redaction_says", _("What was looked at, and what was taken out"), "long", term="脱敏审核意见"),
)

SESSION = (
    Field("taught_on", _("Taught on"), "day", term="授课日期", most=0),
    Field("taught_at", _("Taught at"), term="授课地点"),
    Field("took_minutes", _("Minutes it took"), "whole", term="实际时长（分钟）", least=1, most=240),
    Field("invited", _("Invited"), "whole", term="应到人数", least=1),
    Field("came", _("Came"), "whole", term="实到人数", least=0),
    Field("came_from", _("From which posts"), "choices", term="参训对象", choices=POSTS),
    Field(
        "came_units",
        _("From which rooms and teams"),
        "units",
        term="参训室组",
        needed=False,
        help=_("The measure is read of these before and after; without any, of the whole house."),
    ),
)

FEEDBACK = (
    Field("sheets", _("Feedback sheets"), "whole", term="评价表份数", least=5,
          help=_("Without names. Fewer than five say too much about each: leave them out.")),
    Field("useful", _("Found it useful"), "whole", term="认为有用（份）", least=0),
    Field("applied", _("Know what they will do differently"), "whole", term="能用于工作（份）", least=0),
    Field("better", _("What is to be better next time"), "long", term="改进意见"),
)  # fmt: skip
NO_FEEDBACK = (Field("why_no_feedback", _("Why it was not asked, or by how few"), "long", term="未评价原因"),)

KEPT = (
    Field("kept_as", _("How it stands in the library"), "choice", term="入库方式",
          choices=(("whole", _("As it was taught")), ("mended", _("Mended as was asked for")))),
    Field("for_whom_again", _("Who can teach it again, and when"), "long", term="复用安排"),
)  # fmt: skip

EFFECT = (
    Field("before_value", _("Measure in the three months before"), term="授课前三个月", needed=False),
    Field("after_value", _("Measure in the three months after"), term="授课后三个月", needed=False),
    Field("interval", _("Change with its interval"), term="变化和区间", needed=False),
    Field("effect", _("What changed in the work"), "choice", term="成效判断",
          choices=(("seen", _("A change is seen")), ("not_seen", _("No change is seen")),
                   ("cannot_say", _("It cannot be said")))),
    Field("effect_says", _("On what that rests, and what else may have been the cause"), "long",
          term="判断依据"),
)  # fmt: skip
