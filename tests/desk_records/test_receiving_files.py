"""Files on their way in: pieces, breaks, names, room."""

import hashlib
import io
import re

import a_delivery
import pytest

from qingfeng.findings import deliveries, receiving
from qingfeng.findings.models import Delivery
from qingfeng.findings.receiving import OutOfPlace, Piece, folder_of, safe_path
from qingfeng.screening.errors import Problem

CONTENT = b"0123456789" * 1000


def _piece(offset, end, content=CONTENT):
    part = content[offset:end]
    return io.BytesIO(part), Piece(offset, len(part), hashlib.sha256(part).hexdigest())


def test_a_file_goes_on_where_it_broke_off(records):
    begun = deliveries.begin("十月", by=records.analyst)
    file = deliveries.announce(begun, "2026-10.csv", len(CONTENT), by=records.analyst)
    deliveries.take_piece(file, *_piece(0, 4000))

    again = deliveries.announce(begun, "2026-10.csv", len(CONTENT), by=records.analyst)
    assert again.received == 4000
    deliveries.take_piece(again, *_piece(4000, len(CONTENT)))

    assert (folder_of(begun) / "2026-10.csv").read_bytes() == CONTENT


def test_a_piece_that_does_not_begin_where_the_file_ends_is_told_where_to_begin(records):
    begun = deliveries.begin("十月", by=records.analyst)
    file = deliveries.announce(begun, "a.csv", len(CONTENT), by=records.analyst)
    deliveries.take_piece(file, *_piece(0, 4000))

    with pytest.raises(OutOfPlace) as told:
        deliveries.take_piece(file, *_piece(0, 4000))

    assert told.value.received == 4000


@pytest.mark.parametrize("harm", ["damaged", "broken off"])
def test_nothing_stays_of_a_piece_that_is(records, harm):
    begun = deliveries.begin("十月", by=records.analyst)
    file = deliveries.announce(begun, "a.csv", len(CONTENT), by=records.analyst)
    stream, piece = _piece(0, 4000)
    if harm == "damaged":
        stream = io.BytesIO(b"x" * 4000)
    else:
        stream.truncate(2500)

    with pytest.raises(Problem):
        deliveries.take_piece(file, stream, piece)

    assert (folder_of(begun) / "a.csv").stat().st_size == 0
    assert receiving.lies_there(file) == 0


@pytest.mark.parametrize("path", ["../a.csv", "a/../../b.csv", "..", "", "a\0b.csv", ".ssh/keys", "~$a.xlsx"])
def test_a_path_that_climbs_or_hides_is_refused(records, path):
    begun = deliveries.begin("十月", by=records.analyst)

    with pytest.raises(Problem):
        deliveries.announce(begun, path, 10, by=records.analyst)

    assert not begun.files.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("C:\\导出\\十月.csv", "导出/十月.csv"),
        ("加油/十\u202e月.csv", "加油/十月.csv"),
        ('a/b<c>:"d".csv', "a/b_c___d_.csv"),
        ("con.csv", "_con.csv"),
    ],
)
def test_a_name_is_kept_without_signs_that_deceive(given, kept):
    assert safe_path(given) == kept


@pytest.mark.parametrize("path", ["加油【秘密】.csv", "机密★/2026-10.csv"])
def test_a_secrecy_mark_is_refused_with_the_lawful_route_and_noted_without_the_name(records, path):
    """保守国家秘密法: such a file goes by confidential carrier."""
    begun = deliveries.begin("十月", by=records.analyst)

    with pytest.raises(receiving.Marked) as told:
        deliveries.announce(begun, path, 10, by=records.analyst)

    (entry,) = a_delivery.noted("findings.delivery.refused")
    assert told.value.then
    assert "secrecy_mark" in bytes(entry.body).decode()
    assert not re.search("秘密|机密|加油", bytes(entry.body).decode())


def test_a_file_for_which_the_disk_has_no_room_is_refused_with_the_figures(records, monkeypatch):
    begun = deliveries.begin("十月", by=records.analyst)
    monkeypatch.setattr(receiving, "RESERVE", 1 << 60)

    with pytest.raises(Problem, match="GB"):
        deliveries.announce(begun, "a.csv", 10, by=records.analyst)


def test_another_file_of_the_same_name_is_not_mixed_into_the_first(records):
    begun = records.delivery({"a.csv": "1,2\n"})

    with pytest.raises(Problem):
        deliveries.announce(begun, "a.csv", 999, by=records.analyst)


def test_a_delivery_that_is_discarded_leaves_no_file(records):
    begun = records.delivery()

    deliveries.discard(begun, by=records.analyst)

    assert not folder_of(begun).exists()
    assert Delivery.objects.get().state == Delivery.State.DISCARDED
    assert a_delivery.noted("findings.delivery.discarded")


def test_files_that_are_not_whole_cannot_be_looked_at(records):
    begun = deliveries.begin("十月", by=records.analyst)
    file = deliveries.announce(begun, "a.csv", len(CONTENT), by=records.analyst)
    deliveries.take_piece(file, *_piece(0, 4000))

    with pytest.raises(Problem):
        deliveries.finish(begun, by=records.analyst)

    assert Delivery.objects.get().state == Delivery.State.RECEIVING


def test_a_plain_form_without_a_script_brings_files(records):
    upload = io.BytesIO(a_delivery.FUEL.encode())
    upload.name = "2026-10.csv"

    answer = records.browser().post("/records/new/", {"name": "十月", "files": upload})

    begun = Delivery.objects.get()
    assert answer.url == f"/records/{begun.pk}/"
    assert (folder_of(begun) / "2026-10.csv").read_text() == a_delivery.FUEL


def test_the_script_announces_sends_and_asks_over_http(records):
    browser = records.browser()
    begun = deliveries.begin("十月", by=records.analyst)
    body = {"files": [{"path": "a/b.csv", "size": len(CONTENT)}, {"path": "../x", "size": 3}]}
    told = browser.post(f"/records/{begun.pk}/files/", body, content_type="application/json").json()["files"]
    address = f"/records/{begun.pk}/files/{told[0]['no']}/"
    sent = {"content_type": "application/octet-stream", "HTTP_X_OFFSET": "0"}

    first = browser.put(
        address, CONTENT[:4000], HTTP_X_SHA256=hashlib.sha256(CONTENT[:4000]).hexdigest(), **sent
    )
    again = browser.put(address, CONTENT[:4000], **sent)

    assert told[0]["received"] == 0
    assert told[1]["what"]
    assert first.json()["received"] == 4000
    assert (again.status_code, again.json()["received"]) == (409, 4000)
    assert browser.get(address).json() == {"received": 4000, "size": len(CONTENT)}


def test_control_signs_in_a_name_are_left_out(records):
    begun = deliveries.begin("十月\0\n加油\u202e", by=records.analyst)

    assert begun.name == "十月 加油"
