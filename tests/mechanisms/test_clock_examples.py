"""Every clock of the rooms with a worked example, counted over a real Spring Festival.

The Spring Festival of 2026 is 15 to 23 February; 14 and 28 February are working Saturdays. The one of
2025 is 28 January to 4 February; 26 January and 8 February are working days.
"""

from datetime import date

import a_life
import pytest

from qingfeng.matters.counting import Extension, Rule, count
from qingfeng.matters.registry import mechanism

BEFORE = date(2026, 2, 13)  # a Friday; the day after is a working Saturday

EXAMPLES = {
    # campaign
    ("campaign", "write"): (BEFORE, {}, date(2026, 3, 5)),
    ("campaign", "approve"): (BEFORE, {}, date(2026, 2, 27)),
    ("campaign", "pilot"): (BEFORE, {"pilot_by": "2026-03-20"}, date(2026, 3, 20)),
    ("campaign", "lock"): (BEFORE, {"lock_by": "2026-04-10"}, date(2026, 4, 10)),
    ("campaign", "sweep"): (BEFORE, {"sweep_by": "2026-05-15"}, date(2026, 5, 15)),
    ("campaign", "spread"): (BEFORE, {"spread_by": "2026-07-31"}, date(2026, 7, 31)),
    ("campaign", "count"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("campaign", "data_gone"): (BEFORE, {"data_until": "2026-03-15"}, date(2026, 3, 15)),
    ("campaign", "look_back"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("campaign", "close"): (BEFORE, {}, date(2026, 3, 5)),
    # self_check
    ("self_check", "report"): (BEFORE, {"self_by": "2026-03-06"}, date(2026, 3, 6)),
    ("self_check", "look"): (BEFORE, {}, date(2026, 3, 5)),
    ("self_check", "put_right"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    # topic
    ("topic", "hand_in"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("topic", "study"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("topic", "decide"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("topic", "again"): (BEFORE, {"again_on": "2026-03-04"}, date(2026, 3, 4)),
    ("topic", "look_again"): (date(2025, 2, 18), {}, date(2026, 2, 24)),
    ("topic", "close"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # quiz
    ("quiz", "write"): (BEFORE, {}, date(2026, 3, 12)),
    ("quiz", "review"): (BEFORE, {}, date(2026, 2, 27)),
    ("quiz", "use"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("quiz", "hold"): (BEFORE, {"before_until": "2026-03-04"}, date(2026, 3, 4)),
    ("quiz", "close"): (BEFORE, {"after_until": "2026-03-04"}, date(2026, 3, 4)),
    # course
    ("course", "take_up"): (BEFORE, {}, date(2026, 3, 5)),
    ("course", "prepare"): (BEFORE, {}, date(2026, 3, 19)),
    ("course", "review"): (BEFORE, {}, date(2026, 2, 27)),
    ("course", "teach"): (BEFORE, {"teach_by": "2026-03-20"}, date(2026, 3, 20)),
    ("course", "rate"): (BEFORE, {}, date(2026, 3, 5)),
    ("course", "keep"): (BEFORE, {}, date(2026, 3, 5)),
    ("course", "effect"): (date(2025, 10, 17), {}, date(2026, 2, 24)),
    # activity
    ("activity", "plan"): (BEFORE, {}, date(2026, 3, 5)),
    ("activity", "approve"): (BEFORE, {}, date(2026, 2, 27)),
    ("activity", "hold"): (BEFORE, {"held_by": "2026-03-20"}, date(2026, 3, 20)),
    ("activity", "sum_up"): (BEFORE, {}, date(2026, 3, 5)),
    ("activity", "show"): (BEFORE, {}, date(2026, 3, 19)),
    ("activity", "take_down"): (BEFORE, {"shown_until": "2026-05-15"}, date(2026, 5, 15)),
    # assessment
    ("assessment", "method"): (BEFORE, {}, date(2026, 3, 19)),
    ("assessment", "self"): (BEFORE, {}, date(2026, 3, 12)),
    ("assessment", "grade"): (BEFORE, {}, date(2026, 3, 19)),
    ("assessment", "report"): (BEFORE, {}, date(2026, 3, 12)),
    ("assessment", "study"): (BEFORE, {}, date(2026, 3, 5)),
    ("assessment", "notify"): (BEFORE, {}, date(2026, 2, 27)),
    ("assessment", "post"): (BEFORE, {}, date(2026, 2, 27)),
    ("assessment", "posting"): (BEFORE, {}, date(2026, 2, 27)),
    ("assessment", "posting_change"): (BEFORE, {}, date(2026, 2, 27)),
    ("assessment", "appeal"): (BEFORE, {}, date(2026, 2, 24)),
    ("assessment", "answer"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("assessment", "close"): (BEFORE, {}, date(2026, 4, 2)),
    # exchange
    ("exchange", "study"): (BEFORE, {}, date(2026, 3, 19)),
    ("exchange", "propose"): (BEFORE, {}, date(2026, 3, 19)),
    ("exchange", "talk"): (BEFORE, {}, date(2026, 2, 27)),
    ("exchange", "approve"): (BEFORE, {}, date(2026, 3, 5)),
    ("exchange", "notify"): (BEFORE, {}, date(2026, 2, 27)),
    ("exchange", "hand_over"): (BEFORE, {"report_by": "2026-03-20"}, date(2026, 3, 20)),
    ("exchange", "look"): (date(2025, 8, 17), {}, date(2026, 2, 24)),
    # talk
    ("talk", "head_talk"): (BEFORE, {"talk_by": "2026-12-31"}, date(2026, 12, 31)),
    ("talk", "new_head"): (BEFORE, {"appointed_on": "2026-01-17"}, date(2026, 2, 24)),
    ("talk", "event_talk"): (BEFORE, {}, date(2026, 3, 12)),
    ("talk", "hold"): (BEFORE, {"talk_on": "2026-03-04"}, date(2026, 3, 4)),
    ("talk", "record"): (BEFORE, {}, date(2026, 2, 27)),
    ("talk", "sign"): (BEFORE, {}, date(2026, 3, 5)),
    ("talk", "check"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("talk", "close"): (BEFORE, {}, date(2026, 3, 5)),
    # supervision of a leading team
    ("leadership", "plan"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("leadership", "stock"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("leadership", "ecology"): (date(2025, 8, 18), {}, date(2026, 2, 24)),
    ("leadership", "report"): (BEFORE, {"report_by": "2026-12-20"}, date(2026, 12, 20)),
    ("leadership", "report_again"): (BEFORE, {}, date(2026, 3, 5)),
    ("leadership", "evaluate"): (BEFORE, {}, date(2026, 3, 19)),
    ("leadership", "close"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    # integrity file
    ("integrity_file", "begin"): (BEFORE, {}, date(2026, 3, 5)),
    ("integrity_file", "check"): (BEFORE, {"check_by": "2027-02-13"}, date(2027, 2, 13)),
    ("integrity_file", "objection"): (BEFORE, {}, date(2026, 3, 12)),
    ("integrity_file", "retention"): (BEFORE, {"keep_until": "2028-02-13"}, date(2028, 2, 13)),
    # directive
    ("directive", "register"): (BEFORE, {}, date(2026, 2, 14)),
    ("directive", "assign"): (BEFORE, {}, date(2026, 2, 24)),
    ("directive", "dispatch"): (date(2026, 2, 14), {}, date(2026, 2, 24)),
    ("directive", "sign_for"): (BEFORE, {}, date(2026, 2, 24)),
    ("directive", "their_answer"): (BEFORE, {}, date(2026, 2, 27)),
    ("directive", "answer_objection"): (BEFORE, {}, date(2026, 2, 27)),
    ("directive", "internal_due"): (BEFORE, {"internal_due_on": "2026-02-20"}, date(2026, 2, 20)),
    ("directive", "upward_due"): (BEFORE, {"upward_due_on": "2026-02-22"}, date(2026, 2, 22)),
    ("directive", "review"): (BEFORE, {}, date(2026, 2, 25)),
    ("directive", "approve"): (date(2026, 2, 25), {}, date(2026, 2, 28)),
    ("directive", "receipt"): (BEFORE, {}, date(2026, 3, 12)),
    ("directive", "close"): (BEFORE, {}, date(2026, 2, 27)),
    ("directive", "file"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # referral: both sides count alike
    ("referral", "receipt_check"): (BEFORE, {}, date(2026, 2, 27)),
    ("referral", "their_check"): (BEFORE, {}, date(2026, 2, 27)),
    ("referral", "supply"): (BEFORE, {"supply_by": "2026-02-27"}, date(2026, 2, 27)),
    ("referral", "our_supply"): (BEFORE, {"supply_by": "2026-02-27"}, date(2026, 2, 27)),
    ("referral", "assign"): (BEFORE, {}, date(2026, 2, 25)),
    ("referral", "transfer_feedback"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("referral", "their_feedback"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("referral", "rating"): (BEFORE, {}, date(2026, 3, 12)),
    ("referral", "our_rating"): (BEFORE, {}, date(2026, 3, 12)),
    ("referral", "send"): (BEFORE, {}, date(2026, 2, 25)),
    ("referral", "redirect"): (BEFORE, {}, date(2026, 2, 27)),
    ("referral", "file"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # accountability
    ("accountability", "start"): (BEFORE, {}, date(2026, 2, 27)),
    ("accountability", "investigate"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("accountability", "inform"): (BEFORE, {}, date(2026, 2, 27)),
    ("accountability", "hear"): (BEFORE, {}, date(2026, 3, 5)),
    ("accountability", "weigh"): (BEFORE, {}, date(2026, 2, 27)),
    ("accountability", "decide"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("accountability", "announce_decision"): (BEFORE, {"decided_on": "2026-01-17"}, date(2026, 2, 24)),
    ("accountability", "org_adjust"): (BEFORE, {"decided_on": "2026-01-17"}, date(2026, 2, 24)),
    ("accountability", "account_appeal"): (BEFORE, {"served_on": "2026-01-20"}, date(2026, 2, 24)),
    ("accountability", "appeal_decision"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("accountability", "settle"): (BEFORE, {}, date(2026, 2, 27)),
    ("accountability", "restore"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("accountability", "influence_period"): (BEFORE, {"influence_ends_on": "2026-08-13"}, date(2026, 8, 13)),
    ("accountability", "file"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    # notice
    ("notice", "write"): (BEFORE, {}, date(2026, 2, 27)),
    ("notice", "review"): (BEFORE, {}, date(2026, 2, 25)),
    ("notice", "approve_range"): (BEFORE, {}, date(2026, 2, 27)),
    ("notice", "publish"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("notice", "receipts"): (BEFORE, {}, date(2026, 3, 5)),
    ("notice", "file"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    # revisit
    ("revisit", "revisit_first"): (BEFORE, {"decided_on": "2025-11-17"}, date(2026, 2, 24)),
    ("revisit", "revisit_next"): (date(2025, 8, 18), {}, date(2026, 2, 24)),
    ("revisit", "revisit_last"): (BEFORE, {"influence_ends_on": "2026-02-18"}, date(2026, 2, 18)),
    ("revisit", "record"): (BEFORE, {}, date(2026, 2, 27)),
    ("revisit", "letter"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("revisit", "close"): (BEFORE, {}, date(2026, 3, 5)),
    # verification
    ("verification", "assign"): (BEFORE, {}, date(2026, 2, 25)),
    ("verification", "verify_red"): (BEFORE, {}, date(2026, 3, 5)),
    ("verification", "verify_yellow"): (BEFORE, {}, date(2026, 3, 19)),
    ("verification", "verify_blue"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("verification", "alert_escalate"): (BEFORE, {}, date(2026, 2, 27)),
    ("verification", "video_expiry"): (BEFORE, {"happened_on": "2026-01-20"}, date(2026, 2, 24)),
    ("verification", "approve"): (BEFORE, {}, date(2026, 2, 25)),
    ("verification", "dispose"): (BEFORE, {}, date(2026, 2, 27)),
    ("verification", "tell"): (BEFORE, {}, date(2026, 2, 27)),
    ("verification", "correct"): (BEFORE, {"correct_by": "2026-02-27"}, date(2026, 2, 27)),
    ("verification", "file"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # case
    ("case", "approve_case"): (BEFORE, {}, date(2026, 3, 5)),
    ("case", "investigate"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("case", "accept_trial"): (BEFORE, {}, date(2026, 2, 27)),
    ("case", "trial_review"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("case", "inform"): (BEFORE, {}, date(2026, 2, 27)),
    ("case", "hear"): (BEFORE, {}, date(2026, 3, 5)),
    ("case", "decide"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("case", "announce_decision"): (BEFORE, {"decided_on": "2026-01-17"}, date(2026, 2, 24)),
    ("case", "org_adjust"): (BEFORE, {"decided_on": "2026-01-17"}, date(2026, 2, 24)),
    ("case", "appeal_window"): (BEFORE, {"served_on": "2026-01-20"}, date(2026, 2, 24)),
    ("case", "note_appeal"): (date(2025, 10, 17), {}, date(2026, 2, 24)),
    ("case", "settle"): (BEFORE, {}, date(2026, 2, 27)),
    ("case", "restore"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("case", "clarify"): (BEFORE, {}, date(2026, 3, 5)),
    ("case", "letter"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("case", "quality_review"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("case", "file"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # appeal
    ("appeal", "accept"): (BEFORE, {}, date(2026, 2, 27)),
    ("appeal", "assign"): (BEFORE, {}, date(2026, 2, 27)),
    ("appeal", "appeal_decision"): (BEFORE, {"appeal_filed_on": "2025-11-17"}, date(2026, 2, 24)),
    ("appeal", "sup_review"): (BEFORE, {"appeal_filed_on": "2026-01-20"}, date(2026, 2, 24)),
    ("appeal", "sup_recheck"): (BEFORE, {"appeal_filed_on": "2025-12-18"}, date(2026, 2, 24)),
    ("appeal", "tell"): (BEFORE, {}, date(2026, 2, 27)),
    ("appeal", "correct"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("appeal", "close"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    # report
    ("report", "accept"): (BEFORE, {}, date(2026, 2, 27)),
    ("report", "rep_superior"): (BEFORE, {}, date(2026, 2, 27)),
    ("report", "rep_named_ack"): (BEFORE, {"received_on": "2026-02-13"}, date(2026, 3, 12)),
    ("report", "hand_on"): (BEFORE, {}, date(2026, 3, 5)),
    ("report", "decide_aside"): (BEFORE, {}, date(2026, 2, 27)),
    ("report", "rep_named_feedback"): (BEFORE, {}, date(2026, 3, 12)),
    ("report", "protect"): (BEFORE, {}, date(2026, 2, 27)),
    ("report", "close"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    # complaint
    ("complaint", "accept"): (BEFORE, {}, date(2026, 2, 27)),
    ("complaint", "rep_superior"): (BEFORE, {"received_on": "2026-02-13"}, date(2026, 2, 27)),
    ("complaint", "rep_named_ack"): (BEFORE, {"received_on": "2026-02-13"}, date(2026, 3, 12)),
    ("complaint", "assign"): (BEFORE, {}, date(2026, 2, 27)),
    ("complaint", "handle"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("complaint", "sup_complaint"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("complaint", "sup_review_above"): (
        date(2025, 12, 18),
        {"review_asked_on": "2025-12-18"},
        date(2026, 2, 24),
    ),
    ("complaint", "rep_named_feedback"): (BEFORE, {}, date(2026, 3, 12)),
    ("complaint", "clarify"): (BEFORE, {}, date(2026, 3, 5)),
    ("complaint", "put_right"): (BEFORE, {}, date(2026, 2, 27)),
    ("complaint", "close"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    # pattern
    ("pattern", "fill"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("pattern", "settle"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("pattern", "sweep"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("pattern", "look_back"): (BEFORE, {"follow_until": "2028-02-14"}, date(2028, 2, 14)),
    ("pattern", "close"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    # task_force
    ("task_force", "form"): (BEFORE, {}, date(2026, 2, 27)),
    ("task_force", "staff"): (BEFORE, {}, date(2026, 3, 5)),
    ("task_force", "meet"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("task_force", "end"): (BEFORE, {"ends_on": "2026-04-13"}, date(2026, 4, 13)),
    ("task_force", "dissolve"): (BEFORE, {}, date(2026, 2, 27)),
    # impact
    ("impact", "assess"): (BEFORE, {}, date(2026, 3, 5)),
    ("impact", "review"): (BEFORE, {}, date(2026, 2, 27)),
    ("impact", "look"): (date(2025, 2, 20), {}, date(2026, 2, 24)),
    ("impact", "keep"): (BEFORE, {"keep_until": "2029-02-13"}, date(2029, 2, 13)),
    # breach: days, not working days
    ("breach", "contain"): (BEFORE, {}, date(2026, 2, 14)),
    ("breach", "assess"): (BEFORE, {}, date(2026, 2, 24)),
    ("breach", "decide"): (BEFORE, {}, date(2026, 2, 14)),
    ("breach", "tell_authority"): (BEFORE, {}, date(2026, 2, 14)),
    ("breach", "tell_people"): (BEFORE, {}, date(2026, 2, 24)),
    ("breach", "close"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    # rule_made
    ("rule_made", "draft"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("rule_made", "clear"): (BEFORE, {}, date(2026, 3, 5)),
    ("rule_made", "consult"): (BEFORE, {}, date(2026, 3, 12)),
    ("rule_made", "adopt"): (date(2026, 1, 20), {}, date(2026, 2, 24)),
    ("rule_made", "issue"): (BEFORE, {}, date(2026, 3, 5)),
    ("rule_made", "file_copy"): (BEFORE, {}, date(2026, 3, 12)),
    ("rule_made", "spot_check"): (date(2025, 8, 18), {}, date(2026, 2, 24)),
    ("rule_made", "review"): (BEFORE, {"review_on": "2027-08-13"}, date(2027, 8, 13)),
    ("rule_made", "decide"): (BEFORE, {}, date(2026, 3, 19)),
    # prone_report
    ("prone_report", "take_cells"): (BEFORE, {}, date(2026, 2, 27)),
    ("prone_report", "submit"): (BEFORE, {}, date(2026, 3, 5)),
    ("prone_report", "review"): (BEFORE, {}, date(2026, 2, 27)),
    ("prone_report", "approve"): (BEFORE, {}, date(2026, 2, 27)),
    ("prone_report", "publish"): (BEFORE, {}, date(2026, 2, 27)),
    # lesson
    ("lesson", "begin"): (BEFORE, {}, date(2026, 3, 5)),
    ("lesson", "dissect"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("lesson", "educate"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("lesson", "report"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("lesson", "accept"): (BEFORE, {}, date(2026, 3, 5)),
    ("lesson", "look_back"): (date(2025, 8, 18), {}, date(2026, 2, 24)),
    ("lesson", "close"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    # clue
    ("clue", "register"): (BEFORE, {}, date(2026, 2, 24)),
    ("clue", "distribute"): (BEFORE, {}, date(2026, 2, 25)),
    ("clue", "sign_for"): (BEFORE, {}, date(2026, 2, 24)),
    ("clue", "lead_proposal"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("clue", "study"): (BEFORE, {}, date(2026, 3, 5)),
    ("clue", "approve"): (BEFORE, {}, date(2026, 2, 27)),
    ("clue", "inquire"): (BEFORE, {}, date(2026, 3, 5)),
    ("clue", "inquiry_reply"): (date(2026, 2, 24), {"inquiry_on": "2026-02-13"}, date(2026, 3, 12)),
    ("clue", "inquiry_report"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    ("clue", "verify_prelim"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("clue", "decide_result"): (BEFORE, {}, date(2026, 3, 5)),
    ("clue", "shelved_review"): (date(2025, 8, 18), {}, date(2026, 2, 24)),
    ("clue", "clarify"): (BEFORE, {}, date(2026, 3, 5)),
    ("clue", "answer_person"): (BEFORE, {}, date(2026, 3, 5)),
    ("clue", "feedback"): (date(2025, 11, 17), {}, date(2026, 2, 24)),
    ("clue", "file"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # data request
    ("data_request", "draft"): (BEFORE, {}, date(2026, 2, 27)),
    ("data_request", "approve"): (BEFORE, {}, date(2026, 2, 25)),
    ("data_request", "issue"): (BEFORE, {}, date(2026, 2, 25)),
    ("data_request", "deliver"): (BEFORE, {"deliver_by": "2026-02-27"}, date(2026, 2, 27)),
    ("data_request", "monthly"): (BEFORE, {"delivery_day": 5}, date(2026, 3, 5)),
    ("data_request", "deletion"): (BEFORE, {"delete_on": "2026-06-30"}, date(2026, 6, 30)),
    # deployment
    ("deployment", "assign"): (BEFORE, {}, date(2026, 2, 27)),
    ("deployment", "carry_out"): (BEFORE, {"due_by": "2026-06-30"}, date(2026, 6, 30)),
    ("deployment", "report"): (BEFORE, {}, date(2026, 3, 5)),
    ("deployment", "close"): (BEFORE, {}, date(2026, 3, 5)),
    # duty
    ("duty", "list"): (BEFORE, {"year": 2026}, date(2026, 3, 31)),
    ("duty", "study_first"): (BEFORE, {"year": 2026}, date(2026, 6, 30)),
    ("duty", "study_second"): (BEFORE, {"year": 2026}, date(2026, 12, 31)),
    ("duty", "duty_report"): (BEFORE, {"year": 2026}, date(2027, 1, 31)),
    ("duty", "report_again"): (BEFORE, {}, date(2026, 3, 5)),
    ("duty", "answer"): (BEFORE, {}, date(2026, 3, 12)),
    ("duty", "statement"): (BEFORE, {}, date(2026, 2, 27)),
    ("duty", "evaluate"): (BEFORE, {}, date(2026, 3, 19)),
    ("duty", "decide"): (BEFORE, {}, date(2026, 3, 19)),
    # recommendation
    ("recommendation", "weigh"): (BEFORE, {}, date(2026, 3, 5)),
    ("recommendation", "draft"): (BEFORE, {}, date(2026, 3, 5)),
    ("recommendation", "check_draft"): (BEFORE, {}, date(2026, 2, 25)),
    ("recommendation", "legal_review"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "consult"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "approve"): (BEFORE, {}, date(2026, 2, 25)),
    ("recommendation", "seal"): (BEFORE, {}, date(2026, 2, 24)),
    ("recommendation", "deliver"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "rec_reply"): (BEFORE, {"served_on": "2026-01-17"}, date(2026, 2, 24)),
    ("recommendation", "rec_objection"): (BEFORE, {"served_on": "2026-02-13"}, date(2026, 3, 5)),
    ("recommendation", "plan"): (BEFORE, {}, date(2026, 3, 5)),
    ("recommendation", "answer_plan"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "explain"): (BEFORE, {}, date(2026, 3, 5)),
    ("recommendation", "reexamine"): (BEFORE, {}, date(2026, 3, 5)),
    ("recommendation", "rec_complete"): (BEFORE, {"mend_by": "2026-05-20"}, date(2026, 5, 20)),
    ("recommendation", "mend_again"): (date(2025, 12, 18), {}, date(2026, 2, 24)),
    ("recommendation", "progress"): (date(2026, 1, 17), {}, date(2026, 2, 24)),
    ("recommendation", "visit"): (date(2026, 1, 17), {}, date(2026, 2, 24)),
    ("recommendation", "watch"): (date(2026, 1, 17), {}, date(2026, 2, 24)),
    ("recommendation", "tracker_opinion"): (BEFORE, {}, date(2026, 3, 5)),
    ("recommendation", "issuer_opinion"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "evaluate"): (BEFORE, {}, date(2026, 3, 12)),
    ("recommendation", "office_check"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "strike_off"): (BEFORE, {}, date(2026, 2, 27)),
    ("recommendation", "look_back"): (date(2025, 8, 18), {}, date(2026, 2, 24)),
    ("recommendation", "file"): (date(2026, 1, 16), {}, date(2026, 2, 24)),
    # goal of the year
    ("goal", "propose"): (BEFORE, {}, date(2026, 3, 5)),
    ("goal", "approve"): (BEFORE, {}, date(2026, 3, 5)),
    ("goal", "reading"): (BEFORE, {"reading_day": 25, "read_from": "2026-02-13"}, date(2026, 3, 25)),
    ("goal", "finish"): (BEFORE, {"due": "2026-12-20"}, date(2026, 12, 20)),
    ("goal", "mend"): (BEFORE, {}, date(2026, 3, 5)),
    ("goal", "verify"): (BEFORE, {}, date(2026, 3, 5)),
    ("goal", "judge"): (BEFORE, {}, date(2026, 3, 5)),
    # demonstration project
    ("demonstration", "apply"): (BEFORE, {}, date(2026, 3, 19)),
    ("demonstration", "prereview"): (BEFORE, {}, date(2026, 3, 5)),
    ("demonstration", "score"): (BEFORE, {}, date(2026, 3, 5)),
    ("demonstration", "decide"): (BEFORE, {}, date(2026, 3, 5)),
    ("demonstration", "begin"): (BEFORE, {}, date(2026, 3, 12)),
    ("demonstration", "note"): (BEFORE, {"note_day": 10}, date(2026, 3, 10)),
    ("demonstration", "midterm"): (BEFORE, {"midterm_on": "2026-07-12"}, date(2026, 7, 12)),
    ("demonstration", "finish"): (BEFORE, {"finish_on": "2026-12-20"}, date(2026, 12, 20)),
    ("demonstration", "hand_over"): (BEFORE, {}, date(2026, 3, 5)),
    ("demonstration", "mend"): (BEFORE, {}, date(2026, 3, 12)),
    ("demonstration", "examine"): (BEFORE, {}, date(2026, 3, 12)),
    ("demonstration", "rate"): (BEFORE, {}, date(2026, 3, 5)),
    ("demonstration", "publish"): (BEFORE, {}, date(2026, 3, 19)),
    ("demonstration", "spread"): (BEFORE, {}, date(2026, 8, 13)),
    ("demonstration", "lessons"): (BEFORE, {}, date(2026, 3, 19)),
    # petition
    ("reception", "publish"): (BEFORE, {}, date(2026, 2, 25)),
    ("reception", "hold"): (BEFORE, {"planned_on": "2026-02-20"}, date(2026, 2, 20)),
    ("reception", "make_up"): (BEFORE, {}, date(2026, 3, 5)),
    ("reception", "hand_over"): (BEFORE, {}, date(2026, 2, 24)),
    ("reception", "promises"): (BEFORE, {}, date(2026, 2, 28)),
    ("reception", "rate"): (BEFORE, {}, date(2026, 3, 5)),
    ("reception", "close"): (BEFORE, {}, date(2026, 3, 12)),
    ("petition_slip", "send"): (BEFORE, {}, date(2026, 2, 24)),
    ("petition_slip", "sign"): (BEFORE, {}, date(2026, 2, 14)),
    ("petition_slip", "first_report"): (BEFORE, {}, date(2026, 2, 24)),
    ("petition_slip", "reply_warning"): (BEFORE, {}, date(2026, 2, 25)),
    ("petition_slip", "reply_supervision"): (BEFORE, {}, date(2026, 2, 27)),
    ("petition_slip", "monthly"): (BEFORE, {}, date(2026, 3, 16)),
    ("petition_slip", "due"): (BEFORE, {"due_on": "2026-02-20"}, date(2026, 2, 20)),
    ("petition_slip", "close"): (BEFORE, {}, date(2026, 3, 5)),
    ("petition", "pet_register_route"): (BEFORE, {"received_on": "2026-02-13"}, date(2026, 2, 28)),
    ("petition", "pet_notify_direct"): (BEFORE, {"received_on": "2026-02-13"}, date(2026, 2, 28)),
    ("petition", "pet_notify_transferred"): (BEFORE, {"received_on": "2026-02-13"}, date(2026, 2, 28)),
    ("petition", "dispatch"): (BEFORE, {}, date(2026, 2, 27)),
    ("petition", "pet_objection_to_transfer"): (BEFORE, {}, date(2026, 2, 27)),
    ("petition", "answer_objection"): (BEFORE, {}, date(2026, 2, 25)),
    ("petition", "plan"): (BEFORE, {}, date(2026, 3, 5)),
    ("petition", "progress"): (BEFORE, {}, date(2026, 3, 16)),
    ("petition", "joint_session"): (BEFORE, {}, date(2026, 3, 16)),
    ("petition", "pet_handle"): (BEFORE, {}, date(2026, 4, 14)),
    ("petition", "check_opinion"): (BEFORE, {}, date(2026, 2, 27)),
    ("petition", "serve"): (BEFORE, {}, date(2026, 2, 27)),
    ("petition", "pet_review_request"): (BEFORE, {"served_on": "2026-02-13"}, date(2026, 3, 16)),
    ("petition", "pet_review"): (BEFORE, {"review_asked_on": "2026-02-13"}, date(2026, 3, 16)),
    ("petition", "pet_recheck_request"): (BEFORE, {"served_on": "2026-02-13"}, date(2026, 3, 16)),
    ("petition", "pet_recheck"): (BEFORE, {"review_asked_on": "2026-02-13"}, date(2026, 3, 16)),
    ("petition", "execute"): (BEFORE, {"execute_by": "2026-02-20"}, date(2026, 2, 20)),
    ("petition", "offer_help"): (BEFORE, {}, date(2026, 3, 5)),
    ("petition", "ask"): (BEFORE, {}, date(2026, 3, 30)),
    ("petition", "close"): (BEFORE, {}, date(2026, 3, 12)),
    ("petition", "help_on"): (BEFORE, {}, date(2026, 3, 16)),
}


@pytest.mark.parametrize(("kind", "key"), EXAMPLES, ids=lambda word: word)
def test_a_clock_counts_over_the_spring_festival(kind, key):
    started_on, facts, last = EXAMPLES[kind, key]

    assert a_life.due(mechanism(kind).clock(key), started_on, facts) == last


@pytest.mark.parametrize("kind", a_life.ROOMS)
def test_every_clock_has_a_worked_example(kind):
    shown = {key for room, key in EXAMPLES if room == kind}

    assert shown == {clock.key for clock in mechanism(kind).clocks}


def test_two_working_days_begun_before_the_festival_of_2025_end_before_it_or_after_it():
    sign_for = mechanism("directive").clock("sign_for")

    assert a_life.due(sign_for, date(2025, 1, 24)) == date(2025, 1, 27)  # 26 January is a working Sunday
    assert a_life.due(sign_for, date(2025, 1, 27)) == date(2025, 2, 6)


def test_a_complex_referral_is_answered_within_six_months():
    clock = mechanism("referral").clock("transfer_feedback")
    longer = Extension(clock.most_extension_days, "person:1", date(2025, 11, 1), "复杂")

    plain = count(Rule("months", 3), date(2025, 8, 18), a_life.rest_day)
    extended = count(Rule("months", 3), date(2025, 8, 18), a_life.rest_day, extensions=(longer,))

    assert plain.due_on == date(2025, 11, 18)
    assert extended.due_on == date(2026, 2, 24)  # 19 February lies in the festival


def test_every_working_is_recomputed_to_the_same_day():
    for (kind, key), (started_on, facts, last) in EXAMPLES.items():
        clock = mechanism(kind).clock(key)
        if not (clock.days or clock.working_days or clock.months):
            continue
        what = "working_days" if clock.working_days else "months" if clock.months else "days"
        begun = date.fromisoformat(facts[clock.from_fact]) if clock.from_fact else started_on
        working = count(Rule(what, clock.working_days or clock.months or clock.days), begun, a_life.rest_day)
        assert working.recomputed().due_on == last
