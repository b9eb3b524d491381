"""What is counted of letters: by type, field, issuer and link; never a ranking by punishments."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Figure

YES = (("recurred", "yes"),)


def _took(key: str, name: object, start: str, end: str) -> Figure:
    return Figure(f"days_{key}", name, counts=f"median_days:{start}:{end}", by=("area",))


FIGURES = (
    Figure("by_stage", _("Letters by stage and light"), by=("stage", "light")),
    Figure("by_origin", _("Letters by where they come from"), by=("origin", "area")),
    Figure("issued", _("Letters issued by instrument and field"), counts="acts:deliver",
           by=("instrument", "area")),
    Figure("by_issuer", _("Letters issued by who issues them"), counts="acts:deliver",
           by=("issuer", "issuing_room")),
    Figure("declined", _("Studies that found no letter needed"), counts="acts:decline", by=("area",)),
    Figure("replied", _("Replies of units"), counts="acts:reply", by=("instrument",)),
    Figure("adopted", _("Share of these that adopt the letter"), counts="acts:reply", by=("instrument",),
           where=(("adoption", "all"),), share_of="replied"),
    Figure("objected", _("Objections"), counts="acts:object", by=("instrument",)),
    Figure("replied_in_time", _("Replies in time"), counts="clocks:rec_reply", by=("unit",)),
    Figure("completed_in_time", _("Corrections completed in time"), counts="clocks:rec_complete",
           by=("unit",)),
    Figure("visited_in_time", _("Visits of the team in time"), counts="clocks:visit", by=("tracking_unit",)),
    Figure("visits", _("Visits recorded, by judgement"), counts="ledger:visits", by=("visit_says",)),
    Figure("watched_in_time", _("Looked over by the office in time"), counts="clocks:watch"),
    Figure("chases", _("Chases by level"), counts="ledger:chases", by=("chase_level",)),
    Figure("warnings", _("Warnings of the review by kind"), counts="ledger:warnings", by=("found_kind",)),
    Figure("reports", _("Reports for closing"), counts="acts:report", by=("area",)),
    Figure("returns", _("Share of reports sent back"), counts="acts:return_report", by=("area",),
           share_of="reports"),
    Figure("grounds", _("Why reports are sent back"), counts="ledger:returns", by=("return_ground",)),
    Figure("struck_off", _("Letters struck off"), counts="acts:strike_off", by=("area",)),
    Figure("first_pass", _("Share of these accepted at the first report"), counts="acts:strike_off",
           by=("area",), never="return_report", share_of="struck_off"),
    Figure("grades", _("Evaluations by grade"), counts="acts:evaluate", by=("grade", "instrument")),
    Figure("grades_by_unit", _("Evaluations by unit and grade"), counts="acts:evaluate",
           by=("unit", "grade")),
    Figure("self_gap", _("Units' own score against the evaluation"), counts="acts:evaluate",
           by=("self_gap",)),
    Figure("systems", _("Rules made by units"), counts="ledger:systems", by=("area",)),
    Figure("looked_back", _("Letters looked back on"), counts="acts:look_back", by=("area",)),
    Figure("recurred", _("Share of these in which the same came back"), counts="acts:look_back",
           by=("area",), where=YES, share_of="looked_back"),
    Figure("reopened", _("Reopened because a rule fired again"), counts="acts:recur", by=("area",)),
    _took("issue", _("Median days from the study to service"), "weigh", "deliver"),
    _took("plan", _("Median days from service to the plan"), "deliver", "hand_in_plan"),
    _took("mend", _("Median days from the plan to the report"), "accept_plan", "report"),
    _took("team", _("Median days from the report to the team's opinion"), "report", "agree_tracker"),
    _took("room", _("Median days from there to the evaluation"), "agree_tracker", "evaluate"),
    _took("office", _("Median days from the evaluation to striking off"), "evaluate", "strike_off"),
)  # fmt: skip
