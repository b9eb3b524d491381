"""The table of task packs: what left the building, with whom, until when, and what became of it."""

import django.db.models.deletion
from django.db import migrations, models

import qingfeng.documents.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0001_initial"),
        ("matters", "0001_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=qingfeng.documents.models.new_code,
                        max_length=10,
                        unique=True,
                        verbose_name="Code",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_on", models.DateField(verbose_name="Use it until")),
                ("tasks", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=64)),
                ("contents", models.BinaryField(default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("out", "Out"),
                            ("back", "Back"),
                            ("lost", "Lost"),
                            ("recalled", "Recalled"),
                        ],
                        default="out",
                        max_length=8,
                    ),
                ),
                ("arrived", models.CharField(blank=True, max_length=64)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("entered", models.JSONField(default=dict)),
                ("left_out", models.JSONField(default=list)),
                ("told", models.JSONField(default=list)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "arrived_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "companion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.journalentry",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="matters.matter"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "out")), fields=["expires_on"], name="pack_out")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("carrier", models.F("companion")), _negated=True),
                        name="two_take_a_pack_along",
                    )
                ],
            },
        ),
    ]
