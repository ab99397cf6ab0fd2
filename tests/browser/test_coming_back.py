"""A member who was here before is in the room quickly, on a slow line; and nothing of a visit stays in the browser."""

import time

from playwright.sync_api import Browser, expect

from tests.browser.stage import DESK, PHONE, Person, join, make_group, register
from tests.conftest import Server

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST_KEYS, MOST_SECONDS, FIRST_VISIT_BYTES = 25, 20, 100_000


def open_room(counsellor: Person, links: list[str], member: Person) -> tuple[str, str, str]:
    """One member admitted to an open room; the room's address and the member's keys."""
    page = member.page
    page.goto(links[0])
    expect(page.get_by_role("link", name="Lanjut")).to_be_visible()
    keys: dict[str, str] = {}

    def note(request) -> None:
        if request.url.endswith("/pintu/janji/") and request.method == "POST":
            for name in ("login", "passphrase"):
                marker = f'name="{name}"\r\n\r\n'
                keys[name] = request.post_data.split(marker)[1].split("\r\n")[0]

    page.on("request", note)
    join(member, links[0], "Rumi")
    lead = counsellor.page
    lead.get_by_role("link", name="Kembali ke lingkar").click()
    lead.get_by_role("button", name="Terima semua").click()
    expect(lead.get_by_role("button", name="Terima semua")).to_have_count(0)
    lead.get_by_role("link", name="Siapkan ruang").click()
    lead.locator("#open").click()
    expect(lead.locator("#open")).to_have_count(0)
    room = lead.url.removeprefix(counsellor.url)
    member.open(room)
    expect(lead.locator("#lobby li")).to_have_count(1)
    lead.locator("#admit-all").click()
    expect(page.locator("#composer")).to_be_visible()
    return room, keys["login"], keys["passphrase"]


def test_coming_back_on_a_slow_line(tls_server: Server, browser: Browser):
    counsellor, member = Person(browser, tls_server, **DESK), Person(browser, tls_server, **PHONE)
    register(counsellor, tls_server)
    _room, login, passphrase = open_room(counsellor, make_group(counsellor), member)
    page = member.page
    leave(member)
    sign_in_once(member, login, passphrase)
    leave(member)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.go_back()
    assert "Lingkarku" not in page.locator("body").inner_text()
    slow = member.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", SLOW_3G)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    short = " ".join(word[:4] for word in passphrase.split())
    assert len(short) <= MOST_KEYS
    began = time.monotonic()
    member.open("/masuk/")
    page.locator("#passphrase").press_sequentially(short)
    expect(page.locator("#known")).to_have_text("Dikenali: 5 kata.", timeout=10_000)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("link", name="Masuk ke ruang").click()
    expect(page.locator("#composer")).to_be_visible(timeout=MOST_SECONDS * 1000)
    seconds = time.monotonic() - began
    print(f"in the room after {seconds:.1f} s and {len(short)} keys")
    assert seconds < MOST_SECONDS


def test_half_an_hour_without_a_touch_asks_whether_somebody_is_there(tls_server: Server, browser: Browser):
    counsellor, member = Person(browser, tls_server, **DESK), Person(browser, tls_server, **PHONE)
    register(counsellor, tls_server)
    room, _login, _passphrase = open_room(counsellor, make_group(counsellor), member)
    page = member.page
    page.clock.install()
    member.open(room)
    expect(page.locator("#composer")).to_be_visible()
    page.clock.fast_forward("20:00")
    expect(page.locator("#still")).to_be_hidden()
    page.clock.fast_forward("12:00")
    expect(page.locator("#still")).to_be_visible()
    member.axe()
    page.keyboard.press("Enter")
    expect(page.locator("#still")).to_be_hidden()
    page.fill("#words", "a" * 5000)
    page.locator("#composer .round").click()
    expect(page.locator("#problem")).to_contain_text("4.000")
    assert len(page.locator("#words").input_value()) == 5000


def test_a_page_in_the_background_is_blurred_and_one_left_alone_locks(tls_server: Server, browser: Browser):
    counsellor = Person(browser, tls_server, **DESK)
    register(counsellor, tls_server)
    page = counsellor.page
    counsellor.open("/lingkar/baru/")
    page.fill("#name", "Lingkar Senin")
    veiled = page.locator("html.veiled")
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true })")
    for away in (True, False):
        page.evaluate(f"window.away = {str(away).lower()}; document.dispatchEvent(new Event('visibilitychange'))")
        expect(veiled).to_have_count(int(away))
    page.clock.install()
    counsellor.open("/lingkar/baru/")
    page.fill("#name", "Lingkar Senin")
    page.clock.fast_forward("05:00")
    expect(veiled).to_have_count(0)
    page.clock.fast_forward("06:00")
    expect(page.locator("#reopen")).to_be_visible()
    expect(veiled).to_have_count(1)
    counsellor.axe()
    ask = "fetch('/beranda/', {headers: {'X-Lingkar': 'fetch'}}).then((answer) => answer.status)"
    assert page.evaluate(ask) == 401
    assert page.locator("#name").input_value() == "Lingkar Senin"
    for _key in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("#reopen")).to_be_visible()
    expect(veiled).to_have_count(1)


def test_a_locked_page_opens_for_its_own_person_with_what_was_typed(tls_server: Server, browser: Browser):
    counsellor, member = Person(browser, tls_server, **DESK), Person(browser, tls_server, **PHONE)
    register(counsellor, tls_server)
    _room, login, passphrase = open_room(counsellor, make_group(counsellor), member)
    leave(member)
    sign_in_once(member, login, passphrase)
    page = member.page
    page.get_by_role("link", name="Lingkar Kamis").first.click()
    group = page.url.split("/lingkar/")[1].split("/")[0]
    page.clock.install()
    member.open(f"/lingkar/{group}/catatan/")
    page.fill("#text", "Belum selesai kutulis")
    page.clock.fast_forward("21:00")
    expect(page.locator("#reopen")).to_be_visible()
    page.clock.resume()
    page.fill("#again-pass", passphrase)
    page.locator("#reopen").get_by_role("button", name="Masuk").click()
    expect(page.locator("#reopen")).to_be_hidden()
    expect(page.locator("html.veiled")).to_have_count(0)
    assert page.locator("#text").input_value() == "Belum selesai kutulis"


def leave(member: Person) -> None:
    member.open("/beranda/")
    member.page.locator("footer").get_by_role("button", name="Keluar").click()
    expect(member.page.get_by_role("heading", name="Ada kursi untukmu")).to_be_visible()


def sign_in_once(member: Person, login: str, passphrase: str) -> None:
    """By full name, ticking that this phone may remember it."""
    member.open("/masuk/")
    member.page.fill("#login", login)
    member.page.fill("#passphrase", passphrase)
    member.page.get_by_text("Ingat nama masukku").click()
    member.page.get_by_role("button", name="Masuk", exact=True).click()
    expect(member.page.get_by_role("heading", name="Lingkarku")).to_be_visible()


def test_a_first_visit_is_light(tls_server: Server, browser: Browser):
    counsellor = Person(browser, tls_server, **DESK)
    register(counsellor, tls_server)
    guest = Person(browser, tls_server, **PHONE)
    moved = []
    line = guest.context.new_cdp_session(guest.page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    guest.open("/")
    guest.page.wait_for_load_state("networkidle")
    assert moved
    assert sum(moved) < FIRST_VISIT_BYTES
