"""Addresses that anybody may open."""

from __future__ import annotations

from django.urls import include, path

from qingfeng.public import proofs, roster, yearly

app_name = "public"

urlpatterns = [
    path("culture/", include("qingfeng.public.culture.urls")),
    path("meetings-of-leaders/", roster.roster, name="roster"),
    path("petitions-of-the-year/", yearly.index, name="yearly_index"),
    path("petitions-of-the-year/<int:year>/", yearly.year, name="yearly"),
    path("petitions-of-the-year/<int:year>/proof/", yearly.proof, name="yearly_proof"),
    path("proof/", proofs.check, name="proof"),
    path("proof/check_proof.py", proofs.checker, name="proof_checker"),
    path("proof/check-receipt.html", proofs.offline_page, name="proof_offline"),
    path("proof/<slug:log>.vkey", proofs.vkey, name="proof_vkey"),
]
