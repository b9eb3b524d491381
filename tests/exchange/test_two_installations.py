"""A superior and an office below it carry a directive and a referral together, by packages alone."""

import pytest
from correspondence import carried, days, two_offices

pytestmark = pytest.mark.django_db
REFERRED = {
    "area": "procurement",
    "matter": "到货数量与验收单不一致。",
    "about": "R-021",
    "facts_known": "验收单多记二十件。",
    "rule_doubted": "采购管理办法",
}


@pytest.fixture(scope="module")
def offices(tmp_path_factory, django_db_setup, django_db_blocker):
    """Two offices that know each other."""
    with django_db_blocker.unblock():
        yield two_offices(tmp_path_factory.mktemp("houses"))


@pytest.fixture
def above(offices):
    """The superior."""
    return offices[0]


@pytest.fixture
def here(offices):
    """The office below it."""
    return offices[1]


def only(kind):
    """The one matter of a kind in the house that is entered."""
    from qingfeng.matters.models import Matter

    return Matter.objects.get(mechanism=kind)


def names(matter):
    """Names of the files on a matter, each once."""
    return {one.attachment.name for one in matter.files.select_related("attachment")}


def journaled(kind):
    """What the journal of the house that is entered says under a kind."""
    from qingfeng.journal.models import JournalEntry

    return [one.said["facts"] for one in JournalEntry.objects.filter(kind=kind).order_by("pk")]


@pytest.fixture(scope="module")
def directive(offices):
    """A directive that goes down, is reported up, sent back, reported again and receipted."""
    above, here = offices
    with above.entered():
        matter = _issued(above)
    story = {"down": carried(above, here)}
    with here.entered():
        story["opened"] = _seen(only("directive"))
        _register(here, only("directive"))
    carried(here, above)
    with above.entered():
        matter.refresh_from_db()
        story["signed"] = matter.stage
    with here.entered():
        _worked(here, only("directive"))
    carried(here, above)
    with above.entered():
        matter.refresh_from_db()
        story["reported"] = _seen(matter)
        above.act(
            "return_report", matter, "style_head", facts={"internal_due_on": days(70)}, reason="请补充依据。"
        )
    carried(above, here)
    with here.entered():
        story["sent_back"] = _seen(only("directive"))
        _reported(here, only("directive"), "云纪报〔2026〕2号")
    carried(here, above)
    with above.entered():
        above.act("review", matter, "style_head", facts={"review_opinion": "同意。"})
        above.act("approve", matter, "deputy")
    carried(above, here)
    with here.entered():
        story["receipted"] = _seen(only("directive"))
    return story


def _seen(matter):
    return {"stage": matter.stage, "facts": dict(matter.facts), "files": names(matter), "title": matter.title}


def _issued(above):
    matter = _ready(above, above.attach("registrar", "来文.pdf"))
    above.act("dispatch", matter, "registrar")
    return matter


def _ready(above, paper):
    from qingfeng.matters.door import open_matter

    facts = {
        "source_organ": "江淮省纪委",
        "source_level": "province",
        "source_no": "江纪督〔2026〕7号",
        "received_on": days(0),
        "area": "conduct",
        "matter": "核查节假日补助重复发放。",
        "requirement": "查清事实，厘清责任。",
        "upward_due_on": days(90),
        "source_paper": [paper],
    }
    given = {"title": "补助发放问题督办", "owner": above.unit("style"), "facts": facts}
    parties = {"superior": [above.unit("province")]}
    matter = open_matter("directive", by=above.person("registrar"), parties=parties, **given).matter
    _register(above, matter)
    _assign(above, matter, above.unit("云溪区纪委"), days(50))
    return matter


def _register(end, matter):
    parties = {"lead_room": [end.unit("style")]}
    end.act("register", matter, "registrar", facts={"not_secret": True}, parties=parties)


def _assign(end, matter, office, due):
    people = end.office.people
    parties = {
        "supervisor": [people["Y0002"]],
        "handler_office": [office],
        "handler": [people["Y0702"], people["Y0703"]],
    }
    facts = {"instruction": "请按时限办理。", "internal_due_on": due}
    end.act("assign", matter, "deputy", facts=facts, parties=parties)


def _worked(here, matter):
    _assign(here, matter, here.unit("case_room"), days(30))
    here.act("dispatch", matter, "registrar")
    here.act("sign_for", matter, "case_head")
    _reported(here, matter, "云纪报〔2026〕1号")


