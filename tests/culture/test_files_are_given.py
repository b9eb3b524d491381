"""Files of the public pages: ranges, copies that browsers keep, and what is gone once it is withdrawn."""

import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from qingfeng.culture import life
from qingfeng.culture.giving import Beyond, given, range_in

SIZE = 1000
LETTERS = bytes(no % 251 for no in range(SIZE))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-126", (0, 126)),
        ("bytes=999-", (999, 999)),
        ("bytes=900-5000", (900, 999)),
        ("Bytes=5-6", (5, 6)),
        ("bytes=-1", (999, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=0-0,5-9", None),
        ("bytes=6-5", None),
        ("bytes=-", None),
        ("bytes=--5", None),
        ("bytes=a-b", None),
        ("lines=1-2", None),
        ("", None),
    ],
)
def test_a_range_is_what_the_standard_says(asked, found):
    """RFC 9110, 14.1 and 14.2."""
    assert range_in(asked, SIZE) == found


@pytest.mark.parametrize("asked", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_behind_the_end_there_is_no_range(asked):
    with pytest.raises(Beyond):
        range_in(asked, SIZE)


def asked(tmp_path, method="get", **headers):
    file = tmp_path / "letters"
    file.write_bytes(LETTERS)
    request = getattr(RequestFactory(), method)("/", headers=headers)
    answer = given(request, file, content_type="text/plain", tag="one", cache="no-cache")
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("headers", "status", "body"),
    [
        ({"range": "bytes=0-0"}, 206, LETTERS[:1]),
        ({"range": "bytes=-3", "if-range": '"one"'}, 206, LETTERS[-3:]),
        ({"range": "bytes=-3", "if-range": '"other"'}, 200, LETTERS),
        ({"range": "bytes=-3", "if-range": "Fri, 27 Nov 2026 09:00:00 GMT"}, 200, LETTERS),
        ({"range": "bytes=1000-"}, 416, b""),
        ({"if-none-match": '"other", W/"one"'}, 304, b""),
        ({"if-none-match": '"other"'}, 200, LETTERS),
    ],
)
def test_a_file_is_given_as_it_is_asked_for(tmp_path, headers, status, body):
    answer, said = asked(tmp_path, **headers)

    assert (answer.status_code, said) == (status, body)
    assert answer["ETag"] == '"one"'
    if status == 206:
        assert answer["Content-Length"] == str(len(body))
        assert answer["Content-Range"].endswith(f"/{SIZE}")
    if status == 416:
        assert answer["Content-Range"] == f"bytes */{SIZE}"


def test_who_asks_only_for_the_head_gets_no_range(tmp_path):
    assert asked(tmp_path, "head", range="bytes=0-0")[0].status_code == 200


@pytest.fixture
def shown(culture, tmp_path):
    """A hall that is public, and the addresses of what it shows."""
    from a_hall import a_hall

    culture.number_the_map()
    entry = a_hall(culture, tmp_path)
    culture.published(entry)
    media = {one.kind: one for one in entry.media.all()}
    film, panorama = media["video"], media["panorama"]
    addresses = (f"/culture/media/{film.digest}.mp4", f"/culture/panoramas/{panorama.digest}/base.webp")
    return entry, addresses


def test_a_film_is_given_in_ranges_as_phones_want_it(shown):
    answer = Client().get(shown[1][0], headers={"range": "bytes=0-1"})

    assert (answer.status_code, answer["Content-Type"]) == (206, "video/mp4")


def test_what_was_withdrawn_is_gone_under_its_hash_and_copies_are_asked_after(shown, culture):
    entry, addresses = shown
    before = [Client().get(one) for one in addresses]
    again = [
        Client().get(one, headers={"if-none-match": before[no]["ETag"]}) for no, one in enumerate(addresses)
    ]
    life.withdraw(entry, by=culture.author, why="授权到期")

    after = [
        Client().get(one, headers={"if-none-match": before[no]["ETag"]}) for no, one in enumerate(addresses)
    ]

    assert [one.status_code for one in (*before, *again, *after)] == [200, 200, 304, 304, 410, 410]
    assert {one["Cache-Control"] for one in before} == {"public, max-age=600, must-revalidate"}
    assert {one["Cache-Control"] for one in after} == {"no-cache"}


def test_what_two_show_is_there_until_both_are_withdrawn(shown, culture, tmp_path):
    from a_hall import a_hall

    entry, addresses = shown
    other = a_hall(culture, tmp_path, slug="other-hall")
    culture.published(other)

    life.withdraw(entry, by=culture.author, why="撤下")
    one = Client().get(addresses[1]).status_code
    life.withdraw(other, by=culture.author, why="撤下")

    assert (one, Client().get(addresses[1]).status_code) == (200, 410)


def test_a_copy_of_what_was_withdrawn_is_told_and_the_file_to_take_along_is_made_anew(
    shown, culture, tmp_path
):
    from qingfeng.public.culture import exporting

    entry, addresses = shown
    place = culture.published(culture.a_place(medium={"digest": "0" * 64}))
    exporting.export(tmp_path / "site", host="https://qingfeng.example")
    exporting.keep_zip(tmp_path / "site")
    page, picture = (
        SimpleUploadedFile("copy", (tmp_path / "site" / one).read_bytes())
        for one in ("zh/halls/quiet-hall.html", addresses[0].removeprefix("/culture/"))
    )
    nothing = exporting.keep_up()

    life.withdraw(entry, by=culture.author, why="授权到期")

    for one in (page, picture):
        told = Client().post("/culture/check/", {"file": one}).content.decode()
        assert "未被改动" in told
        assert "授权到期" in told
    assert nothing is None
    assert Client().get("/culture/take-along.zip").status_code == 404
    made = exporting.keep_up()
    with zipfile.ZipFile(exporting.zipped()) as held:
        said = json.loads(held.read("versions.json"))
    assert said == {"host": "https://qingfeng.example", "versions": {"places/bridge": place.version.sha256}}
    assert made.files.filter(path="versions.json").exists()
    assert Client().get("/culture/take-along.zip").status_code == 200


def test_a_file_to_take_along_that_was_written_in_part_is_not_given_and_made_anew(shown):
    from qingfeng.public.culture import exporting

    exporting.zipped().write_bytes(b"PK")  # the power went

    assert Client().get("/culture/take-along.zip").status_code == 404
    assert Client().get("/culture/check/").status_code == 200
    assert exporting.keep_up() is not None
    assert Client().get("/culture/take-along.zip").status_code == 200
