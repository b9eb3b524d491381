from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingfeng.culture import life
from qingfeng.culture.content import differences
from qingfeng.culture.gates import missing
from qingfeng.culture.models import BaseMap, Entry, Publication, Signature


def keys(version):
    return {one.key for one in missing(version)}


def test_with_six_signatures_and_every_gate_a_place_is_public(culture):
    culture.number_the_map()

    made = culture.published(culture.a_place())

    assert made.is_live
    assert made.entry.state == Entry.State.PUBLISHED
    assert made.number == f"云纪宣〔{timezone.localdate().year}〕1号"


def test_without_a_source_nothing_goes_public(culture):
    culture.number_the_map()

    version = culture.signed(culture.handed_in(culture.a_place(source=False)))

    assert keys(version) == {"source"}
    assert not life.publish(version, by=culture.author)


@pytest.mark.parametrize("missing_part", [{"licence": ""}, {"author": ""}])
def test_without_licence_or_author_of_a_picture_nothing_goes_public(culture, missing_part):
    culture.number_the_map()

    version = culture.signed(culture.handed_in(culture.a_place(medium=missing_part)))

    assert keys(version) == {"licence"}


@pytest.mark.parametrize("where", [{"entry": {"names_living": True}}, {"medium": {"shows_living": True}}])
def test_somebody_who_lives_is_named_or_shown_with_their_consent_only(culture, where):
    culture.number_the_map()
    entry = culture.a_place(**where)

    assert "consent" in keys(culture.handed_in(entry))


def test_a_consent_that_was_taken_back_during_review_counts_no_more(culture):
    culture.number_the_map()
    entry = culture.a_place(entry={"names_living": True, "consent": "同意书 2026-03-01"})
    version = culture.signed(culture.handed_in(entry))
    assert keys(version) == set()

    Entry.objects.filter(pk=entry.pk).update(consent="")
    version.entry.refresh_from_db()

    assert keys(version) == {"consent"}


def test_without_an_approval_number_of_the_map_nothing_goes_public(culture):
    version = culture.signed(culture.handed_in(culture.a_place()))

    assert keys(version) == {"map"}

    BaseMap.objects.create(approval=" ", credit_zh="自绘", by=culture.author, reason="空")
    assert keys(version) == {"map"}


def test_three_reviews_and_three_proofs_are_six_people_and_none_is_the_author(culture):
    version = culture.handed_in(culture.a_place())
    first = culture.signers[0]

    assert not life.sign(version, "proof_1", by=culture.author, passed=True)
    assert life.sign(version, "proof_1", by=first, passed=True)
    assert not life.sign(version, "review_1", by=first, passed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=version, step="review_1", by=first, at=timezone.now(), passed=True)


def test_a_proof_or_review_is_not_signed_before_the_one_before_it(culture):
    version = culture.handed_in(culture.a_place())

    assert life.next_steps(version) == ["proof_1", "review_1"]
    assert not life.sign(version, "review_3", by=culture.signers[0], passed=True)


def test_five_signatures_are_not_six(culture):
    culture.number_the_map()
    version = culture.signed(culture.handed_in(culture.a_place()), 5)

    assert keys(version) == {"signature"}


def test_what_does_not_pass_goes_back_with_a_remark_and_its_signatures_end(culture):
    entry = culture.a_place()
    version = culture.handed_in(entry)

    assert not life.sign(version, "proof_1", by=culture.signers[0], passed=False)
    assert life.sign(version, "proof_1", by=culture.signers[0], passed=False, remark="年号有误") is not None

    entry.refresh_from_db()
    assert entry.state == Entry.State.DRAFT
    again = culture.handed_in(entry)
    assert (again.no, again.signatures.count()) == (2, 0)


def test_what_is_public_is_the_version_and_not_the_draft(culture):
    culture.number_the_map()
    made = culture.published(culture.a_place())

    Entry.objects.filter(pk=made.entry_id).update(name_zh="改了的名字")

    assert Publication.objects.get(is_live=True).version.content["name"]["zh"] == "石桥"


def test_a_newer_version_takes_the_place_of_the_older_which_stays_as_a_trace(culture):
    culture.number_the_map()
    first = culture.published(culture.a_place())
    entry = first.entry
    entry.text_zh = "一段订正过的故事"
    entry.save()

    second = culture.published(entry)

    first.refresh_from_db()
    assert (first.is_live, second.is_live, second.version.no) == (False, True, 2)
    assert differences(first.version.content, second.version.content) == [
        ("text.zh", "一段故事", "一段订正过的故事")
    ]


def test_the_same_words_are_not_reviewed_twice(culture):
    culture.number_the_map()
    made = culture.published(culture.a_place())

    assert not life.hand_in(made.entry, by=culture.author)


