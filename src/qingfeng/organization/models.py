"""Accounts (the rest of the organization follows)."""

from django.contrib.auth.models import AbstractUser


class Account(AbstractUser):
    """Somebody who can sign in."""
