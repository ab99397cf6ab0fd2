"""The play: register, invite, join, consent, admit, post, cut, close; then count for each receiver by UUID."""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lingkar.rehearse import after, asas, weeks
from lingkar.rehearse.client import Client, PlayError, new_id
from lingkar.vault.secret import Secret
from lingkar.vault.suite import totp_code

RIGHT = {"friend": "ask-them", "danger": "told-first", "others": "cannot-promise"}
ADMITTING_SECONDS = 60
SETTLING_SECONDS = 30
OWN_LINES = (
    "Aku senang bisa datang hari ini.",
    "Minggu ini agak berat, tugasnya banyak.",
    "Aku juga begitu, jadi kamu tidak sendiri.",
    "Terima kasih sudah cerita.",
    "Boleh aku tanya, apa yang paling membantu waktu itu?",
)


@dataclass(frozen=True)
class Line:
    author: int
    text: str
    reply_to: int | None


class Counsellor(Client):
    """Also knows the second factor."""

    totp = Secret(b"")
    step = 0

    def second_factor(self) -> dict[str, str]:
        """A six-digit code counts once, so the next step is waited for."""
        while int(time.time()) // 30 <= self.step:
            time.sleep(0.2)
        self.step = int(time.time()) // 30
        return {"totp": totp_code(self.totp, time.time())}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="lingkar rehearse")
    parser.add_argument("--url", required=True)
    parser.add_argument("--posts", type=Path)
    parser.add_argument("--members", type=int, default=8)
    parser.add_argument("--code")
    parser.add_argument("--weeks", action="store_true", help="eight sessions of nine members instead of one")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--socket-url", help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    try:
        figures = asyncio.run(play_weeks(arguments) if arguments.weeks else play(arguments))
    except PlayError as error:
        print(json.dumps({"error": str(error)}), file=sys.stderr)
        return 2
    print(json.dumps(figures) if arguments.json else "\n".join(f"{key}: {value}" for key, value in figures.items()))
    if arguments.weeks:
        whole = figures["one_less_noticed"] == figures["weeks"] and figures["absent_told"]
        return 0 if not figures["wheel_differs"] and not figures["lost"] and whole else 1
    wrong = ("lost", "doubled", "out_of_order", "answers_seen_early", "wheel_differs", "report_leaks", "unsigned")
    whole = figures["plans"] == [figures["members"], figures["members"], 0]
    return 1 if any(figures[name] for name in wrong) or not whole or figures["goodbyes"] != figures["members"] else 0


def read_lines(path: Path | None, members: int) -> list[Line]:
    if path is None:
        return [
            Line(n % members, f"{OWN_LINES[n % len(OWN_LINES)]} ({n + 1})", n - 1 if n % 3 == 2 else None)
            for n in range(40)
        ]
    raw = [json.loads(text) for text in path.read_text().splitlines() if text.strip()]
    return [Line(item["author"] % members, item["text"], item.get("reply_to")) for item in raw]


def _addresses(arguments: argparse.Namespace) -> tuple[str, str]:
    """Of the pages and of the socket."""
    url = arguments.url.rstrip("/")
    parts = urlsplit(url)
    return url, arguments.socket_url or f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/kawat"


async def play(arguments: argparse.Namespace) -> dict[str, Any]:
    """The figures. Raises `PlayError`."""
    url, socket_url = _addresses(arguments)
    lines = read_lines(arguments.posts, arguments.members)
    started = time.monotonic()
    counsellor = Counsellor(url, socket_url)
    await asyncio.to_thread(_register, counsellor, arguments.code or _own_code(urlsplit(url).hostname or ""))
    group, session, fragments = await asyncio.to_thread(_prepare, counsellor, arguments.members)
    members = [Client(url, socket_url) for _ in fragments]
    for number, (member, fragment) in enumerate(zip(members, fragments, strict=True)):
        await asyncio.to_thread(_join, member, fragment, number)
    await asyncio.to_thread(counsellor.post, f"/lingkar/{group}/terima/")
    everybody = [counsellor, *members]
    await _enter(counsellor, members, session)
    sent = await _speak(counsellor, members, lines)
    await _settle(everybody, sent)
    figures = _count(everybody, sent)
    seats = await asyncio.to_thread(after.seats_of, counsellor, session)
    answers, figures["answers_seen_early"] = await asas.play_round(counsellor, members, seats)
    sent.said += [after.Said(one, author) for author, one in enumerate(answers)]
    await asas.count_me_too(members, answers[0])
    await after.play_after(counsellor, members, group, session)
    wanted = after.recount(sent.said, len(sent.private), len(members), sent.signals)
    shown = await asyncio.to_thread(after.seen, counsellor, group, session)
    figures["cases"], figures["wheel_differs"] = shown["cases"][0], after.differences(wanted, shown)
    await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/close/")
    for client in everybody:
        await client.close()
    names = [f"Anggota {number + 1}</td" for number in range(len(members))]
    markers = [*(line.text for line in lines), *after.TYPED, *names]
    figures["report_leaks"] = await asyncio.to_thread(after.leaks, counsellor, session, markers)
    figures |= await after.play_next(counsellor, members, group)
    if not arguments.keep:
        await asyncio.to_thread(counsellor.post, f"/lingkar/{group}/musnahkan/", name=GROUP_NAME)
    figures["seconds"] = round(time.monotonic() - started, 2)
    return figures


