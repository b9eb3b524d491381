"""An office below objects to a directive, keeps it, and has it taken back: by packages alone."""

import pytest
from correspondence import carried, days, two_offices
from test_two_installations import _assign, _issued, _register, _seen

pytestmark = pytest.mark.django_db
NO_LONGER = "统一时限，不予延期。"
NOT_OURS, KEEP, TAKEN = "事项不属于我区管辖。", "资金由你区拨付，仍由你区办理。", "市纪委并案办理。"


def newest(kind="directive"):
    """The newest matter of a kind in the house that is entered."""
    from qingfeng.matters.models import Matter

    return Matter.objects.filter(mechanism=kind).order_by("pk").last()


@pytest.fixture(scope="module")
def story(tmp_path_factory, django_db_setup, django_db_blocker):
    """What became of the directive on both sides, step by step."""
    with django_db_blocker.unblock():
        above, here = two_offices(tmp_path_factory.mktemp("objection"))
        told = {"above": above, "here": here}
        with above.entered():
            matter = _issued(above)
        carried(above, here)
        with here.entered():
            _register(here, newest())
            here.act("object_above", newest(), "deputy", reason=NOT_OURS)
            told["objecting"] = _seen(newest())
        carried(here, above)
        with above.entered():
            matter.refresh_from_db()
            told["objected"] = _seen(matter) | {"reason": matter.story.order_by("no").last().reason}
            above.act("keep_office", matter, "deputy", reason=KEEP)
        carried(above, here)
        with here.entered():
            told["kept"] = _seen(newest()) | {"reason": newest().story.order_by("no").last().reason}
        told |= _more_time(above, here, matter)
        with above.entered():
            above.act("recall", matter, "deputy", reason=TAKEN)
        carried(above, here)
        with here.entered():
            told["recalled"] = _seen(newest()) | {"running": newest().clocks.filter(state="running").count()}
            told["first"] = newest().slug
        with above.entered():
            matter.refresh_from_db()
            told["free"] = _seen(matter)
            _assign(above, matter, above.unit("云溪区纪委"), days(60))
            above.act("dispatch", matter, "registrar")
        carried(above, here)
        with here.entered():
            told["again"] = _seen(newest()) | {"slug": newest().slug}
            _register(here, newest())
        carried(here, above)
        with above.entered():
            matter.refresh_from_db()
            told["signed"] = matter.stage
        yield told | _crossed(above, here, matter) | _void_above(above, here, matter)


def _more_time(above, here, matter):
    """The office below asks for more time: once in vain, once not."""
    asked = {"asked_until": days(80), "why_longer": "须调取原始凭证。"}
    with here.entered():
        here.act("ask_above", newest(), "registrar", facts=asked)
    carried(here, above)
    with above.entered():
        matter.refresh_from_db()
        told = {"asked": dict(matter.facts)}
        above.act("refuse_extension", matter, "deputy", reason=NO_LONGER)
    carried(above, here)
    with here.entered():
        last = newest().story.order_by("no").last()
        told["refused"] = (last.act, last.reason)
        here.act("ask_above", newest(), "registrar", facts=asked)
    carried(here, above)
    with above.entered():
        above.act("grant_extension", matter, "deputy", facts={"until": days(80)})
    carried(above, here)
    with here.entered():
        run = newest().clocks.get(key="upward_due")
        return told | {"longer": run.due_on.isoformat()}


def _crossed(above, here, matter):
    """An objection that crosses a recall and the next order, which is recalled before anybody answers it."""
    with here.entered():
        second = newest()
        here.act("object_above", second, "deputy", reason=NOT_OURS)
    objection = here.sends()
    with above.entered():
        above.act("recall", matter, "deputy", reason=TAKEN)
        _assign(above, matter, above.unit("云溪区纪委"), days(60))
        above.act("dispatch", matter, "registrar")
    above.takes(objection)
    with above.entered():
        matter.refresh_from_db()
        late = parts("directive_objection", "late")
        told = {
            "still": matter.stage, "late": late, "no_failures": parts("directive_objection", "failed"),
            "above_says": journaled("exchange.came_late"), "above_told": noticed(above),
        }  # fmt: skip
        above.act("recall", matter, "deputy", reason=TAKEN)
    carried(above, here)
    with here.entered():
        second.refresh_from_db()
        told |= {
            "ended": second.stage, "unanswered": (newest().pk != second.pk, newest().stage),
            "here_says": journaled("exchange.was_late"), "here_told": noticed(here),
            "names": (f"directive/{matter.slug}", f"directive/{second.slug}"),
        }  # fmt: skip
    return told


