"""The documents of a campaign: each printed by one act, in official Chinese (`slips/`)."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Slip

PLAN = Slip("plan", _("Plan of a campaign"), "专项治理方案", "专治方案")
PILOT = Slip("pilot", _("Report on the pilots"), "破题报告", "专治破题")
PROBLEMS = Slip("problems", _("List of problems"), "问题清单", "专治问题")
TOLD = Slip("pilots_told", _("Letter to the pilot units"), "试点情况告知函", "专治告知", to="subject_pilot")
DOUBTS = Slip("doubts", _("List of doubts by rule"), "疑点清单", "专治疑点")
TASKS = Slip("tasks", _("Tasks of verification"), "核查任务单", "专治任务")
CIRCULAR = Slip("circular", _("Circular of typical cases"), "典型案例通报", "专治通报", anonymous=True)
SUMMARY = Slip("summary", _("Summary of a campaign"), "专项治理总结报告", "专治总结")
SYSTEMS = Slip("systems", _("Rules made in a campaign"), "制度成果表", "专治制度")
LOOK_BACK = Slip("look_back", _("Record of a look back on a campaign"), "专项治理回头看记录", "专治回头看")
DELETION = Slip("deletion", _("Proof that a campaign's data is gone"), "专项治理数据删除证明", "专治删除")
STRUCK = Slip("struck", _("Sheet on striking a campaign off"), "专项治理销号审批表", "专治销号")