async def play_weeks(arguments: argparse.Namespace) -> dict[str, Any]:
    """Eight weeks; two of the nine come in the third. Raises `PlayError`."""
    url, socket_url = _addresses(arguments)
    started = time.monotonic()
    counsellor = Counsellor(url, socket_url)
    await asyncio.to_thread(_register, counsellor, arguments.code or _own_code(urlsplit(url).hostname or ""))
    group, session, fragments = await asyncio.to_thread(_prepare, counsellor, weeks.MEMBERS)

    def join(number: int) -> Client:
        member = Client(url, socket_url)
        _join(member, fragments[number], number)
        counsellor.post(f"/lingkar/{group}/terima/")
        return member

    members = [await asyncio.to_thread(join, number) for number in range(weeks.LATE)]
    figures = await weeks.play(counsellor, members, group, session, join)
    if not arguments.keep:
        await asyncio.to_thread(counsellor.post, f"/lingkar/{group}/musnahkan/", name=GROUP_NAME)
    return {**figures, "seconds": round(time.monotonic() - started, 2)}


GROUP_NAME = "Latihan"


def _own_code(host: str) -> str:
    if host not in ("127.0.0.1", "localhost", "::1") or "LINGKAR_DATA" not in os.environ:
        raise PlayError("give --code, or run on loopback with LINGKAR_DATA")
    made = subprocess.run(
        [sys.executable, "-m", "lingkar.cli", "code"], capture_output=True, text=True, check=False, timeout=60
    )
    if made.returncode:
        raise PlayError("no counsellor code could be made")
    return made.stdout.strip()


def _register(counsellor: Counsellor, code: str) -> None:
    page = counsellor.get("/mulai/")
    counsellor.totp = Secret(bytes.fromhex(counsellor.field_of(page, "totp_secret")))
    keys = {name: counsellor.field_of(page, name) for name in ("login", "passphrase")}
    counsellor.login = keys
    first = (
        {"organisation": "Latihan", "language": "id", "contact": "Bu Laras, guru BK", "phone": "0"}
        if 'name="organisation"' in page
        else {}
    )
    code_now = totp_code(counsellor.totp, time.time())
    counsellor.post("/mulai/", code=code, totp_secret=counsellor.totp.reveal().hex(), totp=code_now, **keys, **first)


def _prepare(counsellor: Counsellor, members: int) -> tuple[str, str, list[str]]:
    """A practice group, one session, one invitation a member."""
    counsellor.get("/lingkar/baru/")
    made = counsellor.post(
        "/lingkar/baru/", name=GROUP_NAME, purpose="", leader="Bu Laras", backup="Pak Damar", size=12, meetings=1,
        minutes=40, retention=30, norms=["@stays", "@listen"], promises=["@time"], practice="yes",
    )  # fmt: skip
    group = made["group"]
    session = counsellor.post(f"/lingkar/{group}/jadwal/", starts="2030-01-07T09:00", minutes=40)["session"]
    tickets = counsellor.post(f"/lingkar/{group}/undang/", age="adult", count=members)["tickets"]
    return group, session, [ticket["fragment"] for ticket in tickets]


def _join(member: Client, fragment: str, number: int) -> None:
    """From the invitation to the signed promise."""
    member.get("/undangan/")
    member.post("/ketuk/", fragment=fragment)
    member.get("/pintu/")
    member.get("/pintu/batas/")
    for situation, answer in RIGHT.items():
        member.post("/pintu/batas/", situation=situation, answer=answer)
    page = member.get("/pintu/janji/")
    member.login = {name: member.field_of(page, name) for name in ("login", "passphrase")}
    member.post("/pintu/janji/", name=f"Anggota {number + 1}", promise="yes", **member.login)


