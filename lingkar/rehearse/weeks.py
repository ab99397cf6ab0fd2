"""Eight weeks of one group of nine: two absentees, one who leaves, one who joins late, one who never speaks.

After each session everything sent must be among the opened events, and every figure on the wheel is counted again from
those (`recount.py`).
"""

import asyncio
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lingkar.rehearse import after, asas, recount
from lingkar.rehearse.client import Client, PlayError, new_id

WEEKS, MEMBERS = 8, 9
SILENT, LATE, LEAVER = 8, 7, 6
JOINS, LEAVES = 3, 5
ABSENT = {0: (2, 3), 1: (7, 8)}
"""Weeks that somebody misses, by their place."""
LINES = (
    "Minggu ini aku sempat bicara dengan kakak di dapur.",
    "Tugas sejarah belum selesai, tetapi aku sudah mulai.",
    "Aku masih canggung kalau ditanya di depan kelas.",
    "Kemarin hujan, jadi latihan futsal diganti hari Jumat.",
    "Rasanya lebih ringan sejak ada yang mendengar.",
)
THEMES = ("family", "school", "future")
WAIT_SECONDS = 20


@dataclass
class Week:
    """What was sent in one session, by place in the circle; -1 is the counsellor. `posts`: id to what it answers."""

    number: int
    here: list[int]
    posts: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    helped: list[int] = field(default_factory=list)
    pulses: list[list[int]] = field(default_factory=list)


async def play(counsellor: Client, members: list[Client], group: str, first: str, join: Any) -> dict[str, Any]:
    """All sessions; `join(number)` brings one more member into the group. Weeks whose wheel differs, by what does."""
    chance = random.Random(8)  # noqa: S311 - the same play every time
    differs: dict[int, list[str]] = {}
    shown = noticed = lost = 0
    for number in range(1, WEEKS + 1):
        if number == JOINS:
            members.append(await asyncio.to_thread(join, LATE))
            members.append(await asyncio.to_thread(join, SILENT))
        session = first if number == 1 else await asyncio.to_thread(_schedule, counsellor, group, number)
        absent = {place for place, weeks in ABSENT.items() if number in weeks}
        gone = {LEAVER} if number > LEAVES else set()
        here = [place for place in range(len(members)) if place not in absent | gone]
        week = Week(number, here)
        await _session(counsellor, members, session, week, chance)
        events = await asyncio.to_thread(recount.opened, counsellor, session)
        lost += len({*week.posts, *week.private} - {event["id"] for event in events})
        counted = recount.figures(events, week.helped)
        page = await asyncio.to_thread(counsellor.get, f"/pertemuan/{session}/roda/")
        seen, felt = after.figures(page), recount.shown_felt(page)
        shown += len(seen) + sum(bool(one) for one in felt)
        wrong = after.differences(counted, seen) + (["felt"] if felt != recount.felt(events, week.pulses) else [])
        if wrong:
            differs[number] = wrong
        part, whole = counted["OPENNESS-5"]
        noticed += bool(after.differences({**counted, "OPENNESS-5": (part - 1, whole)}, seen))
        await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/close/")
        for client in (counsellor, *(members[place] for place in here)):
            await client.close()
            client.reset()
        if number == LEAVES:
            await asyncio.to_thread(members[LEAVER].post, f"/lingkar/{group}/keluar/", now="yes")
    page = await asyncio.to_thread(counsellor.get, f"/lingkar/{group}/")
    return {
        "weeks": WEEKS,
        "figures": shown,
        "lost": lost,
        "wheel_differs": differs,
        "one_less_noticed": noticed,
        "absent_told": "Dua pertemuan terakhir" in page,
    }


def _schedule(counsellor: Client, group: str, number: int) -> str:
    made = counsellor.post(f"/lingkar/{group}/jadwal/", starts=f"2030-02-{number:02d}T09:00", minutes=40)
    return str(made["session"])


