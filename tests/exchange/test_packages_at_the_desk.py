"""Pages of packages: two administrators compare a fingerprint, packages come and go by hand, unread."""

import pytest
from correspondence import two_offices
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def offices(tmp_path_factory, django_db_setup, django_db_blocker):
    """Two offices that know each other."""
    with django_db_blocker.unblock():
        yield two_offices(tmp_path_factory.mktemp("houses"))


@pytest.fixture
def above(offices):
    """The superior."""
    return offices[0]


@pytest.fixture
def here(offices):
    """The office whose pages are opened."""
    return offices[1]


@pytest.fixture
def as_role(here):
    """A browser of somebody with a role."""
    from qingfeng.organization.models import Account

    def opened(username):
        client = Client()
        client.force_login(Account.objects.get(username=username))
        return client

    return opened


def packed(end, secret):
    """A package that says a secret, put out by an end."""
    from qingfeng.exchange.outgoing import export, put_out, queue

    with end.entered():
        queue(end.other, "odd", {"said": secret}, key=secret)
        return put_out(export(end.other)).read_bytes()


def brought(client, held):
    """What the page says to a package that is brought."""
    return client.post("/packages/bring/", {"file": SimpleUploadedFile("a.qfp", held)})


def a_card():
    """A card of somebody whom nobody knows yet, as a file, with its fingerprint."""
    from nacl.utils import random

    from qingfeng.sealing import boxes
    from qingfeng.sealing.cards import Card, public_of

    seed = random(32)
    card = Card(f"江淮省纪委监委{random(2).hex()}", public_of(seed), boxes.new_pair()[1])
    return SimpleUploadedFile("a.qfk", card.encoded(seed)), card.fingerprint


def added(client, here):
    """A card that was added on the page: the address of its correspondent, its keys, its fingerprint."""
    from qingfeng.exchange.models import CorrespondentKeys

    file, fingerprint = a_card()
    given = {"card": file, "kind": "superior", "unit": here.unit("province").name}
    address = client.post("/packages/add/", given).headers["Location"]
    return address, CorrespondentKeys.objects.order_by("pk").last(), fingerprint


def test_a_card_counts_once_another_administrator_has_typed_the_fingerprint(here, as_role):
    from qingfeng.exchange.correspondents import counting

    with here.entered():
        address, keys, fingerprint = added(as_role("system_admin"), here)
        confirm = f"{address}confirm/{keys.pk}/"
        by_the_same = as_role("system_admin").post(confirm, {"heard": fingerprint})
        misheard = as_role("security_admin").post(confirm, {"heard": "0000 1111"})
        before = counting(keys.correspondent)
        right = as_role("security_admin").post(confirm, {"heard": fingerprint})

        assert (by_the_same.status_code, misheard.status_code, right.status_code) == (422, 422, 302)
        assert before == []
        assert counting(keys.correspondent) == [keys]


def test_a_fingerprint_that_is_to_be_heard_stands_on_no_page(here, as_role):
    with here.entered():
        address, keys, fingerprint = added(as_role("system_admin"), here)
        client = as_role("security_admin")
        pages = [
            client.get(one).content.decode()
            for one in (address, f"{address}confirm/{keys.pk}/", "/packages/")
        ]

        assert all(fingerprint not in page for page in pages)


def test_keys_end_with_a_reason_and_what_they_sign_is_refused(here, as_role):
    from qingfeng.exchange.correspondents import counting

    with here.entered():
        address, keys, fingerprint = added(as_role("system_admin"), here)
        as_role("security_admin").post(f"{address}confirm/{keys.pk}/", {"heard": fingerprint})
        without = as_role("security_admin").post(f"{address}end/{keys.pk}/", {"reason": " "})
        as_role("security_admin").post(f"{address}end/{keys.pk}/", {"reason": "对方密钥失窃。"})

        assert without.status_code == 422
        assert counting(keys.correspondent) == []


def test_a_package_is_taken_by_hand_and_the_second_time_says_when_it_came(above, here, as_role):
    held = packed(above, "按手工导入")

    with here.entered():
        first = brought(as_role("system_admin"), held)
        second = brought(as_role("system_admin"), held)

        assert first.status_code == 302
        assert second.status_code == 422
        assert "nothing was done again" in second.content.decode() or "未重复办理" in second.content.decode()


