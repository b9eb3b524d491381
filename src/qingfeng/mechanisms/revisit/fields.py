"""What a return visit asks for: wishes and promises; never a grade of anybody's mind."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field

FORMS = (
    ("circular", _("Leader: circular criticism")),
    ("admonish", _("Leader: admonition")),
    ("adjust", _("Leader: transfer or organisational handling")),
    ("discipline", _("Leader: disciplinary sanction")),
)

OPENING = (
    Field("decision_no", _("Number of the decision"), term="问责决定文号", needed=False),
    Field("form", _("Form of accountability"), "choice", term="问责方式", choices=FORMS),
    Field("decided_on", _("Day of the decision"), "day", term="影响期起始日", most=0),
    Field("influence_ends_on", _("Effects last until"), "day", term="影响期至"),
)

OUTLINE = (
    *OPENING,
    Field("person_unit", _("Unit of the person"), "unit", term="所在单位"),
    Field("internal_id", _("Internal number of the person"), term="人员内部编号"),
    Field("outline", _("Outline for the visits"), "long", term="回访提纲",
          help=_("What one wishes to hear and can offer. Nothing about who reported what.")),
)  # fmt: skip

APPOINTMENT = (
    Field("visit_on", _("Day agreed"), "day", term="约定日期"),
    Field("place", _("Place"), term="地点"),
    Field(
        "way",
        _("How"),
        "choice",
        term="回访方式",
        choices=(
            ("talk", _("Talk in person")),
            ("forum", _("Round table")),
            ("unit", _("Visit to the unit")),
        ),
    ),
)

VISIT = (
    Field("visited_on", _("Day of the visit"), "day", term="回访日期", most=0),
    Field(
        "is_last",
        _("It is the last visit, within a month of the end of the effects"),
        "flag",
        term="影响期满前回访",
    ),
)

RECORD = (
    Field("own_words", _("How they are doing, in their own words"), "long", term="思想状况（本人自述）",
          needed=False, personal=True),
    Field("work", _("Their work"), "long", term="工作情况", needed=False, personal=True),
    Field("difficulties", _("Difficulties they name"), "long", term="存在困难", needed=False, personal=True),
    Field("view_of_decision", _("What they say of the decision"), "long", term="对处理决定的认识",
        needed=False,
          personal=True),
    Field("unit_view", _("What their unit says of their work"), "long", term="所在单位评价", needed=False,
          personal=True),
    Field("wishes", _("What they ask for"), "long", term="本人诉求", needed=False, personal=True),
    Field("wants_appeal", _("They wish to know how to appeal"), "choice", term="需要申诉指引",
          choices=(("yes", _("Yes")), ("no", _("No")))),
    Field("visitors_signed", _("Record signed by both visitors"), "files", term="回访人签名登记表"),
    Field("person_signed", _("Signed by the person, if they wish"), "files", term="本人签名", needed=False),
)  # fmt: skip

PROMISE = (
    Field("what", _("Help promised"), "long", term="帮扶事项", personal=True),
    Field(
        "kind",
        _("Kind of help"),
        "choice",
        term="帮扶类别",
        choices=(
            ("study", _("Study")),
            ("difficulty", _("A difficulty")),
            ("appeal", _("Guidance on an appeal")),
            ("restoration", _("Return to normal use")),
            ("other", _("Other help")),
        ),
    ),
    Field("office", _("Office that helps"), "unit", term="帮扶单位"),
    Field("due_on", _("Due"), "day", term="时限"),
    Field("result", _("What came of it"), "long", term="落实情况", needed=False, personal=True),
)

PERIOD = (Field("influence_ends_on", _("Effects last until"), "day", term="影响期至"),)

CONCLUSION = (
    Field(
        "restored",
        _("Return to normal use"),
        "choice",
        term="正常使用情况",
        choices=(
            ("recommended", _("Recommended to the organisation department")),
            ("in_use", _("In normal use already")),
            ("not_raised", _("Not raised")),
        ),
    ),
)
