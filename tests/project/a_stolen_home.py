"""A home in which a report was filed, opened, extracted, answered, released and looked for; run as a program.

`python a_stolen_home.py HOME BACKUP`: everything the house writes on the way lies in HOME, in BACKUP and on
the streams of this program.
"""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO
from pathlib import Path

NAME, REACHED = "宋不鸣", "青石街道邮政所留交，勿打电话 13912345678"
TEXT = "反映某单位车辆加油卡交他人使用：十月上旬同一张卡一天内在两处加油站加油，驾驶员当日在外地。"
ENCLOSED = "加油卡交易记录截图：十月九日上午九时，清河路站，九十二号汽油四十二升。".encode() * 40
FILE_NAME = "交易记录-手机截图.txt"
ANSWER = "请补充那张加油卡当天第二次加油的具体时间。"
EXTRACT = "某单位一张油卡于十月上旬同日在两处使用，请核驾驶员当日行程。"
PHRASE, HANDLER_PHRASE = "一泓清水照见不遮掩的影子", "承办人自己的解锁口令一句"
GROWN, GROWN_PHRASE = "我想学会看懂一张资产负债表", "自己的成长自己说了算这句口令"
GROWN_NAME, GROWN_HELD = "夜校结业证书-本人留存.txt", "兹证明本人读完夜校会计课程并通过考核。"
WROTE, REACH = "梅见雪", "青石桥头书报亭转交"
SAYS = "街道库房的钥匙由仓管一人保管，九月末夜里搬走两箱账册，次日入库单改了日期。"
PAPERS = "账册封面照片的说明：第三柜第二层，封条编号为零七四一。".encode() * 30
PAPER_NAME, DRAFTED = "库房第三柜照片.txt", "请街道先核对库房第三柜的入库单"
SECRETS = (WROTE, REACH, SAYS[:14], SAYS[16:28], PAPERS[:42].decode(), PAPER_NAME, DRAFTED,
           GROWN, GROWN_PHRASE, GROWN_NAME, GROWN_HELD,
           NAME, REACHED, "13912345678", TEXT[:16], TEXT[20:36], ENCLOSED[:48].decode(), FILE_NAME,
           ANSWER[:12], EXTRACT[:14], PHRASE, HANDLER_PHRASE)  # fmt: skip
PLAIN = "检举控告件（密封）"


def main(home: Path, backup: Path) -> None:
    """Live the story in a home."""
    from qingfeng.project import site

    site.set_up(home)
    site.migrate()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    from qingfeng.organization.sample import make_sample_office

    office = make_sample_office()
    custodian = Client()
    custodian.force_login(office.accounts["custodian"])
    custodian.post("/sealed/phrase/", {"new": PHRASE, "again": PHRASE})
    matter = _arrived(office)
    _used(office, custodian, matter)
    _by_hand(custodian)
    _grown(office)
    _handed_over(office)
    _worked()
    _backed_up(backup)


def _arrived(office: object):
    from qingfeng.matters.key_models import PersonKey
    from qingfeng.mechanisms.report.arriving import take
    from qingfeng.sealing import envelope, streams

    to = [bytes(PersonKey.objects.get(person=office.people["Y0504"]).public)]
    content = {"line": "report", "name": NAME, "contact": REACHED, "text": TEXT, "excludes": [],
               "files": [FILE_NAME]}  # fmt: skip
    sealed = BytesIO()
    streams.seal_stream(BytesIO(ENCLOSED), sealed, to)
    return take("1", envelope.close(content, to), [sealed.getvalue()])


def _used(office: object, custodian: object, matter: object) -> None:
    """Open, extract, hand on, answer, refuse, release, look for: by pages, as people do."""
    from qingfeng.matters.door import perform
    from qingfeng.matters.sealing import make_key
    from qingfeng.mechanisms.report import custody
    from qingfeng.organization.viewer import viewer_for

    at, me = f"/sealed-reports/{matter.slug}", viewer_for(office.people["Y0504"])
    seen = custodian.post(f"{at}/read/", {"phrase": PHRASE}).content.decode()
    assert NAME in seen
    assert TEXT[:16] in seen
    kept = matter.sealed_files.get()
    given = custodian.post(f"{at}/enclosures/{kept.pk}/", {"phrase": PHRASE})
    assert given.content == ENCLOSED
    perform("accept", matter, by=me, facts={"is_named": True})
    wrong = custodian.post(f"{at}/extract/", {"extract": f"请向{NAME}了解。{TEXT}", "phrase": PHRASE})
    assert wrong.status_code == 422
    assert custodian.post(f"{at}/extract/", {"extract": EXTRACT, "phrase": PHRASE}).status_code == 302
    clue = perform("hand_on", matter, by=me).opened[0]
    assert custodian.post(f"{at}/tell/", {"kind": "question", "text": ANSWER}).status_code == 302
    custodian.post(f"{at}/handlers/", {"phrase": PHRASE + "?"})
    custodian.post("/sealed-reports/compare/", {"lines": f"{NAME},调离", "phrase": PHRASE})
    handler = office.people["Y0702"]
    make_key(handler, HANDLER_PHRASE)
    deputy = office.people["Y0002"]
    today = matter.opened_on.isoformat()
    perform("ask_release", matter, by=me, parties={"approver": [deputy]}, reason="核查须当面了解。",
            lines={"releases": [{"release_for": "verify", "release_asked_on": today}]})  # fmt: skip
    perform("allow_release", matter, by=viewer_for(deputy), reason="限一次。",
            changes={"releases": {1: {"release_answered_on": today}}})  # fmt: skip
    custody.release(matter, handler, 1, PHRASE, by=me)
    assert matter.sealed.filter(field="identity").exists()
    for account in office.accounts.values():
        from django.test import Client

        other = Client()
        other.force_login(account)
        other.get("/search/", {"q": "加油卡"})
        other.get(f"/clues/{clue.slug}/")


