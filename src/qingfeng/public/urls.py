"""Addresses that anybody may open."""

from __future__ import annotations

from django.urls import path

from qingfeng.public import proofs

app_name = "public"

urlpatterns = [
    path("proof/", proofs.check, name="proof"),
    path("proof/check_proof.py", proofs.checker, name="proof_checker"),
    path("proof/<slug:log>.vkey", proofs.vkey, name="proof_vkey"),
]
