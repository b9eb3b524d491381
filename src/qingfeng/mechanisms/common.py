"""What many kinds of matter ask and hold in the same words, so that rooms can be set side by side."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Gate, Law

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

WATCHES = (
    ("vehicle", _("Official vehicles")),
    ("letter", _("Official letters and receptions")),
    ("card", _("Cards, coupons and invoices")),
    ("scenic", _("Scenic places, hotels and travel")),
    ("ledger", _("Accounts and vouchers")),
    ("payroll", _("Pay and allowances")),
    ("cross", _("Several kinds of records")),
)
"""Kinds of supervision by records (监督类别), as screening rules name them."""

AREA_OF_EXPENSE = {
    "vehicle_use": "conduct",
    "vehicle_cost": "conduct",
    "reception": "conduct",
    "cards": "conduct",
    "travel": "conduct",
    "scenic": "conduct",
    "invoice": "funds",
    "pay": "funds",
    "union": "funds",
}
"""Field of work of a kind of expense (`findings/prone`); a rule made of a pattern card is of its card's."""

OFFICE_KINDS = (
    ("organ", _("Offices of the district")),
    ("town", _("Towns and sub-districts")),
    ("village", _("Villages and neighbourhoods")),
    ("enterprise", _("State-owned enterprises")),
    ("institution", _("Schools, clinics and other institutions")),
    ("other", _("Other offices")),
)
"""Kinds of office (单位类别): what is counted by them leads to no one office."""

YES_NO = (("yes", _("Yes")), ("no", _("No")))

RECUSAL = (Law("监察法", "Art. 67"),)
RECUSAL_ASKED = Field(
    "recusal_checked", _("Everybody named was asked about grounds of recusal"), "flag", term="回避情形已核对"
)
RECUSAL_CHECKED = Gate(
    "recusal_checked",
    _("Ask everybody who is named about grounds of recusal, then name them."),
    lambda seen: seen.entered.get("recusal_checked", True) is True,
    RECUSAL,
)

WISH = Field(
    "wish",
    _("What the person wishes"),
    "choice",
    term="本人意愿",
    choices=(("private", _("Only to the person")), ("shared", _("Where it had become known"))),
    help=_("Ask first; the wish decides about the audience."),
)
AUDIENCE = Field(
    "audience",
    _("Who is told"),
    "choices",
    term="澄清范围",
    choices=(
        ("person", _("The person, face to face or by letter")),
        ("leaders", _("The leaders of the unit")),
        ("committee", _("The party committee, by notice")),
        ("range", _("A set range, by notice or in a meeting")),
    ),
)
"""Of a clarification (澄清正名): in whose sight it is done."""
