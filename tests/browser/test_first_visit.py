"""A stranger, the demo's link and nothing to read: leading a practice session, counted in taps, in both languages."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.stage import DESK, PHONE, Person, join
from tests.conftest import Server, free_port

WORDS = {
    "id": ("Masuk", "Pimpin latihan", "Mulai latihan", "Pengakhiran", "Lihat pertemuan ini"),
    "en": ("Sign in", "Lead a practice", "Start practising", "Closing", "See this session"),
}


@pytest.fixture
def demo(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    port, data = free_port(), tmp_path / "demo"
    made = Server(f"http://127.0.0.1:{port}", data, port, ["--demo", request.param, "--data", str(data)])
    made.start()
    yield made
    made.kill()
    print("".join(made.output))


def link(server: Server) -> str:
    found = re.search(r"http://\S+/masuk/#\S+", "".join(server.output))
    assert found
    return found.group()


class Stranger(Person):
    """Counts what a finger does."""

    taps = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()


@pytest.mark.parametrize(
    ("demo", "language", "size"),
    [("id", "id", DESK), ("en", "en", PHONE)],
    indirect=["demo"],
    ids=["id-desk", "en-phone"],
)
def test_a_stranger_leads_a_practice_session_within_three_minutes(demo, language, size, browser: Browser):
    enter, lead, start, closing, look_back = WORDS[language]
    visitor = Stranger(browser, demo, **size)
    page = visitor.page
    began = time.monotonic()
    page.goto(link(demo))
    expect(page.locator("#passphrase")).not_to_have_value("")
    assert "#" not in page.url
    visitor.tap(page.get_by_role("button", name=enter, exact=True))
    page.wait_for_url("**/beranda/")
    visitor.axe()
    visitor.tap(page.get_by_role("link", name=lead))
    page.wait_for_url("**/latihan/")
    visitor.axe()
    visitor.tap(page.get_by_role("button", name=start).first)
    expect(page.locator(".post").first).to_be_visible(timeout=30_000)
    print(f"{language}: first words after {time.monotonic() - began:.1f} s and {visitor.taps} taps")
    assert visitor.taps == 3
    page.fill("#words", "Halo, terima kasih sudah datang.")
    visitor.tap(page.locator("#composer .round"))
    expect(page.locator(".post", has_text="terima kasih sudah datang")).to_be_visible()
    visitor.axe()
    visitor.tap(page.get_by_role("button", name=closing))
    visitor.tap(page.locator("#close"))
    visitor.tap(page.get_by_role("link", name=look_back))
    expect(page.locator(".wheel")).to_be_visible()
    expect(page.locator("main > ul.sheet > li")).to_have_count(2)
    visitor.axe()
    visitor.no_sideways()
    seconds = time.monotonic() - began
    print(f"{language}: led, closed and looked back after {seconds:.1f} s and {visitor.taps} taps")
    assert seconds < 180
    demo_has_two_sessions(visitor)
    assert visitor.complaints == []


def demo_has_two_sessions(visitor: Person) -> None:
    """The made-up group's past moves, and nobody is marked in it."""
    page = visitor.page
    visitor.open("/beranda/")
    page.get_by_role("link", name=re.compile(r"Lingkar Kamis|Thursday circle")).first.click()
    page.get_by_role("link", name=re.compile("Perjalanan|journey")).click()
    rows = page.locator(".moves tbody tr")
    expect(rows).to_have_count(9)
    trust = rows.filter(has_text=re.compile("Kepercayaan|Trust")).locator("td")
    figures = [re.findall(r"\d+", text) for text in trust.all_inner_texts()]
    assert int(figures[0][0]) / int(figures[0][1]) < int(figures[1][0]) / int(figures[1][1])
    visitor.axe()
    visitor.no_sideways()


@pytest.mark.parametrize("demo", ["id"], indirect=True)
def test_a_second_browser_let_into_the_practice_room_hears_the_scripted_members(demo, browser: Browser):
    visitor, friend = Person(browser, demo, **DESK), Person(browser, demo, **PHONE)
    page = visitor.page
    page.goto(link(demo))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("link", name="Pimpin latihan").click()
    page.get_by_role("button", name="Mulai latihan").first.click()
    page.wait_for_url("**/ruang/**")
    room = page.url.removeprefix(visitor.url)
    visitor.open("/beranda/")
    page.get_by_role("link", name="Pertemuan biasa").first.click()
    page.fill("#count", "1")
    page.get_by_label("Dewasa").check()
    page.get_by_role("button", name="Buat undangan").click()
    join(friend, (page.locator(".card details p").text_content() or "").strip(), "Bayu")
    page.get_by_role("link", name="Kembali ke lingkar").click()
    page.get_by_role("button", name="Terima semua").click()
    expect(page.get_by_role("button", name="Terima semua")).to_have_count(0)
    visitor.open(room)
    friend.open(room)
    expect(page.locator("#lobby li")).to_have_count(1)
    page.locator("#admit-all").click()
    expect(friend.page.locator("#composer")).to_be_visible()
    story = friend.page.locator(".post", has_text="selalu jadi yang kuat")
    for text in ("Selamat datang, Bayu.", "Siapa yang mau mulai?"):
        page.fill("#words", text)
        page.locator("#composer .round").click()
        page.wait_for_timeout(8000)
    expect(story).to_be_visible(timeout=20_000)