def test_a_later_package_waits_and_a_gap_of_a_day_is_told(above, here, as_role):
    from datetime import timedelta

    from django.utils import timezone

    from qingfeng.exchange.models import Received
    from qingfeng.exchange.watching import tell_gaps

    missing, later = packed(above, "缺的一个"), packed(above, "后来的一个")
    with here.entered():
        brought(as_role("system_admin"), later)
        quiet = tell_gaps("office")
        waiting = Received.objects.filter(state="waiting")
        waiting.update(came_at=timezone.now() - timedelta(days=2))
        told = tell_gaps("office")
        number = told[0].number
        page = as_role("auditor").get("/packages/").content.decode()
        brought(as_role("system_admin"), missing)

        assert quiet == []
        assert len(told) == 1
        assert str(number - 1) in page
        assert not Received.objects.filter(state="waiting").exists()
        assert Received.objects.filter(state="taken", number=number).exists()


def test_a_refused_package_stands_on_the_page_with_what_to_do(here, as_role):
    with here.entered():
        answer = brought(as_role("system_admin"), b"this is no package")
        page = as_role("auditor").get("/packages/").content.decode()

        assert answer.status_code == 422
        assert any(words in page for words in ("This is no package", "这不是封装包"))
        assert any(words in page for words in ("copy it anew", "重新拷贝"))


def test_no_page_says_what_a_package_says(above, here, as_role):
    from qingfeng.exchange.models import Incoming

    held = packed(above, "不许管理员看到的话")
    with here.entered():
        brought(as_role("system_admin"), held)
        client = as_role("system_admin")
        pages = [
            client.get(one).content.decode() for one in ("/packages/", f"/packages/with/{here.other.pk}/")
        ]

        assert Incoming.objects.filter(state="failed", kind="odd").exists()
        assert all("不许管理员看到的话" not in page for page in pages)


def test_a_package_without_receipt_can_be_fetched_again(above, here, as_role):
    held = packed(here, "再取一次")

    with here.entered():
        from qingfeng.exchange.models import Sent

        number = Sent.objects.order_by("-number").first().number
        fetched = as_role("system_admin").get(f"/packages/with/{here.other.pk}/sent/{number}/")
        by_auditor = as_role("auditor").get(f"/packages/with/{here.other.pk}/sent/{number}/")

        assert b"".join(fetched.streaming_content) == held
        assert by_auditor.status_code == 404


def test_the_history_finds_a_package_by_number_digest_kind_and_day(above, here, as_role):
    from django.utils import timezone

    from qingfeng.exchange.models import Received

    held = packed(above, "查得到的一个")
    with here.entered():
        brought(as_role("system_admin"), held)
        row = Received.objects.filter(state="taken").order_by("-pk").first()
        today = timezone.localdate().isoformat()
        asked = {
            "number": f"q={row.number}&way=in", "digest": f"q={row.digest[:12]}", "kind": "q=odd",
            "day": f"since={today}&until={today}&state=taken", "none": "until=2020-01-01", "all": "",
        }  # fmt: skip
        client = as_role("auditor")
        pages = {one: client.get(f"/packages/history/?{query}") for one, query in asked.items()}
        found = {one for one, page in pages.items() if row.digest[:16] in page.content.decode()}

        assert {page.status_code for page in pages.values()} == {200}
        assert found == set(asked) - {"none"}
        assert all("查得到的一个" not in page.content.decode() for page in pages.values())


def test_a_refused_package_waits_until_somebody_says_what_became_of_it(here, as_role):
    from qingfeng.exchange import standing
    from qingfeng.exchange.models import Received
    from qingfeng.journal.models import JournalEntry

    with here.entered():
        brought(as_role("system_admin"), b"somebody else's file")
        row = Received.objects.filter(state="refused").order_by("-pk").first()
        before = row.pk in {one.pk for one in standing.refused("office")}
        address = f"/packages/refused/{row.pk}/"
        by_auditor = as_role("auditor").get(address)
        without = as_role("system_admin").post(address, {"reason": " "})
        as_role("system_admin").post(address, {"reason": "误取了别的文件。"})
        kept = JournalEntry.objects.get(kind="exchange.refusal_settled")

        assert (by_auditor.status_code, without.status_code) == (404, 422)
        assert before
        assert row.pk not in {one.pk for one in standing.refused("office")}
        assert kept.said["facts"]["reason"] == "误取了别的文件。"


