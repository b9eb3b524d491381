"""A round from its draft to its end: rolls, weights, ballots, results, answers, talks."""

from datetime import timedelta

import a_round
import pytest
from a_round import BEGINS, DAYS, ballot, close, drafted, on, opened, slate, vote, voters

from qingfeng.appraisal import box, defaults, rounds, sheets, spool, telling
from qingfeng.appraisal.models import DEMOCRATIC, PEER, Box, Due, Remark, Round, Sheet, Slate
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def round_(office):
    """A round that is being filled in; tests leave it as it is."""
    return opened(office)


def test_weights_that_do_not_make_a_hundred_are_refused(office):
    forms = [{**one, "weight": one["weight"] + 1} for one in defaults.forms()]

    with pytest.raises(Problem, match="105"):
        drafted(office, forms=tuple(forms))


def test_whoever_prepared_a_round_does_not_open_it(office):
    round_ = drafted(office)

    with on(0), pytest.raises(Problem):
        rounds.open_round(round_, by=office.person("evaluator").pk)


def test_every_slate_of_an_open_round_has_a_key_of_its_own_and_the_digest_is_in_the_journal(round_):
    from qingfeng.appraisal.tokens import digest_of
    from qingfeng.journal.models import JournalEntry

    keys = dict(round_.slates.values_list("pk", "public"))
    entry = JournalEntry.objects.filter(kind="appraisal.opened").last()

    assert len(set(keys.values())) == len(keys) > 0
    assert digest_of(keys) == round_.keys_digest
    assert round_.keys_digest in str(entry.body)


def test_five_ballots_count_and_four_are_destroyed(office):
    round_ = opened(office)
    five, four = slate(round_, PEER, 0), slate(round_, PEER, 1)
    vote(five, [8] * 5)
    vote(four, [3] * 4)

    close(round_)

    assert Slate.objects.get(pk=five.pk).cast == 5
    assert Slate.objects.get(pk=four.pk).cast == 4
    assert len(Box.objects.get(slate=five).ballots) == 5
    assert not Box.objects.filter(slate=four).exists()
    assert not spool.file_of(four.pk).exists()


def test_what_lies_under_the_number_of_a_slate_since_before_it_opened_is_not_of_it(office):
    round_ = drafted(office)
    next_slate = 1 + (Slate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    for number in range(next_slate, next_slate + 40):
        with spool.open_box(number) as waiting:
            waiting.append({"token": "0" * 64, "scores": {}, "remarks": {}})

    with on(-1):
        rounds.open_round(round_, by=office.person("principal").pk)

    for one in round_.slates.all():
        with spool.open_box(one.pk) as waiting:
            assert waiting == []
    for number in range(next_slate, next_slate + 40):
        spool.destroy(number)


def test_a_slate_with_more_ballots_than_were_given_out_does_not_count_and_the_journal_says_so(office):
    """Whoever holds the key can make ballots; nobody can make them count."""
    from qingfeng.journal.models import JournalEntry

    round_ = opened(office)
    one = slate(round_, PEER)
    vote(one, [8] * 6)
    kept = box.ballot_of(one, ballot(one, 1))
    box.put(one, {**kept, "token": "f" * 64})
    round_ = close(round_)
    rated = round_.rated.get(person=one.people[0])

    assert {part["key"]: part.get("left_out") for part in rated.result["parts"]}[PEER] == "over"
    assert JournalEntry.objects.filter(kind="appraisal.more_ballots_than_tokens").count() == 1


def test_a_box_takes_nothing_before_it_is_opened_or_after_the_last_day(round_):
    one = slate(round_, PEER)
    voter = a_round.Voter(voters(one)[0]).fetch(one)

    for day in (-1, DAYS + 1):
        with pytest.raises(Problem):
            voter.bring(one, ballot(one), day=day)


def test_whoever_was_given_more_time_fetches_and_brings_later(office):
    round_ = opened(office)
    one = slate(round_, PEER)
    person = voters(one)[0]
    with on(DAYS):
        until = BEGINS + timedelta(days=DAYS + 3)
        rounds.extend(round_, person, until_on=until, because="出差", by=office.person("evaluator").pk)

    a_round.Voter(person).fetch(one, day=DAYS + 3).bring(one, ballot(one), day=DAYS + 3)

    with pytest.raises(Problem):
        a_round.Voter(voters(one)[1]).fetch(one, day=DAYS + 3)
    with on(DAYS + 1), pytest.raises(Problem):
        rounds.close(Round.objects.get(pk=round_.pk), by=None)


def test_a_second_token_is_not_signed_and_the_same_message_is_signed_again(round_):
    from qingfeng.appraisal import blind, tokens

    one = slate(round_, PEER, 2)
    person = voters(one)[1]
    blinded, _inverse = blind.blind(tokens.public_key(one), blind.prepare(bytes(32)))
    first = tokens.sign(round_, person, {one.pk: blinded}, on=BEGINS)

    again = tokens.sign(round_, person, {one.pk: blinded}, on=BEGINS)
    other, _inverse = blind.blind(tokens.public_key(one), blind.prepare(bytes(32)))

    assert again == first
    with pytest.raises(Problem):
        tokens.sign(round_, person, {one.pk: other}, on=BEGINS)


def test_nobody_fetches_a_token_for_a_slate_that_is_not_theirs(round_):
    one = slate(round_, PEER)

    with pytest.raises(Problem):
        a_round.Voter(one.people[0]).fetch(one)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said, _key: said["scores"].clear(),
        lambda said, key: said["scores"][key].pop("skill"),
        lambda said, key: said["scores"][key].update(skill=11),
        lambda said, key: said["scores"][key].update(skill=True),
        lambda said, key: said["scores"].update({"999999": said["scores"][key]}),
        lambda said, _key: said.update(remarks="x"),
    ],
    ids=["nobody judged", "a line missing", "too high", "no number", "somebody else", "no remarks"],
)
def test_a_ballot_that_cannot_be_read_is_refused(round_, spoil):
    one = slate(round_, PEER)
    said = ballot(one)
    spoil(said, str(one.people[0]))

    with pytest.raises(Problem):
        box.ballot_of(one, said)


