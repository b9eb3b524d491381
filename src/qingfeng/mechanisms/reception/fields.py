"""What a reception asks for: who receives, when, where; what was promised by which office until when."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import YES_NO

OPENING = (
    Field("meeting_way", _("Way of meeting"), "choice", term="接访方式",
          choices=(("roster", _("By the published roster")), ("appointment", _("By appointment")),
                   ("place", _("Taken to the place")))),
    Field("planned_on", _("Day"), "day", term="接访日期"),
    Field("planned_at", _("Hours"), term="接访时间", most=40),
    Field("meeting_place", _("Place"), term="接访地点"),
    Field("leader_post", _("Leader who receives, by post"), term="接访领导（职务）"),
    Field("themes", _("What the meeting is about"), term="接访主题", needed=False),
)  # fmt: skip
PUBLISHED = (
    Field("published_on", _("Published on"), "day", term="公示日期", most=0),
    Field("published_where", _("Where it was published"), term="公示渠道"),
)
BOOKING = (
    Field("booked_item", _("Number of the petition"), term="信访事项编号"),
    Field("booked_at", _("Time"), term="预约时段", needed=False, most=40),
    Field("booked_why", _("Why this one: chosen, asked for, or taken along"), term="选案理由"),
)
MOVED = (Field("planned_on", _("New day"), "day", term="改期至", least=0),)
HELD = (
    Field("held_on", _("Day of reception"), "day", term="实际接访日期", most=0),
    Field("received_by", _("Who received"), "choice", term="接访人",
          choices=(("leader", _("The leader")), ("substitute", _("The substitute")))),
    Field("visitors", _("How many petitions were received"), "whole", term="接访事项数", least=0),
)  # fmt: skip
ITEM = (
    Field("item", _("Number of the petition"), term="信访事项编号"),
    Field("item_demand", _("Demand"), "long", term="诉求", personal=True),
    Field("item_opinion", _("What the leader said to it"), "long", term="接谈意见"),
    Field("settled", _("Settled on the spot"), "choice", term="当场解决", choices=YES_NO),
    Field("item_view", _("What the petitioner says to it"), "long", term="信访人意见", needed=False,
        personal=True),
    Field("item_signed", _("Signed by the petitioner"), "choice", term="信访人签名",
          choices=(("signed", _("Signed")), ("declined", _("Declined to sign")))),
)  # fmt: skip
PROMISE = (
    Field("promise_item", _("Number of the petition"), term="信访事项编号"),
    Field("promise", _("Step that was promised"), "long", term="承诺事项"),
    Field("promise_unit", _("Office that takes it"), "unit", term="责任单位"),
    Field("promise_due", _("Due"), "day", term="时限", least=0),
    Field("promise_why", _("Why it needs more than fifteen days"), term="超过十五日的理由", needed=False),
    Field("promise_result", _("What was done"), "long", term="办理结果", needed=False),
    Field("told_on", _("Petitioner told on"), "day", term="反馈信访人日期", needed=False, most=0),
)
PROMISED = ("promise_item", "promise", "promise_unit", "promise_due", "promise_why")
ABSENT = (Field("absent_why", _("Why nobody received"), "long", term="未接访原因"),)
RATED = (
    Field("rating", _("How the petitioners judge the meeting"), "choice", term="评价",
          choices=(("good", _("It helped")), ("some", _("It helped in part")), ("no", _("It did not help")),
                   ("no_answer", _("No answer")))),
    Field("rating_says", _("In their own words"), "long", term="意见建议", needed=False, personal=True),
)  # fmt: skip
CLOSED = (Field("closing_note", _("What came of it, promise by promise"), "long", term="办结说明"),)
