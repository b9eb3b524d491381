"""Addresses of the counter on a machine of its own: the counter, the check of a proof, and nothing else."""

from django.urls import include, path
from django.views.generic import RedirectView

from qingfeng.public import proofs

proof = [
    path("proof/", proofs.check, name="proof"),
    path("proof/check_proof.py", proofs.checker, name="proof_checker"),
    path("proof/check-receipt.html", proofs.offline_page, name="proof_offline"),
    path("proof/<slug:log>.vkey", proofs.vkey, name="proof_vkey"),
]
urlpatterns = [
    path("counter/", include("qingfeng.public.counter.urls")),
    path("look/", include("qingfeng.look.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include((proof, "public"))),
    path("", RedirectView.as_view(pattern_name="counter:begin")),
]

handler400 = "qingfeng.look.errors.bad_request"
handler403 = "qingfeng.look.errors.forbidden"
handler404 = "qingfeng.look.errors.not_found"
handler500 = "qingfeng.look.errors.failed"
