"""Forged, replayed, oversized and hostile input through the real forms: clear words, nothing lost."""

import logging
import re
import zipfile
from io import BytesIO

import a_walk
import pytest
from a_paper_of_mine import PAPER
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
STRINGS = [
    "'; DROP TABLE matters_matter; --",
    '" OR 1=1 --',
    "{{ 71993*83177 }}{% debug %}",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "${71993*83177}#{71993*83177}",
    '=HYPERLINK("http://x")',
]


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1)


def form_of(site, name="named", act="note_progress", client=None):
    """Somebody with the form of an act open: the browser, its address and what it would send."""
    browser = client or site.browser(name)
    place = reverse("desk:act", kwargs={"kind": "directive", "slug": site.matter.slug, "act": act})
    page = browser.get(place)
    sent = {
        "act-key": hidden(page, "act-key"), "act-seen": hidden(page, "act-seen"), "rows-progress": "1",
        "line-progress-1-on": "2026-01-06", "line-progress-1-what": "核对", "line-progress-1-next": "汇总",
    }  # fmt: skip
    return browser, place, sent


def acts_on(site):
    return site.matter.story.count()


def test_a_form_without_its_token_is_refused_and_says_so(site):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(site.people["named"], backend="django.contrib.auth.backends.ModelBackend")
    before = acts_on(site)
    browser, place, sent = form_of(site, client=strict)

    bare = browser.post(place, sent)
    wrong = browser.post(place, {**sent, "csrfmiddlewaretoken": "x" * 64})

    assert (bare.status_code, wrong.status_code) == (403, 403)
    assert "表单" in bare.content.decode()
    assert acts_on(site) == before


def test_a_form_sent_again_acts_once_and_somebody_elses_key_not_at_all(site):
    browser, place, sent = form_of(site)
    before = acts_on(site)

    first, again = browser.post(place, sent), browser.post(place, sent)
    used = {**form_of(site)[2], "act-key": sent["act-key"], "act-seen": str(before + 99)}
    stale = browser.post(place, {**form_of(site)[2], "act-seen": "1"})

    assert (first.status_code, again.status_code) == (302, 302)
    assert stale.status_code in {409, 422}
    assert browser.post(place, used).status_code == 302
    assert acts_on(site) == before + 1


def test_fields_that_the_form_never_asked_for_change_nothing(site):
    from qingfeng.matters.models import Matter

    browser, place, sent = form_of(site)
    before = (
        Matter.objects.filter(pk=site.matter.pk).values("title", "owner", "facts", "confidentiality").get()
    )

    forged = {"stage": "filed", "title": "改", "party-supervisor": "Y0902", "matter": "改", "owner": "1"}
    browser.post(place, {**sent, **forged, "confidentiality": "ordinary", "by": "1", "at": "2020-01-01"})

    after = (
        Matter.objects.filter(pk=site.matter.pk).values("title", "owner", "facts", "confidentiality").get()
    )
    assert after == before
    assert not site.matter.parties.filter(person__number="Y0902").exists()


@pytest.mark.parametrize("said", STRINGS)
def test_what_would_be_run_elsewhere_is_shown_as_text(site, said):
    from qingfeng.matters.models import Matter

    browser, place, sent = form_of(site)
    answer = browser.post(place, {**sent, "line-progress-1-what": said, "line-progress-1-next": said})
    searched = browser.post(reverse("desk:search"), {"q": said})
    listed = browser.get(
        reverse("desk:list", kwargs={"kind": "directive"}), {"text": said, "sort": said, "owner": said}
    )
    exported = browser.post(
        reverse("desk:export", kwargs={"kind": "directive"}) + "?state=all", {"form": "csv"}
    )

    page = browser.get(answer["Location"]).content.decode()
    assert (answer.status_code, searched.status_code, listed.status_code) == (302, 200, 200)
    assert "5988161761" not in page
    assert "<script>alert" not in page + searched.content.decode() + listed.content.decode()
    assert "<img src=x" not in page
    assert not re.search(r"(^|[,\n])\"?=HYPERLINK", a_walk.told(exported))
    assert Matter.objects.filter(pk=site.matter.pk).exists()


def bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"0" * (200 << 20))
    return out.getvalue()