def test_a_token_of_one_slate_opens_no_other_box(round_):
    one, other = slate(round_, PEER, 0), slate(round_, PEER, 1)
    voter = a_round.Voter(voters(one)[2]).fetch(one)
    voter.held[other.pk] = voter.held[one.pk]

    with pytest.raises(Problem):
        voter.bring(other, ballot(other))


def test_the_same_ballot_sent_twice_counts_once(office):
    round_ = opened(office)
    one = slate(round_, DEMOCRATIC)
    for person in voters(one)[:12]:
        voter = a_round.Voter(person).fetch(one)
        for _again in range(2):
            voter.bring(one, ballot(one))

    assert box.empty(one) == 12


def test_a_remark_that_no_database_takes_does_not_spoil_the_box(office):
    round_ = opened(office)
    one = slate(round_, PEER)
    said = ballot(one, remark="很\x00好\ud83d")

    kept = box.ballot_of(one, said)["remarks"]

    assert kept == {str(one.people[0]): "很好"}


def test_the_organisations_form_is_of_whoever_wrote_it_last_and_they_do_not_agree_to_it(office):
    round_ = opened(office)
    rated, form = round_.rated.select_related("round").first(), round_.forms.get(key="organisation")
    one, other = round_.made_by_id, round_.opened_by_id
    with on(1):
        sheets.hand_in(rated, form, by=one, scores=dict.fromkeys(form.keys, 8))
        mended = sheets.hand_in(rated, form, by=other, scores=dict.fromkeys(form.keys, 2))
        with pytest.raises(Problem):
            sheets.agree(mended, by=other)
        sheets.agree(mended, by=one)

    kept = Sheet.objects.get(rated=rated, form=form.key)
    assert (kept.by_id, kept.second_by_id) == (other, one)


def test_people_answer_within_five_workdays_and_not_later(office):
    round_ = opened(office)
    vote(slate(round_, PEER), [8] * 6)
    round_ = close(round_)
    rated = round_.rated.get(person=slate(round_, PEER).people[0])

    assert rated.answer_until == BEGINS + timedelta(days=18)  # Friday, 20 March
    with on(18):
        telling.answer(rated, "对业务一项，我想说明情况。")
    with on(19), pytest.raises(Problem):
        telling.answer(rated, "迟了")


def test_a_round_is_finished_when_every_talk_is_recorded_and_its_ballots_are_gone_then(office):
    round_ = opened(office)
    vote(slate(round_, PEER), [8] * 6, remark="办事认真")
    a_round.hand_in_by_name(round_)
    round_ = close(round_)
    principal = office.person("principal").pk
    with on(25):
        assert len(rounds.unfinished(round_)) == 2
        for remark in Remark.objects.filter(rated__round=round_):
            telling.decide(remark, is_shown=True, by=round_.made_by_id)
        for rated in round_.rated.all():
            said = telling.Said(BEGINS + timedelta(days=20), "肯定成绩，指出不足。", "参加业务培训。")
            telling.record_talk(rated, said, by=principal)

        rounds.finish(round_, by=round_.made_by_id)

    assert Round.objects.get(pk=round_.pk).state == "finished"
    assert not Box.objects.filter(slate__round=round_).exists()


def test_the_worker_reminds_before_the_end_and_closes_after_it(office):
    from qingfeng.matters.models import Notice

    round_ = opened(office)
    with on(DAYS - 3):
        rounds.tick()
        rounds.tick()
    told = list(Notice.objects.filter(kind="appraisal_due").values_list("person", flat=True))
    late = [person for one in Round.objects.filter(state="open") for person in rounds.late(one)]
    assert sorted(told) == sorted(late)

    with on(DAYS + 1):
        rounds.tick()

    assert Round.objects.get(pk=round_.pk).state == "closed"


def test_turnout_is_known_by_name_and_keeps_no_instant(round_):
    one = slate(round_, PEER, 3)
    a_round.Voter(voters(one)[0]).fetch(one)

    row = Due.objects.get(slate=one, person=voters(one)[0])

    assert row.state == "token"
    assert {field.name for field in Due._meta.get_fields()} == {"id", "slate", "person", "state", "blinded"}