async def _enter(counsellor: Counsellor, members: list[Client], session: str) -> None:
    """Open the room, wait in the lobby, be admitted."""
    await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/open/")
    for client in (counsellor, *members):
        client.connect(session)
    deadline = time.monotonic() + ADMITTING_SECONDS
    while not all(client.inside.is_set() for client in (counsellor, *members)):
        if time.monotonic() > deadline:
            raise PlayError("not everybody was admitted")
        if counsellor.lobby:
            await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/admit/", membership=counsellor.lobby)
        await asyncio.sleep(0.1)
    await counsellor.say({"t": "mark", "mark": "explain", "id": new_id()})
    for member in members:
        await member.say({"t": "mark", "mark": "affirm", "id": new_id()})
    await counsellor.say({"t": "mark", "mark": "stage", "stage": "working", "minutes": 22, "id": new_id()})


@dataclass
class Sent:
    """Ids by what became of them; `nudges` counts remarks on the way."""

    in_room: list[str]
    private: list[str]
    held: list[str]
    nudges: int
    total: int
    said: list[after.Said]
    signals: int = 0


async def _speak(counsellor: Counsellor, members: list[Client], lines: list[Line]) -> Sent:
    """Each author in order, all at once; each socket is cut twice on the way."""
    ids: dict[int, str] = {}
    sent = Sent([], [], [], 0, len(lines), [])
    cut_at = {len(lines) // 3, 2 * len(lines) // 3}

    async def one(index: int, line: Line) -> None:
        frame: dict[str, Any] = {"t": "say", "way": "named", "id": new_id(), "text": line.text[:4000]}
        if line.reply_to is not None and line.reply_to in ids:
            frame["reply"] = ids[line.reply_to]
        answer = await members[line.author].say(frame)
        if answer["state"] == "nudged":
            sent.nudges += 1
            frame = {**frame, "id": new_id(), "insists": True}
            answer = await members[line.author].say(frame)
        if answer["state"] == "refused":
            raise PlayError(f"line {index} was refused: {answer['rule']}")
        ids[index] = str(frame["id"])
        sent.signals += bool(answer.get("help"))
        (sent.held if answer["state"] == "held" else sent.in_room).append(ids[index])
        if answer["state"] == "kept":
            sent.said.append(after.Said(ids[index], line.author, str(frame.get("reply", ""))))

    for start in range(0, len(lines), len(members)):
        batch = range(start, min(start + len(members), len(lines)))
        if cut_at & set(batch):
            await asyncio.gather(*(client.cut() for client in (counsellor, *members)))
        await asyncio.gather(*(one(index, lines[index]) for index in batch))
    for member in members[:2]:
        whisper = {"t": "say", "way": "alone", "id": new_id(), "text": "Ini hanya untuk konselor."}
        answer = await member.say(whisper)
        sent.signals += bool(answer.get("help"))
        if answer["state"] == "kept":
            sent.private.append(whisper["id"])
            sent.total += 1
    return sent


async def _settle(everybody: list[Client], sent: Sent) -> None:
    """Until everybody has everything, or nothing more comes."""
    deadline = time.monotonic() + SETTLING_SECONDS
    wanted = set(sent.in_room)
    while time.monotonic() < deadline:
        if all(wanted <= set(client.seen.ids["room"]) for client in everybody):
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)


def _count(everybody: list[Client], sent: Sent) -> dict[str, Any]:
    """Per receiver: every kept post once, in one order, numbers without a gap."""
    lost = doubled = out_of_order = delivered = 0
    wanted = set(sent.in_room)
    for client in everybody:
        got = [one for one in client.seen.ids["room"] if one in wanted]
        delivered += len(set(got))
        lost += len(wanted - set(got))
        doubled += len(got) - len(set(got))
        for numbers in client.seen.numbers.values():
            fresh = list(dict.fromkeys(numbers))
            out_of_order += sum(1 for before, after in pairwise(fresh) if after < before)
            lost += sum(after - before - 1 for before, after in pairwise(sorted(set(numbers))))
    counsellor = everybody[0]
    private = set(sent.private) | set(sent.held)
    to_counsellor = len(private & set(counsellor.seen.ids["counsellors"]))
    lost += len(private) - to_counsellor
    for member in everybody[1:]:
        lost += len(set(member.seen.ids["counsellors"]))
    delays = sorted(delay for client in everybody for delay in client.delays)
    return {
        "members": len(everybody) - 1,
        "sent": sent.total,
        "acknowledged": len(sent.in_room) + len(sent.private) + len(sent.held),
        "delivered": delivered,
        "to_counsellor": to_counsellor,
        "held": len(sent.held),
        "nudged": sent.nudges,
        "lost": lost,
        "doubled": doubled,
        "out_of_order": out_of_order,
        "reconnects": sum(client.reconnects for client in everybody),
        "seconds": 0.0,
        "p50_ms": round(statistics.median(delays) * 1000, 1),
        "p95_ms": round(delays[int(len(delays) * 0.95)] * 1000, 1),
    }
