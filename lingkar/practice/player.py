"""Plays a script: a thread on the server that speaks for the scripted members, through the one write path."""

import logging
import threading
import time
import uuid

from django.db import close_old_connections
from django.http import Http404

from lingkar.accounts.middleware import Me
from lingkar.accounts.models import Person
from lingkar.circle.drafts import Draft
from lingkar.circle.events import PulseGiven
from lingkar.circle.keys import RoomKeys, events, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.groups import access
from lingkar.groups.models import GroupSession
from lingkar.practice.cast import Room
from lingkar.practice.scripts import Beat, Script
from lingkar.principles.contract import Event
from lingkar.principles.openness.events import Post
from lingkar.principles.responsibility.events import UcaGiven
from lingkar.principles.trust.events import StageMoved
from lingkar.room import wire
from lingkar.room.writer import WRITER

LOG = logging.getLogger("lingkar.practice")
LONGEST_WAIT, LOOK_EVERY, WRITE_SECONDS = 60.0, 1.0, 10
MARKS = ("hand", "pass", "me-too")


class Player(threading.Thread):
    """One practice room. It ends with the script, or when the session is closed or destroyed."""

    def __init__(self, script: Script, room: Room, lead: str, language: str) -> None:
        super().__init__(name="practice", daemon=True)
        self.script, self.room, self.lead, self.language = script, room, lead, language
        self.ids: dict[str, str] = {}
        self.heard = 0

    def run(self) -> None:
        try:
            for beat in self.script.beats:
                if not self._wait(beat):
                    break
                self._perform(beat)
            self._close()
        except Exception as error:  # noqa: BLE001 - a room that was closed or destroyed simply ends
            LOG.info("practice ended kind=%s", type(error).__name__)

    def _close(self) -> None:
        """Everybody's closing, once the counsellor has come to it."""
        while self._is_open() and not self._is_closing():
            time.sleep(LOOK_EVERY)
        for at, who in enumerate(self.script.members):
            where, keys = self._keys(who)
            answers = tuple(max(1, answer - (at + item) % 2) for item, answer in enumerate(self.script.pulse))
            action = self.script.action[self.language] if at % 2 == 0 else ""
            uca = UcaGiven(**stamp(where), understanding="", comfort=answers[0], action=action)
            for event in (PulseGiven(**stamp(where), answers=answers), uca):
                WRITER.submit(Draft(event, keys, setting(where), insists=True)).result(WRITE_SECONDS)

    def _is_closing(self) -> bool:
        stages = [event.stage for event in self._room_events() if isinstance(event, StageMoved)]
        return bool(stages) and stages[-1] == "closing"

    def _wait(self, beat: Beat) -> bool:
        """False when there is no room any more."""
        time.sleep(beat.after)
        until = time.monotonic() + (LONGEST_WAIT if beat.waits else 0)
        while self._is_open():
            said = self._said_by_lead()
            if said > self.heard or time.monotonic() >= until:
                self.heard = said
                return True
            time.sleep(LOOK_EVERY)
        return False

    def _is_open(self) -> bool:
        close_old_connections()
        return GroupSession.objects.filter(pk=self.room.session, state=GroupSession.State.OPEN).exists()

    def _keys(self, who: str) -> tuple[access.Place, RoomKeys]:
        """Opened anew for each beat: an epoch may have turned."""
        member = self.room.members[who]
        person = Person.objects.select_related("identity").get(pk=member.uid)
        where, found = access.session_place(Me(person, member.holder), self.room.session)
        keys = open_room(where, found)
        if keys is None:
            raise Http404
        return where, keys

    def _room_events(self) -> list[Event]:
        _where, keys = self._keys(self.script.members[0])
        return events(keys.room)

    def _said_by_lead(self) -> int:
        return sum(isinstance(event, Post) and event.by == self.lead for event in self._room_events())

    def _perform(self, beat: Beat) -> None:
        where, keys = self._keys(beat.who)
        frame = self._frame(beat)
        if frame is None:
            return
        event = wire.event_of(frame, where.membership.uid)
        WRITER.submit(Draft(event, keys, setting(where), insists=True)).result(WRITE_SECONDS)
        if beat.id:
            self.ids[beat.id] = event.id

    def _frame(self, beat: Beat) -> dict[str, object] | None:
        """None for an answer to something that was never said."""
        target = self._answered(beat.to)
        made: dict[str, object] = {"id": uuid.uuid4().hex}
        if beat.way in MARKS:
            if beat.way == "me-too" and not target:
                return None
            return {**made, "t": "mark", "mark": beat.way, "up": True, "target": target}
        return {**made, "t": "say", "way": beat.way, "text": beat.text[self.language], "reply": target}

    def _answered(self, to: str) -> str:
        if to != "lead":
            return self.ids.get(to, "")
        posts = [event for event in self._room_events() if isinstance(event, Post) and event.by == self.lead]
        return posts[-1].id if posts else ""
