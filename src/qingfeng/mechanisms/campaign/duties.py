"""The clocks and ledgers of a campaign; its steps end on the days of its own plan."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Clock, Ledger
from qingfeng.mechanisms.campaign import fields, published
from qingfeng.mechanisms.campaign.gates import PRACTICE
from qingfeng.mechanisms.campaign.gates_after import KEPT_SHORT

KEY = "campaign"
LATE = ("head", "deputy", "principal")

CLOCKS = (
    Clock("write", _("Write the plan of the campaign"), working_days=10, starts="open", law=PRACTICE,
          setting=f"{KEY}.write", bears="head", escalates=("deputy",)),
    Clock("approve", _("Decide on the plan of the campaign"), working_days=5, law=PRACTICE,
          setting=f"{KEY}.approve", bears="deputy", escalates=("principal",)),
    Clock("pilot", _("Step 1: crack one point"), until="pilot_by", law=PRACTICE, most_extension_days=90,
          extended_by="deputy", bears="head", escalates=LATE[1:]),
    Clock("lock", _("Step 2: lock leads"), until="lock_by", law=PRACTICE, most_extension_days=90,
          extended_by="deputy", bears="analyst", escalates=LATE),
    Clock("sweep", _("Step 3: close the net"), until="sweep_by", law=PRACTICE, most_extension_days=90,
          extended_by="deputy", bears="head", escalates=LATE[1:]),
    Clock("spread", _("Step 4: roll it out"), until="spread_by", law=PRACTICE, most_extension_days=90,
          extended_by="deputy", bears="head", escalates=LATE[1:]),
    Clock("count", _("Have the yields counted again"), days=30, law=PRACTICE, setting=f"{KEY}.count",
          repeats=True, during=("sweeping", "spreading"), bears="analyst", escalates=("head",)),
    Clock("data_gone", _("Delete the campaign's data, with proof"), until="data_until", law=KEPT_SHORT,
          bears="analyst", escalates=LATE),
    Clock("look_back", _("Look back on the campaign"), months=3, law=PRACTICE, setting=f"{KEY}.look_back",
          bears="head", escalates=LATE[1:]),
    Clock("close", _("Strike the campaign off, or take it up again"), working_days=10, law=PRACTICE,
          setting=f"{KEY}.close", bears="deputy", escalates=("principal",)),
)  # fmt: skip

STRUCK = ("struck", _("struck out"))

LEDGERS = (
    Ledger("data_list", _("List of data"), "数据清单", fields.DATA,
           (("listed", _("on the list of data")), STRUCK), ("listed", "struck"), unsaid=("struck",)),
    Ledger("dives", _("Deep dives at the pilots"), "深挖记录", fields.DIVE, (("dived", _("on record")),),
           ("dived",)),
    Ledger("problems", _("Problems of the field"), "问题清单", fields.PROBLEM,
           (("listed", _("on the list of problems")), STRUCK), ("listed", "struck"), unsaid=("struck",)),
    Ledger("rule_tests", _("Tests of the rules"), "规则检验台账", fields.RULE_TEST,
           (("labelled", _("labels of verifiers, counted by the house")),
            ("by_hand", _("sample labelled by two"))), ("labelled", "by_hand")),
    Ledger("doubts", _("Doubts by rule when the net was closed"), "疑点清单", fields.DOUBTS,
           (("listed", _("listed")),), ("listed",)),
    Ledger("tasks", _("Tasks of verification"), "核查任务单", fields.TASK,
           (("set", _("task set")), ("done", _("task done")), ("dropped", _("task dropped"))),
           ("done", "dropped"), due="task_due"),
    Ledger("systems", _("Rules made"), "制度成果表", fields.SYSTEM, (("made", _("rule made")),), ("made",)),
    Ledger("published", _("Numbers that were said"), "公布数字核对", published.LINE,
           (("said", _("number said")),), ("said",)),
    Ledger("counts", _("Yields, as the house counted them"), "成效台账", published.COUNT,
           (("counted", _("counted")),), ("counted",)),
    Ledger("kept_on", _("Data kept on for another purpose"), "继续留存数据", fields.KEPT_ON,
           (("kept", _("kept on")),), ("kept",), due="kept_until"),
    Ledger("deletions", _("Proofs of deletion"), "数据删除证明", fields.DELETED,
           (("deleted", _("deleted for good")),), ("deleted",)),
)  # fmt: skip
