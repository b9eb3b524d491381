"""Addresses of the assessment, among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.points import (
    boards,
    checking,
    earlier,
    judging,
    mine,
    panel,
    rail,
    reviewing,
    schemes,
    sheets,
)

urlpatterns = [
    path("points/", mine.year, name="points"),
    path("points/daily/<int:pk>/", mine.entry, name="points_daily"),
    path("points/daily/<int:pk>/take-back/", mine.take_back, name="points_take_back"),
    path("points/checks/", checking.checks, name="points_checks"),
    path("points/sheets/", sheets.listed, name="points_sheets"),
    path("points/sheets/<int:pk>/", sheets.page, name="points_sheet"),
    path("points/sheets/<int:pk>/file/", sheets.file, name="points_file"),
    path("points/sheets/<int:pk>/again/", sheets.again, name="points_again"),
    path("points/sheets/<int:pk>/<slug:period>/statement/", judging.statement, name="points_statement"),
    path("points/sheets/<int:pk>/<slug:period>/judge/", judging.judge, name="points_judge"),
    path("points/sheets/<int:pk>/<slug:period>/unsaid/", judging.unsaid, name="points_unsaid"),
    path("points/sheets/<int:pk>/review/", reviewing.page, name="points_review"),
    path("points/appeals/", reviewing.listed, name="points_appeals"),
    path("points/sheets/<int:pk>/mark/", judging.mark, name="points_mark"),
    path("points/marks/<int:pk>/decide/", judging.decide, name="points_decide"),
    path("points/marks/<int:pk>/answer/", judging.answer, name="points_answer"),
    path("points/schemes/", schemes.listed, name="points_schemes"),
    path("points/schemes/<int:pk>/", schemes.page, name="points_scheme"),
    path("points/schemes/<int:pk>/change/", schemes.change, name="points_change"),
    path("points/schemes/<int:pk>/indicator/", schemes.indicator, name="points_indicator"),
    path("points/schemes/<int:pk>/do/", schemes.do, name="points_do"),
    path("points/schemes/<int:pk>/replay/", schemes.replay, name="points_replay"),
    path("points/boards/<int:pk>/", boards.board, name="points_board"),
    path("points/earlier/", earlier.earlier, name="points_earlier"),
]
rail.hang()
panel.hang()
