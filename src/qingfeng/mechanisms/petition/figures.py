"""What is counted of petitions: offices and items, never who writes, how often, or where they go."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Figure

FIGURES = (
    Figure("all", _("Petitions by topic and stage"), by=("topic", "stage", "level")),
    Figure("open_light", _("Petitions in hand by light"), by=("light", "lead_unit")),
    Figure("routed_in_time", _("Registered and routed in time"), counts="clocks:pet_register_route"),
    Figure("told_in_time", _("Told in time"), counts="clocks:pet_notify_direct"),
    Figure("dispatched_in_time", _("Handed out in time"), counts="clocks:dispatch"),
    Figure("planned_in_time", _("Plans in time"), counts="clocks:plan", by=("lead_unit",)),
    Figure("handled_in_time", _("Opinions in time"), counts="clocks:pet_handle", by=("lead_unit", "topic")),
    Figure("served_in_time", _("Opinions served in time"), counts="clocks:serve", by=("lead_unit",)),
    Figure("reviewed_in_time", _("Reviews in time"), counts="clocks:pet_review"),
    Figure("rechecked_in_time", _("Re-examinations in time"), counts="clocks:pet_recheck"),
    Figure("executed_in_time", _("Carried out in time"), counts="clocks:execute", by=("lead_unit",)),
    Figure("helped_in_time", _("Help offered in time"), counts="clocks:offer_help", by=("lead_unit",)),
    Figure("answers", _("Opinions issued"), counts="acts:issue", by=("lead_unit", "supported")),
    Figure("reviewed", _("Reviews, by result"), counts="acts:review", by=("lead_unit", "review_result")),
    Figure("changed", _("Share of reviews that changed an opinion"), counts="acts:review", by=("lead_unit",),
           where=(("review_result", "changed"),), share_of="reviewed"),
    Figure("anew", _("Reviews after which it was handled anew"), counts="acts:review_anew",
        by=("lead_unit",)),
    Figure("rechecked", _("Re-examinations, by result"), counts="acts:recheck",
           by=("lead_unit", "review_result")),
    Figure("rechecked_changed", _("Share of re-examinations that changed an opinion"), counts="acts:recheck",
           by=("lead_unit",), where=(("review_result", "changed"),), share_of="rechecked"),
    Figure("causes", _("Where petitions came from"), counts="acts:issue", by=("cause", "topic")),
    Figure("avoidable", _("Share that an office's own duty would have avoided"), counts="acts:issue",
           by=("lead_unit",), where=(("avoidable", "yes"),), share_of="answers", least=5),
    Figure("closed", _("Struck off"), counts="acts:strike_off", by=("lead_unit",)),
    Figure("at_first", _("Share resolved with the first opinion"), counts="acts:strike_off",
           by=("lead_unit",), share_of="closed", never="ask_review", least=5),
    Figure("asked", _("Petitioners who answered"), counts="acts:ask|rate", by=("lead_unit",),
           where=(("satisfied", ("yes", "rather", "no")),)),
    Figure("satisfied", _("Share of answers that are satisfied"), counts="acts:ask|rate", by=("lead_unit",),
           where=(("satisfied", ("yes", "rather")),), share_of="asked", least=5),
    Figure("delays", _("Delays examined, by office"), counts="ledger:delays", by=("delay_by", "delay_done")),
    Figure("efforts", _("What was tried together"), counts="ledger:efforts", by=("effort",)),
    Figure("median_days", _("Median days from taking up to the opinion"), counts="median_days:accept:issue",
           by=("lead_unit",)),
)  # fmt: skip
