"""What the search finds, drafts kept for other browsers, choices about mail.

The index over the pairs of signs is each database's own: GIN or FTS5 (`desk.grams`).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import qingfeng.desk.grams
from qingfeng.desk.grams import drop_index, make_index


def _make(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for line in make_index(editor.connection.vendor, "desk_searchtext"):
        editor.execute(line)


def _drop(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for line in drop_index(editor.connection.vendor):
        editor.execute(line)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
        ("findings", "0001_initial"),
        ("matters", "0001_initial"),
        ("organization", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("never", "No mail"),
                            ("each", "A mail when something is new"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week, on Monday"),
                        ],
                        default="never",
                        max_length=6,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("quiet_from", models.PositiveSmallIntegerField(default=20)),
                ("quiet_until", models.PositiveSmallIntegerField(default=8)),
                ("told_until", models.BigIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_choice",
                        to="organization.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("values", models.JSONField(default=list)),
                ("kept_at", models.DateTimeField()),
                ("discarded_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "ordering": ["-kept_at"],
                "constraints": [models.UniqueConstraint(fields=("account", "form"), name="one_draft_a_form")],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("number", "number"),
                            ("whole", "whole"),
                            ("slip", "slip"),
                            ("lead", "lead"),
                        ],
                        max_length=6,
                    ),
                ),
                ("slip", models.BigIntegerField(null=True)),
                ("text", models.TextField()),
                ("folded", models.TextField()),
                ("grams", qingfeng.desk.grams.GramsField()),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_texts",
                        to="findings.lead",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_texts",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("matter__isnull", True), ("lead__isnull", True), _connector="XOR"
                        ),
                        name="text_of_a_matter_or_a_lead",
                    )
                ],
            },
        ),
        migrations.RunPython(_make, _drop),
    ]
