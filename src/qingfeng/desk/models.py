"""The desk's own table: addresses of calendar feeds."""

from __future__ import annotations

import hashlib
import secrets

from django.db import models


def digest_of(token: str) -> str:
    """Return what is kept of a token: SHA-256, hex; who has the table alone reads no feed."""
    return hashlib.sha256(token.encode()).hexdigest()


class FeedAddress(models.Model):
    """A secret address of a person's due dates for a calendar program, until it is revoked."""

    person = models.ForeignKey("organization.Person", models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]


def new_token() -> str:
    """Return a token that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)
