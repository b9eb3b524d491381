"""What a report asks for: days, offices, choices. Who reported and what stands in sealed fields only.

Nothing here can hold a machine, an hour, a habit or a way of writing, and no result has a field for a fault
of whoever reported.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field

LEVELS = (
    ("ours", _("About somebody this commission may look into")),
    ("above", _("About somebody a superior commission looks into, or about our own principal")),
    ("sealed", _("It came sealed and nobody has read it")),
)
CHANNELS = (
    ("counter", _("By the public counter")),
    ("letter", _("By letter")),
    ("visit", _("In person")),
    ("phone", _("By telephone")),
    ("other_line", _("From the line of petitions")),
    ("handed_on", _("Handed on by another office")),
    ("package", _("Sealed, from another commission")),
)
FOUNDS = (
    ("yes", _("It is so")),
    ("partly", _("It is so in part")),
    ("no", _("It is not so")),
    ("unverifiable", _("It cannot be verified")),
)
KINDS_OF_WORD = (
    ("accepted", _("It is taken up")),
    ("question", _("A question")),
    ("result", _("The result")),
    ("note", _("Something else")),
)


def _sealed(key: str, name: object, term: str, **others: Any) -> Field:
    """Return a field that custodians alone open, unless it says for whom it is."""
    given = {"holders": ("custodian",), **others}
    return Field(key, name, term=term, sealed=True, personal=True, **given)


OPENING = (
    Field("level_asked", _("First: whom is it about?"), "choice", term="管辖判断", choices=LEVELS,
          help=_("Asked before anything else. What belongs above is not typed in at all.")),
    Field("received_on", _("Received on"), "day", term="收到日期", most=0),
    Field("channel", _("How it came in"), "choice", term="来源渠道", choices=CHANNELS),
)  # fmt: skip

ARRIVED = (_sealed("arrived", _("What came through the counter, as it came"), "来件密封内容", kind="long"),)
WRITTEN = (
    _sealed("reporter", _("Who reported"), "检举控告人", needed=False),
    _sealed("reporter_reached", _("How they are reached"), "联系方式", needed=False),
    _sealed("content", _("What the report says"), "检举控告内容", kind="long", most=20_000),
)

ACCEPTED = (Field("is_named", _("Whoever reported gave a name"), "flag", term="实名检举控告"),)
EXTRACT = (
    _sealed("extract", _("Extract for those who handle it, without the source"), "内容摘录", kind="long",
            most=8_000),
)  # fmt: skip
SENT_UP = (
    Field("sent_up_on", _("Sent on"), "day", term="报送日期", most=0),
    Field("sealed_item_no", _("Number of the sealed item"), term="密封件编号", needed=False,
          help=_("One sealed item: neither copied nor excerpted.")),
)  # fmt: skip
NOT_OURS = (
    Field("sent_on_to", _("Where it is sent, sealed"), term="移送去向"),
    Field("sent_on_on", _("Sent on"), "day", term="移送日期", most=0),
)
TOLD = (
    Field("word_kind", _("What was told"), "choice", term="告知种类", choices=KINDS_OF_WORD),
    Field("told_on", _("Told on"), "day", term="告知日期", most=0),
)
FED_BACK = (
    Field("fed_back_on", _("Result told on"), "day", term="反馈日期", most=0),
    Field("objection", _("An objection was raised"), "flag", term="提出异议"),
    Field("new_evidence", _("New evidence was checked"), "flag", term="新证据已核对"),
)
RESULT = (Field("found", _("Result, as the handlers told it"), "choice", term="办理结果", choices=FOUNDS),)
SET_ASIDE = (
    Field("why_aside", _("Why it is not followed"), "choice", term="不予处置理由",
          choices=(("nothing", _("It says nothing that can be looked into")),
                   ("known", _("The same was reported and looked into before")),
                   ("withdrawn", _("Whoever reported took it back of their own will")))),
)  # fmt: skip

RELEASE = (
    Field("release_for", _("What the identity is needed for"), "choice", term="知悉目的",
          choices=(("protect", _("To protect whoever reported")),
                   ("verify", _("A verification cannot be made without asking them")),
                   ("law", _("A court or prosecutor's office asks by law")))),
    Field("release_asked_on", _("Release asked on"), "day", term="申请日期", most=0),
    Field("release_answered_on", _("Decided on"), "day", term="审批日期", most=0),
)  # fmt: skip
IDENTITY = (
    _sealed("identity", _("Identity released"), "经批准知悉的身份信息", kind="long", holders=("confidant",)),
)

PROTECTION = (
    Field("seen_on", _("Noticed on"), "day", term="发现日期", most=0),
    Field("form", _("What it looks like"), "choice", term="表现形式",
          choices=(("post", _("Post, pay or appraisal changed")), ("pressure", _("Pressure or threat")),
                   ("asked", _("Somebody asked who reported")), ("other", _("Something else")))),
    Field("answer_by", _("To be answered by"), "day", term="处置期限"),
    Field("answered_on", _("Sign dealt with on"), "day", term="处置日期", most=0),
    Field("step", _("What was done"), "choice", term="处置措施",
          choices=(("stopped", _("It was stopped")), ("protected", _("Protection was arranged")),
                   ("clue", _("It is looked into on its own")), ("unfounded", _("It was not so")))),
)  # fmt: skip
NOTED = ("seen_on", "form", "answer_by")
ANSWERED = ("answered_on", "step")
