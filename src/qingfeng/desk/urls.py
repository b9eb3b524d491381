"""Addresses of the desk: plural nouns with public numbers, `/directives/2026-017/`."""

from __future__ import annotations

from django.urls import include, path, register_converter

from qingfeng.desk.kinds import KindConverter
from qingfeng.desk.thread import views as thread
from qingfeng.desk.views import (
    acting,
    bulk,
    drafts,
    exports,
    feed,
    figures,
    lists,
    matters,
    searching,
    telling,
    work,
)

register_converter(KindConverter, "kind")
app_name = "desk"

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("tray/", work.tray, name="tray"),
    path("my-notices/", work.notices, name="notices"),
    path("my-notices/read/", work.notices_read, name="notices_read"),
    path("my-notices/mail/", telling.choose, name="telling"),
    path("my-notices/exports/<int:pk>/", exports.export, name="large_export"),
    path("drafts/", drafts.index, name="drafts"),
    path("drafts/keep/", drafts.keep, name="draft_keep"),
    path("drafts/kept/", drafts.kept, name="draft_kept"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="draft_discard"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("search/person/", searching.person, name="search_person"),
    path("feed/", feed.settings, name="feed_settings"),
    path("feed/revoke/", feed.revoke, name="feed_revoke"),
    path("feed/<str:token>.ics", feed.feed, name="feed"),
    path("packs/", include("qingfeng.desk.packs.urls")),
    path("", include("qingfeng.desk.appraisal.urls")),
    path("", include("qingfeng.desk.assessment.urls")),
    path("", include("qingfeng.desk.points.urls")),
    path("", include("qingfeng.desk.calendar.urls")),
    path("", include("qingfeng.desk.campaigns.urls")),
    path("", include("qingfeng.desk.cockpit.urls")),
    path("", include("qingfeng.desk.culture.urls")),
    path("", include("qingfeng.desk.returns.urls")),
    path("", include("qingfeng.desk.unit.urls")),
    path("", include("qingfeng.desk.leads.urls")),
    path("", include("qingfeng.desk.leadership.urls")),
    path("", include("qingfeng.desk.letters.urls")),
    path("", include("qingfeng.desk.prone.urls")),
    path("", include("qingfeng.desk.duty.urls")),
    path("", include("qingfeng.desk.exchange.urls")),
    path("", include("qingfeng.desk.fields.urls")),
    path("", include("qingfeng.desk.goals.urls")),
    path("", include("qingfeng.desk.growth.urls")),
    path("", include("qingfeng.desk.patterns.urls")),
    path("", include("qingfeng.desk.petitions.urls")),
    path("", include("qingfeng.desk.quizzes.urls")),
    path("", include("qingfeng.desk.reports.urls")),
    path("", include("qingfeng.desk.keeping.urls")),
    path("", include("qingfeng.desk.team.urls")),
    path("", include("qingfeng.desk.typing.urls")),
    path("", include("qingfeng.desk.delivering.urls")),
    path("", include("qingfeng.desk.records.urls")),
    path("<kind:kind>/", lists.index, name="list"),
    path("<kind:kind>/export/", lists.export, name="export"),
    path("<kind:kind>/new/", acting.new, name="new"),
    path("<kind:kind>/bulk/", bulk.bulk, name="bulk"),
    path("<kind:kind>/statistics/", figures.statistics, name="statistics"),
    path("<kind:kind>/about/", figures.about, name="about"),
    path("<kind:kind>/<slug:slug>/", matters.page, name="matter"),
    path("<kind:kind>/<slug:slug>/thread/", thread.of_matter, name="thread"),
    path("<kind:kind>/<slug:slug>/acts/<slug:act>/", acting.act, name="act"),
    path("<kind:kind>/<slug:slug>/second/<int:pk>/", acting.second, name="second"),
    path("<kind:kind>/<slug:slug>/files/<int:pk>/", matters.file, name="file"),
    path("<kind:kind>/<slug:slug>/slips/<int:pk>.<slug:form>", matters.slip, name="slip"),
]
