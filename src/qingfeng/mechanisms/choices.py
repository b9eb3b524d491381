"""Choices that many kinds of matter offer, once, so that figures of different rooms stand side by side."""

from django.utils.translation import gettext_lazy as _

AREAS = (
    ("conduct", _("Conduct and the eight-point rules")),
    ("grassroots", _("Interests of the people at the grassroots")),
    ("works", _("Construction works")),
    ("procurement", _("Tenders and procurement")),
    ("funds", _("Public funds")),
    ("enterprises", _("State-owned enterprises")),
    ("schools_clinics", _("Schools and clinics")),
    ("environment", _("Environment")),
    ("safety", _("Safety at work")),
    ("villages", _("Villages and farming")),
    ("other", _("Other field of work")),
)
"""Fields of work (领域)."""

YES_NO = (("yes", _("Yes")), ("no", _("No")))