def _grown(office: object) -> None:
    """Let somebody with a phrase of their own write into a growth file, with an attachment, and fetch it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from qingfeng.growth.models import Attached

    owner = Client()
    owner.force_login(office.accounts["handler"])
    owner.post("/sealed/phrase/", {"new": GROWN_PHRASE, "again": GROWN_PHRASE})
    owner.post("/growth/begin/")
    paper = SimpleUploadedFile(GROWN_NAME, GROWN_HELD.encode() * 40)
    sheet = {"part": "aim", "title": GROWN, "on": "2026-01-05", "text": GROWN, "papers": [paper]}
    assert owner.post("/growth/entries/new/", sheet).status_code == 302
    assert GROWN_NAME in owner.get("/growth/").content.decode()
    given = owner.get(f"/growth/attachments/{Attached.objects.get().pk}/")
    assert GROWN_HELD.encode() in b"".join(given.streaming_content)


def _by_hand(custodian: object) -> None:
    """Seal a letter at the desk; before it a form with a mistake."""
    sheet = {"received_on": "2026-01-05", "channel": "letter", "reporter": NAME, "reporter_reached": REACHED,
             "content": TEXT}  # fmt: skip
    assert custodian.post("/sealed-reports/enter/ours/", {**sheet, "received_on": "soon"}).status_code == 422
    assert custodian.post("/sealed-reports/enter/ours/", sheet).status_code == 302


def _handed_over(office: object) -> None:
    """Let a petition be worked on until it turns out to be a report, and hand it over; then look for it."""
    from django.test import Client
    from django.urls import reverse

    from qingfeng.desk import exporting, large_exports
    from qingfeng.desk.models import LargeExport
    from qingfeng.matters import keeping
    from qingfeng.matters.door import perform
    from qingfeng.matters.registry import mechanism
    from qingfeng.mechanisms.petition.arriving import take
    from qingfeng.organization.models import Account
    from qingfeng.organization.viewer import viewer_for

    exporting.DIRECT = 0
    said = {"number": "C-77", "line": "petition", "name": WROTE, "contact": REACH, "text": SAYS}
    matter = take(said, [(PAPER_NAME, PAPERS)])
    registrar, deputy = office.people["Y0502"], office.people["Y0002"]
    contact = office.units["区住建局"]
    by, today = viewer_for(registrar), matter.opened_on.isoformat()
    keeper = viewer_for(office.people["Y0001"])
    steps = (
        ("classify", by, {"facts": {"line": "demand", "line_why": "诉求。", "area": "grassroots",
                                    "topic": "housing", "level": "district"}}),
        ("accept", by, {"facts": {"told_how": "written"}}),
        ("name_leader", viewer_for(deputy), {
            "facts": {"leader_post": "副书记", "aim": SAYS, "recusal_checked": True},
            "parties": {"leader": [deputy], "handler": [office.people["Y0503"], office.people["Y0601"]]}}),
        ("dispatch", viewer_for(office.people["Y0501"]), {"facts": {"principle": "归口住建。"},
                                                         "parties": {"lead_unit": [contact]}}),
    )  # fmt: skip
    for act, viewer, given in steps:
        done = perform(act, matter, by=viewer, **given)
        assert getattr(done, "matter", None), (act, done)
    (part,) = keeping.split(matter, title="另一件", lines={}, by=keeper, reason="两件事").opened
    clerk = Client()
    clerk.force_login(Account.objects.create(username="clerk", person=registrar))
    form = reverse(
        "desk:act", kwargs={"kind": mechanism("petition"), "slug": matter.slug, "act": "note_fact"}
    )
    draft = {"form": form, "title": "x", "values": json.dumps([["new_fact", DRAFTED]])}
    assert clerk.post("/drafts/keep/", draft).status_code == 200
    clerk.post("/petitions/export/?state=all", {"form": "xlsx"})
    _worked()
    for account in office.accounts.values():
        other = Client()
        other.force_login(account)
        other.get(f"/petitions/{matter.slug}/")
        other.get("/search/", {"q": SAYS[:8]})
    for one in LargeExport.objects.all():
        clerk.get(f"/my-notices/exports/{one.pk}/")
    assert any(large_exports.folder_of_exports().iterdir())
    sheet = {"handed_on": today, "handed_no": "密封-1", "reason": "属于另一类事项。"}
    for one in (part, matter):
        done = perform("hand_to_reports", one, by=by, facts={k: v for k, v in sheet.items() if k != "reason"},
                       reason=sheet["reason"])  # fmt: skip
        assert getattr(done, "matter", None), done


def _worked() -> None:
    """Let the house do what waits: tasks, search, journal."""
    from django_tasks_db.management.commands.db_worker import Worker

    from qingfeng.desk import rounds
    from qingfeng.journal.publisher import publish
    from qingfeng.project.cut_off import worker_name

    Worker(queue_names=["*"], interval=0.1, batch=True, backend_name="default", startup_delay=False,
           max_tasks=None, worker_id=worker_name(), excluded_queue_names=[]).run()  # fmt: skip
    rounds.each_moment()
    publish()


def _backed_up(backup: Path) -> None:
    """Take a backup."""
    from qingfeng.project.backing_up import write_backup

    write_backup(backup)


if __name__ == "__main__":
    sys.path.insert(0, os.fspath(Path(__file__).parent))
    main(Path(sys.argv[1]), Path(sys.argv[2]))
