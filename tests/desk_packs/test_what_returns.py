"""What comes back: opened with the office's key, checked, entered once, through the kernel's door."""

import hashlib
import io

import pytest
from a_parcel import a_parcel, a_photo_said, a_result
from a_verification import a_photograph, filled
from nacl.public import PrivateKey
from PIL import Image

from qingfeng.desk.packs import arriving, entering
from qingfeng.desk.packs.leaving import contents_of, end, place_of
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.returning import CannotTake
from qingfeng.documents import attachments
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.door import perform


@pytest.fixture
def photo():
    """A photograph that still says where it was taken, as no form of ours would send it."""
    return a_photograph()


def _arrive(field, pack, data):
    return arriving.arrive(pack, data, by=field.viewer("Y0402"))


def _enter(field, pack, returned):
    return entering.enter(
        pack, contents_of(pack), returned.results, by=field.viewer("Y0402"), account=field.account("Y0402")
    )


def _one(field, pack, photo, **more):
    data = a_parcel(pack, [a_result(1, filled("enterprise"), photos=[photo], **more)], photos=[photo])
    return data, _arrive(field, pack, data)


def test_what_was_filled_in_becomes_the_result_of_the_task(field, photo):
    pack = field.pack(field.task(1, questions=("加油员是否记得车辆？",)))

    _data, returned = _one(field, pack, photo, own=["记得，常来。"])
    (outcome,) = _enter(field, pack, returned)

    line = field.matter.lines.get(ledger="tasks", no=1)
    form = field.matter.lines.get(ledger="enterprise_visits")
    assert outcome.answer
    assert (line.state, line.facts["done_on"]) == ("done", "2026-11-20")
    assert "记得，常来。" in line.facts["result"]
    assert form.facts["task_no"] == 1
    assert Pack.objects.get().state == "back"


def test_photographs_are_papers_of_the_task_without_what_the_camera_wrote(field, photo):
    pack = field.pack()

    _data, returned = _one(field, pack, photo)
    _enter(field, pack, returned)

    line = field.matter.lines.get(ledger="tasks", no=1)
    kept = [one.attachment for one in field.matter.files.filter(line=line).order_by("pk")]
    pictures = [one for one in kept if one.kind == "jpg"]
    with attachments.opened(pictures[0]) as held, Image.open(held) as picture:
        assert not picture.getexif()
    assert [one.kind for one in kept] == ["pdf", "jpg"]
    assert "20261120-091530" in pictures[0].name


def test_a_place_comes_back_only_if_the_task_is_about_the_place(field, photo):
    plain, placed = field.pack(), field.pack(field.task(1, about_place=True))

    (one,) = _one(field, plain, photo)[1].results
    (other,) = _one(field, placed, photo)[1].results

    assert one.photos[0].place is None
    assert other.photos[0].place == (32.51, 120.13)


def test_a_pack_counts_once_and_the_second_time_says_so(field, photo):
    pack = field.pack()
    data, returned = _one(field, pack, photo)
    _enter(field, pack, returned)
    pack.refresh_from_db()

    with pytest.raises(CannotTake, match=str(field.one)):
        _arrive(field, pack, data)

    assert field.matter.lines.filter(ledger="enterprise_visits").count() == 1
    assert JournalEntry.objects.filter(kind="packs.refused").count() == 1


def test_a_second_press_enters_nothing_twice(field, photo):
    pack, same = field.pack(), None
    _data, returned = _one(field, pack, photo)
    same = Pack.objects.get()
    contents = contents_of(pack)
    _enter(field, pack, returned)

    again = entering.enter(
        same, contents, returned.results, by=field.viewer("Y0402"), account=field.account("Y0402")
    )

    assert [one.answer for one in again] == [None]
    assert field.matter.lines.filter(ledger="enterprise_visits").count() == 1


@pytest.mark.parametrize("place", [12, 40, -1, -40_000])
def test_a_changed_byte_is_refused_wherever_it_is(field, photo, place):
    pack = field.pack()
    data = bytearray(a_parcel(pack, [a_result(1, filled("enterprise"), photos=[photo])], photos=[photo]))
    data[place if place > 0 else max(len(data) + place, 60)] ^= 1

    with pytest.raises(CannotTake):
        _arrive(field, pack, bytes(data))


def test_a_file_that_was_cut_short_is_refused(field, photo):
    pack = field.pack()
    data = a_parcel(pack, [a_result(1, filled("enterprise"), photos=[photo])], photos=[photo])

    with pytest.raises(CannotTake, match=r"changed|改动"):
        _arrive(field, pack, data[:-10])


def test_a_file_sealed_to_another_key_is_refused(field):
    pack = field.pack()
    other = bytes(PrivateKey.generate().public_key)

    with pytest.raises(CannotTake, match=r"another office|本单位"):
        _arrive(field, pack, a_parcel(pack, [a_result(1, filled("enterprise"))], key=other))


