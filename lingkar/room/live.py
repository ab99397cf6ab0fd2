"""The socket: one for every page of a signed-in person. It delivers what was kept; it decides nothing.

Holds the keys of a room only while somebody of that room is connected, and drops them on leaving or revocation.
"""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import close_old_connections
from django.http import Http404

from lingkar.accounts import sessions
from lingkar.accounts.middleware import Me, who
from lingkar.circle import agreement, past
from lingkar.circle.drafts import Delivery, Draft, Outcome
from lingkar.circle.keys import RoomKeys, open_room, setting
from lingkar.circle.news import News, listen
from lingkar.groups import access, rows
from lingkar.groups.audience import Audience
from lingkar.groups.models import GroupSession, Membership
from lingkar.principles.contract import Setting
from lingkar.principles.universality.gate import Round
from lingkar.room import wire
from lingkar.room.writer import WRITER
from lingkar.vault import keyrings
from lingkar.vault.errors import VaultError
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Grant

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Receive = Callable[[], Awaitable[Message]]

MOST_SOCKETS = 6
MOST_QUEUED = 2_000
RECHECK_SECONDS = 30.0
CLOSE_SIGNED_OUT, CLOSE_GONE, CLOSE_TOO_MANY, CLOSE_BAD = 4401, 4403, 4429, 4400


@dataclass(eq=False)
class Viewer:
    """One socket. `last` is the number seen in each audience; `early` holds what came before its turn.

    `me` carries the unlocked SEED only until a room is joined; afterwards the socket holds that room's keys alone.
    """

    person: str
    me: Me | None
    token: str
    language: str
    queue: "asyncio.Queue[str | int]" = field(default_factory=lambda: asyncio.Queue(MOST_QUEUED))
    membership: Membership | None = None
    keys: RoomKeys | None = None
    setting: Setting = field(default_factory=lambda: Setting(()))
    before: tuple[Round, ...] = ()
    last: dict[Audience, int] = field(default_factory=dict)
    early: dict[tuple[Audience, int], Delivery] = field(default_factory=dict)
    is_loading: bool = True

    def send(self, frame: dict[str, Any]) -> None:
        try:
            self.queue.put_nowait(wire.write(frame))
        except asyncio.QueueFull:
            self.close(CLOSE_BAD)

    def close(self, code: int) -> None:
        while self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(code)

    @property
    def is_inside(self) -> bool:
        return self.keys is not None and self.keys.is_admitted

    def may_read(self, delivery: Delivery) -> bool:
        """By key: an epoch this person holds, the counsellors' private half, or one's own copy."""
        if self.keys is None or self.membership is None:
            return False
        if delivery.audience == Audience.ROOM:
            return delivery.epoch in self.keys.room.keys
        if delivery.audience == Audience.COUNSELLORS:
            return bool(self.keys.counsellors.keys)
        return delivery.owner == self.membership.uid

    def deliver(self, delivery: Delivery) -> None:
        """In order and once: what is old is dropped, what is early waits for what comes before it."""
        if not self.may_read(delivery):
            return
        audience = delivery.audience
        if delivery.event.number <= self.last.get(audience, 0):
            return
        self.early[(audience, delivery.event.number)] = delivery
        while not self.is_loading and (ready := self.early.pop((audience, self.last.get(audience, 0) + 1), None)):
            self.last[audience] = ready.event.number
            self.send(wire.delivered(ready))

    def loaded(self) -> None:
        self.is_loading = False
        for audience, number in sorted(self.early):
            held = self.early.pop((audience, number), None)
            if held:
                self.deliver(held)


