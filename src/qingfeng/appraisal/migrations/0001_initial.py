"""The tables of appraisal: rounds, ballots and forms by name; schemes, sheets, scores and the daily record."""

from decimal import Decimal

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rated",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("post", models.CharField(max_length=60)),
                (
                    "level",
                    models.CharField(
                        choices=[("middle", "Heads of departments"), ("staff", "Staff")], max_length=6
                    ),
                ),
                ("result", models.JSONField(null=True)),
                ("missing_because", models.CharField(blank=True, max_length=300)),
                ("answer_until", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("unit__path", "level", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be read"),
                            ("shown", "Shown to the person"),
                            ("withheld", "Withheld: a personal attack"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "rated",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="appraisal.rated",
                    ),
                ),
            ],
            options={
                "ordering": ("text",),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True)),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("open", "Being filled in"),
                            ("closed", "Results and talks"),
                            ("finished", "Finished"),
                        ],
                        default="drafted",
                        max_length=8,
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("until_on", models.DateField(verbose_name="last day")),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("finished_on", models.DateField(null=True)),
                ("keys_digest", models.CharField(blank=True, max_length=64)),
                ("board", models.JSONField(null=True)),
                ("reminded_on", models.DateField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                ("units", models.ManyToManyField(related_name="+", to="organization.unit")),
            ],
            options={
                "ordering": ("-from_on", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="rated",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rated", to="appraisal.round"
            ),
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("self", "Own evaluation"),
                            ("peer", "Colleagues"),
                            ("leader", "Head"),
                            ("democratic", "Democratic evaluation"),
                            ("organisation", "Organisation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("weight", models.PositiveSmallIntegerField()),
                ("dimensions", models.JSONField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forms",
                        to="appraisal.round",
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_force", "In force"), ("replaced", "Replaced")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("rule_made", models.CharField(blank=True, max_length=60)),
                ("periods", models.JSONField()),
                ("bonus_max", models.PositiveSmallIntegerField(default=5)),
                ("deduction_max", models.PositiveSmallIntegerField(default=10)),
                ("vetoes", models.JSONField(default=list)),
                ("limits", models.JSONField(default=dict)),
                ("quota", models.PositiveSmallIntegerField(default=20)),
                ("trial", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("forced_on", models.DateField(null=True)),
                (
                    "forced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
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
            ],
            options={
                "ordering": ("-year", "-version"),
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("key", models.SlugField(max_length=40)),
                ("name_zh", models.CharField(max_length=60, verbose_name="name in Chinese")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                (
                    "of",
                    models.CharField(
                        choices=[("person", "People"), ("unit", "Rooms and teams")], max_length=6
                    ),
                ),
                ("classes", models.JSONField(blank=True, default=list)),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("daily", "Daily record"),
                            ("quarter", "Each quarter"),
                            ("half", "Half-year summary"),
                            ("year", "Year"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "by",
                    models.CharField(choices=[("formula", "Formula"), ("judged", "Judged")], max_length=8),
                ),
                ("formula", models.CharField(blank=True, max_length=200)),
                ("most", models.DecimalField(decimal_places=2, max_digits=6)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="appraisal.scheme",
                    ),
                ),
            ],
            options={
                "ordering": ("place", "pk"),
            },
        ),
        migrations.CreateModel(
            name="BoardOfPoints",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("middle", "Heads of departments"),
                            ("staff", "Staff"),
                            ("room", "Internal room"),
                            ("resident", "Resident team"),
                            ("township", "Township commission"),
                            ("inspection", "Inspection team"),
                            ("enterprise", "Discipline office of an enterprise"),
                        ],
                        max_length=10,
                    ),
                ),
                ("told", models.JSONField()),
                ("made_on", models.DateField()),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boards",
                        to="appraisal.scheme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("middle", "Heads of departments"),
                            ("staff", "Staff"),
                            ("room", "Internal room"),
                            ("resident", "Resident team"),
                            ("township", "Township commission"),
                            ("inspection", "Inspection team"),
                            ("enterprise", "Discipline office of an enterprise"),
                        ],
                        max_length=10,
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("final_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="appraisal.scheme",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("unit__path", "kind", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("daily", "Daily record"),
                            ("q1", "First quarter"),
                            ("q2", "Second quarter"),
                            ("q3", "Third quarter"),
                            ("q4", "Fourth quarter"),
                            ("half", "Half-year summary"),
                            ("year", "Year"),
                        ],
                        max_length=5,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("value", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                (
                    "inputs",
                    models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("evidence", models.JSONField(default=list)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="appraisal.indicator",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="appraisal.scoresheet",
                    ),
                ),
            ],
            options={
                "ordering": ("indicator__place", "period", "version", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being examined"),
                            ("signed", "Signed by one"),
                            ("settled", "Signed by two"),
                            ("dropped", "Left"),
                        ],
                        default="draft",
                        max_length=7,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=300)),
                ("judged", models.JSONField(default=list)),
                ("struck", models.JSONField(default=list)),
                ("total", models.JSONField(null=True)),
                ("begun_on", models.DateField()),
                ("settled_on", models.DateField(null=True)),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="appraisal.scoresheet",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("daily", "Daily record"),
                            ("q1", "First quarter"),
                            ("q2", "Second quarter"),
                            ("q3", "Third quarter"),
                            ("q4", "Fourth quarter"),
                            ("half", "Half-year summary"),
                            ("year", "Year"),
                        ],
                        max_length=5,
                    ),
                ),
                ("statement", models.TextField(blank=True)),
                ("handed_on", models.DateField(null=True)),
                ("unsaid_because", models.CharField(blank=True, max_length=200)),
                ("closed_on", models.DateField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="appraisal.scoresheet",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("bonus", "Bonus"), ("deduction", "Deduction"), ("veto", "Veto")],
                        max_length=9,
                    ),
                ),
                ("points", models.DecimalField(decimal_places=2, default=Decimal(0), max_digits=6)),
                ("veto", models.CharField(blank=True, max_length=40)),
                ("why", models.CharField(max_length=300)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                ("journal_seq", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("standing", "Counts"), ("declined", "Declined")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("until_version", models.PositiveSmallIntegerField(null=True)),
                ("struck_because", models.CharField(blank=True, max_length=300)),
                ("proposed_on", models.DateField()),
                ("decided_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="appraisal.scoresheet",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Settled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("total", models.JSONField()),
                ("because", models.CharField(blank=True, max_length=300)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
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
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settled",
                        to="appraisal.scoresheet",
                    ),
                ),
            ],
            options={
                "ordering": ("version",),
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("self", "Own evaluation"),
                            ("peer", "Colleagues"),
                            ("leader", "Head"),
                            ("democratic", "Democratic evaluation"),
                            ("organisation", "Organisation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("scores", models.JSONField(default=dict)),
                ("text", models.TextField(blank=True)),
                ("handed_on", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "rated",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="appraisal.rated",
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ("form", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Slate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("self", "Own evaluation"),
                            ("peer", "Colleagues"),
                            ("leader", "Head"),
                            ("democratic", "Democratic evaluation"),
                            ("organisation", "Organisation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("people", models.JSONField()),
                ("public", models.TextField(blank=True)),
                ("secret", models.BinaryField(default=b"")),
                ("on_paper", models.BooleanField(default=False)),
                ("widened", models.BooleanField(default=False)),
                ("entered", models.PositiveIntegerField(default=0)),
                ("cast", models.PositiveIntegerField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slates",
                        to="appraisal.round",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("form", "unit__path", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not yet taken"), ("token", "Taken"), ("paper", "Paper handed out")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("blinded", models.CharField(blank=True, max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "slate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dues", to="appraisal.slate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ballots", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("spent", models.JSONField(default=list)),
                (
                    "slate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="box", to="appraisal.slate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("strengths", models.TextField(verbose_name="strengths")),
                ("fits", models.TextField(verbose_name="what the person would fit")),
                ("made_on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "rated",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestion",
                        to="appraisal.rated",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                ("said", models.TextField(verbose_name="what was said")),
                ("agreed", models.TextField(blank=True, verbose_name="what was agreed")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "rated",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="talk", to="appraisal.rated"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Daily",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("work", models.CharField(max_length=200, verbose_name="work")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "In the lead"), ("shared", "With others"), ("helped", "Helped")],
                        default="lead",
                        max_length=6,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=200)),
                ("matter", models.CharField(blank=True, max_length=60)),
                ("written_on", models.DateField()),
                ("check_until", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be checked"),
                            ("checked", "Checked"),
                            ("returned", "Sent back"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("checked_on", models.DateField(null=True)),
                ("remark", models.CharField(blank=True, max_length=200)),
                ("reminded_on", models.DateField(null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "-pk"),
                "indexes": [
                    models.Index(fields=["person", "day"], name="daily_by_person"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["check_until"],
                        name="daily_by_check",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierPoints",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=6)),
                ("grade", models.CharField(blank=True, max_length=10)),
                ("kept_on", models.DateField()),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("-year", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True), ("unit__isnull", True), _connector="XOR"
                        ),
                        name="an_earlier_person_or_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("year", "person"),
                        name="one_earlier_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("year", "unit"),
                        name="one_earlier_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Roll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until_on", models.DateField(null=True)),
                ("because", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rolls",
                        to="appraisal.round",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "person"), name="once_on_a_roll")],
            },
        ),
        migrations.AddConstraint(
            model_name="rated",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("round", "key"), name="a_form_of_a_key"),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.UniqueConstraint(fields=("year", "version"), name="one_version_of_a_scheme"),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")), fields=("year",), name="one_scheme_in_force_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("scheme", "key"), name="one_indicator_of_a_key"),
        ),
        migrations.AddConstraint(
            model_name="boardofpoints",
            constraint=models.UniqueConstraint(fields=("scheme", "kind"), name="one_board_a_class"),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("scheme", "person"),
                name="one_sheet_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", True)),
                fields=("scheme", "unit"),
                name="one_sheet_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                condition=models.Q(("by__isnull", False)),
                fields=("sheet", "indicator", "period", "version", "by"),
                name="one_judgement_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                condition=models.Q(("by__isnull", True)),
                fields=("sheet", "indicator", "period", "version"),
                name="one_reading_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "signed"))),
                fields=("sheet",),
                name="one_open_review_a_sheet",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_by", models.F("second_by")), _negated=True),
                name="a_review_is_signed_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(fields=("sheet", "period"), name="one_part_a_period"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("of", "bonus"), ("journal_seq__isnull", False), _connector="OR"),
                name="a_deduction_cites_its_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="settled",
            constraint=models.UniqueConstraint(fields=("sheet", "version"), name="one_result_a_version"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("rated", "form", "by"), name="one_sheet_each"),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.UniqueConstraint(fields=("slate", "person"), name="one_ballot_each"),
        ),
    ]
