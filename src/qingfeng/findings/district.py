"""Figures of this floor that the district may set: no law fixes any of them."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qingfeng.organization.district_settings import Choice, register

WATCH_ONLY_BELOW = "findings.watch_only_below"
WATCH_ONLY_AFTER = "findings.watch_only_after"
DRAW_SHARE = "findings.draw_share"
DRAW_MOST = "findings.draw_most"
TRY_SECONDS = "findings.try_seconds"
TRY_MOST = "findings.try_most"
FOLLOW_MONTHS = "findings.follow_months"

register(
    Choice(
        WATCH_ONLY_BELOW,
        _("A rule is only watched below this precision"),
        20,
        _("per cent"),
        _("Its leads are found and listed, and handed out with a reason only; it comes back by itself."),
        "[proposal]",
        0,
        90,
    ),
    Choice(
        WATCH_ONLY_AFTER,
        _("Verdicts before a rule can be only watched"),
        10,
        _("findings"),
        _("Until so many findings of a rule were found right or wrong, nothing is concluded about it."),
        "[proposal]",
        1,
        1000,
    ),
    Choice(
        DRAW_SHARE,
        _("Share of the week's leads that is drawn at random"),
        10,
        _("per cent"),
        _("Drawn leads are verified whoever likes them: otherwise precision is learnt from favourites."),
        "[proposal]",
        1,
        100,
    ),
    Choice(
        DRAW_MOST,
        _("Most leads that are drawn in a week"),
        10,
        _("leads"),
        _("A first screening finds more at once than a share of it could be verified."),
        "[proposal]",
        1,
        1000,
    ),
    Choice(
        TRY_SECONDS,
        _("Time that a rule may take when it is tried"),
        300,
        _("seconds"),
        _("A rule that takes longer is stopped: it would hold up every screening."),
        "[proposal]",
        5,
        3600,
    ),
    Choice(
        TRY_MOST,
        _("Most findings with which a rule of the district may be put into use"),
        2000,
        _("findings"),
        _("A rule that finds more than anybody can verify says nothing: it is narrowed first."),
        "[proposal]",
        10,
        100_000,
    ),
    Choice(
        FOLLOW_MONTHS,
        _("How long a field is followed after its rule is in use"),
        24,
        _("months"),
        _("Whether the same comes back in a field shows late; then somebody looks back."),
        "[proposal]",
        3,
        60,
    ),
)
