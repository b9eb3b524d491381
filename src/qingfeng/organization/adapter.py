"""Nobody opens an account for themselves."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the security administrator."""

    def is_open_for_signup(self, request: object) -> bool:  # noqa: ARG002 - allauth asks so
        """Return False, always."""
        return False
