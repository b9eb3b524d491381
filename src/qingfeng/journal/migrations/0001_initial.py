"""The journal begins: entries that are never changed, what opens their commitments, and how far they are signed.

Later migrations of the journal may add; they never alter or delete.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="JournalState",
            fields=[
                (
                    "log",
                    models.CharField(
                        choices=[
                            ("internal", "Internal log"),
                            ("public", "Public log"),
                            ("counter", "Log of the public counter"),
                        ],
                        max_length=8,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("size", models.BigIntegerField(default=0)),
                ("root", models.BinaryField()),
                ("clock_id", models.BigIntegerField(default=0)),
                ("clock_at", models.DateTimeField(null=True)),
                ("anchored_size", models.BigIntegerField(default=0)),
                ("anchored_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="JournalStretch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "log",
                    models.CharField(
                        choices=[
                            ("internal", "Internal log"),
                            ("public", "Public log"),
                            ("counter", "Log of the public counter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("start", models.BigIntegerField()),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "start"), name="journal_one_stretch_a_place"),
                    models.UniqueConstraint(fields=("log", "first_id"), name="journal_one_stretch_a_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalAlarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "log",
                    models.CharField(
                        choices=[
                            ("internal", "Internal log"),
                            ("public", "Public log"),
                            ("counter", "Log of the public counter"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("gap", "Entries are missing or did not come through the door"),
                            ("row", "An entry in the database was changed"),
                            ("root", "Tiles and signed checkpoint do not fit"),
                            ("shrunk", "The journal is older than what was signed"),
                            ("forked", "Two different journals under one key"),
                            ("key", "The signing key is missing or another one"),
                            ("clock", "The clock went backwards"),
                        ],
                        max_length=8,
                    ),
                ),
                ("what", models.TextField()),
                ("where", models.TextField(blank=True)),
                ("then", models.TextField(blank=True)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["log", "code"], name="journal_alarms_open")],
            },
        ),
        migrations.CreateModel(
            name="JournalCheckpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "log",
                    models.CharField(
                        choices=[
                            ("internal", "Internal log"),
                            ("public", "Public log"),
                            ("counter", "Log of the public counter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("signed_at", models.DateTimeField()),
                ("witnessed", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "size"), name="journal_one_checkpoint_a_size")
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "log",
                    models.CharField(
                        choices=[
                            ("internal", "Internal log"),
                            ("public", "Public log"),
                            ("counter", "Log of the public counter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(blank=True, max_length=80)),
                ("at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("body", models.BinaryField()),
                ("leaf_hash", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["log", "id"], name="journal_by_log"),
                    models.Index(
                        condition=models.Q(("subject", ""), _negated=True),
                        fields=["subject", "id"],
                        name="journal_by_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "log",
                    models.CharField(
                        choices=[
                            ("internal", "Internal log"),
                            ("public", "Public log"),
                            ("counter", "Log of the public counter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("slot", models.BigIntegerField()),
                ("appended", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "slot"), name="journal_one_tally_a_slot")
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("commitment", models.CharField(max_length=64)),
                ("value", models.TextField(null=True)),
                ("salt", models.BinaryField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secrets",
                        to="journal.journalentry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "name"), name="journal_one_secret_a_name")
                ],
            },
        ),
    ]
