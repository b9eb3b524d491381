"""Sheets that are typed beside their scan, and their rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("findings", "0001_initial"),
        ("matters", "0001_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TypedSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name of the sheet")),
                ("table", models.CharField(max_length=40)),
                ("columns", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("typing", "Being typed"),
                            ("checking", "Sample to be typed again"),
                            ("settling", "Differences to be settled"),
                            ("delivered", "Delivered"),
                        ],
                        default="typing",
                        max_length=10,
                    ),
                ),
                ("sample", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="findings.delivery",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.attachment",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TypedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveIntegerField()),
                ("page", models.PositiveSmallIntegerField(default=1)),
                ("cells", models.JSONField(default=dict)),
                ("again", models.JSONField(null=True)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="typing.typedsheet",
                    ),
                ),
            ],
            options={
                "ordering": ["no"],
            },
        ),
        migrations.AddConstraint(
            model_name="typedsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second", None), models.Q(("second", models.F("by")), _negated=True), _connector="OR"
                ),
                name="nobody_types_their_own_sample",
            ),
        ),
        migrations.AddConstraint(
            model_name="typedrow",
            constraint=models.UniqueConstraint(fields=("sheet", "no"), name="one_row_a_place"),
        ),
    ]
