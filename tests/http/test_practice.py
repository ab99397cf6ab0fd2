"""A practice room on a running server: scripted members speak through the write path, and only there."""

import asyncio
import json
import re
import time

import pytest

from lingkar.practice.scripts import scripts
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
    assert set(script.title) == set(script.about) == {"id", "en"}


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
        await counsellor.close()

    asyncio.run(run())
    counsellor.post(f"{room}tindak/close/")
    page = counsellor.get(f"/pertemuan/{session}/roda/")
    assert "anggota menanggapi anggota lain" in page
    group = re.search(r"/lingkar/([0-9a-f]{32})/", page)
    assert group
    counsellor.post(f"/lingkar/{group.group(1)}/musnahkan/", name="Pertemuan biasa")
