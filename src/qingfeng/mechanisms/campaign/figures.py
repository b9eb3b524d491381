"""What is counted of campaigns: by field and step; what units reported themselves stands apart."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Figure

FIGURES = (
    Figure("by_stage", _("Campaigns by field and step"), by=("area", "stage")),
    Figure("approved", _("Plans approved"), counts="acts:approve_plan", by=("area",)),
    Figure("swept", _("Nets closed"), counts="acts:sweep", by=("area",)),
    Figure("traced", _("Share of pilots that left a trace in data"), counts="acts:report_pilot",
           by=("area",), where=(("data_trace", "yes"),), share_of="reported"),
    Figure("reported", _("Reports on pilots"), counts="acts:report_pilot", by=("area",)),
    Figure("tests", _("Tests of rules"), counts="ledger:rule_tests", by=("area",)),
    Figure("systems", _("Rules made in campaigns"), counts="ledger:systems", by=("area",)),
    Figure("recovered", _("Yuan recovered after verification, as said in summaries"),
           counts="sum:said_recovered", by=("area",)),
    Figure("self_recovered", _("Yuan recovered by units themselves, as said in summaries"),
           counts="sum:said_self_recovered", by=("area",)),
    Figure("circulars", _("Circulars of typical cases"), counts="acts:circulate", by=("area",)),
    Figure("said", _("Numbers said, by figure and where"), counts="ledger:published",
           by=("figure", "where_said")),
    Figure("gone_in_time", _("Data gone in time"), counts="clocks:data_gone", by=("area",)),
    Figure("looked_back", _("Looks back on campaigns"), counts="acts:look_back", by=("area",)),
    Figure("recurred", _("Share of these in which the same came back"), counts="acts:look_back",
           by=("area",), where=(("recurred", "yes"),), share_of="looked_back"),
    Figure("closed", _("Campaigns struck off"), counts="acts:close", by=("area",)),
    Figure("days_pilot", _("Median days of step 1"), counts="median_days:approve_plan:lock", by=("area",)),
    Figure("days_lock", _("Median days of step 2"), counts="median_days:lock:sweep", by=("area",)),
    Figure("days_sweep", _("Median days of step 3"), counts="median_days:sweep:spread", by=("area",)),
    Figure("days_spread", _("Median days of step 4"), counts="median_days:spread:sum_up", by=("area",)),
)  # fmt: skip
