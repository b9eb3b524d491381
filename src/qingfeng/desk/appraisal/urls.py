"""Addresses of appraisal; they stand before the kinds of matter among those of the desk."""

from __future__ import annotations

from django.urls import path

from qingfeng.desk.appraisal import rail, sheets, telling, views, voting

urlpatterns = [
    path("appraisal/", views.index, name="appraisal"),
    path("appraisal/new/", views.new, name="appraisal_new"),
    path("appraisal/earlier/", views.earlier, name="appraisal_earlier"),
    path("appraisal/<str:code>/", views.page, name="appraisal_round"),
    path("appraisal/<str:code>/change/", views.change, name="appraisal_change"),
    path("appraisal/<str:code>/open/", views.open_round, name="appraisal_open"),
    path("appraisal/<str:code>/remind/", views.remind, name="appraisal_remind"),
    path("appraisal/<str:code>/extend/", views.extend, name="appraisal_extend"),
    path("appraisal/<str:code>/close/", views.close, name="appraisal_close"),
    path("appraisal/<str:code>/finish/", views.finish, name="appraisal_finish"),
    path("appraisal/<str:code>/vote/", voting.vote, name="appraisal_vote"),
    path("appraisal/<str:code>/tokens/", voting.take_tokens, name="appraisal_tokens"),
    path("appraisal/<str:code>/slates/<int:pk>/", sheets.enter, name="appraisal_paper"),
    path("appraisal/<str:code>/slates/<int:pk>/paper/", views.on_paper, name="appraisal_on_paper"),
    path("appraisal/<str:code>/slates/<int:pk>/hand-out/", views.hand_out, name="appraisal_hand_out"),
    path("appraisal/<str:code>/people/<str:number>/", telling.result, name="appraisal_result"),
    path("appraisal/<str:code>/people/<str:number>/answer/", telling.answer, name="appraisal_answer"),
    path("appraisal/<str:code>/people/<str:number>/talk/", telling.talk, name="appraisal_talk"),
    path("appraisal/<str:code>/people/<str:number>/suggestion/", telling.suggest, name="appraisal_suggest"),
    path("appraisal/<str:code>/people/<str:number>/missing/", telling.explain, name="appraisal_explain"),
    path("appraisal/<str:code>/people/<str:number>/agree/", sheets.agree, name="appraisal_agree"),
    path("appraisal/<str:code>/people/<str:number>/forms/<str:form>/", sheets.sheet, name="appraisal_sheet"),
    path("appraisal/<str:code>/remarks/", telling.remarks, name="appraisal_remarks"),
    path("appraisal/<str:code>/remarks/<int:pk>/", telling.decide, name="appraisal_decide"),
    path("appraisal/<str:code>/exchange/", telling.exchange, name="appraisal_exchange"),
    path("appraisal/<str:code>/board/", telling.board, name="appraisal_board"),
    path("ballot-box/", voting.drop, name="ballot_box"),
    path("ballot-box/<str:code>/keys/", voting.keys, name="ballot_keys"),
]
rail.hang()
