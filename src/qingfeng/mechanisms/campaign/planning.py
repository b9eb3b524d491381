"""What is done from the topic to the first step: plan, list of data, assessment, approval, task force."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry, Opens
from qingfeng.mechanisms.campaign import fields, gates, papers
from qingfeng.mechanisms.campaign.parts import AT_WORK, LEADERS, STEPS
from qingfeng.mechanisms.common import RECUSAL_CHECKED

PLANNERS = ("head", "analyst", "lead")
BEFORE = ("proposed", "planned")

ACTS = (
    Act("write_plan", _("Write the plan"), by=PLANNERS, from_="proposed", asks=fields.PLAN,
        names=("subject_pilot",), gates=(gates.PERIOD_FITS, gates.TIMETABLE_FITS, gates.UNITS_FIT)),
    Act("list_data", _("List the data that is needed"), by=PLANNERS, from_="proposed",
        enters=(Entry("data_list", "listed", least=1),)),
    Act("strike_data", _("Strike a data set"), by=PLANNERS, from_="proposed",
        enters=(Entry("data_list", "struck", ("listed",), 1),)),
    Act("assess", _("Begin the assessment of what it means for people"), by=PLANNERS, from_=BEFORE,
        opens=(Opens("impact", "assessed_by", always=True, if_there=True),), when=gates.not_assessed_yet),
    Act("submit_plan", _("Hand the plan in"), by=PLANNERS, from_="proposed", to="planned",
        gates=(gates.PLANNED, gates.DATA_LISTED), stops="write", starts="approve"),
    Act("return_plan", _("Return the plan"), by=LEADERS, from_="planned", to="proposed", reason=True,
        stops="approve", starts="write"),
    Act("approve_plan", _("Approve the plan: step 1 begins"), by=LEADERS, from_="planned", to="piloting",
        asks=fields.APPROVED, gates=(gates.IMPACT_STANDS,), not_by=PLANNERS, prints=(papers.PLAN,),
        stops="approve", starts="pilot", on_paper=True, meeting=True),
    Act("drop", _("Do not carry it out"), by=LEADERS,
        from_=("proposed", "planned", "piloting", "locking"), to="dropped", reason=True, on_paper=True,
        meeting=True),
    Act("staff", _("Let a task force be formed"), by=("head", *LEADERS), from_=(*BEFORE, *STEPS),
        opens=(Opens("task_force", "staffed_by", always=True, if_there=True),), when=gates.not_staffed_yet),
    Act("take_in", _("Take in the members of the task force"), by=("head", *LEADERS), from_=STEPS,
        names=("lead", "member"), gates=(gates.TEAM_NAMED,), computes="campaign.force",
        finds=("lead", "member")),
    Act("set_team", _("Name who works on it"), by=("head", *LEADERS), from_=(*BEFORE, *AT_WORK),
        asks=fields.TEAM, names=("lead", "member"), gates=(RECUSAL_CHECKED,)),
    Act("ask_data", _("Ask for data"), by=("analyst", "head"), from_=STEPS,
        opens=(Opens("data_request", "asks_for", always=True, if_there=True),)),
    *(Act(f"extend_{clock}", name, by=LEADERS, from_=stage, asks=fields.LONGER, extends=clock, reason=True,
          not_by=PLANNERS, on_paper=True)
      for clock, stage, name in (
          ("pilot", "piloting", _("Allow more time for step 1")),
          ("lock", "locking", _("Allow more time for step 2")),
          ("sweep", "sweeping", _("Allow more time for step 3")),
          ("spread", "spreading", _("Allow more time for step 4")),
      )),
)  # fmt: skip