HOSTILE = {
    "script in a picture": (
        "图.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    ),
    "a page": ("页.html", b"<html><script>alert(1)</script></html>"),
    "a program called a paper": ("报告.pdf", b"MZ\x90\x00" + b"\x00" * 200),
    "empty": ("空.pdf", b""),
    "a path for a name": ("../../etc/passwd.exe", b"x" * 20),
    "a bomb": ("包.zip", None),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_beside_its_field_and_nothing_else_is_lost(site, what):
    from qingfeng.documents.models import Attachment

    name, content = HOSTILE[what]
    browser = site.browser("named")
    place = reverse("desk:act", kwargs={"kind": "directive", "slug": site.matter.slug, "act": "report"})
    page = browser.get(place)
    before, kept = acts_on(site), Attachment.objects.count()
    sent = {
        "act-key": hidden(page, "act-key"), "act-seen": hidden(page, "act-seen"),
        "facts_found": "已经查清的事实",
        "report_paper": SimpleUploadedFile(name, bomb() if content is None else content),
    }  # fmt: skip

    answer = browser.post(place, sent)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "已经查清的事实" in said
    assert "Traceback" not in said
    assert (acts_on(site), Attachment.objects.count()) == (before, kept)


def test_a_sound_paper_of_the_same_form_is_kept_when_another_field_is_wrong(site):
    browser = site.browser("named")
    place = reverse("desk:act", kwargs={"kind": "directive", "slug": site.matter.slug, "act": "report"})
    page = browser.get(place)
    paper = SimpleUploadedFile("报告.pdf", PAPER, content_type="application/pdf")

    answer = browser.post(place, {"act-key": hidden(page, "act-key"), "act-seen": "1", "report_paper": paper})

    assert answer.status_code == 422
    assert 'name="report_paper-kept"' in answer.content.decode()


def test_more_fields_and_more_bytes_than_any_form_has_are_refused_in_words(site):
    browser, place, sent = form_of(site)
    before = acts_on(site)

    many = browser.post(place, {**sent, **{f"x{no}": "1" for no in range(2100)}})
    big = browser.post(
        place, f"line-progress-1-what={'x' * (6 << 20)}", content_type="application/x-www-form-urlencoded"
    )

    assert (many.status_code, big.status_code) == (400, 400)
    assert "编号" in many.content.decode()
    assert acts_on(site) == before


def test_links_into_others_matters_are_no_pages_whoever_guesses_them(site):
    browser = site.browser("unit_contact")

    for address, parts in a_walk.addresses().items():
        if "slug" in parts and address not in {"api:perform", "public:culture_walked"}:  # taken by post only
            assert browser.get(site.address(address, parts)).status_code == 404, address


def test_a_database_that_is_gone_for_a_moment_is_said_in_words_and_nothing_is_half_done(site):
    from django.db import OperationalError, connection

    browser, place, sent = form_of(site)
    before = acts_on(site)

    def gone(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "performance" in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(gone):
        answer = browser.post(place, sent)
    after = acts_on(site)
    once_more = browser.post(place, sent)

    assert answer.status_code in {500, 503}
    assert "closed the connection" not in answer.content.decode()
    assert after == before
    assert once_more.status_code == 302
    assert acts_on(site) == before + 1


def test_a_clock_that_goes_back_between_two_acts_leaves_the_matter_whole(site):
    import a_check
    import a_house
    import time_machine

    from qingfeng.matters.answers import Done
    from qingfeng.matters.door import perform
    from qingfeng.matters.models import Matter

    line = {"on": "2026-01-05", "what": "核对", "next": "汇总"}
    with time_machine.travel(a_house.morning(a_house.NEW_YEAR), tick=False):
        done = perform("note_progress", site.matter, by=site.viewer("named"), lines={"progress": [line]})

    assert isinstance(done, Done), done
    assert a_check.broken(Matter.objects.get(pk=site.matter.pk)) == []


def test_a_full_disk_while_a_file_is_stored_is_said_in_words(site, monkeypatch):
    from qingfeng.documents import storage
    from qingfeng.documents.models import Attachment

    browser = site.browser("named")
    place = reverse("desk:act", kwargs={"kind": "directive", "slug": site.matter.slug, "act": "report"})
    page = browser.get(place)
    kept = Attachment.objects.count()
    monkeypatch.setattr(storage.os, "fsync", _no_space)
    paper = SimpleUploadedFile("满盘.pdf", PAPER + b"%one more", content_type="application/pdf")

    answer = browser.post(place, {"act-key": hidden(page, "act-key"), "act-seen": "1", "report_paper": paper})

    assert answer.status_code in {422, 507}
    assert "Traceback" not in answer.content.decode()
    assert Attachment.objects.count() == kept


def _no_space(_handle):
    raise OSError(28, "No space left on device")