class Hub:
    """All sockets of this process, by person and by room."""

    def __init__(self) -> None:
        self.by_person: dict[str, set[Viewer]] = defaultdict(set)
        self.rooms: dict[str, set[Viewer]] = defaultdict(set)
        self.loop: asyncio.AbstractEventLoop | None = None
        self._recheck: asyncio.Task[None] | None = None
        listen(self.heard)
        sessions.STORE.on_drop(self.signed_out)

    def enter(self, viewer: Viewer) -> None:
        self.loop = asyncio.get_running_loop()
        if self._recheck is None or self._recheck.done():
            self._recheck = self.loop.create_task(self.recheck())
        self.by_person[viewer.person].add(viewer)

    def leave(self, viewer: Viewer) -> None:
        self.by_person[viewer.person].discard(viewer)
        if not self.by_person[viewer.person]:
            del self.by_person[viewer.person]
        for session in [name for name, viewers in self.rooms.items() if viewer in viewers]:
            self.rooms[session].discard(viewer)
            self.tell_presence(session)
            if not self.rooms[session]:
                del self.rooms[session]

    def heard(self, news: News) -> None:
        """From any thread, after a commit."""
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.spread, news)

    def spread(self, news: News) -> None:
        viewers = list(self.rooms.get(news.session, ()))
        if news.room:
            self.turn(viewers, news.room)
        for delivery in news.deliveries:
            for viewer in viewers:
                viewer.deliver(delivery)
        self.wake(news)
        for viewer in viewers:
            if news.sign_first and viewer.membership and not viewer.membership.is_counsellor:
                _sign_first(viewer)
            if viewer.person == news.gone:
                viewer.close(CLOSE_GONE)
            elif news.closed:
                viewer.send({"t": "closed"})
            elif news.turn_keys and viewer.membership and viewer.membership.is_counsellor:
                viewer.send({"t": "turn-keys"})

    def wake(self, news: News) -> None:
        """Whatever page they have open: something waits, without a word about what."""
        for kind, persons in (("changed", news.signal_for), ("cards", news.cards_for)):
            for viewer in [viewer for person in persons for viewer in self.by_person.get(person, ())]:
                viewer.send({"t": kind})

    def turn(self, viewers: list[Viewer], room: Opened) -> None:
        """A new epoch: whoever was inside and was granted it goes on; whoever waited is told to come in."""
        asyncio.get_running_loop().create_task(self._turn(viewers, room))

    async def _turn(self, viewers: list[Viewer], room: Opened) -> None:
        granted = await asyncio.to_thread(_granted, room)
        for viewer in viewers:
            if viewer.person not in granted:
                continue
            if viewer.keys and viewer.keys.room.keys:
                epochs = {**viewer.keys.room.keys, room.epoch: room.keys[room.epoch]}
                viewer.keys = viewer.keys.with_room(Opened(room.keyring, epochs, room.epoch, room.lock))
                await self._catch_up(viewer)
            else:
                viewer.send({"t": "admitted"})

    async def _catch_up(self, viewer: Viewer) -> None:
        """Rows of the new epoch that were delivered before its key was here."""
        viewer.is_loading = True
        frames, last = await asyncio.to_thread(_backlog, viewer, dict(viewer.last))
        for frame in frames:
            viewer.send(frame)
        viewer.last = last
        viewer.loaded()

    def signed_out(self, person: str) -> None:
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._close_person, person)

    def _close_person(self, person: str) -> None:
        for viewer in self.by_person.get(person, ()):
            viewer.close(CLOSE_SIGNED_OUT)

    def tell_presence(self, session: str) -> None:
        viewers = self.rooms.get(session, set())
        here = sorted({v.membership.uid for v in viewers if v.membership and v.is_inside})
        waiting = sorted({v.membership.uid for v in viewers if v.membership and not v.is_inside})
        for viewer in viewers:
            frame: dict[str, Any] = {"t": "presence", "here": here}
            if viewer.membership and viewer.membership.is_counsellor:
                frame["lobby"] = waiting
            viewer.send(frame)

    async def recheck(self) -> None:
        """Every 30 seconds: sessions that ended and memberships that are over lose their sockets."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            viewers = [viewer for found in self.by_person.values() for viewer in found]
            members = {viewer.membership.uid for viewer in viewers if viewer.membership}
            active = await asyncio.to_thread(_active, members)
            for viewer in viewers:
                if sessions.STORE.get(viewer.token, touch=False) is None:
                    viewer.close(CLOSE_SIGNED_OUT)
                elif viewer.membership and viewer.membership.uid not in active:
                    viewer.close(CLOSE_GONE)


HUB = Hub()


def _active(members: set[str]) -> set[str]:
    close_old_connections()
    return set(Membership.objects.filter(uid__in=members, state="active").values_list("uid", flat=True))


def _granted(room: Opened) -> set[str]:
    close_old_connections()
    return set(Grant.objects.filter(keyring_id=room.keyring, epoch=room.epoch).values_list("recipient", flat=True))


async def socket(scope: Message, receive: Receive, send: Send) -> None:
    """The endpoint. Refuses foreign origins and strangers, then serves frames until either side is done."""
    await receive()
    viewer = await asyncio.to_thread(_viewer, scope) if _same_origin(scope) else None
    await send({"type": "websocket.accept"})
    if viewer is None:
        await send({"type": "websocket.close", "code": CLOSE_SIGNED_OUT})
        return
    if len(HUB.by_person.get(viewer.person, ())) >= MOST_SOCKETS:
        await send(
            {"type": "websocket.send", "text": wire.write({"t": "error", "text": _sentence(viewer, "TOO-MANY")})}
        )
        await send({"type": "websocket.close", "code": CLOSE_TOO_MANY})
        return
    HUB.enter(viewer)
    sender = asyncio.create_task(_send_all(viewer, send))
    try:
        await _receive_all(viewer, receive, sender)
    finally:
        HUB.leave(viewer)
        sender.cancel()


def _sign_first(viewer: Viewer) -> None:
    """Something changed that this member has to read: until they come back with a signature they hold no key here."""
    viewer.keys = None
    viewer.send({"t": "agree", "text": _sentence(viewer, "AGREE-FIRST")})


def _sentence(viewer: Viewer, rule: str) -> str:
    refused = Outcome("", "refused", rule=rule)
    return str(wire.answered(refused, viewer.language)["text"])


def _same_origin(scope: Message) -> bool:
    headers = dict(scope["headers"])
    origin = urlsplit(headers.get(b"origin", b"").decode("latin-1"))
    host = headers.get(b"host", b"").decode("latin-1")
    return bool(host) and origin.netloc == host and host.rsplit(":", 1)[0] in settings.ALLOWED_HOSTS


def _viewer(scope: Message) -> Viewer | None:
    close_old_connections()
    jar: SimpleCookie = SimpleCookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    cookies = {name: morsel.value for name, morsel in jar.items()}
    me = who(cookies)
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
    return Viewer(me.uid, me, cookies[settings.SESSION_ID_COOKIE], language) if me else None


async def _send_all(viewer: Viewer, send: Send) -> None:
    with contextlib.suppress(OSError, RuntimeError):
        while True:
            item = await viewer.queue.get()
            if isinstance(item, int):
                await send({"type": "websocket.close", "code": item})
                return
            await send({"type": "websocket.send", "text": item})


async def _receive_all(viewer: Viewer, receive: Receive, sender: "asyncio.Task[None]") -> None:
    while not sender.done():
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        try:
            frame = wire.read(message.get("text") or "")
            await _handle(viewer, frame)
        except wire.FrameError:
            viewer.send({"t": "error", "text": _sentence(viewer, "BAD-FRAME")})


async def _handle(viewer: Viewer, frame: dict[str, Any]) -> None:
    match frame["t"]:
        case "hello":
            await _hello(viewer, frame)
        case "here":
            sessions.STORE.get(viewer.token)
        case "say" | "mark":
            _submit(viewer, frame)
        case _:
            raise wire.FrameError


async def _hello(viewer: Viewer, frame: dict[str, Any]) -> None:
    """Join a room: open what this person may open, then send what they missed."""
    session, after = frame.get("room"), frame.get("after", {})
    if not isinstance(session, str) or not isinstance(after, dict) or viewer.me is None:
        raise wire.FrameError
    seen = wire.numbers(after)
    viewer.is_loading = True
    try:
        state = await asyncio.to_thread(_join, viewer, session)
        HUB.rooms[session].add(viewer)
        first = await asyncio.to_thread(_first, viewer, seen)
        frames, last = await asyncio.to_thread(_backlog, viewer, seen)
    except agreement.AskedError:
        _sign_first(viewer)
        return
    except (Http404, VaultError):
        viewer.close(CLOSE_GONE)
        return
    viewer.send({"t": "welcome", "inside": viewer.is_inside, "state": state, "first": first})
    for item in frames:
        viewer.send(item)
    viewer.last = last
    viewer.loaded()
    HUB.tell_presence(session)
    if viewer.keys and viewer.keys.counsellors.keys and viewer.is_inside and viewer.membership:
        event = wire.event_of({"t": "mark", "mark": "bowl", "id": f"{time.time_ns():032x}"}, viewer.membership.uid)
        WRITER.submit(Draft(event, viewer.keys, Setting(())))


def _first(viewer: Viewer, seen: dict[Audience, int]) -> dict[str, int]:
    """The number before the first one this person can get, for each audience."""
    if viewer.keys is None:
        return {}
    first = keyrings.first_number(viewer.keys.room.keyring, viewer.keys.room.keys) if viewer.keys.room.keys else 1
    return {
        "room": max(seen[Audience.ROOM], first - 1),
        "counsellors": seen[Audience.COUNSELLORS],
        "author": seen[Audience.AUTHOR],
    }


def _join(viewer: Viewer, session: str) -> str:
    close_old_connections()
    if viewer.me is None:
        raise wire.FrameError
    where, found = access.session_place(viewer.me, session)
    agreement.need_signed(where, found)
    viewer.membership = where.membership
    viewer.keys = open_room(where, found) if found.state != GroupSession.State.CANCELLED else None
    viewer.setting = setting(where, found)
    viewer.before = past.rounds(where, found) if where.is_counsellor else ()
    viewer.me = None
    return found.state


def _backlog(viewer: Viewer, seen: dict[Audience, int]) -> tuple[list[dict[str, Any]], dict[Audience, int]]:
    """Frames this person missed, oldest first in each audience, and the numbers after them."""
    close_old_connections()
    frames: list[dict[str, Any]] = []
    last = dict(seen)
    if viewer.keys is None:
        return frames, last
    opened_by = {
        Audience.ROOM: viewer.keys.room,
        Audience.COUNSELLORS: viewer.keys.counsellors,
        Audience.AUTHOR: viewer.keys.author,
    }
    for audience, opened in opened_by.items():
        if not opened.keys:
            continue
        first = keyrings.first_number(opened.keyring, opened.keys) if audience != Audience.AUTHOR else 1
        last[audience] = max(seen[audience], first - 1)
        for row in rows.read(opened, last[audience]):
            document = wire.shown(row.document or {"kind": "Erased"})
            frames.append({"t": "event", "a": audience.value, "n": row.number, "e": document})
            last[audience] = row.number
    return frames, last


def _submit(viewer: Viewer, frame: dict[str, Any]) -> None:
    if viewer.membership is None or viewer.keys is None:
        raise wire.FrameError
    event = wire.event_of(frame, viewer.membership.uid)
    keys = _with_bowl_key(viewer)
    future = WRITER.submit(Draft(event, keys, viewer.setting, insists=bool(frame.get("insists")), before=viewer.before))
    loop = asyncio.get_running_loop()
    future.add_done_callback(
        lambda done: loop.call_soon_threadsafe(viewer.send, wire.answered(done.result(), viewer.language))
    )


def _with_bowl_key(viewer: Viewer) -> RoomKeys:
    """While a counsellor is in the room, this process holds the private half and may open the bowl at once."""
    assert viewer.keys is not None  # noqa: S101 - checked by the only caller
    for other in HUB.rooms.get(viewer.keys.session, ()):
        if other.keys and other.keys.counsellors.keys and other.keys.session == viewer.keys.session:
            return replace(viewer.keys, counsellors=other.keys.counsellors)
    return viewer.keys
