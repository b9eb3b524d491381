"""The tables of the public culture site."""

import django.db.models.deletion
from django.db import migrations, models

import qingfeng.culture.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organization", "0001_initial"),
    ]

    operations = [
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
                    "kind",
                    models.CharField(
                        choices=[("place", "Place"), ("route", "Route"), ("hall", "Hall")], max_length=8
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("reviewing", "Under review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("thrift", "Thrift"),
                            ("family", "Family precepts"),
                            ("justice", "Justice"),
                            ("diligence", "Diligence"),
                            ("trust", "Keeping one's word"),
                            ("water", "Water and the people"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=120)),
                ("abstract_zh", models.CharField(max_length=120)),
                ("abstract_en", models.CharField(max_length=300)),
                ("text_zh", models.CharField(max_length=800)),
                ("text_en", models.CharField(max_length=3000)),
                ("names_living", models.BooleanField(default=False)),
                ("consent", models.CharField(blank=True, max_length=200)),
                ("next_check_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Manifest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("note", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="AccountViews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(unique=True)),
                ("views", models.PositiveIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-month"],
            },
        ),
        migrations.CreateModel(
            name="BaseMap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_zh", models.CharField(blank=True, max_length=40)),
                ("area_en", models.CharField(blank=True, max_length=60)),
                ("approval", models.CharField(max_length=40)),
                ("credit_zh", models.CharField(max_length=80)),
                ("credit_en", models.CharField(blank=True, max_length=160)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
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
            name="Hall",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="hall",
                        serialize=False,
                        to="culture.entry",
                    ),
                ),
                ("tour", models.JSONField(default=qingfeng.culture.models.no_tour)),
                ("built", models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="place",
                        serialize=False,
                        to="culture.entry",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("person", "Historic person"),
                            ("precept", "Family precept"),
                            ("red_site", "Revolutionary site"),
                            ("village", "Village"),
                            ("hall", "Hall of a unit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("address_zh", models.CharField(blank=True, max_length=80)),
                ("address_en", models.CharField(blank=True, max_length=120)),
                ("opens_at", models.TimeField(blank=True, null=True)),
                ("closes_at", models.TimeField(blank=True, null=True)),
                ("rest_days", models.CharField(blank=True, max_length=7)),
                (
                    "wheelchair",
                    models.CharField(
                        choices=[
                            ("whole", "Everywhere without steps"),
                            ("partly", "Partly without steps"),
                            ("steps", "Steps"),
                        ],
                        default="partly",
                        max_length=8,
                    ),
                ),
                ("contact_zh", models.CharField(blank=True, max_length=60)),
                ("contact_en", models.CharField(blank=True, max_length=120)),
                ("is_closed", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="route",
                        serialize=False,
                        to="culture.entry",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("walk", "On foot"), ("cycle", "By bicycle"), ("bus", "By coach")],
                        default="walk",
                        max_length=6,
                    ),
                ),
                ("audience_zh", models.CharField(blank=True, max_length=60)),
                ("audience_en", models.CharField(blank=True, max_length=120)),
                ("season_zh", models.CharField(blank=True, max_length=40)),
                ("season_en", models.CharField(blank=True, max_length=80)),
                ("office_zh", models.CharField(blank=True, max_length=60)),
                ("office_en", models.CharField(blank=True, max_length=120)),
                ("starts_at", models.TimeField(default="09:00")),
                ("capacity", models.PositiveSmallIntegerField(default=30)),
                ("quiz", models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_on", models.DateField()),
                ("is_right", models.BooleanField()),
                ("note", models.CharField(max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="culture.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Listed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=160)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                (
                    "manifest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="culture.manifest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Medium",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("form", models.CharField(max_length=5)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("picture", "Picture"),
                            ("panorama", "Panorama"),
                            ("audio", "Sound"),
                            ("video", "Film"),
                        ],
                        default="picture",
                        max_length=8,
                    ),
                ),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("seconds", models.PositiveIntegerField(blank=True, null=True)),
                ("alt_zh", models.CharField(blank=True, max_length=120)),
                ("alt_en", models.CharField(blank=True, max_length=300)),
                ("told_zh", models.TextField(blank=True)),
                ("told_en", models.TextField(blank=True)),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "Made by the office itself"),
                            ("cc0", "CC0 1.0"),
                            ("cc_by", "CC BY 4.0"),
                            ("cc_by_sa", "CC BY-SA 4.0"),
                            ("public", "In the public domain"),
                            ("permit", "Written permission of the author"),
                        ],
                        max_length=10,
                    ),
                ),
                ("author", models.CharField(blank=True, max_length=80)),
                ("shows_living", models.BooleanField(default=False)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="media", to="culture.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["no", "pk"],
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
                ("on", models.DateField()),
                ("score", models.PositiveSmallIntegerField()),
                ("text", models.CharField(blank=True, max_length=300)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="culture.entry",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("capacity", models.PositiveSmallIntegerField()),
                ("guide", models.CharField(blank=True, max_length=40)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="culture.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=14, unique=True)),
                ("group", models.CharField(max_length=60)),
                ("heads", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("cancelled", "Cancelled by the group"),
                            ("came", "Was there"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=200)),
                ("came", models.PositiveSmallIntegerField(null=True)),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="culture.slot",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField(default=1)),
                ("title", models.CharField(max_length=160)),
                ("where", models.CharField(blank=True, max_length=80)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="culture.entry",
                    ),
                ),
            ],
            options={
                "ordering": ["no", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("what", models.CharField(max_length=150)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("on", "what"), name="culture_one_tally_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="culture.entry",
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
                "ordering": ["-no"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("proof_1", "First proof"),
                            ("proof_2", "Second proof"),
                            ("proof_3", "Third proof"),
                            ("review_1", "First review"),
                            ("review_2", "Second review"),
                            ("review_3", "Final review"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("passed", models.BooleanField()),
                ("remark", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="culture.version",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_live", models.BooleanField(default=True)),
                ("number", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=8)),
                ("slug", models.SlugField(max_length=60)),
                ("category", models.CharField(blank=True, max_length=10)),
                ("theme", models.CharField(max_length=12)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=120)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("sought", models.TextField()),
                ("pictures", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why_zh", models.CharField(blank=True, max_length=300)),
                ("withdrawn_why_en", models.CharField(blank=True, max_length=600)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="culture.entry",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="culture.version",
                    ),
                ),
            ],
            options={
                "ordering": ["name_zh", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField(default=20)),
                ("guide_zh", models.CharField(blank=True, max_length=300)),
                ("guide_en", models.CharField(blank=True, max_length=900)),
                ("leg_km", models.FloatField(blank=True, null=True)),
                ("leg_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="culture.place"
                    ),
                ),
            ],
            options={
                "ordering": ["no"],
            },
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("lon__range", (-180, 180)), ("lat__range", (-85, 85))),
                name="culture_place_on_earth",
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="route",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="culture.route"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "state", "slug"], name="culture_ent_kind_5a6c06_idx"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["next_check_on"], name="culture_ent_next_ch_944b56_idx"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                fields=("entry", "starts_at"), name="culture_one_slot_an_hour"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("entry", "no"), name="culture_one_version_a_number"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("version", "step"), name="culture_one_signature_a_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("version", "by"), name="culture_six_signatures_six_people"
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["is_live", "kind", "name_zh"], name="culture_pub_is_live_1786ff_idx"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True)), fields=("entry",), name="culture_one_live_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(fields=("route", "place"), name="culture_stop_once_a_route"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(fields=("route", "no"), name="culture_one_stop_a_turn"),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
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
            name="Writing",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="writing",
                        serialize=False,
                        to="culture.batch",
                    ),
                ),
                ("doing", models.CharField(blank=True, max_length=5)),
                ("base", models.CharField(blank=True, max_length=64)),
                ("datum", models.CharField(blank=True, max_length=6)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
                ("told", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("after", models.CharField(max_length=64)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="culture.batch"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="culture.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wanted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=8)),
                ("at", models.JSONField(default=list)),
                ("words", models.JSONField(default=dict)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wanted", to="culture.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["no", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "name"), name="culture_wanted_once")
                ],
            },
        ),
    ]
