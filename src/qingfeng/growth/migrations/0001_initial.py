"""The tables of growth files and of the youth society."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0001_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrowthFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wrapped", models.BinaryField()),
                ("own", models.BinaryField(default=b"")),
                ("begun_on", models.DateField()),
                ("entries_of_journal", models.JSONField(default=list)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
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
                            ("taught", "Courses taught"),
                            ("attended", "Courses attended"),
                            ("activity", "Activities and hours"),
                            ("paper", "Papers and lectures"),
                            ("tool", "Tools and methods"),
                            ("exchange", "Posts and exchanges"),
                            ("evaluation", "Own results of evaluation"),
                            ("study", "Study and everything else"),
                            ("aim", "What I want to learn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("sealed", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="growth.growthfile",
                    ),
                ),
            ],
            options={
                "ordering": ("part", "-on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Attached",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named", models.BinaryField()),
                ("sealed", models.BinaryField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attached",
                        to="growth.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_on", models.DateField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ("joined_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("aims", models.TextField(max_length=1000, verbose_name="aims of the year")),
                ("approved_on", models.DateField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Share",
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
                            ("taught", "Courses taught"),
                            ("attended", "Courses attended"),
                            ("activity", "Activities and hours"),
                            ("paper", "Papers and lectures"),
                            ("tool", "Tools and methods"),
                            ("exchange", "Posts and exchanges"),
                            ("evaluation", "Own results of evaluation"),
                            ("study", "Study and everything else"),
                            ("aim", "What I want to learn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_on", models.DateField()),
                ("until_on", models.DateField(verbose_name="last day")),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="growth.growthfile",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="growth.share",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Office",
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
                            ("chair", "Chair"),
                            ("vice", "Vice chair"),
                            ("secretary", "Secretary"),
                            ("carrier", "Carries a line"),
                        ],
                        max_length=9,
                        verbose_name="role",
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("practice", "Practice"),
                            ("lecture", "Lecture"),
                            ("volunteer", "Volunteering"),
                            ("grassroots", "Grassroots"),
                        ],
                        max_length=10,
                        verbose_name="line",
                    ),
                ),
                ("offered_on", models.DateField()),
                ("taken_on", models.DateField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offices",
                        to="growth.member",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ("key", "line", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("member", "key", "line"), name="a_role_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key", "carrier"), ("line", ""), _connector="XOR"),
                        name="who_carries_a_line_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Planned",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        choices=[
                            ("practice", "Practice"),
                            ("lecture", "Lecture"),
                            ("volunteer", "Volunteering"),
                            ("grassroots", "Grassroots"),
                        ],
                        max_length=10,
                        verbose_name="line",
                    ),
                ),
                ("month", models.PositiveSmallIntegerField(verbose_name="month")),
                ("what", models.CharField(max_length=120, verbose_name="what is done")),
                ("hours", models.PositiveIntegerField(verbose_name="planned hours")),
                (
                    "cost",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="planned cost"),
                ),
                ("added_on", models.DateField()),
                (
                    "matter",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="planned", to="growth.plan"
                    ),
                ),
            ],
            options={
                "ordering": ("month", "line", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__range", (1, 12))), name="a_month_of_the_year"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)),
                fields=("file", "part", "reader"),
                name="a_part_shared_once",
            ),
        ),
    ]