def _void_above(above, here, matter):
    """An order whose matter is void above when the first word about it comes."""
    from qingfeng.matters import keeping

    with above.entered():
        _assign(above, matter, above.unit("云溪区纪委"), days(60))
        above.act("dispatch", matter, "registrar")
    carried(above, here)
    with here.entered():
        _register(here, newest())
    with above.entered():
        matter.refresh_from_db()
        keeping.void(matter, by=above.person("principal"), reason="重复")
    carried(here, above)
    with above.entered():
        return {"void": parts("directive_signed", "late")}


def parts(kind, state):
    """What came under a kind and stands so, in the house that is entered."""
    from qingfeng.exchange.models import Incoming

    return list(Incoming.objects.filter(kind=kind, state=state).order_by("pk"))


def journaled(kind):
    """Of what the journal of the house that is entered says under a kind: about what, and what it was."""
    from qingfeng.journal.models import JournalEntry

    return [
        (one.said["subject"], one.said["facts"]["kind"])
        for one in JournalEntry.objects.filter(kind=kind).order_by("pk")
    ]


def noticed(end):
    """How often the leader was told that something came too late."""
    from qingfeng.matters.models import Notice

    return Notice.objects.filter(person=end.person("deputy").person_id, kind="came_late").count()


def test_an_objection_below_is_an_objection_above_with_its_reason(story):
    assert story["objecting"]["stage"] == "objected_above"
    assert story["objected"]["stage"] == "objected_below"
    assert story["objected"]["reason"] == NOT_OURS


def test_the_answer_above_comes_back_below_with_its_paper(story):
    assert story["kept"]["stage"] == "registered"
    assert story["kept"]["reason"] == KEEP
    assert any("异议答复" in one for one in story["kept"]["files"])


def test_more_time_is_asked_for_below_and_refused_with_a_reason_or_granted_above(story):
    assert story["asked"]["asked_until"] == days(80)
    assert story["asked"]["why_longer"] == "须调取原始凭证。"
    assert story["refused"] == ("take_refusal", NO_LONGER)
    assert story["longer"] == days(80)


def test_what_is_taken_back_above_ends_below_and_nothing_of_it_runs_on(story):
    assert story["recalled"]["stage"] == "recalled"
    assert any("收回" in one for one in story["recalled"]["files"])
    assert story["recalled"]["running"] == 0
    assert story["free"]["stage"] == "registered"


def test_what_was_taken_back_and_is_sent_again_is_a_new_directive_below_that_answers_above(story):
    assert story["again"]["stage"] == "received"
    assert story["again"]["slug"] != story["first"]
    assert story["signed"] == "signed_for"


def test_an_objection_to_an_order_that_was_recalled_does_not_land_on_the_next_one(story):
    assert story["still"] == "dispatched"
    assert story["no_failures"] == []


def test_what_came_too_late_ends_with_a_word_and_is_not_tried_again(story):
    (late,) = story["late"]

    assert (late.about, late.times, late.content, late.files) == (story["names"][0], 1, None, [])
    assert late.what


def test_both_journals_say_that_it_came_too_late_and_both_sides_are_told(story):
    above, here = story["names"]

    assert (above, "directive_objection") in story["above_says"]
    assert (here, "directive_objection") in story["here_says"]
    assert story["above_told"] == 1
    assert story["here_told"] == 1


def test_a_recall_reaches_what_objected_meanwhile_and_what_nobody_has_answered_yet(story):
    assert story["ended"] == "recalled"
    assert story["unanswered"] == (True, "recalled")


def test_what_is_said_to_a_matter_that_is_void_by_then_ends_too(story):
    assert [one.about for one in story["void"]] == [story["names"][0]]
