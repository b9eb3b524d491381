"""A reception list on paper, and the people who type it."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from qingfeng.organization.accounts import open_account
from qingfeng.organization.models import Account

ROWS = [
    {"rcpt_id": "JD-01", "date": "2026-03-02", "guests": "6", "meal_amount": "480.00"},
    {"rcpt_id": "JD-02", "date": "2026-03-05", "guests": "4", "meal_amount": "320.00"},
    {"rcpt_id": "JD-03", "date": "2026-03-09", "guests": "8", "meal_amount": "760.00"},
]
COLUMNS = ["rcpt_id", "date", "guests", "meal_amount"]


def scan():
    """The smallest scan that a reader opens."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return SimpleUploadedFile("接待清单.pdf", out.getvalue(), content_type="application/pdf")


class Paper:
    """The office of these tests."""

    def __init__(self, office):
        self.office = office

    def browser(self, number):
        """Somebody signed in, by person number."""
        person = self.office.people[number]
        account = Account.objects.filter(person=person).first()
        account = account or open_account(person, f"at-{number.lower()}", by=None, prepared="!")[0]
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    @property
    def analyst(self):
        """Who types."""
        return self.browser("Y0404")

    @property
    def colleague(self):
        """Who types again."""
        return self.browser("Y0402")

    def sheet(self, rows=ROWS):
        """A sheet with rows typed by the analyst."""
        from qingfeng.desk.typing.models import TypedSheet

        browser = self.analyst
        browser.post(
            reverse("desk:typing_new"), {"name": "三月接待清单", "table": "reception", "scan": scan()}
        )
        made = TypedSheet.objects.get()
        browser.post(reverse("desk:typing_columns", args=[made.pk]), {"columns": COLUMNS})
        browser.post(self.page(made), boxes(rows))
        made.refresh_from_db()
        return made

    @staticmethod
    def page(sheet):
        """Address of a sheet."""
        return reverse("desk:typing_sheet", args=[sheet.pk])

    def handed_over(self, rows=ROWS):
        """A sheet whose sample waits for the colleague."""
        made = self.sheet(rows)
        second = self.office.people["Y0402"].pk
        self.analyst.post(reverse("desk:typing_hand_over", args=[made.pk]), {"second": second})
        made.refresh_from_db()
        return made


def boxes(rows, *, start=1, numbers=None):
    """What a form of the grid sends for rows."""
    places = numbers or range(start, start + len(rows))
    return {"from": start} | {
        f"c-{no}-{key}": text for no, row in zip(places, rows, strict=False) for key, text in row.items()
    }