def test_the_public_log_tells_what_was_published_and_withdrawn_and_of_nobody(culture):
    from qingfeng.journal.models import JournalEntry

    culture.number_the_map()
    made = culture.published(culture.a_place())
    life.withdraw(made.entry, by=culture.author, why="年代不符")

    told = [bytes(one.body).decode() for one in JournalEntry.objects.filter(log="public").order_by("pk")]
    assert [("published" in one, "withdrawn" in one) for one in told] == [(True, False), (False, True)]
    assert all(made.version.sha256 in one and culture.author.name not in one for one in told)


def test_a_withdrawal_says_why_and_leaves_a_trace(culture):
    culture.number_the_map()
    made = culture.published(culture.a_place())

    assert not life.withdraw(made.entry, by=culture.author, why=" ")
    assert life.withdraw(made.entry, by=culture.author, why="年代不符")

    made.refresh_from_db()
    assert (made.is_live, made.withdrawn_why_zh) == (False, "年代不符")


def a_route(culture, *slugs):
    from qingfeng.culture.models import Place, Route

    entry = Entry.objects.create(
        kind="route", slug="line", theme="trust", made_by=culture.author, name_zh="线", name_en="Line",
        abstract_zh="短", abstract_en="Short", text_zh="文", text_en="Text",
    )  # fmt: skip
    route = Route.objects.create(entry=entry)
    for no, slug in enumerate(slugs, 1):
        route.stops.create(no=no, place=Place.objects.get(entry__slug=slug))
    entry.sources.create(title="勘踏记录（虚构）")
    return entry


def test_a_route_with_a_closed_stop_or_one_that_is_not_public_stays_inside(culture):
    from qingfeng.culture.models import Place

    culture.number_the_map()
    culture.published(culture.a_place("one"))
    closing = culture.published(culture.a_place("two"))
    culture.a_place("hidden")
    version = culture.signed(culture.handed_in(a_route(culture, "one", "two", "hidden")))

    Place.objects.filter(entry=closing.entry).update(is_closed=True)

    assert keys(version) == {"stop_closed", "stop_absent"}


def test_a_place_on_a_public_route_is_withdrawn_after_the_route(culture):
    culture.number_the_map()
    one = culture.published(culture.a_place("one"))
    culture.published(culture.a_place("two"))
    route = culture.published(a_route(culture, "one", "two"))

    assert "线" in str(life.withdraw(one.entry, by=culture.author, why="关闭"))
    assert life.withdraw(route.entry, by=culture.author, why="关闭")
    assert life.withdraw(one.entry, by=culture.author, why="关闭")


def test_what_is_public_is_looked_at_every_six_months(culture):
    culture.number_the_map()
    with time_machine.travel("2026-08-31 10:00:00+08:00", tick=False):
        made = culture.published(culture.a_place())
        made.entry.refresh_from_db()
        assert made.entry.next_check_on == date(2027, 2, 28)

    with time_machine.travel("2027-02-20 10:00:00+08:00", tick=False):
        assert not life.look_again(made.entry, by=culture.stranger, is_right=True, note=" ")
        check = life.look_again(made.entry, by=culture.stranger, is_right=True, note="已到现场核对")

    made.entry.refresh_from_db()
    assert check.due_on == date(2027, 2, 28)
    assert made.entry.next_check_on == date(2027, 8, 20)


def test_a_group_books_no_more_places_than_there_are_and_leaves_no_number(culture):
    from qingfeng.culture import booking

    culture.number_the_map()
    entry = culture.a_place()
    booking.add_slots(entry, starts=[timezone.now() + timedelta(days=1)], minutes=60, capacity=30)
    slot = entry.slots.get()

    first = booking.book(slot, group="区实验小学五（2）班", heads=25)
    assert booking.left(slot) == 5
    assert "5" in str(booking.book(slot, group="另一个班", heads=6))
    assert not booking.book(slot, group="张三 13800000000", heads=2)
    assert booking.cancel(first.code)
    assert booking.left(slot) == 30


def test_a_booking_is_confirmed_and_on_the_day_counted_in_heads(culture):
    from qingfeng.culture import booking

    entry = culture.a_place()
    booking.add_slots(entry, starts=[timezone.now() + timedelta(days=1)], minutes=60, capacity=30)
    made = booking.book(entry.slots.get(), group="某支部", heads=12)

    assert not booking.answer(made, "came", by=culture.author, came=9)
    assert booking.answer(made, "confirmed", by=culture.author)
    came = booking.answer(made, "came", by=culture.author, came=9)

    assert (came.state, came.came) == ("came", 9)
    assert not booking.answer(made, "declined", by=culture.author, words="不行")
