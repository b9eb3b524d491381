"""A holder of data sees what is asked of it, and hands its files over (mechanisms.md M22a)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qingfeng.findings.models import Delivery
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS

CONTACT, OTHER = "W0401", "W0402"


@pytest.fixture
def asked(paper):
    """A request to the audit office that was sent."""

    def never(_name, _by):
        raise AssertionError("this story brings no file")

    office = paper.office
    scene = sampling.Scene(
        base=timezone.localdate() - timedelta(days=8),
        person=lambda key: office.people[PEOPLE[key]],
        unit=lambda key: office.units[UNITS[key]],
        attach=never,
    )
    return sampling.play("data_request", "single", scene)


def address(matter):
    return reverse("desk:delivering_request", args=[matter.slug])


def a_file(name="接待.csv", content=b"a,b\r\n1,2\r\n"):
    return SimpleUploadedFile(name, content)


def test_a_holder_sees_the_list_with_its_purposes_and_the_day(paper, asked):
    page = paper.browser(CONTACT).get(address(asked)).content.decode()

    assert "核对金额" in page
    assert "公务接待" in page


@pytest.mark.parametrize("number", [OTHER, "W0103", "Y0402"])
def test_a_request_does_not_exist_for_anybody_else(paper, asked, number):
    assert paper.browser(number).get(address(asked)).status_code == 404


def test_files_become_a_delivery_of_the_request_under_its_list_with_their_hashes(paper, asked):
    paper.browser(CONTACT).post(address(asked), {"files": [a_file()]})

    made = Delivery.objects.get()
    line = asked.lines.get(ledger="handovers")
    assert made.request == asked
    assert made.state == "ready"
    assert set(made.listed) == {"reception"}
    assert "接待.csv" in line.facts["files_sent"]
    assert len(line.facts["sent_sha256"].split()[0]) == 64


def test_without_a_file_nothing_is_begun(paper, asked):
    paper.browser(CONTACT).post(address(asked), {})

    assert not Delivery.objects.exclude(state="discarded").exists()
    assert not asked.lines.filter(ledger="handovers").exists()


def test_the_list_of_requests_says_the_number_and_the_day_and_no_title(paper, asked):
    page = paper.browser(CONTACT).get(reverse("desk:delivering")).content.decode()

    assert asked.number in page
    assert asked.title not in page
