"""Help beside the thing: every page of the desk has some, in both languages."""

import pytest
from a_desk import text_of
from django.urls import URLPattern, get_resolver

from qingfeng.desk import helping
from qingfeng.look.rail import entries_for

pytestmark = pytest.mark.django_db

# Addresses that are asked by a form, a script or a program and show no page of their own.
NO_PAGES = {
    "desk:bulk", "desk:delivering_files", "desk:delivering_piece", "desk:delivering_take_away",
    "desk:draft_discard", "desk:draft_keep", "desk:draft_kept", "desk:draw_data", "desk:export",
    "desk:feed", "desk:feed_revoke", "desk:file", "desk:journal_export", "desk:large_export",
    "desk:leads_export",
    "desk:meeting_file", "desk:notices_read", "desk:pack_form", "desk:pack_paper", "desk:pack_sheets",
    "desk:quiz_answer",
    "desk:records_bring_in", "desk:records_cancel", "desk:records_discard", "desk:records_files",
    "desk:records_finish", "desk:records_piece", "desk:records_rejects", "desk:records_take_away",
    "desk:slip", "desk:suggest", "desk:takeover_template", "desk:typing_hand_over", "desk:typing_scan",
    "desk:wording_paper", "desk:cockpit_wall", "desk:cockpit_again", "desk:return_act", "desk:return_archive",
    "desk:return_copy", "desk:return_count", "desk:return_file", "desk:return_toml",
    "desk:appraisal_agree", "desk:appraisal_close", "desk:appraisal_decide", "desk:appraisal_explain",
    "desk:appraisal_extend", "desk:appraisal_finish", "desk:appraisal_hand_out", "desk:appraisal_on_paper",
    "desk:appraisal_open", "desk:appraisal_remind", "desk:appraisal_tokens", "desk:ballot_box",
    "desk:ballot_keys", "desk:culture_act", "desk:culture_media", "desk:culture_out",
    "desk:culture_bring_hall_files", "desk:culture_bring_hall_piece", "desk:hall_packed",
    "desk:culture_halls_out", "desk:culture_routes_out",
    "desk:culture_slip",
    "desk:calendar_file", "desk:growth_attachment", "desk:growth_begin", "desk:growth_detach",
    "desk:growth_parting", "desk:growth_remove",
    "desk:growth_reopen", "desk:growth_shared_attachment", "desk:growth_taken",
    "desk:growth_withdraw", "desk:hall_announce", "desk:hall_brought", "desk:hall_door",
    "desk:hall_finish", "desk:hall_keep",
    "desk:hall_order", "desk:hall_panorama", "desk:hall_piece", "desk:hall_shown", "desk:key_devices_mine",
    "desk:points_decide", "desk:points_do", "desk:points_file", "desk:points_take_back",
    "desk:points_unsaid", "desk:society_answer", "desk:society_approve", "desk:society_intend",
    "desk:society_join", "desk:society_leave", "desk:society_offer", "desk:society_tie",
}  # fmt: skip


def _names(resolver, space=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            if one.name:
                yield space + one.name
        else:
            yield from _names(one, space + (f"{one.namespace}:" if one.namespace else ""))


def _desk():
    return {name for name in _names(get_resolver()) if name.startswith(("desk:", "at_desk:"))}


def test_every_page_of_the_desk_has_help():
    assert sorted(_desk() - NO_PAGES - set(helping.entries())) == []


def test_help_explains_no_page_that_is_not_there():
    assert sorted(set(helping.entries()) - _desk()) == []


def test_help_is_short_and_in_both_languages():
    for page, entry in helping.entries().items():
        assert len(entry["what"]) + len(entry["next"]) < 160, page
        assert len(entry["what_en"]) + len(entry["next_en"]) < 420, page
        assert any("一" <= sign <= "龥" for sign in entry["what"]), page
        assert not any("一" <= sign <= "龥" for sign in entry["what_en"] + entry["next_en"]), page


def test_the_help_stands_beside_the_heading_in_the_readers_language(desk):
    browser = desk.browser("registrar")
    chinese = text_of(browser.get("/tray/"))
    account = desk.account("registrar")
    account.language = "en"
    account.save()
    english = text_of(browser.get("/tray/"))

    assert "第二人签字才能继续" in chinese
    assert "cannot go on without your decision" in english


def test_letters_after_g_are_told_apart_and_said_in_the_list_of_keys(desk, rf):
    request = rf.get("/")
    request.viewer, request.user = desk.viewer("principal"), desk.account("principal")
    keys = [one.key for group in entries_for(request) for one in group.entries if one.key]
    page = desk.browser("principal").get("/").content.decode()

    assert len(keys) == len(set(keys))
    assert {"w", "t", "c", "u"} <= set(keys)
    for key in keys:
        assert f'data-go="{key}"' in page
        assert f"<kbd>g</kbd> <kbd>{key}</kbd>" in page
