"""Whom the sample's assessments are about, as plain data: two casts of a class share no room.

The story itself is told of the first; who is named in it stands here in the order of its list.
"""

from __future__ import annotations

from typing import Any

KEYS = (
    "style_one", "style_two", "analyst", "petition_registrar", "petition_one", "custodian", "case_one",
    "case_two",
)  # fmt: skip
"""Keys in the story, in the order of its list."""


def cast(
    title: str, objects_class: str, units: tuple[str, ...], people: tuple[str, ...], **others: str
) -> dict[str, Any]:
    """Return one cast: the title, the facts of the opening, and who stands for whom of the story.

    Args:
        title: Of the assessment.
        objects_class: Whom it assesses.
        units: Of which rooms and teams.
        people: Who is on its list, in the order of `KEYS`.
        others: Who stands for somebody else of the story.
    """
    facts = {"objects_class": objects_class, "units": [f"unit:{one}" for one in units]}
    return {"title": title, "facts": facts, "people": {**dict(zip(KEYS, people, strict=True)), **others}}


CASTS = (
    cast("室组工作人员年度考核", "staff", ("style", "petitions", "case_room"), KEYS),
    cast(
        "内设室负责人年度考核", "middle",
        ("office", "publicity", "style", "petitions", "case_supervision", "case_room", "second_room",
         "third_room"),
        ("style_head", "office_head", "third_head", "petition_head", "case_supervision_head",
         "publicity_head", "case_head", "second_head"),
    ),
    cast(
        "派驻组和镇街负责人年度考核", "middle",
        ("team_one", "team_two", "team_three", "inspection", "town", "egret", "bluestone", "lakeside"),
        ("tracker_head", "tracker_two_head", "lakeside_head", "tracker_three_head", "inspection_head",
         "egret_head", "town_head", "bluestone_head"),
    ),
    cast(
        "案件和综合室组工作人员年度考核",
        "staff",
        ("publicity", "case_supervision", "second_room", "third_room", "trial", "town"),
        ("appeal_two", "trial_reviewer", "town_one", "editor", "case_supervisor", "third_two", "second_two",
         "third_one"),
        trial_reviewer="appeal_one",
    ),
    cast(
        "派驻组和保障室组工作人员年度考核",
        "staff",
        ("office", "inspection", "team_one", "team_two", "team_three", "technical"),
        ("tracker", "tracker_two", "engineer_three", "inspection_one", "visitor_two", "engineer_two",
         "registrar", "tracker_three"),
        visitor_two="appeal_one",
    ),
)  # fmt: skip