def test_carriers_are_told_once_what_is_missing_refused_or_unanswered_and_not_what_it_says(
    above, here, as_role
):
    from datetime import timedelta

    from django.utils import timezone

    from qingfeng.exchange.models import Received, Sent
    from qingfeng.exchange.telling import tell_carriers
    from qingfeng.exchange.watching import tell_gaps
    from qingfeng.matters.models import Notice

    missing, later = packed(above, "说给谁也不行"), packed(above, "也不行")
    packed(here, "没有回执")
    long_ago = timezone.now() - timedelta(days=9)
    with here.entered():
        brought(as_role("system_admin"), later)
        brought(as_role("system_admin"), b"refused")
        Received.objects.filter(state="waiting").update(came_at=long_ago)
        Sent.objects.filter(receipt_at=None).update(made_at=long_ago)
        tell_gaps("office")
        tell_carriers()
        again = tell_carriers()
        Notice.objects.update(shown_from=long_ago)
        told = set(Notice.objects.filter(matter=None).values_list("kind", "person__account__username"))
        page = as_role("system_admin").get("/my-notices/").content.decode()
        brought(as_role("system_admin"), missing)

        assert again == 0
        assert {("package_missing", "system_admin"), ("package_unanswered", "system_admin")} <= told
        assert {("package_refused", one) for one in ("system_admin", "security_admin", "auditor")} <= told
        assert "/packages/" in page
        assert "不行" not in page


def test_a_package_that_was_lost_is_put_out_again_and_its_copy_goes_with_the_receipt(above, here):
    from qingfeng.exchange.outgoing import outbox, put_out_again

    with above.entered():
        first = packed(above, "丢了的一个")
        for file in outbox(above.other).glob("*.qfp"):
            file.unlink()
        again = put_out_again("office", name=above.other.name)
        others = [outbox(above.other) / f"{'f' * 32}-{one.number:08d}.qfp" for one in again]
        files = sorted(outbox(above.other).glob("*.qfp"))
        lying = {one.read_bytes() for one in files}
    for file in files:
        here.takes(file)
    here.sends()
    with here.entered():
        put_out_again("office")
        back = sorted(outbox(here.other).glob("*.qfp"))
    for file in others:
        file.write_bytes(b"somebody else's of the same number")
    for file in back:
        above.takes(file)
    with above.entered():
        left = set(outbox(above.other).glob("*.qfp"))

    assert again
    assert first in lying
    assert left == set(others)


def test_a_gap_is_told_once_however_many_wait_behind_it_and_nothing_of_who_ended(above, here, as_role):
    from datetime import timedelta

    from django.utils import timezone

    from qingfeng.exchange.models import Correspondent, Received, Sent
    from qingfeng.exchange.telling import tell_carriers, unanswered
    from qingfeng.exchange.watching import tell_gaps
    from qingfeng.matters.models import Notice

    missing, *later = [packed(above, f"第{no}件") for no in range(6)]
    packed(here, "又没有回执")
    long_ago, told = timezone.now() - timedelta(days=9), []
    with here.entered():
        Notice.objects.all().delete()
        for one in later:
            brought(as_role("system_admin"), one)
        waiting = Received.objects.filter(state="waiting")
        waiting.update(came_at=long_ago)
        Sent.objects.filter(receipt_at=None).update(made_at=long_ago)
        tell_gaps("office")
        behind, us = waiting.count(), Correspondent.objects.filter(pk=here.other.pk)
        us.update(ended_at=timezone.now())
        ended = [tell_carriers(), *unanswered()]
        us.update(ended_at=None)
        for _no in range(2):
            tell_carriers()
            told.append(
                {
                    one["row"]
                    for one in Notice.objects.filter(kind="package_missing").values_list("facts", flat=True)
                }
            )
        brought(as_role("system_admin"), missing)

    assert (behind, ended) == (5, [0])
    assert [len(one) for one in told] == [1, 1]


def test_a_copied_package_of_receipts_alone_never_turns_late(above, here, as_role):
    from dataclasses import replace
    from datetime import timedelta

    from django.utils import timezone

    from qingfeng.desk.exchange.needs import PLAIN, YELLOW, needs
    from qingfeng.exchange.models import Sent
    from qingfeng.exchange.standing import standing_with

    held = packed(above, "要回执")
    with here.entered():
        brought(as_role("system_admin"), held)
    here.sends()
    with here.entered():
        Sent.objects.update(made_at=timezone.now() - timedelta(days=99))
        standing = standing_with(here.other)
        alone = replace(standing, owed=(), lying=tuple(Sent.objects.filter(wants_receipt=False)))
        asking = replace(standing, owed=(), lying=tuple(Sent.objects.filter(wants_receipt=True)))
        levels = [{one.level for one in needs([each], may_act=False)} for each in (alone, asking)]

    assert alone.lying
    assert PLAIN in levels[0]
    assert YELLOW not in levels[0]
    assert YELLOW in levels[1]
