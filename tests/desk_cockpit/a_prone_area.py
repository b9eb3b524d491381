"""A district with one prone unit: leads found, some verified, exposures, one unit that nobody looked at."""

from datetime import timedelta

from a_cockpit import verified
from a_run import a_finding, a_lead, on_the_desk
from django.utils import timezone

from qingfeng.findings.models import Exposure, Lead, UnitOnRecord
from qingfeng.matters.statistics import Period
from qingfeng.organization.models import Unit

# unit: vehicles, leads found, of these verified as so, kind and place in the register
DISTRICT = {
    "云水区教育局": (20, 30, 24, "机关", ""),
    "云水区水务局": (40, 6, 2, "机关", ""),
    "云水区卫生健康委员会": (40, 5, 2, "事业", ""),
    "云水区农业农村局": (40, 4, 1, "事业", ""),
    "云水区民政局": (3, 3, 2, "参公", ""),
    "云水区白鹭镇人民政府": (30, 2, 1, "镇街", "白鹭镇"),
    "云水区柳溪镇人民政府": (0, 0, 0, "镇街", "柳溪镇"),
}
MONTHS = 6


def this_month():
    return timezone.localdate().replace(day=1)


def months_before(amount):
    on = this_month()
    for _one in range(amount):
        on = (on - timedelta(days=1)).replace(day=1)
    return on


def half_a_year():
    return Period(months_before(MONTHS - 1), timezone.localdate(), timezone.localdate())


def a_district(folder):
    """Put it on the desk; `Lead`s by unit come back."""
    told, no = [], 0
    for unit, (_vehicles, found, _so, _kind, _place) in DISTRICT.items():
        for place in range(found):
            no += 1
            on = months_before(place % MONTHS)
            told.append(
                a_lead(
                    f"{no:04x}",
                    findings=[a_finding(row=no)],
                    subject=("plate", f"苏M{no:05d}"),
                    unit=unit,
                    at=f"{on:%Y-%m}-01T12:00:00+08:00",
                )
            )
    on_the_desk(folder, *told)
    for unit, (vehicles, _found, so, kind, place) in DISTRICT.items():
        known = Unit.objects.get(name=unit)
        UnitOnRecord.objects.create(
            name=unit, unit=known, kind=kind, place=place, lon=124.0 + vehicles / 1000, lat=30.5
        )
        for lead in Lead.objects.filter(unit_name=unit).order_by("key")[:so]:
            verified(lead)
        Exposure.objects.bulk_create(
            Exposure(unit=known, unit_name=unit, expense="vehicle_cost", month=months_before(one),
                     amount=vehicles, snapshot="5")
            for one in range(MONTHS if vehicles else 0)
        )  # fmt: skip