def _reported(here, matter, number):
    facts = {
        "facts_found": "同一批人员的补助由两个科目列支。",
        "answerable": "财务岗位R-014。",
        "forms_applied": ["admonish"],
        "execution": "已执行。",
        "correction": "已全额清退。",
        "report_paper": [here.attach("case_one", "办理结果报告.pdf")],
    }
    here.act("report", matter, "case_one", second="case_two", facts=facts)
    here.act("review", matter, "style_head", facts={"review_opinion": "同意报审。"})
    here.act("approve", matter, "deputy")
    here.act("submit", matter, "registrar", facts={"submission_no": number, "submitted_on": days(0)})


def test_an_order_opens_a_directive_below_with_its_slip_and_papers(directive):
    opened = directive["opened"]

    assert opened["stage"] == "received"
    assert opened["facts"]["matter"] == "核查节假日补助重复发放。"
    assert opened["facts"]["upward_due_on"] == days(50)
    assert "来文.pdf" in opened["files"]
    assert any("督办单" in one for one in opened["files"])


def test_registering_it_below_signs_for_it_above(directive):
    assert directive["signed"] == "signed_for"


def test_what_is_submitted_below_is_reported_above_with_the_report_itself(directive):
    reported = directive["reported"]

    assert reported["stage"] == "reported"
    assert reported["facts"]["correction"] == "已全额清退。"
    assert "办理结果报告.pdf" in reported["files"]


def test_a_report_sent_back_above_comes_back_below_with_days_that_fit(directive):
    sent_back = directive["sent_back"]

    assert sent_back["stage"] == "signed_for"
    assert sent_back["facts"]["upward_due_on"] == days(70)
    assert sent_back["facts"]["internal_due_on"] < days(70)


def test_approval_above_is_the_receipt_below(directive):
    receipted = directive["receipted"]

    assert receipted["stage"] == "acknowledged"
    assert "督办回执" in receipted["facts"]["receipt_no"]
    assert any("回执" in one for one in receipted["files"])


def test_each_journal_holds_the_entry_that_the_other_wrote_about_its_package(directive, above, here):
    from qingfeng.journal.models import JournalEntry

    for sender, receiver in ((above, here), (here, above)):
        with sender.entered():
            held = {one["digest"]: one["their_entry"] for one in journaled("exchange.receipt")}
        with receiver.entered():
            wrote = {
                one.said["facts"]["digest"]: bytes(one.leaf_hash).hex()
                for one in JournalEntry.objects.filter(kind="exchange.received")
            }

        assert held
        assert {digest: wrote[digest] for digest in held} == held


def test_a_referral_goes_over_is_taken_up_answered_and_judged(above, here):
    from qingfeng.matters.door import open_matter

    with here.entered():
        facts = {"direction": "out", "body_kind": "discipline", **REFERRED}
        given = {"title": "移送：采购验收问题", "owner": here.unit("style"), "facts": facts}
        parties = {"partner": [here.unit("superior")]}
        matter = open_matter("referral", by=here.person("registrar"), parties=parties, **given).matter
        line = {"what": "验收单", "shows": "数量", "form": "copy", "copy": []}
        here.act("list_evidence", matter, "registrar", lines={"evidence": [line]})
        checked = {"complete": True, "ours_to_decide": True, "check_note": "齐全。"}
        here.act("approve", matter, "deputy", facts=checked)
        here.act(
            "send",
            matter,
            "registrar",
            parties={"handler": [here.office.people["Y0402"], here.office.people["Y0403"]]},
        )
    carried(here, above)
    with above.entered():
        theirs = only("referral")
        assert theirs.facts["direction"] == "in"
        above.act("list_evidence", theirs, "registrar", lines={"evidence": [line]})
        above.act("accept", theirs, "registrar", facts=checked)
    carried(above, here)
    with here.entered():
        matter.refresh_from_db()
        assert matter.stage == "taken_up"
        assert "受理回执" in matter.facts["their_no"]
    with above.entered():
        room = {
            "handler_office": [above.unit("case_room")],
            "handler": [above.office.people["Y0702"], above.office.people["Y0703"]],
        }
        above.act("assign", theirs, "deputy", facts={"instruction": "请办理。"}, parties=room)
        disposal = {
            "outcome": "talk",
            "disposal": "已谈话提醒。",
            "disposal_paper": [above.attach("case_one", "处置报告.pdf")],
        }
        above.act("dispose", theirs, "case_one", second="case_two", facts=disposal)
        above.act(
            "feed_back", theirs, "registrar", facts={"feedback": "已提醒谈话。", "feedback_on": days(0)}
        )
    carried(above, here)
    with here.entered():
        matter.refresh_from_db()
        assert matter.stage == "answered"
        assert matter.facts["their_result"] == "已提醒谈话。"
        assert "disposal" not in matter.facts
        here.act("judge", matter, "style_one", facts={"rating": "settled"})
    carried(here, above)
    with above.entered():
        theirs.refresh_from_db()

        assert theirs.stage == "rated"


