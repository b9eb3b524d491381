"""Two people, two tabs, two processes at the same moment: nothing happens twice and no number is lost."""

import at_once
import pytest
from an_errand import an_errand, in_hand, unit, who
from django.db import connection

from qingfeng.documents.numbering import gaps
from qingfeng.matters import keeping
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import confirm, open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db):
    """The sample office in a database that threads share, with the errand known."""
    import an_errand as errand
    from an_office_kept import sample_office

    errand.known()
    yield sample_office()
    errand.unknown()


def reported():
    from qingfeng.documents.attachments import keep

    matter, handlers = in_hand()
    proof = keep("完成情况\n".encode(), "说明.txt", by=Account.objects.get(pk=handlers[0].account_id))
    done = perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [proof.pk]})
    assert isinstance(done, Done), done
    return done.matter


def kinds(answers):
    """What each answered: done, again, the reason of a refusal, or what was raised."""
    return sorted(
        ("again" if one.again else "done")
        if isinstance(one, Done)
        else one.why
        if isinstance(one, Refusal)
        else repr(one)
        for one in answers
    )


def test_the_same_request_from_four_sides_acts_once(office):
    matter, handlers = in_hand()

    answers = at_once.at_once(
        *[lambda: perform("note", matter, by=handlers[0], facts={"what": "到场"}, key="one")] * 4
    )

    assert kinds(answers) == ["again", "again", "again", "done"]
    assert matter.story.filter(act="note").count() == 1


def test_of_four_who_move_a_matter_at_once_one_does(office):
    matter = an_errand()
    handlers = [one.person_id for one in (who("analyst"), who("reviewer"))]

    answers = at_once.at_once(
        *[
            lambda no=no: perform(
                "dispatch", matter, by=who("registrar"), parties={"handler": handlers}, key=f"key-{no}"
            )
            for no in range(4)
        ]
    )

    assert kinds(answers) == ["done", "stage", "stage", "stage"]
    assert matter.clocks.filter(key="handle").count() == 1


def test_of_two_tabs_that_show_the_same_state_one_acts_and_the_other_is_told_what_changed(office):
    matter, handlers = in_hand()

    answers = at_once.at_once(
        *[
            lambda no=no: perform(
                "note", matter, by=handlers[no], facts={"what": f"第{no}页"}, seen=matter.revision
            )
            for no in (0, 1)
        ]
    )

    assert kinds(answers) == ["conflict", "done"]
    refused = next(one for one in answers if isinstance(one, Refusal))
    assert [one.act for one in refused.changed] == ["note"]


def test_one_form_that_opens_sent_four_times_at_once_opens_one_matter(office):
    registrar = who("registrar")
    sheet = {"facts": {"matter": "核对"}, "parties": {"receiver": [unit("区教育局")]}, "key": "one-form"}

    answers = at_once.at_once(
        *[lambda: open_matter("errand", by=registrar, title="核对", owner=unit("办公室"), **sheet)] * 4
    )

    assert kinds(answers) == ["again", "again", "again", "done"]
    assert Matter.objects.count() == 1


def test_numbers_have_no_gaps_however_many_open_at_once_and_some_are_refused(office):
    def some(no):
        facts = {"matter": "核对"} if no % 3 else {}
        parties = {"receiver": [unit("区教育局")]}
        return [
            open_matter(
                "errand",
                by=who("registrar"),
                title="核对",
                owner=unit("办公室"),
                facts=facts,
                parties=parties,
            )
            for _ in range(3)
        ]

    at_once.at_once(*[lambda no=no: some(no) for no in range(5)])

    year = Matter.objects.first().opened_on.year
    assert sorted(Matter.objects.values_list("slug", flat=True)) == [f"{year}-{no:03}" for no in range(1, 10)]
    assert gaps("差", "matter:errand", year=year) == []


def test_of_two_who_sign_second_at_once_one_does(office):
    matter = reported()
    waiting = perform("close", matter, by=who("dept_head", in_unit="办公室")).awaiting
    one = who("deputy")
    other = who("deputy", beside=(one,))

    answers = at_once.at_once(lambda: confirm(waiting, by=one), lambda: confirm(waiting, by=other))

    assert kinds(answers)[1:] == ["done"]
    assert matter.story.filter(act="close").count() == 1


def test_a_second_signature_and_another_first_one_at_once_do_not_wait_for_each_other(office):
    matter = reported()
    head = who("dept_head", in_unit="办公室")
    waiting = perform("close", matter, by=head).awaiting
    one = who("deputy")
    other = who("deputy", beside=(one,))

    answers = at_once.at_once(
        lambda: confirm(waiting, by=one),
        lambda: perform("close", matter, by=other),
        lambda: perform("return", matter, by=head, reason="补充"),
    )

    assert not [one for one in answers if isinstance(one, Exception)]
    assert matter.story.filter(act__in=("close", "return")).count() == 1


def test_two_matters_merged_into_each_other_at_once_are_not_both_gone(office):
    one, other = an_errand(), an_errand()
    registrar = who("registrar")

    answers = at_once.at_once(
        lambda: keeping.merge(one, other, by=registrar, reason="同一件事"),
        lambda: keeping.merge(other, one, by=registrar, reason="同一件事"),
    )

    assert not [one for one in answers if isinstance(one, Exception)]
    assert sorted(Matter.objects.values_list("standing", flat=True)) == ["merged", "valid"]


OPENING = """
from an_errand import an_errand
for _ in range(5):
    print(an_errand().slug)
"""


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="a file of SQLite is served by one process")
def test_processes_that_open_at_once_number_without_gaps(office):
    told = at_once.in_processes(OPENING, 3)

    slugs = sorted(slug for said in told for slug in said)
    assert [slug.rpartition("-")[2] for slug in slugs] == [f"{no:03}" for no in range(1, 16)]
    assert connection.vendor == "postgresql"
