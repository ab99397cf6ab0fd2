"""`lingkar run --demo`: a made-up group with two past sessions, made through the same doors and the one write path."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lingkar.accounts import signin, words
from lingkar.accounts.middleware import Me
from lingkar.accounts.models import Organisation, Role
from lingkar.circle import cards, meeting, past, promises, texts
from lingkar.circle.drafts import Draft
from lingkar.circle.events import PulseGiven
from lingkar.circle.keep import keep
from lingkar.circle.keys import need, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.groups import access, actions
from lingkar.groups.access import Place
from lingkar.groups.documents import Sheet
from lingkar.groups.models import GroupSession
from lingkar.ledger import chain
from lingkar.ledger.moment import now, played_at
from lingkar.practice.cast import join
from lingkar.principles.confidentiality import limits
from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained
from lingkar.principles.contract import Event
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.openness.events import Passed, Post, Whisper
from lingkar.principles.responsibility.events import CommitmentReviewed, UcaGiven
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality.events import MeToo, PickingEnded, PickingStarted, ThreadsPicked
from lingkar.safety.contacts import first_contact

DATA = Path(__file__).parent / "data" / "demo" / "group.toml"
MINUTES, MEETINGS, KEPT_DAYS = 40, 4, 30
STAGES = (("transition", 6, 5), ("working", 11, 22), ("closing", 33, 7))
NEXT_IN = timedelta(hours=1)
STARTS_AT = 9
DAY = 86_400

type Data = Mapping[str, Any]


@dataclass(frozen=True)
class Made:
    """How to sign in. Random each time."""

    login: str
    passphrase: str


class DemoError(Exception):
    """A line of the made-up group was not kept: the data and the rules do not fit."""


def make(language: str) -> Made:
    """Everything in an empty installation. Some seconds of key derivation."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    made = Made(signin.free_login(), words.new_passphrase(words.STAFF_WORDS))
    with translation.override(language):
        Organisation.objects.create(name=_("Sekolah contoh"), language=language, installed=timezone.localdate())
        first_contact(_("Guru BK sekolah ini"), "0274 000000")
        person, holder, _code = signin.register(made.login, made.passphrase, Role.COUNSELLOR)
        with played_at(now() - (data["session"][0]["days_ago"] + 2) * DAY):
            where = actions.make_group(Me(person, holder), _sheet(data, language))
            members = {name: join(where, name) for name in data["members"]}
            actions.confirm_all(where)
        for session in data["session"]:
            past_one = _Past(where, members, session, language)
            past_one.play()
            past_one.promise()
        with played_at(now() - data["session"][-1]["days_ago"] * DAY):
            _report(where, 1)
        actions.schedule(where, timezone.now() + NEXT_IN, MINUTES)
    return made


def _sheet(data: Data, language: str) -> Sheet:
    return Sheet(
        name=data["name"][language],
        purpose=data["purpose"][language],
        leader=_("Bu Laras"),
        mode="online",
        size=len(data["members"]),
        meetings=MEETINGS,
        minutes=MINUTES,
        norms=tuple(texts.norm_texts()),
        promises=tuple(texts.promise_texts()),
        limits=limits.VERSION,
        retention_days=KEPT_DAYS,
        backup=_("Pak Damar"),
    )


def _report(where: Place, number: int) -> None:
    """As if the first session's paper had been taken."""
    with transaction.atomic():
        act = {"act": "report", "by": where.membership.uid, "session": number}
        chain.append(where.group.uid, where.opened, where.me.holder, act)


