"""The key of a growth file: in no backup, the owner's to open again; no account or post takes it away."""

import shutil
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from qingfeng.growth import files, keys, sharing
from qingfeng.growth.models import GrowthFile, Part
from qingfeng.matters.models import Notice
from qingfeng.matters.sealing import make_key
from qingfeng.organization import accounts, parting
from qingfeng.organization.models import Account, Parting, Unit
from qingfeng.organization.people import appoint, end_post
from qingfeng.project.backing_up import NEVER_ALONG, _files
from qingfeng.screening.errors import Problem
from qingfeng.sealing import wrapping

OWNER, READER = "style_one", "dept_head"
WORDS, PHRASE = "先讲五分钟再问", "山路上慢慢走总归也能走到山顶"
LAST = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Phrases that cost an eighth of the memory, as a wrapped key says of itself."""
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)


def begun(desk, who=OWNER):
    made = files.begin(desk.viewer(who))
    files.write(made, Part("aim"), timezone.localdate(), said=files.Said("学会讲课", WORDS, hours=1.5))
    return made


@pytest.fixture
def restored(tmp_path, settings):
    """Make a house of it that was restored from a backup: with every key but that of growth files."""

    def restore():
        there = Path(settings.HOME) / "keys"
        settings.HOME = tmp_path / "restored"
        shutil.copytree(there, settings.HOME / "keys", ignore=shutil.ignore_patterns(NEVER_ALONG))

    return restore


def leave(desk, who=OWNER):
    """The last post of somebody ends."""
    for post in desk.person(who).posts.filter(until_on=None):
        end_post(post, LAST, by=None)


def test_a_backup_leaves_out_the_key_that_opens_growth_files(desk, settings):
    begun(desk)
    home = Path(settings.HOME)
    packed = {one.relative_to(home).as_posix() for one in _files(home)}

    assert (home / "keys" / keys.NAME).is_file()
    assert "keys/organization.key" in packed
    assert [one for one in packed if "growth" in one] == []


def test_in_a_house_that_was_restored_the_owner_opens_the_file_with_the_own_phrase(desk, restored):
    make_key(desk.person(OWNER), PHRASE)
    file = begun(desk)
    share = sharing.share(file, Part("aim"), desk.person(READER), until_on=timezone.localdate())
    restored()
    browser = desk.browser(OWNER)

    closed = browser.get("/growth/").content.decode()
    shared = desk.browser(READER).get(f"/growth/shared/{share.pk}/").status_code
    led_back = browser.get("/growth/file.json")["Location"]
    browser.post("/growth/reopen/", {"phrase": PHRASE + "?"})
    still = keys.is_closed(GrowthFile.objects.get(pk=file.pk))
    browser.post("/growth/reopen/", {"phrase": PHRASE})
    opened = browser.get("/growth/").content.decode()

    assert "成长档案处于关闭状态" in closed
    assert WORDS not in closed
    assert (shared, led_back, still) == (404, "/growth/", True)
    assert WORDS in opened


def test_without_a_phrase_the_file_stays_closed_until_the_key_is_put_back(desk, restored, settings):
    file = begun(desk)
    old = Path(settings.HOME) / "keys" / keys.NAME
    restored()
    begun(desk, "case_one")
    with pytest.raises(Problem):
        keys.reopen(file, PHRASE)
    closed = keys.is_closed(file)
    (Path(settings.HOME) / "keys" / "growth-before.key").write_bytes(old.read_bytes())

    assert closed
    assert [one.said.text for one in files.entries_of(file)] == [WORDS]
    assert not keys.is_closed(files.file_of(desk.viewer("case_one")))


def test_whoever_chose_a_phrase_later_has_the_key_sealed_with_the_next_entry(desk):
    file = begun(desk)
    before = bytes(file.own)
    make_key(desk.person(OWNER), PHRASE)
    files.write(file, Part("study"), timezone.localdate(), said=files.Said("另一条"))

    assert before == b""
    assert bytes(GrowthFile.objects.get(pk=file.pk).own)


def test_the_whole_file_is_taken_along_as_one_package_in_the_own_language(desk):
    begun(desk)
    Account.objects.filter(person=desk.person(OWNER)).update(language="en")
    answer = desk.browser(OWNER).get("/growth/file.zip", headers={"accept-language": "en"})
    with ZipFile(BytesIO(answer.content)) as packed:
        held = {name.rsplit(".", 1)[1]: packed.read(name) for name in packed.namelist()}
    page = held["html"].decode()

    assert sorted(held) == ["html", "json", "pdf"]
    assert held["pdf"].startswith(b"%PDF")
    assert WORDS in page
    assert WORDS in held["json"].decode()
    assert "What I want to learn" in page
    assert "1.5 h" in page
    assert f"{timezone.localdate():%Y}" in page
    assert "年" not in page


def test_whoever_holds_no_post_any_more_is_asked_and_takes_the_own_file_along(desk):
    begun(desk)
    leave(desk)
    browser = desk.browser(OWNER)
    asked = browser.get("/growth/").content.decode()
    taken = browser.get("/growth/file.zip")
    browser.post("/growth/parting/")

    assert desk.viewer(OWNER).is_staff is False
    assert "您将离开本单位" in asked
    assert WORDS in asked
    assert taken.status_code == 200
    assert Notice.objects.filter(person=desk.person(OWNER), kind="parting").count() == 1
    assert Parting.objects.get(person=desk.person(OWNER)).answered_on == timezone.localdate()


def test_whoever_goes_to_another_office_is_asked_though_a_post_is_held_there(desk):
    person, outside = desk.person(OWNER), Unit.objects.filter(is_ours=False).first()
    appoint(person, outside, title="科员", from_on=LAST + timedelta(days=1), by=None)
    for post in person.posts.filter(until_on=None, unit__is_ours=True):
        end_post(post, LAST, by=None)

    assert parting.parting_of(person) is not None


def test_whoever_s_post_ends_by_itself_on_the_day_set_for_it_is_asked_once(desk):
    person = desk.person(OWNER)
    person.posts.filter(until_on=None).update(until_on=LAST)
    on_the_last_day = parting.begin_owed(LAST)

    begun_now, again = (parting.begin_owed(LAST + timedelta(days=1)) for _round in range(2))

    assert (on_the_last_day, begun_now, again) == (0, 1, 0)
    assert parting.parting_of(person).last_day == LAST
    assert Notice.objects.filter(person=person, kind="parting").count() == 1


def test_a_post_of_long_ago_that_is_entered_afterwards_takes_no_asking_back(desk):
    person = desk.person(OWNER)
    unit = person.posts.filter(unit__is_ours=True).first().unit
    leave(desk)

    appoint(person, unit, title="科员", from_on=date(2020, 1, 1), until_on=date(2021, 1, 1), by=None)

    assert parting.parting_of(person) is not None


def test_whoever_left_sees_whom_they_share_with_and_no_list_of_who_works_here_now(desk):
    file = begun(desk)
    share = sharing.share(
        file, Part("aim"), desk.person(READER), until_on=timezone.localdate() + timedelta(days=9)
    )
    leave(desk)
    browser = desk.browser(OWNER)

    page = browser.get("/growth/shares/").content.decode()
    given = {"part": "aim", "reader": desk.person("case_one").number, "until_on": timezone.localdate()}
    answer = browser.post("/growth/shares/", given)
    browser.post(f"/growth/shares/{share.pk}/withdraw/")
    share.refresh_from_db()

    assert desk.person(READER).name in page
    assert 'name="reader"' not in page
    assert answer.status_code == 404
    assert share.withdrawn_on == timezone.localdate()


def test_security_sees_that_somebody_was_asked_and_answered_and_never_what_there_was(desk):
    begun(desk)
    told = {}
    for who in (OWNER, "case_one"):
        leave(desk, who)
        desk.browser(who).post("/growth/parting/")
        page = desk.browser("security_admin").get(f"/organization/people/{desk.person(who).number}/")
        told[who] = "已答复" in page.content.decode()
    answers = [vars(one) for one in Parting.objects.all()]

    assert told == {OWNER: True, "case_one": True}
    assert {key for one in answers for key in one} == {
        "_state", "id", "person_id", "last_day", "begun_on", "answered_on",
    }  # fmt: skip


def test_a_closed_account_loses_no_file_and_whoever_comes_back_finds_it_again(desk):
    begun(desk)
    person = desk.person(OWNER)
    account = accounts.close_account(Account.objects.get(person=person), by=None, reason="调离")
    asked = parting.parting_of(person)
    accounts.reopen_account(account, by=None, reason="领取本人资料")
    leave(desk)
    open_one = Parting.objects.filter(person=person, answered_on=None).count()
    unit = person.posts.last().unit
    appoint(person, unit, title="科员", roles=["handler"], from_on=timezone.localdate(), by=None)

    Account.objects.filter(pk=account.pk).update(must_change_password=False)

    assert asked is not None
    assert open_one == 1
    assert parting.parting_of(person) is None
    assert WORDS in desk.browser(OWNER).get("/growth/").content.decode()
