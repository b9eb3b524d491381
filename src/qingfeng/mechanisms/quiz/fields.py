"""What a quiz asks for: questions with their source, and sums of answers; whoever answers has no name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, OFFICE_KINDS, RECUSAL_ASKED

TESTS = (
    ("education", _("A warning education")),
    ("course", _("A course")),
    ("culture", _("A visit or a page of integrity culture")),
    ("rule", _("A rule that was made")),
)
OPTIONS = ("a", "b", "c", "d")
LETTERS = tuple((key, key.upper()) for key in OPTIONS)
PHASES = (("before", pgettext_lazy("quiz", "before")), ("after", pgettext_lazy("quiz", "after")))
TOGETHER = "together"

OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("tests_what", _("What it goes with"), "choice", term="配套对象", choices=TESTS, needed=False),
    Field("held_for", _("For whom, by office and kind of post"), term="教育对象", needed=False),
    Field("record_no", _("Number of the record of the education or course"), term="教育或课程记录编号",
          needed=False),
)  # fmt: skip

HANDS = (
    Field("tests_what", _("What it goes with"), "choice", term="配套对象", choices=TESTS),
    RECUSAL_ASKED,
)

QUESTION = (
    Field("question", _("Question"), "long", term="题干"),
    Field("option_a", _("Answer A"), term="选项A"),
    Field("option_b", _("Answer B"), term="选项B"),
    Field("option_c", _("Answer C"), term="选项C", needed=False),
    Field("option_d", _("Answer D"), term="选项D", needed=False),
    Field("right", _("Right answer"), "choice", term="正确答案", choices=LETTERS),
    Field("why", _("Why it is right"), "long", term="解析"),
    Field("source", _("Where that stands: rule and article, or the circular"), term="出处"),
)

REVIEW = (
    Field("sources_checked", _("Every answer was held against its source"), "flag", term="出处已核对"),
    Field("names_nobody", _("No question leads to somebody"), "flag", term="题目已脱敏"),
    Field("review_says", _("Opinion of the review"), "long", term="审核意见"),
)

BEFORE = (
    Field("invited_before", _("How many are invited to answer"), "whole", term="受邀人数（教育前）", least=5),
    Field("before_until", _("Answers until"), "day", term="作答截止（教育前）", least=0),
)
AFTER = (
    Field("held_on", _("Day of the education or course"), "day", term="教育日期", most=0),
    Field("invited_after", _("How many are invited to answer"), "whole", term="受邀人数（教育后）", least=5),
    Field("after_until", _("Answers until"), "day", term="作答截止（教育后）", least=0),
)

RESULT = (
    Field("phase", _("Before or after"), "choice", term="教育前后", choices=PHASES),
    Field("office_kind", _("Kind of office"), "choice", term="单位类别",
          choices=(*OFFICE_KINDS, (TOGETHER, _("Several kinds together")))),
    Field("sheets", _("Sheets handed in"), "whole", term="答卷数", least=5),
    Field("answers", _("Answers on them"), "whole", term="作答题次", least=1),
    Field("right_answers", _("Of these right"), "whole", term="答对题次", least=0),
)  # fmt: skip

BY_QUESTION = (
    Field("phase", _("Before or after"), "choice", term="教育前后", choices=PHASES),
    Field("question_no", _("Number of the question"), "whole", term="题号", least=1),
    Field("sheets", _("Sheets handed in"), "whole", term="答卷数", least=5),
    Field("right_answers", _("Of these right"), "whole", term="答对题次", least=0),
)

CLOSED = (Field("learnt", _("What the education leaves open"), "long", term="仍需加强的内容"),)
