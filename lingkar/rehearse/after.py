"""After the words: a card, asking for help, the closing, and a recount of the wheel from what was sent."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from lingkar.rehearse import asas
from lingkar.rehearse.client import Client, PlayError, new_id

CARD = {"saw": "Tadi waktu kamu menunggu giliran.", "effect": "Aku jadi berani.", "wish": "Aku menghargainya."}
QUESTION = "Boleh cerita lebih nanti?"
HELP = "Tolong, aku ingin bicara berdua."
NOTE = "Bertemu di ruang konseling."
UCA = {"understanding": "Ternyata aku tidak sendiri.", "comfort": "4", "action": "Bicara dengan ibu hari Minggu."}
REFLECTION = "Hari ini lebih ringan dari kemarin."
REVIEW = {"result": "partly", "happened": "Ibu sempat mendengar sebentar di dapur."}
GOODBYE = {
    "change": "4",
    "helped": "Ada yang mendengar sampai selesai.",
    "goodbye": "Terima kasih, sampai jumpa lagi ya.",
}
JOURNAL = "Hari ini aku mencatat tiga hal lucu dari kantin."
WEIGHS = "Tadi ceritaku seperti lewat begitu saja."
ANSWER = "Terima kasih sudah bilang, saya kurang menyimak tadi."
TYPED = (
    *CARD.values(), QUESTION, HELP, NOTE, UCA["understanding"], UCA["action"], REFLECTION,
    REVIEW["happened"], GOODBYE["helped"], GOODBYE["goodbye"],
    JOURNAL, WEIGHS, ANSWER, *asas.TYPED,
)  # fmt: skip
SHORTEST_MARKER = 12
ITEMS = (
    "confidentiality",
    "trust",
    "acceptance",
    "openness",
    "responsibility",
    "universality",
    "feedback",
    "belonging",
)
PLANS = re.compile(r"(\d+) rencana dibuat, (\d+) diberi kabar, (\d+) sudah dicoba")
FIGURE = re.compile(r"<b>(\d+) dari (\d+)</b>.{0,200}?<span class=\"quiet\">([A-Z]+-\d)", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """One post that the circle has: author and the author of what it answers, as indices; -1 for nobody."""

    id: str
    author: int
    answers: str = ""


def recount(said: list[Said], whispers: int, members: int, signals: int) -> dict[str, tuple[int, int]]:
    """What the wheel must show, by rule id, counted from what was sent and in another way than the product does."""
    by_id = {post.id: post for post in said}
    helpers = {post.author for post in said if post.answers in by_id and by_id[post.answers].author != post.author}
    sharings = {post.id for post in said if not post.answers}
    answered = {post.answers for post in said if post.answers in sharings and by_id[post.answers].author != post.author}
    return {
        "CONFIDENTIALITY-6": (members, members),
        "TRUST-4": (len(helpers), members),
        "ACCEPTANCE-6": (len(answered), len(sharings)),
        "OPENNESS-5": (len(said), len(said) + whispers),
        "RESPONSIBILITY-5": (members, members),
        "FEEDBACK-4": (1, 1),
        "cases": (signals + 1, signals + 1),
    }


async def play_after(counsellor: Client, members: list[Client], group: str, session: str) -> None:
    """One card with its answer, one call for help with its first step, and everybody's closing."""
    receiver, giver, asking = members[0], members[1 % len(members)], members[-1]
    await receiver.say({"t": "mark", "mark": "ready", "id": new_id(), "ready": True})
    if giver is not receiver:
        await asyncio.to_thread(_card, giver, receiver, session)
    await asyncio.to_thread(asking.post, f"/lingkar/{group}/bantu/", source="talk", text=HELP)
    await asyncio.to_thread(_step, counsellor, group)
    await asyncio.to_thread(asas.agree_on, counsellor, members, group)
    await counsellor.say({"t": "mark", "mark": "stage", "stage": "closing", "minutes": 7, "id": new_id()})
    for member in members:
        await asyncio.to_thread(_close, member, session)
    await asyncio.to_thread(_own_pages, counsellor, receiver, group)
    await asyncio.to_thread(asas.own_pages, counsellor, receiver, group)
    await asyncio.to_thread(asas.promised, counsellor, receiver, group)


def _own_pages(counsellor: Client, member: Client, group: str) -> None:
    """A note in the journal, shared, and something that weighs on somebody, answered and better."""
    member.post(f"/lingkar/{group}/catatan/", text=JOURNAL, share="yes")
    path = f"/lingkar/{group}/mengganjal/"
    member.post(path, text=WEIGHS)
    found = re.search(rf"{path}([0-9a-f]{{32}})/answer/", counsellor.get(path))
    if found is None or JOURNAL not in counsellor.get(f"/lingkar/{group}/catatan/"):
        raise PlayError("a note or a line did not arrive")
    counsellor.post(f"{path}{found[1]}/answer/", text=ANSWER)
    member.post(f"{path}{found[1]}/settle/", better="2")