def test_a_file_of_another_pack_is_refused(field):
    pack, other = field.pack(), field.pack()

    with pytest.raises(CannotTake, match=r"another pack|另一个"):
        _arrive(field, pack, a_parcel(other, [a_result(1, filled("enterprise"))]))


def test_answers_to_a_form_that_never_left_are_refused(field):
    pack = field.pack()

    with pytest.raises(CannotTake, match=r"not the one|不一致"):
        _arrive(field, pack, a_parcel(pack, [a_result(1, filled("enterprise"))], contents="0" * 64))


def test_a_task_that_did_not_leave_is_refused(field):
    pack = field.pack()

    with pytest.raises(CannotTake, match=r"hold together|不完整"):
        _arrive(field, pack, a_parcel(pack, [a_result(2, filled("invoice"))]))


def test_a_photograph_that_is_not_the_one_hashed_on_the_spot_is_refused(field, photo):
    pack = field.pack()
    result = a_result(1, filled("enterprise"))
    result["photos"] = [a_photo_said(photo, sha256=hashlib.sha256(b"another").hexdigest())]

    with pytest.raises(CannotTake, match=r"photograph|照片"):
        _arrive(field, pack, a_parcel(pack, [result], photos=[photo]))


def test_a_file_that_was_changed_where_it_lies_is_not_entered(field):
    pack = field.pack()
    _arrive(field, pack, a_parcel(pack, [a_result(1, filled("enterprise"))]))
    place = place_of(pack.code)
    place.write_bytes(place.read_bytes() + b"x")
    pack.refresh_from_db()

    with pytest.raises(CannotTake):
        arriving.waiting(pack)


def test_a_task_that_was_done_meanwhile_is_left_out_and_the_rest_is_entered(field):
    pack = field.pack(field.task(1), field.task(2))
    done = perform(
        "record_enterprise",
        field.matter,
        by=field.viewer("Y0403"),
        changes={"tasks": {1: {"done_on": "2026-11-20", "result": "已办"}}},
        lines={"enterprise_visits": [{"task_no": 1, **filled("enterprise")}]},
    )
    assert done

    returned = _arrive(
        field, pack, a_parcel(pack, [a_result(1, filled("enterprise")), a_result(2, filled("invoice"))])
    )
    outcomes = _enter(field, pack, returned)

    held = Pack.objects.get()
    assert [one.answer is None for one in outcomes] == [True, False]
    assert (list(held.entered), held.left_out) == (["2"], [1])
    assert field.matter.lines.get(ledger="tasks", no=1).facts["result"] == "已办"


def test_what_the_door_refuses_stays_out_until_it_fits(field):
    pack = field.pack()
    lacking = {key: value for key, value in filled("enterprise").items() if key != "relation"}

    returned = _arrive(field, pack, a_parcel(pack, [a_result(1, lacking)]))
    (outcome,) = _enter(field, pack, returned)

    assert outcome.is_refused
    assert Pack.objects.get().state == "out"
    assert field.matter.lines.get(ledger="tasks", no=1).state == "set"


def test_nobody_goes_alone_in_a_sealed_file(field):
    """监察法 Art. 44: two persons."""
    pack = field.pack()
    alone = a_result(1, filled("enterprise"), present=[field.one.name])

    (outcome,) = _enter(field, pack, _arrive(field, pack, a_parcel(pack, [alone])))

    assert outcome.is_refused
    assert field.matter.lines.get(ledger="tasks", no=1).state == "set"


def test_a_lost_pack_is_not_taken_whoever_brings_it(field):
    pack = field.pack()
    data = a_parcel(pack, [a_result(1, filled("enterprise"))])
    end(pack, "lost", by=field.viewer("Y0402"), reason="遗失")
    pack.refresh_from_db()

    with pytest.raises(CannotTake, match=r"lost|报失"):
        _arrive(field, pack, data)


def test_the_journal_keeps_that_it_came_back_with_the_hashes_of_its_photographs(field, photo):
    pack = field.pack()
    _data, returned = _one(field, pack, photo)

    _enter(field, pack, returned)

    said = bytes(JournalEntry.objects.get(kind="packs.back").body).decode()
    assert hashlib.sha256(photo).hexdigest() in said


def test_the_record_that_is_kept_says_when_each_photograph_was_taken(field, photo):
    from pypdf import PdfReader

    pack = field.pack()
    _data, returned = _one(field, pack, photo)
    _enter(field, pack, returned)

    record = next(one.attachment for one in field.matter.files.all() if one.attachment.kind == "pdf")
    with attachments.opened(record) as held:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(held.read())).pages)
    assert "2026-11-20 09:15:30" in text
    assert hashlib.sha256(photo).hexdigest()[:16] in text.replace("\n", "")
