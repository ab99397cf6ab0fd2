"""`script/prove browsers [five] [weeks]`: people with browsers. One session of five on phones; eight weeks of nine.

Of the nine two stay away at times, one leaves, one joins late, one never speaks. After each session everything on the
wheel's page is counted again from the opened events (lingkar/rehearse/recount.py); a figure one less must be noticed.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from playwright.sync_api import Browser, expect, sync_playwright  # noqa: E402

from lingkar.rehearse import after, recount  # noqa: E402
from lingkar.rehearse.weeks import ABSENT, JOINS, LATE, LEAVER, LEAVES, LINES, MEMBERS, SILENT, WEEKS  # noqa: E402
from tests.browser import stage  # noqa: E402
from tests.conftest import Server, free_port  # noqa: E402

NAMES = ("Rumi", "Sekar", "Banyu", "Kala", "Arum", "Tirta", "Laut", "Embun", "Senja")
THEMES = ("Keluarga", "Sekolah", "Masa depan")


class Person(stage.Person):
    """Whoever plays here was looked at by axe in the suite."""

    def axe(self) -> None:
        """Left out."""

    def get(self, path: str) -> str:
        """As the page's own scripts would fetch it."""
        return str(self.page.evaluate("async (path) => (await fetch(path)).text()", path))


class Play:
    """A counsellor at a desk and members on phones."""

    def __init__(self, browser: Browser, server: Server, invited: int) -> None:
        self.browser, self.server, self.chance = browser, server, random.Random(5)
        self.lead = Person(browser, server, **stage.DESK)
        stage.register(self.lead, server)
        self.links = stage.make_group(self.lead)
        page = self.lead.page
        page.get_by_role("link", name="Kembali ke lingkar").click()
        self.group = page.url.removeprefix(server.url)
        if invited > len(self.links):
            page.fill("#count", str(invited - len(self.links)))
            page.get_by_label("Dewasa").check()
            page.get_by_role("button", name="Buat undangan").click()
            expect(page.locator(".card")).to_have_count(invited)
            self.links = [text.strip() for text in page.locator(".card details p").all_text_contents()]
        self.members: list[Person] = []
        self.pulses: list[list[int]] = []

    def join(self) -> None:
        """As everybody does, with one wrong answer at the door, which the console notes."""
        member = Person(self.browser, self.server, **stage.PHONE)
        stage.join(member, self.links[len(self.members)], NAMES[len(self.members)])
        member.complaints.clear()
        self.members.append(member)

    def let_in(self) -> None:
        self.lead.open(self.group)
        self.lead.page.get_by_role("button", name="Terima semua").click()
        expect(self.lead.page.get_by_role("button", name="Terima semua")).to_have_count(0)

    def session(self, number: int, here: list[int]) -> dict[str, Any]:
        """One session from the date to the wheel; what differs, and what was shown."""
        self.pulses.clear()
        room = self.open(number, here)
        self.limits(here)
        self.lead.page.locator("[data-stage=working]").click()
        self.talk(here)
        if number % 2 == 0 or len(self.members) <= len(here) < MEMBERS:
            self.picking(here)
        helped = self.card(here, room) if number % 3 == 0 or len(here) == len(self.members) else []
        self.lead.open(room)
        self.lead.page.locator("[data-stage=closing]").click()
        expect(self.lead.page.locator("[data-stage=closing][aria-current=step]")).to_be_visible()
        for place in here:
            self.close(place, room)
        self.lead.page.locator("#close").click()
        expect(self.lead.page.locator("#gate")).to_contain_text("ditutup")
        return self.compare(room.split("/")[2], helped)

    def open(self, number: int, here: list[int]) -> str:
        self.lead.open(self.group)
        page = self.lead.page
        if number > 1:
            page.fill("#starts", f"2030-02-{number:02d}T09:00")
            page.get_by_role("button", name="Jadwalkan").click()
        page.get_by_role("link", name="Siapkan ruang").last.click()
        page.locator("#open").click()
        expect(page.locator("#open")).to_have_count(0)
        room = page.url.removeprefix(self.server.url)
        for place in here:
            self.members[place].open(room)
        expect(page.locator("#lobby li")).to_have_count(len(here))
        page.locator("#admit-all").click()
        for place in here:
            expect(self.members[place].page.locator("#composer")).to_be_visible()
        return room

    def limits(self, here: list[int]) -> None:
        self.lead.page.get_by_role("button", name="Jelaskan batas").click()
        for place in here:
            button = self.members[place].page.get_by_role("button", name="Aku paham")
            expect(button).to_be_visible()
            if self.chance.random() < 0.8:
                button.click()

    def talk(self, here: list[int]) -> None:
        """By name, in answer to somebody, to the counsellor alone, with "me too"; one never says a word."""
        for said, place in enumerate(one for one in here if one != SILENT):
            page, line = self.members[place].page, f"{self.chance.choice(LINES)} ({said})"
            kind = self.chance.choice(("share", "share", "answer", "alone"))
            if kind == "alone":
                page.locator("input[name=way][value=alone]").check(force=True)
            answers = page.get_by_role("button", name="Tanggapi")
            if kind == "answer" and answers.count():
                answers.last.click()
            stage.say(self.members[place], line)
            expect(page.locator(".post", has_text=line)).to_be_visible()
            if kind == "alone":
                page.locator("input[name=way][value=named]").check(force=True)

    def picking(self, here: list[int]) -> None:
        self.lead.page.locator("#picking").click()
        for place in here:
            page = self.members[place].page
            expect(page.locator(".pick").first).to_be_visible()
            for theme in THEMES:
                if self.chance.random() < 0.5:
                    page.locator(".pick", has_text=theme).click()
            page.get_by_role("button", name="Kirim pilihan").click()
            expect(page.get_by_text("Pilihanmu sudah sampai.")).to_be_visible()
        self.lead.page.locator("#picking").click()
        expect(self.lead.page.locator("#picking[aria-pressed=false]")).to_be_visible()

    def card(self, here: list[int], room: str) -> list[int]:
        """One card, and whether it helped."""
        receiver, giver = (self.members[place] for place in here[:2])
        receiver.open(f"{room}kartu/")
        receiver.page.get_by_role("button", name="Aku siap menerima").click()
        expect(receiver.page.get_by_role("button", name="Jangan dulu")).to_be_visible()
        giver.open(f"{room}kartu/")
        giver.page.select_option("#to", label=NAMES[here[0]])
        giver.page.fill("#saw", "Tadi waktu kamu menunggu giliran.")
        giver.page.fill("#wish", "Aku menghargainya.")
        giver.page.get_by_role("button", name="Kirim kartu").click()
        expect(giver.page.get_by_text("Yang kuberikan")).to_be_visible()
        receiver.open(f"{room}kartu/")
        helped = self.chance.choice((0, 2))
        receiver.page.locator(f"input[name=helped][value='{helped}']").first.check(force=True)
        receiver.page.get_by_role("button", name="Kirim jawaban").first.click()
        expect(receiver.page.get_by_text("Kamu menjawab").first).to_be_visible()
        return [helped]

    def close(self, place: int, room: str) -> None:
        """Each part filled in or passed, as people do."""
        page = self.members[place].page
        self.members[place].open(f"{room}penutup/")
        if self.chance.random() < 0.8:
            self.pulses.append([self.chance.choice((0, *range(1, 6))) for _item in range(recount.ITEMS)])
            for scale, value in zip(page.locator("fieldset.scale").all(), self.pulses[-1], strict=True):
                if value:
                    scale.locator("label").nth(value - 1).click()
            page.get_by_role("button", name="Lanjut").click()
        else:
            page.get_by_role("button", name="Lewat").click()
        expect(page.locator("#action")).to_be_visible()
        if self.chance.random() < 0.7:
            page.fill("#action", "Menyapa satu orang baru.")
        page.get_by_role("button", name="Lanjut").click()
        expect(page.locator("[name=part][value=reflection]")).to_have_count(1)
        page.get_by_role("button", name="Lewat").click()
        expect(page.get_by_text("Penutupmu sudah lengkap")).to_be_visible()

    def compare(self, session: str, helped: list[int]) -> dict[str, Any]:
        events = recount.opened(self.lead, session)
        page = self.lead.get(f"/pertemuan/{session}/roda/")
        counted, seen = recount.figures(events, helped), after.figures(page)
        felt, shown = recount.felt(events, self.pulses), recount.shown_felt(page)
        differs = after.differences(counted, seen) + (["felt"] if felt != shown else [])
        part, whole = counted["OPENNESS-5"]
        less = bool(after.differences({**counted, "OPENNESS-5": (part - 1, whole)}, seen))
        return {"figures": len(seen) + sum(map(bool, shown)), "differs": differs, "one_less_noticed": less}

    def complaints(self) -> list[str]:
        return [text for who in (self.lead, *self.members) for text in who.complaints]