async def _session(
    counsellor: Client, members: Sequence[Client], session: str, week: Week, chance: random.Random
) -> None:
    await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/open/")
    inside = {place: members[place] for place in week.here}
    for client in (counsellor, *inside.values()):
        client.connect(session)
    await _admit(counsellor, list(inside.values()), session)
    await counsellor.say({"t": "mark", "mark": "explain", "id": new_id()})
    for member in inside.values():
        if chance.random() < 0.8:
            await member.say({"t": "mark", "mark": "affirm", "id": new_id()})
    await _stage(counsellor, "working")
    await _talk(counsellor, inside, week, chance)
    if week.number % 2 == 0:
        await _pick(counsellor, inside, chance)
    if week.number % 3 == 0:
        await _cards(inside, session, week, chance)
    await _stage(counsellor, "closing")
    for member in inside.values():
        if chance.random() < 0.8:
            action = "Menyapa satu orang baru." if chance.random() < 0.6 else ""
            fields = {"understanding": "", "comfort": "4", "action": action}
            await asyncio.to_thread(member.post, f"/ruang/{session}/penutup/", part="uca", **fields)
            week.pulses.append([chance.randint(0, 5) for _item in after.ITEMS])
            pulse = {f"pulse-{item}": value for item, value in zip(after.ITEMS, week.pulses[-1], strict=True)}
            await asyncio.to_thread(member.post, f"/ruang/{session}/penutup/", part="pulse", **pulse)


async def _admit(counsellor: Client, inside: list[Client], session: str) -> None:
    for _ in range(WAIT_SECONDS * 10):
        if counsellor.lobby:
            await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/admit/", membership=counsellor.lobby)
        if all(client.inside.is_set() for client in (counsellor, *inside)):
            return
        await asyncio.sleep(0.1)
    raise PlayError("not everybody was admitted")


async def _stage(counsellor: Client, stage: str) -> None:
    await counsellor.say({"t": "mark", "mark": "stage", "stage": stage, "minutes": 20, "id": new_id()})


async def _talk(counsellor: Client, inside: dict[int, Client], week: Week, chance: random.Random) -> None:
    """Sharings, answers, words to the counsellor alone and into the bowl; one never says a word."""
    for _ in range(14):
        place = chance.choice([-1, *(one for one in inside if one != SILENT)])
        client = counsellor if place < 0 else inside[place]
        to = chance.choice(["", *week.posts]) if week.posts else ""
        way = "named" if place < 0 else chance.choices(("named", "alone", "nameless"), (8, 1, 1))[0]
        frame = {"t": "say", "way": way, "id": new_id(), "text": f"{chance.choice(LINES)} ({len(week.posts)})"}
        if way == "named" and to:
            frame["reply"] = to
        answer = await client.say(frame)
        if answer["state"] == "nudged":
            frame |= {"id": new_id(), "insists": True}  # type: ignore[dict-item]
            answer = await client.say(frame)
        if answer["state"] != "kept":
            raise PlayError(f"a line was {answer['state']}")
        if way == "named":
            week.posts[frame["id"]] = to
        else:
            week.private.add(frame["id"])


async def _pick(counsellor: Client, inside: dict[int, Client], chance: random.Random) -> None:
    await counsellor.say({"t": "mark", "mark": "picking", "themes": list(THEMES), "id": new_id()})
    for member in inside.values():
        mine = [theme for theme in THEMES if chance.random() < 0.5]
        await member.say({"t": "mark", "mark": "picks", "themes": mine, "id": new_id()})
    await counsellor.say({"t": "mark", "mark": "picking-end", "id": new_id()})


async def _cards(inside: dict[int, Client], session: str, week: Week, chance: random.Random) -> None:
    """Two give a card to the same receiver, who answers both."""
    receiver, *others = list(inside.values())
    await receiver.say({"t": "mark", "mark": "ready", "ready": True, "id": new_id()})
    for giver in others[:2]:
        page = await asyncio.to_thread(giver.get, f"/ruang/{session}/kartu/")
        ready = re.findall(r'<option value="([0-9a-f]{32})"(?! disabled)', page)
        fields = {**after.CARD, "wish": f"{after.CARD['wish']} {week.number}", "to": ready[0], "kind": "appreciative"}
        await asyncio.to_thread(giver.post, f"/ruang/{session}/kartu/beri/", **fields)
    page = await asyncio.to_thread(receiver.get, f"/ruang/{session}/kartu/")
    for card in sorted(set(re.findall(r'name="card" value="([0-9a-f]{32})"', page))):
        helped = chance.choice((0, 1, 2))
        fields = {"card": card, "helped": str(helped), "question": asas.QUESTION}
        await asyncio.to_thread(receiver.post, f"/ruang/{session}/kartu/jawab/", **fields)
        week.helped.append(helped)
