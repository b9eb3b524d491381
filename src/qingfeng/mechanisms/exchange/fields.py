"""What an exchange asks for: the need, what was looked at, the talk, the decision, what is handed over."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import RECUSAL_ASKED

DIRECTIONS = (
    ("rooms", _("Between rooms of the commission")),
    ("resident", _("Between rooms and resident teams")),
    ("inspection", _("Between rooms and the inspection office")),
    ("grassroots", _("With towns and sub-districts")),
    ("enterprises", _("With state-owned enterprises")),
    ("outside", _("With another office")),
)
GROUNDS = (
    ("growth", _("To grow")),
    ("years", _("Years in one post")),
    ("recusal", _("A ground of recusal in the present post")),
    ("strengthen", _("Another office needs the ability")),
)
OWN, SUBSCRIPTION = "own", "subscription"
HANDED = (
    ("matter", _("Open matter")),
    ("stand_in", _("Standing in for somebody")),
    ("evidence", _("Evidence and files")),
    ("key", _("Keys and seals")),
    ("device", _("Devices")),
    ("right", _("Right of the old post, access to data included")),
    ("account", _("Accounts outside this house")),
    ("duty", _("Duty with a day")),
    (SUBSCRIPTION, _("Subscription")),
    (OWN, _("What is their own")),
)
OUTSIDE = ("grassroots", "enterprises", "outside")
"""Directions in which somebody may leave this house."""

OPENING = (
    Field("direction", _("Direction of the exchange"), "choice", term="交流方向", choices=DIRECTIONS),
    Field("ground", _("Ground of the exchange"), "choice", term="交流原因", choices=GROUNDS),
    Field("from_unit", _("From which unit"), "unit", term="原单位"),
    Field("to_unit", _("To"), "unit", term="新单位"),
    Field("to_post", _("Post there"), term="拟任岗位"),
    Field("need", _("What is needed there, and why"), "long", term="交流需求"),
)

STUDY = (
    Field("years_in_post", _("Full years in the present post"), "whole", term="现岗位年限", needed=False),
    Field("open_matters", _("Open matters they carry"), "whole", term="经办未结事项数", needed=False),
    Field("conflict_grounds", _("Grounds of recusal in the new post"), "whole", term="新岗位回避情形数",
          needed=False),
    Field("evaluation", _("What the evaluations say of strengths and fit"), "long", term="五评研判情况",
          help=_("Read from the report of the round; where there was none, say so.")),
    Field("fit", _("Fit for the post"), "long", term="人岗相适研判"),
)  # fmt: skip

MOTION = (Field("motion", _("What the meeting said, and who was there"), "long", term="动议情况"),)

TALK = (
    Field("talked_on", _("Talked on"), "day", term="谈话日期", most=0),
    Field("wishes", _("What they said and what they wish"), "long", term="本人意见和意愿"),
    Field("hardship", _("Family or health that has to be thought of"), "long", term="实际困难", needed=False,
          help=_("Only if they want it written down.")),
)  # fmt: skip

APPROVAL = (Field("decision", _("Decision"), "long", term="审批意见"),)
NOTICE = (Field("report_by", _("Report there by"), "day", term="报到日期", least=0),)
LATER = (Field("until", _("New day"), "day", term="改期至", least=0),)

LISTED, GONE, DRAWN = "listed", "gone", "list_changes"
DRAWING = (Field(DRAWN, _("What drawing the list changed"), "long", term="清单变化", needed=False),)

HANDOVER = (
    Field("what_kind", _("Kind"), "choice", term="交接类别", choices=HANDED),
    Field("what", _("What"), term="交接内容"),
    Field("successor", _("Who takes over"), "person", term="接收人", needed=False),
    Field("handed_on", _("Handing over done on"), "day", term="交接日期", needed=False),
    Field("remark", _("What the successor must know"), "long", term="交接说明", needed=False),
)
ARRIVAL = (Field("arrived_on", _("Arrived at the post on"), "day", term="到岗日期", most=0),)

LOOK = (
    Field("settled", _("How they have settled in"), "long", term="适应情况"),
    Field("own_words", _("What they say themselves"), "long", term="本人自述"),
    Field(
        "stays",
        _("Does the exchange stand?"),
        "choice",
        term="后续意见",
        choices=(
            ("stays", _("It stands")),
            ("helped", _("It stands, with help")),
            ("again", _("Another post is looked for")),
        ),
    ),
)
HANDS = (RECUSAL_ASKED,)