def five(browser: Browser, server: Server) -> dict[str, Any]:
    play = Play(browser, server, 5)
    for _ in range(5):
        play.join()
    play.let_in()
    started = time.monotonic()
    found = play.session(1, list(range(5)))
    return {**found, "seconds": round(time.monotonic() - started), "complaints": play.complaints()}


def weeks(browser: Browser, server: Server) -> dict[str, Any]:
    play = Play(browser, server, MEMBERS)
    for _ in range(LATE):
        play.join()
    play.let_in()
    found: dict[int, dict[str, Any]] = {}
    for number in range(1, WEEKS + 1):
        if number == JOINS:
            play.join()
            play.join()
            play.let_in()
        absent = {place for place, missed in ABSENT.items() if number in missed}
        gone = {LEAVER} if number > LEAVES else set()
        found[number] = play.session(number, [one for one in range(len(play.members)) if one not in absent | gone])
        print(number, json.dumps(found[number]), flush=True)
        if number == LEAVES:
            play.members[LEAVER].open(play.group)
            play.members[LEAVER].page.locator(f"form[action='{play.group}keluar/'] button").click()
            expect(play.members[LEAVER].page.get_by_role("heading", name="Lingkarku")).to_be_visible()
    play.lead.open(play.group)
    return {
        "weeks": len(found),
        "figures": sum(one["figures"] for one in found.values()),
        "differs": {number: one["differs"] for number, one in found.items() if one["differs"]},
        "one_less_noticed": all(one["one_less_noticed"] for one in found.values()),
        "absent_told": play.lead.page.get_by_text("Dua pertemuan terakhir").count() == 1,
        "complaints": play.complaints(),
    }


def main() -> int:
    plays = {"five": five, "weeks": weeks}
    failed = 0
    for name in sys.argv[1:] or plays:
        folder, port = Path(tempfile.mkdtemp()), free_port()
        cert, key = stage.certificate(folder)
        options = ["--host", stage.NAME, "--tls-cert", cert, "--tls-key", key]
        server = Server(f"https://{stage.NAME}:{port}", folder / "data", port, options)
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=stage.ARGUMENTS)
                found = plays[name](browser, server)
                browser.close()
        finally:
            server.kill()
        print(name, json.dumps(found, ensure_ascii=False))
        failed += bool(found["differs"] or found["complaints"] or not found["one_less_noticed"])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
