"""An office below objects to a directive, keeps it, and has it taken back: by packages alone."""

import pytest
from correspondence import carried, days, two_offices
from test_two_installations import _assign, _issued, _register, _seen

pytestmark = pytest.mark.django_db
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
        yield told


def test_an_objection_below_is_an_objection_above_with_its_reason(story):
    assert story["objecting"]["stage"] == "objected_above"
    assert story["objected"]["stage"] == "objected_below"
    assert story["objected"]["reason"] == NOT_OURS


def test_the_answer_above_comes_back_below_with_its_paper(story):
    assert story["kept"]["stage"] == "registered"
    assert story["kept"]["reason"] == KEEP
    assert any("异议答复" in one for one in story["kept"]["files"])


def test_what_is_taken_back_above_ends_below_and_nothing_of_it_runs_on(story):
    assert story["recalled"]["stage"] == "recalled"
    assert any("收回" in one for one in story["recalled"]["files"])
    assert story["recalled"]["running"] == 0
    assert story["free"]["stage"] == "registered"


def test_what_was_taken_back_and_is_sent_again_is_a_new_directive_below_that_answers_above(story):
    assert story["again"]["stage"] == "received"
    assert story["again"]["slug"] != story["first"]
    assert story["signed"] == "signed_for"