class _Past:
    """One past session, minute by minute."""

    def __init__(self, where: Place, members: dict[str, Me], data: Data, language: str) -> None:
        self.lead, self.data, self.language = where, data, language
        day = timezone.localtime() - timedelta(days=data["days_ago"])
        starts = day.replace(hour=STARTS_AT, minute=0, second=0, microsecond=0)
        self.starts = starts.timestamp()
        self.session: GroupSession = actions.schedule(where, starts, MINUTES)
        self.places = {name: access.place(me, where.group.uid) for name, me in members.items()}
        self.ids: dict[str, str] = {}

    def play(self) -> None:
        """Everything of the data file in the order of its minutes, through the write path."""
        with self.at(0):
            meeting.open_session(self.lead, self.session, STAGES[0][1])
            self.session.refresh_from_db()
            meeting.admit(self.lead, self.session, [self.places[name].membership for name in self.data["present"]])
        acts = sorted(self.acts(), key=lambda act: act[0])
        for minute, act in acts:
            with self.at(minute):
                act()
        with self.at(MINUTES):
            meeting.close(self.lead, self.session)
        for at, (name, answers) in enumerate(self.data["pulse"].items()):
            with self.at(MINUTES + 1 + at / 4):
                self.close(name, tuple(answers))

    def promise(self) -> None:
        """What the counsellor promised at the end, and who saw it kept."""
        made = self.data.get("promise")
        if made is None:
            return
        with self.at(MINUTES - 2):
            day = timezone.localtime() - timedelta(days=self.data["days_ago"] - made["days"])
            promises.promise(self.lead, made[self.language], day.date())
        for hour, name in enumerate(made["seen_by"]):
            with self.at((made["seen_after"] * 24 + hour) * 60):
                promises.see(self.places[name], promises.promises(self.lead)[0].id)

    @contextmanager
    def at(self, minute: float) -> Iterator[None]:
        with played_at(self.starts + minute * 60):
            yield

    def acts(self) -> Iterator[tuple[float, Any]]:
        """What is done, with its minute."""
        yield 1, lambda: self.keep(self.lead, LimitsExplained(**stamp(self.lead)))
        for name in self.data["affirmed"]:
            yield 1.5, lambda name=name: self.mark(name, LimitsAffirmed)
        for name, review in self.data.get("review", {}).items():
            yield 2, lambda name=name, review=review: self.review(name, review)
        for stage, minute, minutes in STAGES:
            yield (
                minute,
                lambda stage=stage, minutes=minutes: self.keep(
                    self.lead, StageMoved(**stamp(self.lead), stage=stage, minutes=minutes)
                ),
            )
        for line in self.data["line"]:
            yield line["minute"], lambda line=line: self.say(line)
        for name in self.data["ready"]:
            yield 12, lambda name=name: self.mark(name, Readiness, ready=True)
        for card in self.data["card"]:
            yield card["minute"], lambda card=card: self.card(card)
        if self.data["threads"]:
            yield 30, self.pick

    def keep(self, where: Place, event: Event) -> None:
        keys = need(open_room(where, self.session))
        outcome = keep([Draft(event, keys, setting(where), insists=True)])[0]
        if outcome.state != "kept":
            raise DemoError(type(event).__name__, outcome.rule)

    def mark(self, name: str, kind: type[Event], **fields: Any) -> None:
        self.keep(self.places[name], kind(**stamp(self.places[name]), **fields))

    def say(self, line: Data) -> None:
        where = self.lead if line["who"] == "lead" else self.places[line["who"]]
        made, target = stamp(where), self.ids.get(line.get("to", ""), "")
        if "id" in line:
            self.ids[line["id"]] = made["id"]
        text = line.get(f"{self.language}_text", "")
        match line.get("way", "named"):
            case "alone":
                self.keep(where, Whisper(**made, text=text))
            case "pass":
                self.keep(where, Passed(**made))
            case "me-too":
                self.keep(where, MeToo(**made, target=target))
            case _:
                self.keep(where, Post(**made, text=text, reply_to=target))

    def card(self, card: Data) -> None:
        giver, receiver = self.places[card["by"]], self.places[card["to"]]
        parts = {**card[self.language], "corrective": False}
        given = cards.give(giver, self.session, receiver.membership.uid, parts, insists=True)
        if given.state != "kept":
            raise DemoError("card", given.rule)
        cards.answer(receiver, self.session, given.id, card["helped"], "")

    def pick(self) -> None:
        self.keep(self.lead, PickingStarted(**stamp(self.lead), themes=tuple(self.data["threads"])))
        with played_at(now() + 60):
            for name, themes in self.data["picks"].items():
                self.mark(name, ThreadsPicked, themes=tuple(themes))
            self.keep(self.lead, PickingEnded(**stamp(self.lead)))

    def review(self, name: str, review: Data) -> None:
        due = past.due(self.places[name], self.session)
        if due is None:
            raise DemoError("review", name)
        said = {"result": review["result"], "happened": review[self.language]}
        self.mark(name, CommitmentReviewed, target=due.plan.id, **said)

    def close(self, name: str, answers: tuple[int, ...]) -> None:
        plan = self.data["plan"].get(name, {}).get(self.language, "")
        self.mark(name, UcaGiven, understanding="", comfort=max(answers[1], 1), action=plan)
        self.mark(name, PulseGiven, answers=answers)
