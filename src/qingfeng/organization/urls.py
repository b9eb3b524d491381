"""Addresses of this room's pages."""

from __future__ import annotations

from django.urls import path

from qingfeng.organization.views import (
    accounts,
    declarations,
    intakes,
    people,
    settings,
    units,
    work_calendar,
)

app_name = "organization"

urlpatterns = [
    path("units/", units.unit_list, name="units"),
    path("units/add/", units.unit_add, name="unit_add"),
    path("units/<int:pk>/", units.unit_page, name="unit"),
    path("units/<int:pk>/change/", units.unit_change, name="unit_change"),
    path("units/<int:pk>/move/", units.unit_move, name="unit_move"),
    path("units/<int:pk>/close/", units.unit_close, name="unit_close"),
    path("people/", people.people_list, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<str:number>/", people.person_page, name="person"),
    path("people/<str:number>/change/", people.person_change, name="person_change"),
    path("people/<str:number>/appoint/", people.post_begin, name="post_begin"),
    path("posts/<int:pk>/end/", people.post_end, name="post_end"),
    path("posts/<int:pk>/give-role/", people.role_give, name="role_give"),
    path("roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/open/", accounts.account_open, name="account_open"),
    path("accounts/<int:pk>/close/", accounts.account_close, name="account_close"),
    path("accounts/<int:pk>/reopen/", accounts.account_reopen, name="account_reopen"),
    path("accounts/<int:pk>/password/", accounts.account_password, name="account_password"),
    path("accounts/<int:pk>/second-factors/", accounts.account_factors, name="account_factors"),
    path("declarations/", declarations.own_declarations, name="own"),
    path("declarations/relative/", declarations.relation_declare, name="relation_declare"),
    path("declarations/interest/", declarations.interest_declare, name="interest_declare"),
    path("declarations/<slug:what>/<int:pk>/end/", declarations.declaration_end, name="declaration_end"),
    path("declared/", declarations.declared_list, name="declared"),
    path("stand-ins/", declarations.stand_in_list, name="stand_ins"),
    path("stand-ins/add/", declarations.stand_in_begin, name="stand_in_begin"),
    path("stand-ins/<int:pk>/end/", declarations.stand_in_end, name="stand_in_end"),
    path("calendar/", work_calendar.calendar_page, name="calendar"),
    path("calendar/enter/", work_calendar.days_enter, name="days_enter"),
    path("calendar/<str:on>/remove/", work_calendar.day_remove, name="day_remove"),
    path("settings/", settings.setting_list, name="settings"),
    path("settings/<str:key>/", settings.setting_change, name="setting_change"),
    path("imports/", intakes.intake_list, name="intakes"),
    path("imports/read/", intakes.intake_read, name="intake_read"),
    path("imports/template/", intakes.intake_template, name="intake_template"),
    path("imports/<int:pk>/", intakes.intake_page, name="intake"),
    path("imports/<int:pk>/apply/", intakes.intake_apply, name="intake_apply"),
    path("imports/<int:pk>/withdraw/", intakes.intake_withdraw, name="intake_withdraw"),
    path("imports/<int:pk>/rejects/", intakes.intake_rejects, name="intake_rejects"),
]
