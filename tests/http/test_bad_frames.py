"""What the socket does with frames no browser of ours would send: a clear answer, nobody else disturbed."""

import asyncio
import contextlib
import json
import urllib.error
import urllib.request

import pytest
import websockets

from lingkar.rehearse import play
from lingkar.rehearse.client import Client, new_id
from tests.conftest import Server


class Room:
    """A session on a running server: one counsellor, two members, all inside."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.socket_url = server.url.replace("http", "ws") + "/kawat"
        self.counsellor = play.Counsellor(server.url, self.socket_url)
        play._register(self.counsellor, server.code())
        self.group, self.session, fragments = play._prepare(self.counsellor, 2)
        self.members = [Client(server.url, self.socket_url) for _ in fragments]
        for number, (member, fragment) in enumerate(zip(self.members, fragments, strict=True)):
            play._join(member, fragment, number)
        self.counsellor.post(f"/lingkar/{self.group}/terima/")

    async def enter(self) -> None:
        await play._enter(self.counsellor, self.members, self.session)

    async def leave(self) -> None:
        for client in (self.counsellor, *self.members):
            await client.close()

    def connect(self, who: Client, **more):
        options = {"origin": websockets.Origin(self.server.url), "compression": None, **more}
        return websockets.connect(self.socket_url, additional_headers={"Cookie": who._cookies()}, **options)

    async def ask(self, socket, frame: object) -> dict:
        """The next answer to a frame: an acknowledgement or an error."""
        await socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))
        while True:
            answer = json.loads(await asyncio.wait_for(socket.recv(), 10))
            if answer["t"] in ("ack", "error"):
                return answer

    async def inside(self, who: Client):
        socket = await self.connect(who)
        await socket.send(json.dumps({"t": "hello", "room": self.session, "after": {}}))
        while json.loads(await asyncio.wait_for(socket.recv(), 10))["t"] != "welcome":
            pass
        return socket


@pytest.fixture
def room(server: Server) -> Room:
    return Room(server)


def say(text: str, **more) -> dict:
    return {"t": "say", "way": "named", "id": new_id(), "text": text, **more}


def test_what_it_cannot_read_it_says_so_and_goes_on(room: Room):
    async def run() -> None:
        await room.enter()
        socket = await room.inside(room.members[0])
        for bad in (
            "", "no json", "[]", b"\x00\x01", "1" * 60_000, {"t": 1}, {"t": "say"}, {"t": "nothing"},
            {"t": "say", "way": "named", "id": "short", "text": "x"}, {**say("x"), "text": 7},
            {**say("x"), "way": "shout"}, {**say("x"), "reply": "' OR 1=1"},
            {"t": "mark", "mark": "stage", "id": new_id()},
            {"t": "hello", "room": room.session, "after": {"room": "many"}}, {"t": "hello", "room": 1},
        ):  # fmt: skip
            answer = await room.ask(socket, bad)
            assert (answer["t"], answer["text"]) == ("error", "Kiriman ini tidak bisa dibaca."), bad
        assert (await room.ask(socket, say("Aku masih di sini.")))["state"] == "kept"
        await room.leave()

    asyncio.run(run())


def test_a_forged_number_gives_nothing_and_takes_nothing(room: Room):
    async def run() -> None:
        await room.enter()
        await room.members[0].say(say("Pertama"))
        for after in (
            {"room": 10**6},
            {"room": -1},
            {"room": 2**40},
            {"room": True},
            {"room": 1.5},
            {"counsellors": None},
        ):
            socket = await room.connect(room.members[1])
            await socket.send(json.dumps({"t": "hello", "room": room.session, "after": after}))
            answer = json.loads(await asyncio.wait_for(socket.recv(), 10))
            assert answer["t"] == ("welcome" if after == {"room": 10**6} else "error"), after
            await socket.close()
        assert "Pertama" in await texts(room, room.members[1])
        await room.leave()

    asyncio.run(run())


async def texts(room: Room, who: Client) -> list[str]:
    frames = json.loads(await asyncio.to_thread(who.get, f"/ruang/{room.session}/sejak/0/"))["frames"]
    return [frame["e"].get("text", "") for frame in frames]


def test_what_is_too_long_or_strange_is_told_or_kept_whole(room: Room):
    async def run() -> None:
        await room.enter()
        socket = await room.inside(room.members[0])
        long = await room.ask(socket, say("x" * 20_000))
        assert long["rule"] == "TOO-LONG"
        assert "4.000" in long["text"]
        strange = [
            "👩‍👩‍👧‍👦" * 200,
            "مرحبا بكم \u202eterbalik",
            "a\x00b",
            "🔥" * 4000,
            "<script>alert(1)</script>",
            "\ud800",
        ]
        for text in strange:
            assert (await room.ask(socket, say(text)))["state"] == "kept", text[:9]
        seen = await texts(room, room.members[1])
        assert strange[0] in seen
        assert "🔥" * 4000 in seen
        assert "ab" in seen
        assert strange[4] in seen
        assert (await room.ask(socket, say("  \n ")))["rule"] == "EMPTY"
        assert (await room.ask(socket, {"t": "mark", "mark": "explain", "id": new_id()}))["rule"] == "COUNSELLOR-ONLY"
        await room.leave()

    asyncio.run(run())


def test_a_frame_of_ten_megabytes_ends_that_socket_alone(room: Room):
    async def run() -> None:
        await room.enter()
        socket = await room.inside(room.members[0])
        with contextlib.suppress(websockets.ConnectionClosed):
            await socket.send("x" * 10_000_000)
        await asyncio.wait_for(socket.wait_closed(), 10)
        assert socket.close_code == 1009
        assert (await room.members[1].say(say("Yang lain tidak terganggu.")))["state"] == "kept"
        await room.leave()

    asyncio.run(run())


def test_a_hundred_sockets_from_one_person_leave_room_for_others(room: Room):
    async def run() -> None:
        await room.enter()
        sockets = [await room.connect(room.members[0]) for _ in range(100)]
        closed = 0
        for socket in sockets:
            try:
                frame = json.loads(await asyncio.wait_for(socket.recv(), 0.05))
                assert "tab" in frame["text"]
                await asyncio.wait_for(socket.wait_closed(), 2)
                closed += socket.close_code == 4429
            except TimeoutError:
                continue
        assert closed >= 94
        assert (await room.members[1].say(say("Aku tetap bisa masuk.")))["state"] == "kept"
        for socket in sockets:
            await socket.close()
        await room.leave()

    asyncio.run(run())


def test_strangers_other_pages_and_other_rooms_get_no_socket(room: Room):
    async def run() -> None:
        await room.enter()
        for who, origin in ((room.members[0], "https://evil.example"), (Client(room.server.url, ""), room.server.url)):
            socket = await room.connect(who, origin=websockets.Origin(origin))
            with pytest.raises(websockets.ConnectionClosed):
                await asyncio.wait_for(socket.recv(), 5)
            assert socket.close_code == 4401
        socket = await room.connect(room.members[0])
        await socket.send(json.dumps({"t": "hello", "room": "0" * 32, "after": {}}))
        with pytest.raises(websockets.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 5)
        assert socket.close_code == 4403
        await room.leave()

    asyncio.run(run())


def test_a_body_of_ten_megabytes_and_an_expired_page_get_a_sentence(room: Room):
    member = room.members[0]
    big = urllib.request.Request(f"{room.server.url}/ketuk/", b"code=" + b"x" * 10_000_000, method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(big, timeout=20)
    assert refused.value.code in (400, 403, 413)
    request = urllib.request.Request(f"{room.server.url}/lingkar/{room.group}/keluar/", b"", method="POST")
    for name, value in {
        "Cookie": member._cookies(),
        "X-Lingkar": "fetch",
        "X-CSRFToken": "old",
        "Origin": room.server.url,
    }.items():
        request.add_header(name, value)
    with pytest.raises(urllib.error.HTTPError) as expired:
        urllib.request.urlopen(request, timeout=20)
    assert "Muat ulang" in json.loads(expired.value.read())["errors"][""]


def test_many_at_once_and_twice_are_each_kept_once(room: Room):
    async def run() -> None:
        await room.enter()
        one, two = await room.inside(room.members[0]), await room.inside(room.members[0])
        frame = say("Dari dua tab sekaligus.")
        answers = await asyncio.gather(
            *(room.ask(socket, frame) for socket in (one, two, one, two)), return_exceptions=True
        )
        assert [a["state"] for a in answers if isinstance(a, dict)]
        assert (await texts(room, room.members[1])).count(frame["text"]) == 1
        await room.leave()

    asyncio.run(run())
