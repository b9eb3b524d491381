"""A house at work for walks: people at their browsers, a matter that says a secret, one of each thing."""

from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from a_paper_of_mine import PAPER
from django.test import Client
from django.utils import timezone

SECRET = "乌桕霜红"  # noqa: S105 - a word that a matter says and nobody else
SOURCE = "霜降时据举报核对"  # what a line of that matter says, and no file may say
OWN = "芦荻"  # what people say in registers of their own
AGO = 66
NOBODY = "nobody"


class Site:
    """The sample office with a directive whose every text says the secret."""

    def __init__(self, office):
        self.office = office
        self.scenery = self.scene()
        self.matter = self._directive()
        self.other = self._plain()
        self.merged = self._merged()
        self._sign_first()
        self.things = self._things()

    @cached_property
    def people(self):
        """Sign-in name → account, of everybody who walks; two without a sample sign-in among them."""
        from qingfeng.organization.sample import _data

        names = [row[5] for row in _data()["people"]["rows"] if row[5]]
        found = {name: self.office.accounts[name] for name in names}
        return {**found, "named": self._account("Y0702"), "contact_of_another": self._account("W0202")}

    def _account(self, number):
        from qingfeng.organization.accounts import open_account
        from qingfeng.organization.models import Account

        person = self.office.people[number]
        found = Account.objects.filter(person=person).first()
        return found or open_account(person, f"at-{number.lower()}", by=None, prepared="!")[0]

    def viewer(self, name):
        """Somebody as the kernel sees them."""
        from qingfeng.organization.viewer import viewer_for

        return viewer_for(self.people[name].person)

    def browser(self, name, language="zh-hans"):
        """Somebody signed in; `nobody` is not."""
        client = Client(raise_request_exception=False)
        client.cookies["django_language"] = language
        if name != NOBODY:
            client.force_login(self.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def scene(self, ago=AGO):
        """The place of stories that began so many days ago, whose papers say the secret."""
        from qingfeng.documents.attachments import keep
        from qingfeng.mechanisms import sampling
        from qingfeng.mechanisms.cast import PEOPLE, UNITS
        from qingfeng.organization.models import Account

        def attach(name, by):
            account = Account.objects.filter(person=by).first() or self._account(by.number)
            return keep(PAPER, f"{SECRET}-{name}", by=account).pk

        return sampling.Scene(
            base=timezone.localdate() - timedelta(days=ago),
            person=lambda key: self.office.people[PEOPLE[key]],
            unit=lambda key: self.office.units[UNITS[key]],
            attach=attach,
        )

    def _directive(self):
        """A directive that was reported, sent back and mended."""
        from qingfeng.documents.slips import render
        from qingfeng.matters import keeping
        from qingfeng.matters.answers import Done
        from qingfeng.matters.door import perform
        from qingfeng.mechanisms import sampling

        steps = sampling.cases("directive")["closing"]["steps"]
        until = [no for no, step in enumerate(steps) if step["act"] == "report"][1]
        matter = sampling.play("directive", "closing", self.scenery, steps=until, title=f"{SECRET}专项督办")
        words = {"matter": f"{SECRET}：反映的事项。", "requirement": f"{SECRET}：查清。"}
        principal = self.viewer("principal")
        corrected = keeping.correct(matter, 1, words, by=principal, reason=f"{SECRET}，登记有误")
        assert isinstance(corrected, Done), corrected
        today = timezone.localdate().isoformat()
        line = {"on": today, "what": f"{SECRET}：到场核对，{SOURCE}。", "next": f"{SECRET}：汇总。"}
        noted = perform(
            "note_progress", corrected.matter, by=self.viewer("named"), lines={"progress": [line]}
        )
        assert isinstance(noted, Done), noted
        for one in noted.matter.slips.all():
            render(one.slip, proof=None)
        return noted.matter

    def _sign_first(self):
        """Let the report of the first matter wait for its second signature."""
        from qingfeng.matters.answers import Waiting
        from qingfeng.matters.door import perform
        from qingfeng.mechanisms import sampling

        steps = sampling.cases("directive")["closing"]["steps"]
        report = next(step for step in steps if step["act"] == "report")
        facts = self.scenery.meant(report["facts"], self.people["named"].person)
        facts |= {"facts_found": f"{SECRET}：已查清。"}
        waiting = perform("report", self.matter, by=self.viewer("named"), facts=facts)
        assert isinstance(waiting, Waiting), waiting
        self.matter.refresh_from_db()

    def _merged(self):
        """A third one that was merged into the first, with a link from the second to it."""
        from qingfeng.matters import keeping
        from qingfeng.matters.answers import Done
        from qingfeng.mechanisms import sampling

        principal = self.viewer("principal")
        third = sampling.play("directive", "objected", self.scene(9), steps=1)
        for done in (
            keeping.merge(third, self.matter, by=principal, reason="同一事项"),
            keeping.link(self.other, self.matter, "leads_to", by=principal, reason="有关联"),
        ):
            assert isinstance(done, Done), done
        third.refresh_from_db()
        return third

    def _plain(self):
        """A directive of the same room that says nothing of the kind."""
        from qingfeng.mechanisms import sampling

        return sampling.play("directive", "objected", self.scene(10), steps=2)

    def _things(self):
        """One of each thing that an address names, by the name of the address."""
        from qingfeng.desk.models import LargeExport
        from qingfeng.documents.templates import default_keys
        from qingfeng.journal.models import JournalAlarm, JournalEntry
        from qingfeng.matters import guarding, meetings
        from qingfeng.matters.models import TakeoverBatch
        from qingfeng.organization.models import Intake, Relation, StandIn

        now, today = timezone.now(), timezone.localdate()
        principal, person = self.viewer("principal"), self.people["handler"].person
        glass = guarding.break_glass(
            self.matter.number, f"{OWN}，情况紧急需要核对", by=self.viewer("dept_head")
        )
        spoke = guarding.register_interference(
            by=principal,
            about=f"{OWN}一事",
            who="某人",
            what=f"{OWN}打听",
            happened_on=today,
            matter=self.matter,
        )
        met = meetings.call_meeting(
            by=principal, name=f"{OWN}会议", held_on=today, chair=person, agenda=[(self.matter, "approve")]
        )
        batch = TakeoverBatch.objects.create(
            mechanism="directive",
            file_name="旧台账.xlsx",
            sha256="0" * 64,
            by=self.people["registrar"].person,
            at=now,
        )
        intake = Intake.objects.create(file_name="单位.xlsx", digest="0" * 64, rows=[], read_at=now)
        stand_in = StandIn.objects.create(
            principal=self.people["dept_head"].person, stand_in=person, kinds=["notice"], from_on=today,
            until_on=today + timedelta(days=2), reason="出差", approved_by=self.people["principal"].person,
        )  # fmt: skip
        export = LargeExport.objects.create(
            account=self.people["handler"], kind="directive", form="csv", language="zh-hans", rows=9,
            asked_at=now,
        )  # fmt: skip
        alarm = JournalAlarm.objects.create(log="internal", code="gap", what="x", first_at=now, last_at=now)
        post = person.posts.get()
        return {
            "glass": glass, "interference": spoke, "meeting": met, "batch": batch, "intake": intake,
            "stand_in": stand_in, "alarm": alarm, "export": export,
            "entry": JournalEntry.objects.order_by("pk").first(),
            "account": self.people["handler"], "post": post, "role": post.roles.first(), "person": person,
            "unit": self.office.units["党风室"], "relation": Relation.objects.filter(person=person).first(),
            "wording": default_keys()[0], "setting": "matters.last_day_moves", **self._found(),
            "pack": self._pack(), "typed": self._typed(), **self._sent(self._asked()), **self._brought(),
            "letter": self._letter(), "campaign": self._campaign(), "returned": self._returned(),
            "quiz": self._quiz(), "round": self._round(), "large_takeover": self._large_takeover(),
            "correspondent": self._correspondent(), "assessed": self._assessed(),
            "own_words": self._own_words(),
        }  # fmt: skip

    def _correspondent(self):
        """Somebody whom we exchange packages with: one went out, and something that came was not taken in."""
        from nacl.utils import random

        from qingfeng.exchange import correspondents, outgoing, own
        from qingfeng.exchange.models import Incoming, Received
        from qingfeng.sealing import boxes
        from qingfeng.sealing.cards import Card, public_of

        card = Card("江淮省纪委监委", public_of(random(32)), boxes.new_pair()[1])
        keys = correspondents.add(card, kind="superior", by="account:1")
        correspondents.confirm(keys, by="account:2", heard=card.fingerprint)
        own.make("office", "云水区纪委监委", by="house")
        outgoing.queue(keys.correspondent, "directive_signed", {"reason": SECRET}, key="a")
        sent = outgoing.export(keys.correspondent)
        now = timezone.now()
        came = Received.objects.create(
            end="office",
            stream=sent.stream,
            number=1,
            digest="0" * 64,
            size=9,
            state="taken",
            came_at=now,
            last_at=now,
        )
        failed = Incoming.objects.create(received=came, key="0", kind="directive", state="failed", what="x")
        refused = Received.objects.create(
            end="office",
            digest="1" * 64,
            size=9,
            state="refused",
            what="x",
            then="y",
            came_at=now,
            last_at=now,
        )
        told = {"number": sent.number, "failed": failed.pk, "refused": refused.pk}
        return {"pk": keys.correspondent_id, "keys": keys.pk, **told}

    def _large_takeover(self):
        """A workbook of many old matters that the worker has read."""
        from qingfeng.desk.models import LargeTakeover
        from qingfeng.documents.attachments import keep

        account = self.people["registrar"]
        return LargeTakeover.objects.create(
            account=account, kind="directive", attachment=keep(PAPER, f"{OWN}.pdf", by=account),
            language="zh-hans", state="read", rows=3, fits=2, asked_at=timezone.now(),
        )  # fmt: skip

    def _campaign(self):
        """A campaign whose topic was chosen."""
        from qingfeng.mechanisms import sampling

        return sampling.play("campaign", "closed", self.scene(6), steps=0)

    def _found(self):
        """A lead that nobody has been given, an exception that waits, a draw that waits."""
        from qingfeng.findings import exceptions
        from qingfeng.findings.models import Draw, Lead, Screening

        now, today = timezone.now(), timezone.localdate()
        screening = Screening.objects.create(run="0" * 16, snapshot="0" * 64, at=now)
        unit = self.office.units["区水务局"]
        lead = Lead.objects.create(
            key="a" * 16, title="节假日加油", rule="fuel_holiday", rules=["fuel_holiday"], tier="B",
            watch="vehicle", colour="blue", points=35, factor=1, weight="0.6", subject_kind="plate",
            subject_key="苏M00001", unit=unit, unit_name=unit.name, at=now, month=today.replace(day=1),
            snapshot="0" * 64, first_seen=screening, last_seen=screening, first_seen_at=now,
        )  # fmt: skip
        lead.findings.create(
            place=0, rule=lead.rule, title=lead.title, tier="B", version="sha256:0", message="待核",
            evidence=[{"table": "fuel", "file": "2026.csv", "sheet": None, "row": 2}],
        )  # fmt: skip
        made = exceptions.propose(
            lead, by=self.viewer("analyst"), reason="应急保障用车", until_on=today + timedelta(days=30)
        )
        draw = Draw.objects.create(
            week_on="2026-03-02", share=5, count=1, population=[lead.key], digest="0" * 64, asked_at=now,
            after_size=0,
        )  # fmt: skip
        return {"lead": lead, "exception": made, "draw": draw, "own_rule": self._own_rule()}

    def _own_rule(self):
        """A rule of the district that nobody has tried yet."""
        from qingfeng.desk.patterns import example
        from qingfeng.findings.own_rules import Draft, write

        draft = Draft("d_fuel_dear_fill", example.RULE, example.CASES, "规律卡所述手法。")
        return write(draft, by=self.viewer("analyst")).own

    def _number(self):
        """The number of a document that is in use."""
        from qingfeng.documents.models import Number

        return Number.objects.filter(kind__startswith="slip:", voided_at=None).first()

    def _counter(self):
        """Its series."""
        from qingfeng.documents.models import Counter

        number = self._number()
        return Counter.objects.get(code=number.code, kind=number.kind, year=number.year)

    def _own_words(self):
        """A change of own words that is in force and changes nothing."""
        from qingfeng.matters.word_models import OwnWords

        by = self.people["system_admin"]
        return OwnWords.objects.create(
            kind="directive", asked_by=by, asked_at=timezone.now(), state="in_force"
        )

    def _brought(self):
        """A delivery that was looked at, a screening that waits, an order to delete."""
        from qingfeng.findings.models import Delivery, Forgetting, Job, WatchedFolder

        now, analyst = timezone.now(), self.people["analyst"].person
        sheet = {
            "no": 0, "file": "a.csv", "sheet": None, "table": "", "why": [], "columns": [], "dropped": [],
            "header_rows": [],
        }  # fmt: skip
        delivery = Delivery.objects.create(
            name="到数", state="ready", by=analyst, made_at=now, explained={"sheets": [sheet]}
        )
        return {
            "delivery": delivery, "delivered": delivery.files.create(path="a.csv", size=1),
            "job": Job.objects.create(kind="screen", asked_by=analyst, asked_at=now),
            "forgetting": Forgetting.objects.create(
                table="fuel", under="到期", asked_by=analyst, asked_at=now
            ),
            "watched": WatchedFolder.objects.create(name="any", by=analyst, made_at=now),
        }  # fmt: skip

    def _pack(self):
        """A pack of tasks that two verifiers took along."""
        from qingfeng.desk.packs import leaving
        from qingfeng.desk.packs.contents import Task
        from qingfeng.desk.packs.verification import tasks_of
        from qingfeng.mechanisms import sampling

        steps = sampling.cases("verification")["partly"]["steps"]
        until = next(no for no, step in enumerate(steps, 1) if step["act"] == "set_task")
        matter = sampling.play("verification", "partly", self.scene(6), steps=until)
        line = tasks_of(matter)[0]
        task = Task(line.no, line.kind, line.purpose, line.authority, line.where, line.when)
        return leaving.take_along(
            matter,
            [task],
            by=self.viewer("handler"),
            carriers=(self.people["handler"].person, self.people["handler2"].person),
            expires_on=timezone.localdate() + timedelta(days=7),
            sources=[],
        )

    def _letter(self):
        """A letter of recommendation that was delivered."""
        from qingfeng.mechanisms import sampling

        steps = sampling.cases("recommendation")["closed"]["steps"]
        until = next(no for no, step in enumerate(steps, 1) if step["act"] == "deliver")
        return sampling.play("recommendation", "closed", self.scene(30), steps=until)

    def _returned(self):
        """A return of a year that is counted, and nobody has signed."""
        from qingfeng.desk.returns import computing, keeping
        from qingfeng.desk.returns.definitions import Row, Said

        said = Said("事项年报", "year", ("this",), (Row("opened", measure="matters.opened", each="kind"),))
        definition = keeping.define("walked", said, by=self.viewer("analyst"))
        made = keeping.ask(definition, "2026", by=self.viewer("analyst"))
        computing.count.call(made.pk)
        made.refresh_from_db()
        return made

    def _asked(self):
        """A data request that waits for the audit office."""
        from qingfeng.mechanisms import sampling

        return sampling.play("data_request", "single", self.scene(9))

    def _sent(self, asked):
        """A file that its contact has begun to send for it."""
        from qingfeng.findings.models import Delivery

        partner = self.people["partner"].person
        begun = Delivery.objects.create(name="到数", request=asked, by=partner, made_at=timezone.now())
        return {"asked": asked, "sent": begun.files.create(path="b.csv", size=1)}

    def _typed(self):
        """A sheet that the analyst types beside its scan."""
        from qingfeng.desk.typing.models import TypedSheet
        from qingfeng.documents.attachments import keep

        scan = keep(PAPER, "接待清单.pdf", by=self.people["analyst"])
        return TypedSheet.objects.create(
            name="接待清单", scan=scan, table="reception", columns=["date", "guests"],
            by=self.people["analyst"].person, made_at=timezone.now(),
        )  # fmt: skip

    def address(self, name, parts, matter=None):
        """The address of a name, with the parts it needs filled in."""
        from django.urls import reverse

        return (
            reverse(name, kwargs=self._parts(name, parts, matter or self.matter)) if parts else reverse(name)
        )

    def _by_prefix(self, name):
        """Parts of addresses that begin so."""
        things = self.things
        return {
            "desk:meeting": {"pk": things["meeting"].pk, "no": 0},
            "desk:lead": {"key": things["lead"].key},
            "desk:packages": things["correspondent"],
            "desk:pack": {"code": things["pack"].code, "verification": things["pack"].matter.slug},
            "desk:delivering_": {"asking": things["asked"].slug, "no": things["sent"].pk},
            "desk:typing": {"pk": things["typed"].pk},
            "desk:letter_": {"letter": things["letter"].slug},
            "desk:campaign_": {"campaign": things["campaign"].slug, "figure": "hits"},
            "desk:records": self._of_records(name),
            "desk:own_rules": {"rule": "fuel_over_tank_single"},
            "desk:own_rule": {"rule": things["own_rule"].rule, "way": "try"},
            "desk:own_words": {"pk": things["own_words"].pk},
            "desk:large_export": {"pk": things["export"].pk},
            "desk:return": {"key": "walked", "edition": things["returned"].slug, "way": "sign"},
            "desk:exception": {"pk": things["exception"].pk, "way": "approve"},
            "desk:field": {"area": "conduct"},
            "desk:goal_serve": {"slug": self._goal().slug},
            "desk:petition_alike": {"slug": self._petition().slug},
            "public:yearly": {"year": 2001},
            "desk:goals_table": {"form": "xlsx"},
            "desk:report_": {"report": "2026-1", "pk": 0, "no": 1},
            "desk:key_": {"pk": 0},
            "counter:": {"lang": "zh"},
            "desk:culture_": {"digest": "0" * 64, "form": "jpg", "no": 1},
            "desk:hall": {
                "digest": "0" * 64,
                "kind": "panorama",
                "key": "a",
                "no": 1,
                "part": "base",
                "room": "a",
                "spot": "a",
            },
            "desk:growth_": {"pk": 0, "form": "json", "attached": 0},
            "desk:society_": {"pk": 0},
            "desk:appraisal": self._of_a_round(),
            "desk:ballot": self._of_a_round(),
            "desk:points": self._of_points(name),
            "desk:quiz_answer": {"code": self._code_of_a_quiz()},
        }

    def _petition(self):
        """A petition that was just registered; opened at the first question."""
        from qingfeng.mechanisms import sampling

        if "petition" not in self.things:
            self.things["petition"] = sampling.play("petition", "registered", self.scene(2), steps=0)
        return self.things["petition"]

    def _goal(self):
        """A goal that is being proposed; set at the first question."""
        from qingfeng.mechanisms import sampling

        if "goal" not in self.things:
            self.things["goal"] = sampling.play("goal", "reached", self.scene(30), steps=0)
        return self.things["goal"]

    def _round(self):
        """A round of evaluation that is being filled in."""
        from qingfeng.appraisal import defaults, rounds

        today, unit = timezone.localdate(), self.office.units["党风室"].pk
        until = today + timedelta(days=9)
        planned = rounds.Planned("年度五评", today, until, (unit,), tuple(defaults.forms()))
        made = rounds.draft(planned, by=self.people["evaluator"].person_id)
        rounds.open_round(made, by=self.people["principal"].person_id)
        return made

    def _of_a_round(self):
        made, number = self.things["round"], self.people["handler"].person.number
        return {"code": made.code, "pk": made.slates.first().pk, "number": number, "form": "self"}

    def _assessed(self):
        """A year under assessment: a scheme in force, a draft, the handler's sheet, entry and mark."""
        from qingfeng.appraisal.points import dailies, marks, schemes, sheets, trial

        today, by = timezone.localdate(), self.people["evaluator"].person_id
        scheme = schemes.draft(today.year, "年度考核办法", by=by)
        trial.run(scheme, by=by)
        schemes.put_in_force(scheme, by=self.people["principal"].person_id)
        sheets.lay_out(scheme, by=by)
        sheet = scheme.sheets.get(person=self.people["handler"].person_id)
        said = marks.Proposed("bonus", "牵头完成专项核查", Decimal(1), evidence="办结报告")
        return {
            "scheme": scheme, "sheet": sheet, "draft": schemes.draft(today.year + 1, "下年度办法", by=by),
            "daily": dailies.write(self.viewer("handler"), dailies.Written(today, "核对台账")),
            "mark": marks.propose(sheet, said, by=by),
        }  # fmt: skip

    def _of_points(self, name):
        if not name.startswith("desk:points"):
            return {}
        thing = {
            "daily": "daily", "take": "daily", "decide": "mark", "answer": "mark",
            "scheme": "scheme", "do": "scheme", "board": "scheme", "change": "draft", "indicator": "draft",
            "replay": "scheme",
        }.get(name.removeprefix("desk:points").strip("_").partition("_")[0], "sheet")  # fmt: skip
        return {"pk": self.things["assessed"][thing].pk, "period": "q1"}

    def _quiz(self):
        """A quiz that is being answered."""
        from qingfeng.mechanisms import sampling

        steps = [step["act"] for step in sampling.cases("quiz")["closed"]["steps"]]
        return sampling.play("quiz", "closed", self.scene(30), steps=steps.index("open_before") + 1)

    def _code_of_a_quiz(self):
        from qingfeng.desk.quizzes.answering import code_of

        return code_of(self.things["quiz"], "before")

    def _of_records(self, name):
        thing = {
            "job": "job", "cancel": "job", "deletion": "forgetting", "decide": "forgetting",
            "leave": "watched",
        }.get(name.partition("_")[2], "delivery")  # fmt: skip
        is_file = name.endswith(("_piece", "_take_away"))
        no = self.things["delivered"].pk if is_file else 0
        return {"pk": self.things[thing].pk, "no": no, "run": "0" * 16}

    def _parts(self, name, parts, matter):
        from qingfeng.desk.kinds import plural

        slip, file = matter.slips.first(), matter.files.first()
        waiting = matter.awaiting.first()
        keys = {
            "panel": "rights", "kind": "directive", "slug": matter.slug, "act": "note_progress",
            "word": plural("directive"),
            "key": self.things["wording"], "way": "void", "form": "pdf", "token": "x" * 43, "no": 1, "pk": 1,
            "number": 1, "page": "buttons", "what": "relation", "on": "2027-01-01", "log": "internal",
            "clock": "register", "n": 0, "end": "0" * 16, "rule": "fuel_holiday", "week": "2026-03-02",
        }  # fmt: skip
        by_name = {
            "desk:second": ("pk", waiting and waiting.pk), "desk:file": ("pk", file and file.attachment_id),
            "desk:number_void": ("pk", self._number().pk),
            "desk:number_series_one": ("pk", self._counter().pk),
            "desk:glass_review": ("pk", self.things["glass"].pk),
            "desk:interference_entry": ("pk", self.things["interference"].pk),
            "desk:takeover_batch": ("pk", self.things["batch"].pk),
            "desk:takeover_large": ("pk", self.things["large_takeover"].pk),
            "desk:takeover_withdraw": ("pk", self.things["batch"].pk),
            "desk:journal_entry": ("pk", self.things["entry"].pk),
            "desk:journal_proof": ("pk", self.things["entry"].pk),
            "desk:journal_settle": ("pk", self.things["alarm"].pk),
            "desk:keep_correct_field": ("key", "area"),
            "organization:setting_change": ("key", self.things["setting"]),
            "organization:declaration_end": ("pk", self.things["relation"].pk),
            "organization:role_give": ("pk", self.things["post"].pk),
            "desk:packages_again": ("pk", self.things["correspondent"]["failed"]),
            "desk:packages_settle": ("pk", self.things["correspondent"]["refused"]),
            "desk:keep_unlink": ("pk", 0), "desk:sealed_open": ("pk", 0), "desk:sealed_share": ("pk", 0),
        }  # fmt: skip
        if name.startswith("desk:slip") and "pk" in parts:
            keys["pk"] = slip and slip.slip_id
        elif more := [keys for prefix, keys in self._by_prefix(name).items() if name.startswith(prefix)]:
            keys |= more[0]
        elif name.startswith("organization:"):
            thing = name.partition(":")[2].partition("_")[0]
            keys["pk"] = getattr(self.things.get({"stand": "stand_in"}.get(thing, thing)), "pk", 1)
            keys["number"] = self.things["person"].number
        if name in by_name:
            keys[by_name[name][0]] = by_name[name][1]
        return {part: keys[part] for part in parts}
