"""Addresses: the floors' own lists, put together."""

from django.conf import settings
from django.urls import include, path

from qingfeng.desk.api import api
from qingfeng.project import demo_views

urlpatterns = [
    path("accounts/", include("qingfeng.organization.signin_urls")),
    path("organization/", include("qingfeng.organization.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("look/", include("qingfeng.look.urls")),
    path("api/", api.urls),
    path("", include("qingfeng.public.urls")),
    path("", include("qingfeng.desk.urls")),
]
if settings.COUNTER_IS_HERE:
    urlpatterns.insert(0, path("counter/", include("qingfeng.public.counter.urls")))
    urlpatterns.insert(0, path("counter-desk/", include("qingfeng.public.at_desk.urls")))
if settings.DEMO:
    urlpatterns[:0] = [
        path("demo/", demo_views.sign_ins, name="demo"),
        path("demo/report/", demo_views.report, name="demo-report"),
    ]

handler400 = "qingfeng.look.errors.bad_request"
handler403 = "qingfeng.look.errors.forbidden"
handler404 = "qingfeng.look.errors.not_found"
handler500 = "qingfeng.look.errors.failed"