def leaks(counsellor: Client, session: str, typed: list[str]) -> list[str]:
    """What somebody typed, or a full name, that stands in the session's report; nothing should."""
    page = counsellor.get(f"/pertemuan/{session}/laporan/")
    return [text for text in typed if len(text) >= SHORTEST_MARKER and text in page]


async def play_next(counsellor: Client, members: list[Client], group: str) -> dict[str, Any]:
    """A second, short session where plans come first; then the end of the group, with a goodbye from everybody."""
    dates = {"starts": "2030-01-14T09:00", "minutes": 40}
    session = (await asyncio.to_thread(counsellor.post, f"/lingkar/{group}/jadwal/", **dates))["session"]
    signed = await asyncio.to_thread(asas.before_next, counsellor, members, group, session)
    await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/open/")
    seats = await asyncio.to_thread(seats_of, counsellor, session)
    await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/admit/", membership=seats)
    for member in members:
        await asyncio.to_thread(member.post, f"/ruang/{session}/rencana/", **REVIEW)
    await asyncio.to_thread(counsellor.post, f"/ruang/{session}/tindak/close/")
    await asyncio.to_thread(counsellor.post, f"/lingkar/{group}/selesai/")
    for member in members:
        await asyncio.to_thread(member.post, f"/lingkar/{group}/perjalanan/", **GOODBYE)
    page = await asyncio.to_thread(counsellor.get, f"/lingkar/{group}/perjalanan/")
    told = PLANS.search(page)
    return {
        "plans": [int(number) for number in told.groups()] if told else [],
        "goodbyes": page.count(GOODBYE["goodbye"]),
        **signed,
    }


def seats_of(counsellor: Client, session: str) -> list[str]:
    """Memberships of the circle as the cockpit's page lists them."""
    found = re.search(
        r'<script id="seats" type="application/json">(.*?)</script>', counsellor.get(f"/ruang/{session}/")
    )
    seats = json.loads(found.group(1)) if found else []
    return [seat["id"] for seat in seats if not seat["counsellor"]]


def _card(giver: Client, receiver: Client, session: str) -> None:
    page = giver.get(f"/ruang/{session}/kartu/")
    options = re.findall(r'<option value="([0-9a-f]{32})"([^>]*)>', page)
    to = next((uid for uid, more in options if "disabled" not in more), "")
    giver.post(f"/ruang/{session}/kartu/beri/", to=to, kind="appreciative", **CARD)
    cards = re.findall(r'name="card" value="([0-9a-f]{32})"', receiver.get(f"/ruang/{session}/kartu/"))
    if len(cards) != 1:
        raise PlayError("the card did not arrive")
    receiver.post(f"/ruang/{session}/kartu/jawab/", card=cards[0], helped="2", question=QUESTION)


def _cases(counsellor: Client, group: str) -> list[str]:
    return re.findall(rf'href="/lingkar/{group}/kasus/([0-9a-f]{{32}})/"', counsellor.get("/meja/"))


def _step(counsellor: Client, group: str) -> None:
    for case in _cases(counsellor, group):
        if "Ingin bicara berdua" in counsellor.get(f"/lingkar/{group}/kasus/{case}/"):
            fields = {"expected": "raised", "state": "contacted", "level": "0", "text": NOTE}
            counsellor.post(f"/lingkar/{group}/kasus/{case}/langkah/", **fields)
            return
    raise PlayError("the call for help did not reach the desk")


def _close(member: Client, session: str) -> None:
    path = f"/ruang/{session}/penutup/"
    member.post(path, part="pulse", **{f"pulse-{item}": "4" for item in ITEMS})
    member.post(path, part="uca", **UCA)
    member.post(path, part="reflection", text=REFLECTION)


def seen(counsellor: Client, group: str, session: str) -> dict[str, tuple[int, int]]:
    """The figures as the pages show them."""
    cases = len(_cases(counsellor, group))
    return {**figures(counsellor.get(f"/pertemuan/{session}/roda/")), "cases": (cases, cases)}


def figures(page: str) -> dict[str, tuple[int, int]]:
    """Part and whole by rule, as the wheel's page shows them."""
    return {rule: (int(part), int(whole)) for part, whole, rule in FIGURE.findall(page)}


def differences(wanted: dict[str, Any], shown: dict[str, Any]) -> list[str]:
    """Rules whose figure is not the recounted one."""
    return sorted(rule for rule in wanted | shown if wanted.get(rule) != shown.get(rule))