def test_a_referral_is_refused_there_with_a_reason_or_taken_back_here_and_ends_there(above, here):
    from qingfeng.matters.door import open_matter
    from qingfeng.matters.models import Matter

    facts = {"direction": "out", "body_kind": "discipline", **REFERRED}
    line = {"what": "验收单", "shows": "数量", "form": "copy", "copy": []}
    checked = {"complete": True, "ours_to_decide": True, "check_note": "齐全。"}
    sent = {}
    with here.entered():
        for title in ("移送：会被退回", "移送：会被撤回"):
            given = {"title": title, "owner": here.unit("style"), "facts": facts}
            parties = {"partner": [here.unit("superior")]}
            matter = open_matter("referral", by=here.person("registrar"), parties=parties, **given).matter
            here.act("list_evidence", matter, "registrar", lines={"evidence": [line]})
            here.act("approve", matter, "deputy", facts=checked)
            handlers = [here.office.people["Y0402"], here.office.people["Y0403"]]
            here.act("send", matter, "registrar", parties={"handler": handlers})
            sent[title] = matter
    carried(here, above)
    with above.entered():
        theirs = {title: Matter.objects.get(mechanism="referral", title=title) for title in sent}
        refused, recalled = theirs.values()
        above.act("refuse", refused, "deputy", facts={"ground": "duplicate"}, reason="已由巡察移交在办。")
    carried(above, here)
    with here.entered():
        back, taken = sent.values()
        back.refresh_from_db()
        told = (back.stage, back.story.order_by("no").last().reason)
        here.act("recall", taken, "deputy", reason="上级已并案核查。")
    carried(here, above)
    with above.entered():
        recalled.refresh_from_db()
        last = recalled.story.order_by("no").last()

        assert told == ("declined", "已由巡察移交在办。")
        assert (recalled.stage, last.reason) == ("recalled", "上级已并案核查。")
        assert any("撤回函" in one for one in names(recalled))


def test_a_matter_whose_other_side_has_no_installation_sends_nothing(here):
    from qingfeng.exchange.models import Outgoing
    from qingfeng.matters.door import open_matter

    facts = {"direction": "in", "body_kind": "audit", **REFERRED}
    with here.entered():
        given = {"title": "审计移送", "owner": here.unit("style"), "facts": facts}
        parties = {"partner": [here.unit("audit")]}
        matter = open_matter("referral", by=here.person("registrar"), parties=parties, **given).matter
        before = Outgoing.objects.count()

        here.act("ask_papers", matter, "registrar", facts={"missing": "缺附件。", "supply_by": days(10)})

        assert Outgoing.objects.count() == before


def test_nobody_acts_by_package_on_a_matter_that_is_not_carried_with_them(above, here):
    from qingfeng.exchange.models import Incoming
    from qingfeng.exchange.outgoing import queue

    with here.entered():
        content = {"from": "directive/x", "to": "referral/1999-001", "facts": {}}
        queue(here.other, "directive_report", content, key="strange")
    carried(here, above)

    with above.entered():
        failed = Incoming.objects.get(state="failed", kind="directive_report")

        assert failed.about == ""


def test_a_paper_whose_text_names_a_source_is_carried_to_nobody(above):
    """rights.md 6: what goes along is searched as what is typed is."""
    from qingfeng.documents.attachments import keep
    from qingfeng.matters.door import perform

    said = {"说明.txt": "举报人来信反映此事。", "举报信.txt": "情况如下。", "来函.txt": "情况如下。"}
    answers = {}
    with above.entered():
        from qingfeng.organization.models import Account

        registrar = above.person("registrar")
        account = Account.objects.filter(person=registrar.person_id).first()
        for name, text in said.items():
            matter = _ready(above, keep(text.encode(), name, by=account).pk)
            answers[name] = perform("dispatch", matter, by=registrar)

    assert [getattr(answers[name], "why", "done") for name in said] == ["gate", "gate", "done"]
    assert "举报人" in str(answers["说明.txt"].reason)
