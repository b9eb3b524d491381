"""The documents of a letter: each printed by one act, in official Chinese (`slips/`)."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Slip
from qingfeng.mechanisms.recommendation import gates, gates_after

WEIGHING = Slip("weighing", _("Record of the study"), "建议专题研判记录", "建议研判")
DISCIPLINE = Slip("discipline", _("Discipline inspection recommendation"), "纪律检查建议书", "纪检建议",
                  to="unit", named_by="signing_team", when=gates.is_instrument("discipline"))  # fmt: skip
SUPERVISION = Slip("supervision", _("Supervision recommendation"), "监察建议书", "监察建议", to="unit",
                   named_by="signing_team", when=gates.is_instrument("supervision"))  # fmt: skip
BOTH = Slip("both", _("Discipline inspection and supervision recommendation"), "纪检监察建议书",
            "纪检监察建议", to="unit", named_by="signing_team", when=gates.is_instrument("both"))  # fmt: skip
LETTERS = (DISCIPLINE, SUPERVISION, BOTH)
SERVICE = Slip("service", _("Certificate of service"), "送达回证", "建议送达", to="unit")
REEXAMINED = Slip("reexamined", _("Decision on an objection"), "异议复核决定书", "建议复核", to="unit")
CHASE_UNIT = Slip("chase", _("Chase to the unit"), "督改通知书", "督改", to="unit",
                  when=gates_after.to_the_unit)  # fmt: skip
CHASE_OURS = Slip("chase_inside", _("Chase to one of our links"), "内部督改通知", "内部督改",
                  when=gates_after.to_ourselves)  # fmt: skip
TRACKING = Slip("tracking", _("Record of a visit on site"), "建议跟踪记录", "建议跟踪")
CLOSING = Slip("closing", _("Report for closing"), "建议整改报结表", "建议报结")
RETURNED = Slip("returned", _("Report sent back"), "建议整改退回通知", "建议退回", to="unit")
EVALUATION = Slip("evaluation", _("Evaluation of a letter"), "建议整改成效评估表", "建议评估")
STRUCK = Slip("struck", _("Told that the letter is struck off"), "建议整改销号通知", "建议销号", to="unit")
LOOK_BACK = Slip("look_back", _("Record of a look back on a letter"), "建议整改回头看记录", "建议回头看")
TRANSFER = Slip("transfer", _("Record of handing over"), "建议责任交接单", "建议交接")
WITHDRAWN = Slip("withdrawn", _("Letter withdrawn"), "建议书撤回通知", "建议撤回", to="unit")
