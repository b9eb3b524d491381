"""The whole house at work: the sample office, its cast, papers brought beforehand, rows as they are."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from a_paper_of_mine import PAPER

BEIJING = ZoneInfo("Asia/Shanghai")
NEW_YEAR = date(2026, 1, 5)  # the Spring Festival of 2026 lies ahead


class House:
    """The sample office with an account and a paper for everybody of the cast."""

    def __init__(self, office):
        from qingfeng.documents.attachments import keep
        from qingfeng.mechanisms.cast import PEOPLE
        from qingfeng.organization.accounts import open_account
        from qingfeng.organization.models import Account

        self.office = office
        self.papers = {}
        for key, number in PEOPLE.items():
            person = office.people[number]
            account = Account.objects.filter(person=person).first()
            account = account or open_account(person, f"at-{number}", by=None, prepared="!")[0]
            self.papers[person.pk] = keep(PAPER, f"{key}.pdf", by=account).pk

    @property
    def cast(self):
        """Everybody of the cast, in order."""
        from qingfeng.mechanisms.cast import PEOPLE

        return [self.office.people[number] for number in dict.fromkeys(PEOPLE.values())]

    @property
    def units(self):
        """Every unit of the cast, in order."""
        from qingfeng.mechanisms.cast import UNITS

        return [self.office.units[short] for short in UNITS.values()]

    def scene(self, base, travel):
        """The place of a story in which nobody has to bring papers any more."""
        from qingfeng.mechanisms import sampling
        from qingfeng.mechanisms.cast import PEOPLE, UNITS

        return sampling.Scene(
            base=base,
            person=lambda key: self.office.people[PEOPLE[key]],
            unit=lambda key: self.office.units[UNITS[key]],
            attach=lambda _name, by: self.papers[by.pk],
            on=travel,
        )


def morning(day):
    """Nine o'clock of a day in Shanghai."""
    return datetime.combine(day, time(9), BEIJING)


def rows_of(matter):
    """Every row that belongs to a matter, and how far numbers and journal have come."""
    from qingfeng.documents.models import Counter, Number
    from qingfeng.journal.models import JournalEntry
    from qingfeng.matters import models
    from qingfeng.matters.key_models import Sealed

    dumped = {"matter": list(models.Matter.objects.filter(pk=matter.pk).values())}
    for table in (
        models.Party,
        models.Performance,
        models.LedgerLine,
        models.ClockRun,
        models.MatterSlip,
        models.MatterFile,
        Sealed,
        models.RecusalDecision,
        models.Awaiting,
        models.Notice,
    ):
        dumped[table.__name__] = list(table.objects.filter(matter=matter.pk).order_by("pk").values())
    dumped["links"] = list(models.MatterLink.objects.filter(source=matter.pk).order_by("pk").values())
    dumped["counters"] = list(Counter.objects.order_by("pk").values_list("pk", "last"))
    dumped["numbers"] = Number.objects.count()
    dumped["matters"] = models.Matter.objects.count()
    dumped["entries"] = JournalEntry.objects.count()
    return dumped
