"""A practice room on a running server: scripted members speak through the write path, and only there."""

import asyncio
import json
import re
import time

import pytest

from lingkar.circle import wheel
from lingkar.circle.events import SignalSeen
from lingkar.practice import debrief
from lingkar.practice.scripts import scripts
from lingkar.principles.openness.events import Post, RoundStarted
from lingkar.rehearse import play
from lingkar.rehearse.client import new_id
from tests.conftest import Server


@pytest.mark.parametrize("script", scripts().values(), ids=lambda script: script.id)
def test_every_script_is_whole_in_both_languages(script):
    known = {beat.id for beat in script.beats if beat.id} | {"lead", ""}
    for beat in script.beats:
        assert beat.who in script.members
        assert beat.to in known
        assert beat.way in ("named", "alone", "nameless", "hand", "pass", "me-too")
        assert all(beat.text.values()) == (beat.way in ("named", "alone", "nameless"))
    assert script.looks
    for look in script.looks:
        assert look.beat in known - {"lead", ""}
        assert look.look in ("answer", "signal", "invited")
        assert look.who in ("", *script.members)
        assert all(look.text.values())
    assert len(script.pulse) == len(wheel.ITEMS)
    assert all(script.action.values())
    assert set(script.title) == set(script.about) == {"id", "en"}


def said(who: str, at: float, text: str, **more):
    return Post(id=f"p{at}", by=who, at=at, text=text, **more)


def became(script: str, *events) -> dict[str, debrief.Moment]:
    names = {"m1": "Kala", "m2": "Senja", "lead": "Konselor"}
    return {one.look.beat: one for one in debrief.moments(scripts()[script], events, names, "lead")}


def test_a_debrief_tells_what_was_done_with_each_moment_and_marks_nobody():
    beats = {beat.id: beat for beat in scripts()["ordinary"].beats}
    story = said("m1", 10, beats["story"].text["en"])
    assert {one.became for one in became("ordinary").values()} == {"missed"}
    assert became("ordinary", story)["story"].became == "open"
    other = became("ordinary", story, said("m2", 15, "aku dengar", reply_to="p10"))["story"]
    assert (other.became, other.by, other.seconds) == ("by-other", "Senja", 5)
    mine = became("ordinary", story, said("lead", 22, "Terima kasih, Kala."))["story"]
    assert (mine.became, mine.seconds) == ("done", 12)


def test_a_signal_counts_when_it_was_seen_and_an_invitation_when_it_names_or_gives_a_turn():
    sign = said("m1", 10, next(b for b in scripts()["risk"].beats if b.id == "sign").text["id"])
    assert became("risk", sign, said("lead", 20, "Kala?"))["sign"].became == "open"
    seen = SignalSeen(id="s", by="lead", at=31, target=sign.id)
    assert became("risk", sign, seen)["sign"].seconds == 21
    cut = said("m2", 10, next(b for b in scripts()["dominant"].beats if b.id == "cut").text["id"])
    assert became("dominant", cut, said("lead", 20, "Lanjut ya."))["cut"].became == "open"
    assert became("dominant", cut, said("lead", 20, "Kita dengar senja dulu."))["cut"].became == "done"
    turn = RoundStarted(id="r", by="lead", at=12, order=("m1",))
    assert became("dominant", cut, turn)["cut"].became == "done"


def test_a_practice_session_speaks_answers_the_counsellor_and_can_be_destroyed(server: Server):
    counsellor = play.Counsellor(server.url, server.url.replace("http", "ws") + "/kawat")
    play._register(counsellor, server.code())
    counsellor.get("/latihan/")
    room = counsellor.post("/latihan/", script="ordinary")["next"]
    session = room.split("/")[2]

    async def hear(wanted: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            page = await asyncio.to_thread(counsellor.get, f"{room}sejak/0/")
            if any(wanted in frame["e"].get("text", "") for frame in json.loads(page)["frames"]):
                return
            await asyncio.sleep(0.5)
        raise AssertionError(f"never heard: {wanted}")

    async def run() -> None:
        counsellor.connect(session)
        await asyncio.wait_for(counsellor.inside.wait(), 10)
        await hear("senang bisa datang", 20)
        await hear("Aku juga deg-degan", 20)
        await counsellor.say({"t": "say", "way": "named", "id": new_id(), "text": "Terima kasih sudah datang."})
        await hear("selalu jadi yang kuat", 20)
        await counsellor.say({"t": "mark", "mark": "stage", "stage": "closing", "minutes": 7, "id": new_id()})
        await asyncio.sleep(1)
        await counsellor.close()

    asyncio.run(run())
    counsellor.post(f"{room}tindak/close/")
    deadline = time.monotonic() + 30
    while "4 jawaban, 0 tidak menjawab" not in (page := counsellor.get(f"/latihan/{session}/tinjauan/")):
        assert time.monotonic() < deadline, "the scripted members gave no closing"
        time.sleep(0.5)
    assert "anggota menanggapi anggota lain" in page
    assert "selalu jadi yang kuat" in page
    assert "Belum Anda tanggapi" in page
    group = re.search(r"/lingkar/([0-9a-f]{32})/", page)
    assert group
    counsellor.post(f"/lingkar/{group.group(1)}/musnahkan/", name="Pertemuan biasa")
