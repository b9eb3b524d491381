"""An appeal being examined: put down, foreseen, taken out, signed by two; who may, what the person sees."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import a_year
import pytest
from a_year import a_record, browser, confirmed, on, said, sheet_of
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone, translation

from qingfeng.appraisal.points import appeals, marks, reviews, totals
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.review_tables import Review
from qingfeng.appraisal.points.sheets import Given
from qingfeng.appraisal.points.tables import Mark, Score
from qingfeng.desk.points import appealed
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import append
from qingfeng.matters.models import LedgerLine, Matter, Notice, Party
from qingfeng.mechanisms.assessment import sheets as procedure
from qingfeng.organization.models import Relation
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
AFTER = date(2027, 1, 8)
FIRST, SECOND, JUDGE = "Y0501", "Y0003", "Y0001"
WHY = "实绩漏计一项，按鉴定书补计。"


@pytest.fixture(scope="module")
def played(office, tmp_path_factory):
    """A year of one person, final, with a deduction that counts; an assessment whose appeal is upheld."""
    scheme = a_year.in_force(office)
    person = office.people["Y0402"]
    scheme.sheets.exclude(pk=sheet_of(scheme, person).pk).delete()
    entry = confirmed(a_record(person, date(2026, 3, 4)), office.people["Y0401"])
    with override_settings(HOME=tmp_path_factory.mktemp("journal")):  # the worker's may hold another's
        index = _an_entry(person)
    with on(AFTER):
        proposed = marks.Proposed("deduction", "材料迟交", Decimal(2), journal_seq=index)
        mark = marks.propose(sheet_of(scheme, person), proposed, by=office.people["Y0401"].pk)
        marks.decide(mark, stands=True, by=office.people["Y0002"].pk)
        a_year.closed(scheme, office)
        matter = a_year.an_appeal(office, person, (FIRST, SECOND, "Y0202"))
    return SimpleNamespace(scheme=scheme, person=person, office=office, mark=mark, entry=entry, matter=matter)


def _an_entry(person):
    made = append("matter.report", subject="directive/2026-1", by=f"person:{person.pk}")
    publish()
    return JournalEntry.objects.get(pk=made.pk).index


@pytest.fixture
def year(played, db):
    """The appeal as it stands; in January, in English."""
    played.sheet = sheet_of(played.scheme, played.person)
    with on(AFTER), translation.override("en"):
        yield played


def key(year, number):
    return year.office.people[number].pk


def put_down(year, value="10", evidence=("成果鉴定书",)):
    """A review in which a judgement is replaced and the deduction struck."""
    review = reviews.begin(year.sheet, by=key(year, FIRST))
    given = Given(Decimal(value), evidence, WHY)
    reviews.replace(review, reviews.Replaced("year_results", "year", given), by=key(year, FIRST))
    reviews.strike(review, year.mark.pk, "当日系统停用", by=key(year, FIRST))
    review.refresh_from_db()
    return review


def signed(year):
    review = put_down(year)
    reviews.sign(review, "申诉成立", by=key(year, FIRST), others=[key(year, FIRST), key(year, SECOND)])
    return review


def test_what_was_foreseen_counts_once_two_have_signed_and_both_versions_replay(year):
    review = signed(year)
    foreseen = reviews.foresee(review).both
    before = totals.total(year.sheet)

    came = reviews.settle(review, by=key(year, SECOND))

    kept = [one.total for one in year.sheet.settled.order_by("version")]
    assert before == foreseen.before == came.before
    assert foreseen.after.value == before.value + Decimal(2) * 3 + Decimal(2)
    assert kept == [came.before.as_json(), foreseen.after.as_json()]
    assert [totals.replay(year.sheet, no).is_same for no in (1, 2)] == [True, True]
    assert (year.sheet.settled.get(version=2).by_id, year.sheet.settled.get(version=2).second_id) == (
        key(year, FIRST), key(year, SECOND),
    )  # fmt: skip


def test_the_reasons_stand_beside_what_was_changed_and_the_person_is_told(year):
    reviews.settle(signed(year), by=key(year, SECOND))

    mark = Mark.objects.get(pk=year.mark.pk)
    assert (mark.until_version, mark.struck_because) == (2, "当日系统停用")
    assert Score.objects.get(sheet=year.sheet, version=2, by__isnull=False).why == WHY
    assert Notice.objects.filter(person=year.person, kind="points_again").exists()
    kinds = JournalEntry.objects.filter(kind__startswith="points.review").values_list("kind", flat=True)
    assert set(kinds) == {"points.review_begun", "points.review_changed", "points.review_signed"}


def test_before_two_have_signed_nothing_counts_and_everything_can_be_taken_out(year):
    review = put_down(year)
    reviews.take_out(review, "year_results:year", by=key(year, FIRST))
    reviews.take_out(review, f"mark:{year.mark.pk}", by=key(year, SECOND))
    review.refresh_from_db()

    assert (review.judged, review.struck) == ([], [])
    with pytest.raises(Problem, match="Nothing would change"):
        reviews.sign(review, "核对", by=key(year, FIRST))
    reviews.drop(review, by=key(year, FIRST))
    assert reviews.open_of(year.sheet) is None
    assert (year.sheet.version, Mark.objects.get(pk=year.mark.pk).until_version) == (1, None)


def test_a_signature_is_taken_back_or_sent_back_with_a_remark(year):
    review = signed(year)
    with pytest.raises(Problem, match="gone on"):
        reviews.take_out(review, "year_results:year", by=key(year, FIRST))
    reviews.unsign(review, by=key(year, FIRST))
    reviews.sign(review, "申诉成立", by=key(year, FIRST))
    with pytest.raises(Problem, match="Say why"):
        reviews.unsign(review, by=key(year, SECOND))

    reviews.unsign(review, by=key(year, SECOND), remark="鉴定书未盖章")

    review.refresh_from_db()
    assert (review.state, review.remark, review.signed_by_id) == ("draft", "鉴定书未盖章", None)


def test_one_does_not_sign_twice(year):
    review = signed(year)

    with pytest.raises(Problem, match="somebody else"):
        reviews.settle(review, by=key(year, FIRST))

    assert Review.objects.get().state == "signed"


def test_whoever_judged_or_is_parted_from_the_person_decides_nothing(year):
    Relation.objects.create(person=year.person, other=year.office.people["Y0504"], kind="sibling")
    complaint = Matter.objects.create(
        mechanism="complaint", number="云纪干〔2026〕9号", slug="2026-9", title="反映", stage="accepted",
        owner=year.office.units["干部监督室"], opened_on=AFTER, opened_at=timezone.now(),
    )  # fmt: skip
    parts = {"Y0402": ("subject", True), "Y0503": ("handler", False)}
    for number, (role, is_subject) in parts.items():
        Party.objects.create(
            matter=complaint, role=role, is_subject=is_subject, person=year.office.people[number],
            since_at=timezone.now(),
        )  # fmt: skip

    for number in (JUDGE, "Y0202", "Y0401", "Y0002", "Y0402", "Y0504", "Y0503"):
        assert not appeals.may_decide(year.sheet, key(year, number)), number
        with pytest.raises(Problem, match="no hand"):
            reviews.begin(year.sheet, by=key(year, number))
    assert appeals.may_decide(year.sheet, key(year, FIRST))


@pytest.mark.parametrize(
    ("value", "evidence", "why", "match"),
    [
        ("9", (), "有理由", "evidence"),
        ("9", ("鉴定书",), " ", "Say why"),
        ("11", ("鉴定书",), "有理由", "from 0"),
    ],
)
def test_a_judgement_is_replaced_with_reason_and_evidence_only(year, value, evidence, why, match):
    review = reviews.begin(year.sheet, by=key(year, FIRST))
    said_of = reviews.Replaced("year_results", "year", Given(Decimal(value), evidence, why))

    with pytest.raises(Problem, match=match):
        reviews.replace(review, said_of, by=key(year, FIRST))


def test_an_appeal_never_makes_a_result_worse_by_another_judgement(year):
    review = reviews.begin(year.sheet, by=key(year, FIRST))
    given = Given(Decimal(1), ("鉴定书",), "重新评定")
    reviews.replace(review, reviews.Replaced("year_results", "year", given), by=key(year, FIRST))
    review.refresh_from_db()

    with pytest.raises(Problem, match="never makes a result worse"):
        reviews.foresee(review)
    with pytest.raises(Problem, match="never makes a result worse"):
        reviews.sign(review, "重新评定", by=key(year, FIRST))


def test_what_would_be_otherwise_by_the_second_signature_is_not_settled(year):
    review = signed(year)
    later = a_record(year.person, date(2026, 5, 6))
    Daily.objects.filter(pk=later.pk).update(state="checked", checked_by=year.office.people["Y0401"])

    with pytest.raises(Problem, match="Something else"):
        reviews.settle(review, by=key(year, SECOND))

    assert year.sheet.settled.count() == 1


def test_the_procedure_takes_the_version_that_two_have_signed_and_waits_for_it(year):
    review = signed(year)
    grade = {"graded_no": 1, "points_version": 1, "total": "60"}
    appeal = {"appeal_answer": "查证属实。"}
    with pytest.raises(Problem, match="Two have not signed"):
        procedure.anew(year.matter, grade, appeal, by=key(year, SECOND))
    after = reviews.settle(review, by=key(year, SECOND)).after

    found = procedure.anew(year.matter, grade, appeal, by=key(year, SECOND))

    assert found == {"total": str(after.value), "vetoed": False, "points_version": 2}


def page(year, number, name="points_review"):
    parts = [] if name == "points_appeals" else [year.sheet.pk]
    return browser(year.office.people[number]), reverse(f"desk:{name}", args=parts)


def test_only_examiners_who_may_decide_find_the_appeal(year):
    found = {}
    for number in (FIRST, "Y0202", JUDGE, "Y0402"):
        for name in ("points_review", "points_appeals"):
            client, address = page(year, number, name)
            found.setdefault(number, []).append(client.get(address).status_code)

    there, gone = [200, 200], [404, 404]
    assert found == {FIRST: there, "Y0202": gone, JUDGE: gone, "Y0402": gone}


def test_the_appeal_lies_beside_who_judged_on_what_and_the_entry_a_deduction_cites(year):
    client, address = page(year, FIRST)

    text = said(client.get(address))

    judge, proposer = year.office.people[JUDGE].name, year.office.people["Y0401"].name
    assert all(word in text for word in ("年度实绩漏计。", judge, "办结材料第 3 号", "材料迟交", proposer))
    assert f"存证条目第 {year.mark.journal_seq} 号" in text
    assert JournalEntry.objects.filter(kind="points.read", by=f"person:{key(year, FIRST)}").exists()


def test_two_examiners_go_through_the_page_and_the_person_sees_both_totals_and_why(year):
    first, address = page(year, FIRST)
    second, _same = page(year, SECOND)
    line = "year_results:year"
    wrong = first.post(address, {"what": "replace", "line": line, f"{line}-value": "10", f"{line}-why": ""})
    first.post(address, {"what": "replace", "line": line, f"{line}-value": "10", f"{line}-why": WHY,
                         f"{line}-papers": "成果鉴定书"})  # fmt: skip
    foreseen = said(first.get(address))
    first.post(address, {"what": "sign", "because": "申诉成立"})
    second.post(address, {"what": "settle"})

    own = said(browser(year.person).get(reverse("desk:points_sheet", args=[year.sheet.pk])))

    totals_of = [totals.total(year.sheet, no).value for no in (1, 2)]
    shown = [f"{one:.2f}".rstrip("0").rstrip(".") for one in totals_of]
    assert wrong.status_code == 422
    assert "+6" in foreseen
    assert all(word in own for word in (*shown, "+6", WHY, "申诉成立"))
    assert second.get(address).status_code == 200
    assert "要替换" not in said(second.get(address))


def test_an_appeal_that_is_not_answered_yet_is_foreseen_and_not_signed(year):
    LedgerLine.objects.filter(matter=year.matter, ledger="appeals").update(
        state="filed", facts={"appellant": year.person.pk, "appeal_why": "请复核"}
    )
    put_down(year)
    client, address = page(year, FIRST)

    client.post(address, {"what": "sign", "because": "成立"})

    assert Review.objects.get().state == "draft"
    assert "+8" in said(client.get(address))


def an_answer(year, no, outcome=""):
    """An appeal of the person: filed, or answered."""
    facts = {"appellant": year.person.pk, "appeal_why": f"第 {no} 次申诉。"}
    facts |= {"outcome": outcome, "appeal_answer": "已复核。"} if outcome else {}
    now = timezone.now()
    times = {"entered_at": now, "changed_at": now}
    LedgerLine.objects.update_or_create(
        matter=year.matter, ledger="appeals", no=no,
        defaults={"facts": facts, "state": "answered" if outcome else "filed", **times},
    )  # fmt: skip


def test_a_later_appeal_that_failed_hides_none_that_was_upheld(year):
    shown = []
    for outcome in ("", "rejected"):
        an_answer(year, 2, outcome)
        shown.append(appealed.appeal_on(viewer_for(year.office.people[FIRST]), year.sheet))

    assert [(one.why, one.waits) for one in shown] == [("第 2 次申诉。", True), ("年度实绩漏计。", True)]


def test_an_appeal_that_is_open_again_is_not_settled_by_the_second(year):
    signed(year)
    an_answer(year, 1)
    client, address = page(year, SECOND)

    client.post(address, {"what": "settle"})

    assert Review.objects.get().state == "signed"


def test_a_grade_that_was_told_anew_stands_on_the_own_pages_and_nobody_elses(year):
    now, told = timezone.now(), {"told_person": year.person.pk, "told_no": 1, "told_on": "2027-01-07"}
    for no, (grade, points) in enumerate((("basic", "72.60"), ("competent", "77.60")), start=1):
        LedgerLine.objects.create(
            matter=year.matter, ledger="results", no=no, state="told", entered_at=now, changed_at=now,
            facts={**told, "told_grade": grade, "told_total": points, "told_why": "复核后补计。"},
        )  # fmt: skip
    asked = {"own": ("Y0402", "points_sheet"), "mine": ("Y0402", "points"), "head": ("Y0401", "points_sheet")}
    found = {}
    for name, (number, where) in asked.items():
        address = reverse(f"desk:{where}", args=[year.sheet.pk] if where == "points_sheet" else [])
        answer = browser(year.office.people[number]).get(address)
        found[name] = (answer.status_code, "72.60" in said(answer) and "复核后补计。" in said(answer))

    assert found == {"own": (200, True), "mine": (200, True), "head": (200, False)}
