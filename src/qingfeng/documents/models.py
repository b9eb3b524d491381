"""What is kept of documents: numbers, templates, attachments, slips."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another


def new_code() -> str:
    """Return ten signs that nobody can guess and everybody can type: 50 bits."""
    return "".join(secrets.choice(CODE_SIGNS) for _each in range(10))


class Counter(models.Model):
    """The last number taken of a series; its row is the lock of the series."""

    code = models.CharField(_("Office code"), max_length=40)
    kind = models.CharField(_("Kind of document"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year of the series"))
    last = models.PositiveIntegerField(_("Last number"), default=0)

    class Meta:
        """Names, order and what the database itself holds."""

        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=("code", "kind", "year"), name="one_counter_a_series")]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.year}: {self.last}"


class Number(models.Model):
    """A number that was taken (文号). A voided one stays: a series has no gap that nobody can explain."""

    code = models.CharField(_("Office code"), max_length=40)
    kind = models.CharField(_("Kind of document"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year of the series"))
    n = models.PositiveIntegerField(_("Number in the series"))
    text = models.CharField(_("Document number"), max_length=100, unique=True)
    subject = models.CharField(_("Taken for"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("Number taken"))
    voided_at = models.DateTimeField(_("Voided"), null=True, blank=True)
    void_reason = models.CharField(_("Reason for voiding"), max_length=500, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Voided by"),
    )

    class Meta:
        """Names, order and what the database itself holds."""

        verbose_name = _("document number")
        verbose_name_plural = _("document numbers")
        ordering = ("code", "kind", "year", "n")
        constraints = [
            models.UniqueConstraint(fields=("code", "kind", "year", "n"), name="a_number_is_taken_once"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="a_void_number_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Template(models.Model):
    """One version of a document's wording. Versions are added, never edited."""

    key = models.CharField(_("Template"), max_length=80)
    version = models.PositiveIntegerField(_("Version of the template"))
    title = models.CharField(_("Title"), max_length=300)
    to = models.CharField(_("Addressed to"), max_length=300, blank=True)
    body = models.TextField(_("Wording"))
    note = models.CharField(_("What changed"), max_length=300, blank=True)
    active = models.BooleanField(_("In force"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Written by"),
    )
    made_at = models.DateTimeField(_("Version written"))

    class Meta:
        """Names, order and what the database itself holds."""

        verbose_name = _("document template")
        verbose_name_plural = _("document templates")
        ordering = ("key", "-version")
        constraints = [
            models.UniqueConstraint(fields=("key", "version"), name="one_version_of_a_template"),
            models.UniqueConstraint(fields=("key",), condition=Q(active=True), name="one_template_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Attachment(models.Model):
    """A file that somebody brought in. Its bytes are kept once, under their hash.

    Higher floors point here with foreign keys of their own; one that nothing points to is swept away.
    """

    sha256 = models.CharField(_("Content hash"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("Size in bytes"))
    kind = models.CharField(_("Kind of file"), max_length=20)
    name = models.CharField(_("File name"), max_length=150)
    text_searched = models.BooleanField(
        _("Searched for secrecy marks"),
        help_text=_("No: a picture, a scan or a recording has no text to search."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Brought by"),
    )
    at = models.DateTimeField(_("Brought in"))

    class Meta:
        """Names, order and what the database itself holds."""

        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.name


class Slip(models.Model):
    """An issued document: its number, what it said, the file made of it, and the copy that came back.

    `official` is what was issued, in full; wording that changes later changes nothing here.
    """

    code = models.CharField(_("Return code"), max_length=10, unique=True, default=new_code)
    number = models.OneToOneField(
        Number, models.PROTECT, related_name="slip", verbose_name=_("Document number")
    )
    template_key = models.CharField(_("Template"), max_length=80)
    template_version = models.CharField(_("Version of the template"), max_length=40)
    fields = models.JSONField(_("Field values"), default=dict)
    official = models.JSONField(_("Issued document"))
    proof = models.JSONField(_("Proof of entry"), null=True, blank=True)
    pdf_sha256 = models.CharField(_("Hash of the PDF"), max_length=64, blank=True)
    made_with = models.JSONField(_("Typesetter and fonts"), default=dict)
    rendered_at = models.DateTimeField(_("Typeset"), null=True, blank=True)
    journal_entry = models.BigIntegerField(_("Journal entry"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("Corrects")
    )
    record_copy = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Record copy")
    )
    record_copy_at = models.DateTimeField(_("Record copy bound"), null=True, blank=True)
    made_at = models.DateTimeField(_("Slip issued"))

    class Meta:
        """Names, order and what the database itself holds."""

        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="a_slip_does_not_correct_itself",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
