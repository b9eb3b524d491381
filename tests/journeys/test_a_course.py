"""A course from its need to what it changed in the work, on phones and at desks: both reviews, a quiz."""

import a_road
import pytest
from a_road import SIZES, opened, refused, waits, walk
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.course.sample import MATERIALS, session

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
COME = 6


def steps_of(kind, story, *acts, **other):
    """The first step of each act of a story, with other values where given."""
    steps = {}
    for step in sampling.cases(kind)[story]["steps"]:
        steps.setdefault(step["act"], step)
    return [{**steps[act], **other} for act in acts]


def answered(road, quiz, day):
    """As many as came answer on their own screens, without signing in; what was right is told them."""
    from qingfeng.desk.quizzes.answering import code_of

    quiz.refresh_from_db()
    with road.on(day):
        somebody = road.at("case_two", **SIZES["phone"])
        for no in range(COME):
            somebody.go(f"/answer/{code_of(quiz, quiz.stage)}/")
            somebody.page.locator("input[name=office_kind]").first.check()
            for question in (1, 2, 3):
                somebody.page.locator(f"input[name=q{question}][value={'b' if no else 'a'}]").check()
            a_road.fits(somebody)
            somebody.page.locator("form button[type=submit]").last.click()
            somebody.page.wait_for_load_state()
            assert somebody.reads("事后补函不改变当时没有依据")


def quizzed(road, matter, window):
    """The quiz of a course: written, reviewed by another, answered, closed; sums only."""
    quiz = matter.links_out.get(kind="tested_by").target
    story = ("quiz", "closed")
    walk(road, quiz, steps_of(*story, "set_hands", day=31), **window)
    (written,) = steps_of(*story, "write_question", day=32)
    questions = written["lines"]["questions"][:3]
    walk(road, quiz, [{**written, "lines": {"questions": questions}}], **window)
    walk(road, quiz, [*steps_of(*story, "hand_in", day=33), *steps_of(*story, "approve", day=34)], **window)
    (begun,) = steps_of(*story, "open_after", day=35)
    facts = {"held_on": "day:30", "invited_after": COME, "after_until": "day:40"}
    walk(road, quiz, [{**begun, "facts": facts}], **window)
    answered(road, quiz, 36)
    walk(road, quiz, steps_of(*story, "close", day=38), **window)
    return quiz


@pytest.mark.parametrize("size", SIZES)
def test_a_course_is_needed_prepared_reviewed_twice_taught_tested_and_its_effect_is_looked_at(road, size):
    """M33; 监察法 Art. 18; 个人信息保护法 Arts. 5, 6."""
    from qingfeng.desk.kinds import address

    window, course = SIZES[size], ("course", "kept")
    matter = opened(road, *course, **window)
    walk(road, matter, steps_of(*course, "take_up"), **window)
    tells = {**MATERIALS[1], "told": "以区教育局三月的一笔接待为例，请学员找出对不上的地方。"}
    first = {
        "day": 12,
        "by": "style_one",
        "act": "add_material",
        "lines": {"materials": [MATERIALS[0], tells]},
    }
    walk(road, matter, [first], **window)
    (handed_in,) = steps_of(*course, "hand_in")
    refused(road, matter, handed_in, "材料中能认出个人或者出现单位名称", **window)
    mended = {
        "day": 14,
        "by": "style_one",
        "act": "mend_material",
        "changes": {"materials": {2: MATERIALS[1]}},
    }
    walk(road, matter, [mended, handed_in], **window)

    walk(road, matter, steps_of(*course, "send_back"), **window)
    walk(road, matter, [{**mended, "day": 17}, {**handed_in, "day": 18}], **window)
    walk(road, matter, steps_of(*course, "clear_secrecy"), **window)
    (release,) = steps_of(*course, "release")
    waits(road, matter, {**release, "day": 19}, "保密审核", **window)
    walk(road, matter, [*steps_of(*course, "clear_redaction"), release], **window)

    walk(road, matter, [{**session(30, "teach", COME)}], **window)
    walk(road, matter, [{"day": 31, "by": "style_one", "act": "test"}], **window)
    rate = {"day": 36, "by": "org_head", "act": "rate", "facts": steps_of(*course, "rate")[0]["facts"]}
    quiz = quizzed(road, matter, window)
    assert quiz.is_open is False
    assert sum(one.facts["sheets"] for one in quiz.lines.filter(ledger="results")) == COME
    facts = {"sheets": 5, "useful": 5, "applied": 4, "better": "希望再给一组更难的单据。"}
    walk(road, matter, [{**rate, "day": 39, "facts": facts}], **window)
    walk(road, matter, [*steps_of(*course, "keep"), session(60, "teach_again", 5)], **window)
    (look,) = steps_of(*course, "look")
    refused(
        road,
        matter,
        {**look, "facts": {**look["facts"], "effect": "seen"}},
        "只有前后读到的比率变化区间不含零",
        **window,
    )
    walk(road, matter, [look], **window)

    assert (matter.stage, matter.is_open) == ("closed", False)
    with road.on(141):
        somebody = road.at("style_one", **window)
        somebody.go(address(matter))
        assert somebody.reads("三张单据对照法")
        assert somebody.reads("尚不能下判断")
        a_road.fits(somebody)
    assert road.troubles() == []
