"""The table of answers while a quiz is open: sums only."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phase", models.CharField(max_length=6)),
                ("office_kind", models.CharField(max_length=12)),
                ("question_no", models.PositiveSmallIntegerField()),
                ("asked", models.PositiveIntegerField(default=0)),
                ("right", models.PositiveIntegerField(default=0)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("matter", "phase", "office_kind", "question_no"),
                        name="one_tally_of_a_question",
                    )
                ],
            },
        ),
    ]
