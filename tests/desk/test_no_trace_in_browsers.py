"""What sources say, and what few may know of, leaves nothing with a browser: no copy on disk, no draft."""

import pytest

from qingfeng.desk.views.ground import leaves_no_trace
from qingfeng.matters.registry import mechanism

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_pages_of_petitions_are_kept_on_no_disk_and_their_drafts_by_the_house_alone(desk):
    matter = desk.played("petition", "accepted", ago=1)
    browser = desk.browser("principal")
    page = browser.get(f"/petitions/{matter.slug}/")
    form = browser.get(f"/petitions/{matter.slug}/acts/name_leader/")

    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert (form.status_code, form["Cache-Control"]) == (200, "private, no-store")
    assert 'data-draft=""' in form.content.decode()
    assert "data-draft-keeps" in form.content.decode()


def test_what_names_sources_or_is_restricted_leaves_no_trace_and_the_rest_is_drafted_everywhere():
    close = {key for key in ("petition", "petition_slip", "reception", "report", "directive", "topic")
             if leaves_no_trace(mechanism(key))}  # fmt: skip

    assert close == {"petition", "petition_slip", "reception", "report"}
