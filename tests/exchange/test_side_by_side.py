"""Office and counter in one house: the worker hands the same packages over that two machines would carry."""

import pytest
from correspondence import End, a_house, days

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def house(tmp_path_factory, django_db_setup, django_db_blocker):
    """One house with both ends, after the worker's first rounds."""
    from qingfeng.project.both_ends import go_round

    with django_db_blocker.unblock():
        home, office = a_house(tmp_path_factory.mktemp("houses"), "one")
        with home.entered():
            go_round()
        yield End(home, office, None)


def test_a_letter_at_the_counter_of_the_house_becomes_a_petition_and_is_answered(house):
    from qingfeng.matters.models import Matter
    from qingfeng.project.both_ends import go_round
    from qingfeng.public.counter import codes, filing
    from qingfeng.public.counter import house as behind
    from qingfeng.public.counter.letters import Letter
    from qingfeng.public.counter.models import Answer
    from qingfeng.sealing.arrivals import open_answer

    with house.entered():
        keys = behind.house()
        filed = filing.file_letter(Letter("petition", "垃圾清运不及时。"), behind.receivers(keys, "petition"))
        go_round(at_once=True)
        matter = Matter.objects.get(mechanism="petition")
        line = {"said_by": "office", "said": "请问是哪个小区？", "said_on": days(0)}
        house.act("write_to", matter, "petition_registrar", lines={"dialogue": [line]})
        go_round()
        secret = codes.pair_of(filed.code)[0]
        read = [open_answer(bytes(one.held), secret)["text"] for one in Answer.objects.all()]

        assert matter.facts["demand"] == "垃圾清运不及时。"
        assert read == ["请问是哪个小区？"]


def test_what_waits_is_handed_over_as_packages_with_receipts_on_both_ends(house):
    from qingfeng.exchange.models import Sent

    with house.entered():
        sent = list(Sent.objects.filter(wants_receipt=True).select_related("stream__correspondent"))

        assert {one.stream.correspondent.end for one in sent} == {"office", "counter"}
        assert all(one.receipt_at for one in sent)


def test_a_round_in_which_nothing_waits_packs_nothing(house):
    from qingfeng.exchange.models import Sent
    from qingfeng.project.both_ends import go_round

    with house.entered():
        go_round()
        before = Sent.objects.count()
        go_round()

        assert Sent.objects.count() == before


def test_new_keys_of_the_office_are_known_at_its_counter_with_the_next_round(house):
    from qingfeng.exchange import beside, own
    from qingfeng.project.both_ends import go_round

    with house.entered():
        own.make("office", own.newest("office").card.name, by="account:1")
        before = beside.is_joined()
        go_round()

        assert not before
        assert beside.is_joined()
        assert go_round() == 0


def test_what_arrives_is_handed_over_after_its_hour_so_that_no_system_notes_the_minute(house):
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    from qingfeng.exchange.models import Asker
    from qingfeng.project.both_ends import go_round
    from qingfeng.public.counter import filing
    from qingfeng.public.counter import house as behind
    from qingfeng.public.counter.letters import Letter

    with house.entered():
        filing.file_letter(Letter("suggestion", "增设座椅。"), behind.receivers(behind.house(), "suggestion"))
        before = Asker.objects.count()
        go_round(at_once=False)
        within = Asker.objects.count()
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            go_round(at_once=False)

        assert within == before
        assert Asker.objects.count() == before + 1
