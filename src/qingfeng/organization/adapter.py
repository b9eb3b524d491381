"""How allauth behaves here: nobody opens an account for themselves, secrets are sealed at rest."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingfeng.organization.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the security administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth asks so
        """Return False, always."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Return where a person begins: the password is done with."""
        return str(settings.LOGIN_REDIRECT_URL)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: what happens to an account stands in the journal."""


class FactorAdapter(DefaultMFAAdapter):
    """Second factors; their secrets are opened only with the home's key."""

    def encrypt(self, text: str) -> str:
        """Return a secret sealed."""
        return base64.b64encode(seal(text)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Return a sealed secret opened."""
        return unseal(base64.b64decode(encrypted_text))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what an authenticator shows as the place to sign in to."""
        return {**super().get_public_key_credential_rp_entity(), "name": _("Qingfeng")}
