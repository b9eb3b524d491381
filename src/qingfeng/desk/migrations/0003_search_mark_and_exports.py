"""How far the search has followed the acts, and large exports that the worker makes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0002_search_drafts_and_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("settled", models.BigIntegerField(default=0)),
                ("seen", models.BigIntegerField(default=0)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LargeExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=4)),
                ("query", models.TextField(blank=True)),
                ("language", models.CharField(max_length=10)),
                ("rows", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("fetched_at", models.DateTimeField(null=True)),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("failed", "It could not be made; the office's technicians see why."),
                            ("rights", "What you may see has changed since: ask for it again."),
                            ("gone", "The file is not there any more: ask for it again."),
                            (
                                "taken",
                                "Something in it was taken back since: delete your copies, then ask for it again.",
                            ),
                        ],
                        max_length=6,
                    ),
                ),
                ("holds", models.JSONField(default=dict)),
                ("file", models.CharField(blank=True, max_length=80)),
                ("size", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("entry", models.BigIntegerField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
    ]
