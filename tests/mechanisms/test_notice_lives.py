"""A result notice through the door: its range, its two versions, its receipts, its correction."""

import json
from datetime import date

import a_story
import pytest

from qingfeng.matters import access
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
LATER = date(2025, 6, 2)


def printed(matter, key):
    return json.dumps(matter.slips.get(key=key).slip.official, ensure_ascii=False)


def test_both_versions_go_to_named_units_and_their_receipts_come_back(office):
    matter = a_story.played(office, "notice", "full")

    assert matter.stage == "filed"
    assert set(matter.slips.values_list("key", flat=True)) == {"anonymous", "full"}
    assert matter.lines.filter(ledger="receipts").count() == 2


def test_the_version_without_names_says_nothing_of_the_full_text(office):
    matter = a_story.played(office, "notice", "full")

    assert "区教育局一名副局长" in printed(matter, "full")
    assert "副局长" not in printed(matter, "anonymous")


def test_a_notice_published_early_prints_only_the_version_without_names(office):
    matter = a_story.played(office, "notice", "early")

    assert list(matter.slips.values_list("key", flat=True)) == ["anonymous"]
    assert matter.story.get(act="approve_early").reason


def test_a_recipient_sees_its_own_part_and_another_unit_sees_nothing(office):
    matter = a_story.played(office, "notice", "full", steps=5)
    scene = a_story.scene(office)

    recipient = viewer_for(scene.person("housing_contact"), LATER)
    other = viewer_for(scene.person("audit_contact"), LATER)

    assert access.view_of(recipient, matter) == "part"
    assert access.view_of(other, matter) == ""


def test_a_filed_notice_can_still_be_corrected(office):
    matter = a_story.played(office, "notice", "corrected")

    assert matter.stage == "corrected"
    assert "经申诉复查已变更" in printed(matter, "correction")
