"""Addresses: the floors' own lists, put together."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("qingfeng.organization.signin_urls")),
    path("organization/", include("qingfeng.organization.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("look/", include("qingfeng.look.urls")),
]

handler400 = "qingfeng.look.errors.bad_request"
handler403 = "qingfeng.look.errors.forbidden"
handler404 = "qingfeng.look.errors.not_found"
handler500 = "qingfeng.look.errors.failed"
