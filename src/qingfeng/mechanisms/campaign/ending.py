"""What is done after a campaign was summed up: its data goes, somebody looks back, it is struck off."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry
from qingfeng.mechanisms.campaign import fields, gates_after, papers
from qingfeng.mechanisms.campaign.parts import LEADERS, TEAM
from qingfeng.mechanisms.campaign.steps import COUNTED

AFTER = ("summed_up", "looked_back")

ACTS = (
    Act("keep_on", _("Name another lawful purpose of a data set"), by=LEADERS, from_=AFTER,
        asks=fields.KEPT_ON, gates=(gates_after.REQUEST_LINKED,), computes="campaign.kept",
        enters=(Entry("kept_on", "kept", least=1),), reason=True, on_paper=True),
    Act("prove_deletion", _("Prove that its data is gone"), by=("analyst", "head"), from_=AFTER,
        gates=(gates_after.DATA_GONE,), enters=(Entry("deletions", "deleted"),),
        computes="campaign.deletions", prints=(papers.DELETION,), stops="data_gone"),
    Act("look_back", _("Record the look back"), by=TEAM, from_="summed_up", to="looked_back",
        asks=fields.LOOK_BACK, prints=(papers.LOOK_BACK,), second=True, stops="look_back", starts="close"),
    Act("take_up", _("Take it up again: step 3"), by=LEADERS, from_="looked_back", to="sweeping",
        asks=fields.AGAIN, reason=True, when=gates_after.came_back, stops=("close", "data_gone"),
        starts=("sweep", "count")),
    Act("close", _("Strike off"), by=LEADERS, from_="looked_back", to="closed", asks=fields.CLOSED,
        gates=(gates_after.LEADS_HANDLED, gates_after.SYSTEMS_MADE, gates_after.LOOKED_BACK,
               gates_after.HELD, gates_after.DATA_GONE, gates_after.DELETION_PROVED),
        not_by=("head", "lead", "analyst", "member"), enters=COUNTED, computes="campaign.closing",
        prints=(papers.STRUCK,), stops=("close", "data_gone"), on_paper=True, meeting=True),
)  # fmt: skip
