"""Workbooks of many old matters that the worker takes over, and signs by which like petitions are found."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_search_mark_and_exports"),
        ("documents", "0001_initial"),
        ("matters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LargeTakeover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "The workbook is being read"),
                            ("read", "Read: look at what fits"),
                            ("writing", "It is being taken over"),
                            ("written", "Taken over"),
                            ("withdrawing", "It is being withdrawn"),
                            ("withdrawn", "Withdrawn"),
                            ("failed", "It could not go on"),
                        ],
                        default="reading",
                        max_length=12,
                    ),
                ),
                ("rows", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("fits", models.PositiveIntegerField(null=True)),
                ("rejects", models.JSONField(default=list)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("problem", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takeovers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.attachment",
                    ),
                ),
                (
                    "batch",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="large_takeover",
                        to="matters.takeoverbatch",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PetitionGram",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value", "-matter"], name="petition_by_gram")],
            },
        ),
    ]
