"""Notice (问责结果通报): drafted, reviewed, its range approved, published, its receipts gathered.

Law:
    中国共产党问责条例 2019 [verify]
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.notice import fields, gates

ANONYMOUS = Slip(
    "anonymous", _("Result notice without names"), "问责结果通报（匿名版）", "通报", anonymous=True
)
FULL = Slip("full", _("Result notice, full version"), "问责结果通报（完整版）", "通报", to="recipient")
CORRECTED = Slip("correction", _("Correction of a notice"), "问责结果更正通报", "更正通报", anonymous=True)

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",)),
    Role("drafter", _("Drafter"), term="起草人", office=("handler", "dept_head"), within="owner"),
    Role("reviewer", _("Reviewer of the notice"), term="审核人", office=("reviewer",)),
    Role("approver", _("Approver of the range"), term="通报范围审批人", office=("principal", "deputy")),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("recipient", _("Recipients"), term="通报对象单位", kind="unit", least=0, reads=False),
    Role("recipient_contact", _("Contact of a recipient"), term="通报对象单位联络员",
         office=("unit_contact", "committee_secretary"), within="recipient", reads=False),
    Role("subject_person", _("Person it is about"), term="问责对象（个人）", least=0, most=1, subject=True,
         confidential=True, reads=False),
    Role("subject_unit", _("Organisation it is about"), term="问责对象（组织）", kind="unit", least=0, most=1,
         subject=True, reads=False),
)  # fmt: skip

STAGES = (
    Stage("drafted", _("Being drafted"), "起草"),
    Stage("written", _("Written"), "送审"),
    Stage("reviewed", _("Reviewed"), "审核"),
    Stage("approved", _("Range approved"), "通报范围审批"),
    Stage("published", _("Published"), "通报"),
    Stage("acknowledged", _("Receipts complete"), "回执齐备"),
    Stage("filed", _("Filed"), "归档", open=False),
    Stage("corrected", _("Corrected"), "更正", open=False),
    Stage("dropped", _("Not published"), "不予通报", open=False),
)

ACTS = (
    Act("write", _("Write both versions"), by="drafter", from_="drafted", to="written", asks=fields.TEXT,
        names=("recipient", "subject_person", "subject_unit"), stops="write", starts="review"),
    Act("review", _("Accept after review"), by="reviewer", from_="written", to="reviewed", asks=fields.REVIEW,
        gates=(gates.NAMES_NOBODY, gates.AGREES), not_by=("drafter",), stops="review",
        starts="approve_range"),
    Act("send_back", _("Send back"), by=("reviewer", "approver"), from_=("written", "reviewed"), to="drafted",
        reason=True, not_by=("drafter",), stops=("review", "approve_range"), starts="write"),
    Act("approve_range", _("Approve the range"), by="approver", from_="reviewed", to="approved",
        asks=fields.RANGE,
        gates=(gates.ANNOUNCED, gates.RECIPIENTS_NAMED), not_by=("drafter", "reviewer"),
        stops="approve_range",
        starts="publish", on_paper=True, meeting=True),
    Act("approve_early", _("Approve publication before the appeal ends"), by="principal", from_="approved",
        asks=fields.EARLY, reason=True, not_by=("drafter", "reviewer"), on_paper=True),
    Act("publish", _("Publish without names"), by="registrar", from_="approved", to="published",
        asks=fields.PUBLISHED, gates=(gates.CARRIED_OUT, gates.FINAL_OR_APPROVED), not_by=("drafter",),
        prints=(ANONYMOUS,), stops="publish", starts="receipts"),
    Act("publish_full", _("Send both versions"), by="registrar", from_="approved", to="published",
        asks=fields.PUBLISHED, gates=(gates.CARRIED_OUT, gates.FINAL_OR_APPROVED, gates.FULL_ALLOWED),
        not_by=("drafter",), prints=(ANONYMOUS, FULL), stops="publish", starts="receipts"),
    Act("give_receipt", _("Give a receipt"), by=("recipient_contact", "registrar"), from_="published",
        enters=(Entry("receipts", "received", least=1),)),
    Act("confirm_receipts", _("Confirm that all receipts are there"), by="registrar", from_="published",
        to="acknowledged", gates=(gates.ALL_RECEIVED,), stops="receipts", starts="file"),
    Act("file", _("File"), by="registrar", from_="acknowledged", to="filed", stops="file", bulk=True),
    Act("drop", _("Do not publish"), by="principal", from_=("drafted", "written", "reviewed", "approved"),
        to="dropped", reason=True, not_by=("drafter",), stops=("write", "review", "approve_range", "publish"),
        on_paper=True),
    Act("correct", _("Publish a correction"), by="principal", from_=("published", "acknowledged", "filed"),
        to="corrected", asks=fields.CORRECTION, reason=True, not_by=("drafter",), prints=(CORRECTED,),
        stops=("receipts", "file"), on_paper=True),
)  # fmt: skip

CLOCKS = (
    Clock("write", _("Write the notice"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="notice.write", bears="drafter", escalates=("approver",)),
    Clock("review", _("Review the notice"), working_days=3, law=gates.PRACTICE, setting="notice.review",
          bears="reviewer", escalates=("approver",)),
    Clock("approve_range", _("Approve the range of the notice"), working_days=5, law=gates.PRACTICE,
          setting="notice.approve_range", bears="approver", escalates=("principal",)),
    Clock("publish", _("Publish the notice"), months=2, law=gates.PRACTICE, setting="notice.publish",
          bears="registrar", escalates=("approver",)),
    Clock("receipts", _("Gather the receipts"), working_days=10, law=gates.PRACTICE,
          setting="notice.receipts",
          bears="recipient", escalates=("registrar", "approver")),
    Clock("file", _("File the papers"), months=1, law=gates.PRACTICE, setting="notice.file",
          bears="registrar",
          escalates=("approver",)),
)  # fmt: skip

LEDGERS = (
    Ledger(
        "receipts", _("Receipts"), "通报回执", fields.RECEIPT, (("received", _("received")),), ("received",)
    ),
)

FIGURES = (
    Figure("by_scope", _("Notices by range and stage"), by=("scope", "stage")),
    Figure("by_form", _("Notices by form of accountability"), by=("form",)),
    Figure("all", _("Notices")),
    Figure("early", _("Published before the appeal ended, with approval"), counts="acts:approve_early",
           share_of="all"),
    Figure("corrections", _("Notices corrected"), counts="acts:correct", share_of="all"),
    Figure("receipts", _("Receipts given"), counts="ledger:receipts", by=("scope",)),
    Figure("receipts_in_time", _("Receipts complete in time"), counts="clocks:receipts"),
)  # fmt: skip

NOTICE = Mechanism(
    key="notice",
    name=_("Result notice"),
    term="问责结果通报",
    purpose=_("Tell those who should know what was decided: with names only where that was approved."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("registrar", "drafter"),
    asks=fields.OPENING,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.RULES,
    number="通报",
    keywords=("form", "scope", "published_on"),
)
