"""What the unit does in its year: the list, the studies, the secretary's log, answers, correction, report."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry
from qingfeng.mechanisms.duty import fields, gates, parts
from qingfeng.mechanisms.duty.parts import ON_PAPER_TOO

YEAR = ("issued", "conferred", "reported", "evaluated")

ACTS = (
    Act("list_item", _("Enter a duty in the list"), by=ON_PAPER_TOO, from_="planned",
        enters=(Entry("items", "listed", least=1, columns=fields.LISTED),)),
    Act("relist_item", _("Change a duty in the list"), by=ON_PAPER_TOO, from_="planned",
        enters=(Entry("items", "listed", ("listed",), 1, fields.LISTED),)),
    Act("strike_item", _("Strike a duty"), by=ON_PAPER_TOO, from_="planned",
        enters=(Entry("items", "struck", ("listed",), 1, ("item",)),)),
    Act("issue_list", _("Issue the list"), by=ON_PAPER_TOO, from_="planned", to="issued",
        asks=fields.ISSUED, gates=(gates.ALL_DUTIES, gates.ALONE), computes="duty.alone",
        prints=(parts.LIST,), stops="list"),
    Act("study_first", _("Record a study of the first half"), by=ON_PAPER_TOO, gates=(gates.IN_FIRST_HALF,),
        enters=(Entry("studies", "held", least=1, columns=fields.HELD),), prints=(parts.STUDY,),
        stops="study_first"),
    Act("study_second", _("Record a study of the second half"), by=ON_PAPER_TOO,
        gates=(gates.IN_SECOND_HALF,), enters=(Entry("studies", "held", least=1, columns=fields.HELD),),
        prints=(parts.STUDY,), stops="study_second"),
    Act("follow_study", _("Record what was done about the decisions"), by=ON_PAPER_TOO,
        enters=(Entry("studies", "followed", ("held",), 1, fields.FOLLOWED),)),
    Act("log_in_person", _("Enter what the secretary did in person"), by=ON_PAPER_TOO,
        enters=(Entry("in_person", "logged", least=1),)),
    Act("prove_item", _("Report a duty as done"), by=ON_PAPER_TOO, from_=YEAR,
        enters=(Entry("items", "done", ("listed", "done"), 1, fields.SHOWN),)),
    Act("answer_reminder", _("Answer the letter of reminder"), by=ON_PAPER_TOO,
        enters=(Entry("letters", "answered", ("sent",), 1, fields.ANSWERED),), stops="answer"),
    Act("keep_commitment", _("Report a commitment as kept"), by=ON_PAPER_TOO,
        enters=(Entry("letters", "answered", ("talked",), 1, fields.ANSWERED),)),
    Act("mend_problem", _("Report a problem as put right"), by=ON_PAPER_TOO, gates=(gates.MENDED,),
        enters=(Entry("problems", "mended", ("fed_back",), 1, fields.MENDED),)),
    Act("report_duty", _("Hand in the report on duty and integrity"), by=ON_PAPER_TOO,
        from_=("issued", "conferred"), to="reported", asks=fields.REPORT,
        stops=("duty_report", "report_again"), starts="evaluate"),
    Act("state", _("State the unit's own view"), by=ON_PAPER_TOO, asks=fields.STATEMENT, stops="statement",
        when=lambda seen: seen.last("ask_statement") is not None),
)  # fmt: skip
