"""Addresses of keeping; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import get_converters

from qingfeng.desk.keeping import rail
from qingfeng.desk.keeping.views import (
    correcting,
    devices,
    ending,
    glass,
    handover,
    interference,
    journal,
    linking,
    lost,
    meetings,
    own_words,
    readers,
    recusing,
    sealed,
    series,
    slips,
    takeover,
    wordings,
)
from qingfeng.desk.kinds import KindConverter

if "kind" not in get_converters():
    register_converter(KindConverter, "kind")

MATTER = "<kind:kind>/<slug:slug>"

on_a_matter = [
    path(f"{MATTER}/correct/", correcting.choose, name="keep_correct"),
    path(f"{MATTER}/correct/<int:no>/<slug:key>/", correcting.correct, name="keep_correct_field"),
    path(f"{MATTER}/merge/", ending.merge, name="keep_merge"),
    path(f"{MATTER}/split/", linking.split, name="keep_split"),
    path(f"{MATTER}/link/", linking.link, name="keep_link"),
    path(f"{MATTER}/link/<int:pk>/", linking.unlink, name="keep_unlink"),
    path(f"{MATTER}/move/", linking.move, name="keep_move"),
    path(f"{MATTER}/recuse/", recusing.recuse, name="keep_recuse"),
    path(f"{MATTER}/end/<slug:way>/", ending.end, name="keep_end"),
    path(f"{MATTER}/sealed/", sealed.index, name="sealed"),
    path(f"{MATTER}/sealed/<int:pk>/", sealed.unlock, name="sealed_open"),
    path(f"{MATTER}/slips/<int:pk>/", slips.page, name="slip_page"),
    path(f"{MATTER}/slips/<int:pk>/proof/", slips.proof, name="slip_proof"),
    path(f"{MATTER}/slips/<int:pk>/release/", slips.release, name="slip_release"),
    path(f"{MATTER}/slips/<int:pk>/replace/", slips.replace, name="slip_replace"),
]
registers = [
    path("interference/", interference.index, name="interference"),
    path("interference/new/", interference.new, name="interference_new"),
    path("interference/<int:pk>/", interference.entry, name="interference_entry"),
    path("emergency/", glass.index, name="glass"),
    path("emergency/reviews/", glass.reviews, name="glass_reviews"),
    path("emergency/reviews/<int:pk>/", glass.review, name="glass_review"),
    path("handover/", handover.index, name="handover"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/<int:pk>/", meetings.page, name="meeting"),
    path("meetings/<int:pk>/minutes/", meetings.minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/minutes/scan/", meetings.minutes_file, name="meeting_file"),
    path("meetings/<int:pk>/items/<int:no>/", meetings.decide, name="meeting_decide"),
    path("takeover/", takeover.index, name="takeover"),
    path("takeover/batches/<int:pk>/", takeover.batch, name="takeover_batch"),
    path("takeover/batches/<int:pk>/withdraw/", takeover.withdraw, name="takeover_withdraw"),
    path("takeover/large/<int:pk>/", takeover.large, name="takeover_large"),
    path("takeover/<kind:kind>/", takeover.kind_page, name="takeover_kind"),
    path("takeover/<kind:kind>/template/", takeover.template, name="takeover_template"),
    path("wordings/", wordings.index, name="wordings"),
    path("wordings/<str:key>/", wordings.edit, name="wording"),
    path("wordings/<str:key>/paper/", wordings.paper, name="wording_paper"),
    path("wordings/<str:key>/in-force/", wordings.in_force, name="wording_in_force"),
    path("wordings/<str:key>/<int:number>/", wordings.version, name="wording_version"),
    path("numbers/", series.index, name="number_series"),
    path("numbers/begin/", series.begin, name="number_begin"),
    path("numbers/<int:pk>/", series.one, name="number_series_one"),
    path("numbers/<int:pk>/<int:n>/", series.gap, name="number_gap"),
    path("numbers/void/<int:pk>/", series.void, name="number_void"),
    path("own-words/", own_words.index, name="own_words"),
    path("own-words/changes/<int:pk>/", own_words.change, name="own_words_change"),
    path("own-words/changes/<int:pk>/back/", own_words.give_back, name="own_words_back"),
    path("own-words/<kind:kind>/", own_words.kind, name="own_words_kind"),
    path("returned/", slips.returned, name="slip_return"),
    path("s/<str:end>/", slips.returned, name="slip_code"),
    path("sealed/", sealed.mine, name="sealed_mine"),
    path("sealed/phrase/", sealed.phrase, name="phrase"),
    path("sealed/devices/", devices.index, name="key_devices"),
    path("sealed/devices/mine/", devices.mine, name="key_devices_mine"),
    path("sealed/devices/new/", devices.new, name="key_device_new"),
    path("sealed/devices/<int:pk>/drop/", devices.drop, name="key_device_drop"),
    path("sealed/escrow/", lost.deposit, name="key_deposit"),
    path("sealed/lost/", lost.ask_back, name="key_lost"),
    path("sealed/lost/finish/", lost.finish, name="key_finish"),
    path("sealed/halves/", lost.halves, name="key_halves"),
    path("sealed/halves/<int:pk>/", lost.give, name="key_give"),
    path("sealed/halves/<int:pk>/refuse/", lost.refuse, name="key_refuse"),
    path("sealed/<int:pk>/share/", sealed.share, name="sealed_share"),
]
audit = [
    path("audit/readers/", readers.readers, name="readers"),
    path("audit/journal/", journal.index, name="journal"),
    path("audit/journal/export/", journal.export, name="journal_export"),
    path("audit/journal/alarms/", journal.alarm_list, name="journal_alarms"),
    path("audit/journal/alarms/<int:pk>/", journal.settle, name="journal_settle"),
    path("audit/journal/<int:pk>/", journal.entry, name="journal_entry"),
    path("audit/journal/<int:pk>/proof/", journal.proof, name="journal_proof"),
]

urlpatterns = [*registers, *audit, *on_a_matter]
rail.hang()
