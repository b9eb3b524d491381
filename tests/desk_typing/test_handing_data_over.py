"""A holder of data sees what is asked of it, and hands its files over (mechanisms.md M22a)."""

from datetime import timedelta
from hashlib import sha256

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


def announce(browser, matter, *files):
    told = browser.post(
        f"{address(matter)}files/", {"files": [{"path": path, "size": size} for path, size in files]},
        content_type="application/json",
    )  # fmt: skip
    return told.json()["files"]


def send(browser, matter, no, piece, offset=0):
    return browser.put(
        f"{address(matter)}files/{no}/", piece, content_type="application/octet-stream",
        headers={"X-Offset": str(offset)},
    )  # fmt: skip


def test_files_become_a_delivery_of_the_request_under_its_list_with_their_hashes(paper, asked):
    contact = paper.browser(CONTACT)
    contact.post(address(asked), {"files": [a_file()]})
    contact.post(address(asked), {"done": "1"})

    made = Delivery.objects.get()
    line = asked.lines.get(ledger="handovers")
    assert made.request == asked
    assert made.state == "ready"
    assert set(made.listed) == {"reception"}
    assert "接待.csv" in line.facts["files_sent"]
    assert len(line.facts["sent_sha256"].split()[0]) == 64


def test_a_file_sent_in_pieces_goes_on_where_it_broke_off_and_is_handed_over_with_its_hash(paper, asked):
    contact, content = paper.browser(CONTACT), b"a,b\r\n" + b"1,2\r\n" * 40

    (begun,) = announce(contact, asked, ("接待.csv", len(content)))
    send(contact, asked, begun["no"], content[:50])
    (known,) = announce(paper.browser(CONTACT), asked, ("接待.csv", len(content)))
    send(contact, asked, known["no"], content[50:], offset=known["received"])
    contact.post(address(asked), {"done": "1"})

    line = asked.lines.get(ledger="handovers")
    assert (known["no"], known["received"]) == (begun["no"], 50)
    assert line.facts["sent_sha256"] == f"{sha256(content).hexdigest()}  接待.csv"
    assert Delivery.objects.get().state == "ready"


def test_a_piece_out_of_place_is_told_where_to_go_on(paper, asked):
    contact = paper.browser(CONTACT)
    (begun,) = announce(contact, asked, ("接待.csv", 100))

    answer = send(contact, asked, begun["no"], b"x" * 10, offset=50)

    assert (answer.status_code, answer.json()["received"]) == (409, 0)


def test_what_is_not_whole_is_not_handed_over_and_can_be_taken_away(paper, asked):
    contact = paper.browser(CONTACT)
    (begun,) = announce(contact, asked, ("接待.csv", 100))
    send(contact, asked, begun["no"], b"x" * 10)

    contact.post(address(asked), {"done": "1"})
    there = contact.get(address(asked)).content.decode()
    contact.post(f"{address(asked)}files/{begun['no']}/remove/")

    assert "接待.csv" in there
    assert not asked.lines.filter(ledger="handovers").exists()
    assert not Delivery.objects.get().files.exists()


@pytest.mark.parametrize("number", [OTHER, "W0103", "Y0402"])
def test_nobody_else_sends_to_it_or_learns_how_much_lies_there(paper, asked, number):
    (begun,) = announce(paper.browser(CONTACT), asked, ("接待.csv", 100))
    other, place = paper.browser(number), f"{address(asked)}files/"

    answers = [
        other.post(place, {"files": []}, content_type="application/json"),
        other.get(f"{place}{begun['no']}/"),
        send(other, asked, begun["no"], b"x"),
        other.post(f"{place}{begun['no']}/remove/"),
    ]

    assert [one.status_code for one in answers] == [404] * 4


def test_what_an_analyst_sends_for_the_same_request_is_not_shown_to_its_holder(paper, asked):
    from qingfeng.findings import deliveries
    from qingfeng.organization.models import Person

    analyst = Person.objects.get(number="Y0404")
    made = deliveries.begin("补充", by=analyst, request=asked)
    file = deliveries.announce(made, "内部.csv", 10, by=analyst)

    contact = paper.browser(CONTACT)

    assert "内部.csv" not in contact.get(address(asked)).content.decode()
    assert contact.get(f"{address(asked)}files/{file.pk}/").status_code == 404


def test_without_a_file_nothing_is_begun(paper, asked):
    paper.browser(CONTACT).post(address(asked), {})
    paper.browser(CONTACT).post(address(asked), {"done": "1"})

    assert not Delivery.objects.exclude(state="discarded").exists()
    assert not asked.lines.filter(ledger="handovers").exists()


def test_the_list_of_requests_says_the_number_and_the_day_and_no_title(paper, asked):
    page = paper.browser(CONTACT).get(reverse("desk:delivering")).content.decode()

    assert asked.number in page
    assert asked.title not in page
