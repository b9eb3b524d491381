"""What the house finds out for an assessment: the list, the points, who gave them, what is told to whom."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qingfeng.appraisal.models import Rated
from qingfeng.appraisal.points.grades import EXCELLENT, UNDETERMINED
from qingfeng.matters.computed import Found, find_with, tell_with
from qingfeng.matters.following import follow_with
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.matters.notices import tell
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.snapshot import Line
from qingfeng.matters.today import today
from qingfeng.mechanisms.assessment import judged, sheets
from qingfeng.mechanisms.assessment.fields import NOT_EXCELLENT
from qingfeng.mechanisms.assessment.parts import STEP_OF
from qingfeng.screening.errors import Problem

Change = dict[int, dict[str, Any]]


def lines_of(matter: Matter, ledger: str) -> list[LedgerLine]:
    """Return the lines of a ledger, in order."""
    return list(matter.lines.filter(ledger=ledger).order_by("no"))


def views_of(matter: Matter, ledger: str) -> list[Line]:
    """Return the lines of a ledger as gates see them."""
    return [Line(one.no, one.state, one.facts) for one in lines_of(matter, ledger)]


def signed(matter: Matter, _sheet: Sheet) -> Found:
    """Sign what was laid down for the step at hand."""
    step = STEP_OF.get(matter.stage)
    laid = matter.lines.filter(ledger="steps", state="laid")
    return Found(changes={"steps": {one.no: {} for one in laid if one.facts.get("step") == step}})


def opening(facts: Mapping[str, Any], itself: Matter | None) -> dict[str, Any]:
    """Tell whether the same year and class is assessed already in one of the rooms or teams."""
    if itself is not None and itself.stage == "dropped":
        return {"is_second": False}
    return {"is_second": sheets.same_year(facts).exclude(pk=itself.pk if itself else None).exists()}


def scheme(matter: Matter, sheet: Sheet) -> Found:
    """Tell whether a scheme of the year is in force with the same quota and limits."""
    return Found(told={"scheme_fits": sheets.fits(matter, sheet.facts)})


def listed(matter: Matter, _sheet: Sheet) -> Found:
    """List whoever is of the class in the rooms and teams chosen and is not on the list yet.

    Whose sheet of points says that there is no grade this year is left to people to mark, with its paper.
    """
    there = {(int(one.facts["object"]), one.facts.get("object_name")) for one in lines_of(matter, "objects")}
    found = sheets.of_class(matter)
    return Found(
        lines={
            "objects": [
                {"object": one.person, "object_name": one.name, "object_post": one.post}
                for one in found
                if (one.person, one.name) not in there
            ]
        }
    )


def begun(matter: Matter, sheet: Sheet) -> Found:
    """Sign gate 1 and give everybody on the list their part."""
    rows = [one for one in lines_of(matter, "objects") if one.state != "struck"]
    persons = sorted({int(one.facts["object"]) for one in rows})
    return Found(
        changes=signed(matter, sheet).changes,
        facts={"listed_count": len(rows)},
        parties={"assessed": persons},
    )


def selves(matter: Matter, sheet: Sheet) -> Found:
    """Sign gate 2, and tell how many statements of the year are missing on the sheets of points."""
    return Found(
        changes=signed(matter, sheet).changes, told={"self_missing": sheets.without_statement(matter)}
    )


def points(matter: Matter, _sheet: Sheet) -> Found:
    """Put the settled points of everybody on the list on the table of grades."""
    found, missing = sheets.settled(matter)
    there = {str(one.facts.get("graded_no")): one.no for one in lines_of(matter, "grades")}
    told = {"sheets_open": missing}
    fresh = [one for no, one in found.items() if no not in there]
    return Found(
        lines={"grades": fresh},
        changes={"grades": {there[no]: one for no, one in found.items() if no in there}},
        told=told,
    )


def typed(matter: Matter, sheet: Sheet) -> Found:
    """Put the name of each line of the list beside the points entered for it."""
    names = {
        str(one.no): one.facts["object_name"] for one in lines_of(matter, "objects") if one.state != "struck"
    }
    taken = {str(one.facts.get("graded_no")) for one in lines_of(matter, "grades")}
    given = [dict(one) for one in sheet.lines.get("grades", ())]
    numbers = [str(one.get("graded_no") or "") for one in given]
    wrong = [no for no in numbers if no not in names or no in taken or numbers.count(no) > 1]
    lines = [
        {**one, "graded": names.get(no, one.get("graded"))} for no, one in zip(numbers, given, strict=True)
    ]
    return Found(lines={"grades": lines} if lines else {}, told={"not_on_list": wrong})


def proposed(matter: Matter, _sheet: Sheet) -> Found:
    """Let points and quota propose a grade for everybody; a reason that people gave before is taken out."""
    rows = {str(one.facts.get("graded_no")): one for one in lines_of(matter, "grades")}
    facts = {no: one.facts for no, one in rows.items()}
    objects = [one for one in views_of(matter, "objects") if one.state != "struck"]
    found = judged.proposed(matter.facts, judged.standings(objects, facts))
    return Found(
        changes={"grades": {rows[no].no: {"proposed": one, "grade": one} for no, one in found.grades.items()}}
    )


def decided(matter: Matter, sheet: Sheet) -> Found:
    """Sign gate 5: the whole table stands as decided."""
    table: Change = {one.no: {} for one in lines_of(matter, "grades")}
    return Found(changes={**signed(matter, sheet).changes, "grades": table})


def from_round(matter: Matter, _sheet: Sheet) -> Found:
    """Take from a round of evaluation what it gave each, with how many judged; nothing of who did."""
    code = str(matter.facts.get("round_code") or "")
    rated = Rated.objects.filter(round__code=code, result__isnull=False).values_list("person", "result")
    values = {person: sheets.value_of(result) for person, result in rated}
    objects = {str(one.no): one for one in lines_of(matter, "objects")}
    changes: Change = {}
    for one in lines_of(matter, "grades"):
        line = objects[str(one.facts.get("graded_no"))]
        if said := values.get(int(line.facts["object"])):
            changes[one.no] = {"votes_value": said}
    return Found(changes={"grades": changes}, told={"round_there": bool(changes)})


def told(matter: Matter, _sheet: Sheet) -> Found:
    """Return a result for each line of the table of grades, to be told to that person alone."""
    return Found(lines={"results": [_result(matter, one, None) for one in lines_of(matter, "grades")]})


def told_again(matter: Matter, _sheet: Sheet) -> Found:
    """Return a new result wherever something else stands than was told, with the points before."""
    before = judged.newest_results(views_of(matter, "results"))
    table = [one for one in lines_of(matter, "grades")
             if judged.differs(before.get(str(one.no)), Line(one.no, one.state, one.facts))]  # fmt: skip
    olds: Change = {before[str(one.no)].no: {} for one in table if str(one.no) in before}
    return Found(
        lines={"results": [_result(matter, one, before.get(str(one.no))) for one in table]},
        changes={"results": olds},
    )


def _result(matter: Matter, grade: LedgerLine, before: Line | None) -> dict[str, Any]:
    line = matter.lines.get(ledger="objects", no=int(grade.facts["graded_no"]))
    grown = {"total_before": str(before.facts.get("told_total") or "")} if before else {}
    has_grade = grade.facts.get("grade") != UNDETERMINED
    return {
        **grown,
        "told_person": line.facts["object"],
        "told_no": grade.no,
        "told_total": str(grade.facts.get("total") or "") if has_grade else "",
        "told_grade": grade.facts.get("grade"),
        "told_why": grade.facts.get("grade_why") or (line.facts.get("special_why") if not has_grade else ""),
        "told_on": today().isoformat(),
    }


def tell_each(matter: Matter, performance: Performance) -> None:
    """Tell each person whose result was entered by the act that it is there, and nobody else."""
    numbers = [
        line[1] for line in performance.entered.get("lines", ()) if line[0] == "results" and line[2] == "told"
    ]
    rows = matter.lines.filter(ledger="results", no__in=numbers)
    tell(sorted({int(one.facts["told_person"]) for one in rows}), "acted", matter, {"act": performance.act})


def posting(matter: Matter, _sheet: Sheet) -> Found:
    """Post the names of those who are to be excellent, as the law has it posted, and nothing else."""
    rows = [one for one in lines_of(matter, "grades") if one.facts.get("grade") == EXCELLENT]
    lines = [
        {"posted_name": one.facts["graded"], "posted_grade": EXCELLENT, "posted_no": one.no} for one in rows
    ]
    return Found(lines={"posted": lines})


def posted_again(matter: Matter, _sheet: Sheet) -> Found:
    """Post what has changed since: whether somebody is to be excellent, before and now, why, since when."""
    lines, olds = [], {}
    for before, grade in judged.to_post(views_of(matter, "posted"), views_of(matter, "grades")):
        is_now = grade.facts.get("grade") == EXCELLENT
        if before:
            olds[before.no] = dict[str, Any]()
        lines.append({
            "posted_name": grade.facts["graded"],
            "posted_grade": EXCELLENT if is_now else NOT_EXCELLENT,
            "posted_no": grade.no,
            "posted_before": NOT_EXCELLENT if is_now else EXCELLENT,
            "posted_why": grade.facts.get("change_basis") or "",
            "posted_on": today().isoformat(),
        })  # fmt: skip
    return Found(lines={"posted": lines}, changes={"posted": olds})


def scorers(matter: Matter, _sheet: Sheet) -> Found:
    """Tell who gave points on the sheets of those on the list, and who is parted from whoever appeals."""
    return Found(told={"scorers": sorted(sheets.who_gave_points(matter) | sheets.barred(matter))})


def step_back(matter: Matter, performance: Performance) -> None:
    """End the part of an examiner who appeals, or is parted from whoever does: leaders name another."""
    hands = matter.parties.filter(role="examiner", person__in=sheets.barred(matter), until_at=None)
    hands.update(until_at=performance.at)


def recalculated(matter: Matter, _sheet: Sheet) -> Found:
    """Recalculate for every appeal that was upheld: a new version, the old total kept beside it.

    An appeal never makes a result worse: where the sheet says less now, the total that was told stands.
    Whoever was struck from the list has no points: the answer is all there is.
    """
    objects = {
        int(one.facts["object"]): one.no for one in lines_of(matter, "objects") if one.state != "struck"
    }
    table = {str(one.facts.get("graded_no")): one for one in lines_of(matter, "grades")}
    appeals: Change = {}
    grades: Change = {}
    for one in lines_of(matter, "appeals"):
        if (one.state, one.facts.get("outcome")) == ("answered", "upheld"):
            grade = table.get(str(objects.get(int(one.facts["appellant"]))))
            if grade is None:
                appeals[one.no] = {}
                continue
            try:
                by, second = sheets.who_answered(matter, one.no)
                new = sheets.anew(matter, grade.facts, one.facts, by=by, second=second)
            except Problem:
                return Found(told={"cannot_recalculate": True})
            new["total"] = str(max(Decimal(str(new["total"])), Decimal(str(grade.facts["total"]))))
            appeals[one.no] = {"appeal_before": str(grade.facts["total"]), "appeal_after": new["total"]}
            grades[grade.no] = new
    return Found(changes={"appeals": appeals, "grades": grades})


FINDS: Mapping[str, Any] = {
    "scheme": scheme, "listed": listed, "begun": begun, "selves": selves, "points": points, "typed": typed,
    "proposed": proposed, "signed": signed, "decided": decided, "round": from_round, "told": told,
    "told_again": told_again, "posting": posting, "posted_again": posted_again, "scorers": scorers,
    "recalculated": recalculated,
}  # fmt: skip


def join() -> None:
    """Let the kernel ask this room at its acts; called once, at start-up."""
    for key, function in FINDS.items():
        find_with(f"assessment.{key}", function)
    tell_with("assessment.opening", opening)
    follow_with("assessment.tell", tell_each)
    follow_with("assessment.step_back", step_back)
