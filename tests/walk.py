"""`script/walk`: every page x role x language x size x light, with real data; axe on each, contact sheets in docs/walk.

A page route that no role visits fails the walk.
"""

import io
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

import django

django.setup()

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402

from tests.browser import stage as session  # noqa: E402
from tests.conftest import Server, free_port  # noqa: E402
from tests.http.test_routes import POST_ONLY  # noqa: E402

OUT = Path(__file__).parents[1] / "docs" / "walk"
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
NOT_PAGES = POST_ONLY | {"help_asked", "healthz", "worker", "hints", "since", "source"}
HEIGHT, GAP, IN_A_ROW = 600, 8, 6


def stage(browser, server: Server) -> dict[str, tuple[session.Person, dict[str, str]]]:
    """Role -> who visits, and the address of each page route they can see."""
    lead = session.Person(browser, server, **session.DESK)
    session.register(lead, server)
    links = session.make_group(lead)
    member, guest = (session.Person(browser, server, **session.DESK) for _ in range(2))
    session.join(member, links[0], "Rumi")
    guest.page.goto(links[1])
    expect(guest.page.get_by_role("link", name="Lanjut")).to_be_visible()
    page = lead.page
    page.get_by_role("link", name="Kembali ke lingkar").click()
    group = page.url.removeprefix(server.url)
    page.get_by_role("button", name="Terima semua").click()
    expect(page.get_by_role("button", name="Terima semua")).to_have_count(0)
    parent = session.Person(browser, server, **session.DESK)
    parent.page.goto(guardian_link(lead))
    expect(parent.page.get_by_role("button", name="Saya setuju")).to_be_visible()
    page.get_by_role("link", name="Siapkan ruang").click()
    room = page.url.removeprefix(server.url)
    page.locator("#open").click()
    expect(page.locator("#open")).to_have_count(0)
    member.open(room)
    expect(page.locator("#lobby li")).to_have_count(1)
    page.locator("#admit-all").click()
    expect(member.page.locator("#composer")).to_be_visible()
    session.say(member, "Di rumah aku selalu jadi yang kuat. Kalau aku ikut lelah, siapa yang jaga adik?")
    own_of_the_seven(lead, member, group, room)
    after = after_the_words(lead, member, group, room)
    colleague = session.Person(browser, server, **session.DESK)
    session.register(colleague, server)
    colleague.page.goto(backup_link(lead, group))
    expect(colleague.page.get_by_role("button", name="Saya bersedia")).to_be_visible()
    after["debrief"] = practised(lead)
    shared = {
        "home": "/beranda/",
        "account": "/akun/",
        "group": group,
        "ledger": f"{group}buku/",
        "room": room,
        "cards": f"{room}kartu/",
        "journey": f"{group}perjalanan/",
        "journal": f"{group}catatan/",
        "ruptures": f"{group}mengganjal/",
        "goals": f"{group}tujuan/",
        "promises": f"{group}janji/",
        "agreement": f"{group}kesepakatan/",
        "given": f"{group}tanggapan/",
    }
    public = {
        "crisis_card": "/bantuan/",
        "principles": "/asas/",
        "sign_in": "/masuk/",
        "recover": "/pulih/",
        "guardian_done": "/wali/terima-kasih/agree/",
    }
    return {
        "counsellor": (
            lead,
            {
                **shared,
                **after,
                "mirror": f"{group}cermin/",
                "supervision": f"{group}ringkasan/",
                "limits": "/akun/batas/",
                "new_group": "/lingkar/baru/",
                "practice": "/latihan/",
                "invitations": f"{group}undangan/",
            },
        ),
        "member": (
            member,
            {
                **shared,
                "strengths": f"{group}khas/",
                "help": f"{group}bantu/",
                "closing": f"{room}penutup/",
                "plan": f"{room}rencana/",
                "today": today_of(room),
            },
        ),
        "guardian": (parent, {"guardian": "/wali/"}),
        "colleague": (colleague, {"backup": "/cadangan/"}),
        "guest": (
            guest,
            {
                **public,
                "landing": "/",
                "first_account": "/mulai/",
                "invitation": "/undangan/",
                "sheet": "/pintu/",
                "read_limits": "/pintu/batas/",
            },
        ),
    }


def today_of(room: str) -> str:
    return room.replace("/ruang/", "/pertemuan/") + "aku/"


def own_of_the_seven(lead: session.Person, member: session.Person, group: str, room: str) -> None:
    """A round whose answers wait, a proposed norm, a goal looked at twice, a date with an answer."""
    lead.page.locator("[data-stage=working]").click()
    lead.page.locator("#round").click()
    lead.page.select_option("#depth", "3")
    lead.page.locator("#draw-card").click()
    lead.page.fill("#why", "Supaya kita tahu apa yang dijaga masing-masing.")
    lead.page.check("#together")
    lead.page.get_by_role("button", name="Mulai", exact=True).click()
    expect(member.page.locator("#asked")).to_be_visible()
    member.page.fill("#words", "Aku sering dikira marah, padahal cuma capek dan lapar.")
    member.page.locator("#composer button[type=submit]").click()
    expect(lead.page.locator(".post.private")).to_have_count(0)
    lead.open(group)
    lead.page.fill("#starts", "2031-03-06T15:30")
    lead.page.get_by_role("button", name="Jadwalkan").click()
    expect(lead.page.get_by_text("Pertemuan 2").first).to_be_visible()
    member.open(group)
    member.page.locator("input[name=coming][value=maybe]").check()
    member.page.fill("#reason-2", "Mungkin menemani adik ke puskesmas.")
    member.page.get_by_role("button", name="Kirim", exact=True).click()
    expect(member.page.get_by_role("button", name="Ubah jawaban")).to_be_visible()
    member.open(f"{group}tujuan/")
    member.page.fill("#text", "Berani bicara dengan ibu waktu capek")
    member.page.fill("[name='level-0']", "Sekali seminggu bilang kalau capek")
    member.page.get_by_role("button", name="Simpan").click()
    expect(member.page.locator(".steps")).to_be_visible()
    for level in ("-1", "0"):
        member.page.locator(f"input[name=level][value='{level}']").check(force=True)
        member.page.get_by_role("button", name="Simpan").first.click()
        expect(member.page.locator(".steps .now-here .quiet")).to_have_text(level)
    member.open(f"{group}kesepakatan/")
    member.page.fill("#text", "Kita menunggu sebentar sebelum menanggapi")
    member.page.get_by_role("button", name="Usulkan", exact=True).click()
    expect(member.page.get_by_role("button", name="Setuju", exact=True)).to_be_visible()
    member.open(room)
    lead.open(room)
    expect(lead.page.locator("#composer")).to_be_visible()


def after_the_words(lead: session.Person, member: session.Person, group: str, room: str) -> dict[str, str]:
    """A case on the desk and the closing begun; the counsellor's pages for both."""
    lead.page.locator("[data-stage=working]").click()
    session.say(member, "Kadang aku ingin ada yang menanyakan kabarku.")
    lead.page.locator("[data-stage=closing]").click()
    expect(member.page.locator(".offer a").last).to_be_visible()
    member.open(f"{group}bantu/")
    member.page.fill("#text", "Ada yang ingin kuceritakan berdua.")
    member.page.get_by_role("button", name="Aku perlu bicara berdua").click()
    member.page.wait_for_url("**/sampai/")
    lead.open("/meja/")
    case = lead.page.locator("main li a").first.get_attribute("href") or ""
    return {
        "desk": "/meja/",
        "flags": f"{group}tanda/",
        "case": case,
        "wheel": room.replace("/ruang/", "/pertemuan/") + "roda/",
        "paper": room.replace("/ruang/", "/pertemuan/") + "laporan/",
    }


def guardian_link(lead: session.Person) -> str:
    """A one-time link for the member's guardian, asked for as the button would."""
    renew = lead.page.locator("form[action$='/renew/']").first.get_attribute("action") or ""
    return str(
        lead.page.evaluate(
            """async (url) => (await (await fetch(url, {method: "POST", headers: {"X-Lingkar": "fetch",
            "X-CSRFToken": document.querySelector("meta[name=csrf]").content}})).json()).link""",
            renew.replace("/renew/", "/guardian/"),
        )
    )


def backup_link(lead: session.Person, group: str) -> str:
    lead.open(group)
    lead.page.get_by_role("button", name="Undang Pak Damar").click()
    card = lead.page.locator(".card", has_text="Cadangan konselor")
    return (card.locator("details p").text_content() or "").strip()


def practised(lead: session.Person) -> str:
    """A practice room led for a moment; the address of its debrief."""
    lead.open("/latihan/")
    lead.page.get_by_role("button", name="Mulai latihan").first.click()
    expect(lead.page.locator(".post").first).to_be_visible(timeout=30_000)
    session.say(lead, "Terima kasih sudah datang.")
    expect(lead.page.locator(".post", has_text="Terima kasih")).to_be_visible()
    lead.page.locator("#close").click()
    link = lead.page.get_by_role("link", name="Lihat pertemuan ini")
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""


def finish_door(guest: session.Person) -> None:
    """The situations answered, so that the promise can be seen."""
    guest.open("/pintu/batas/")
    for right in ("Tanya orangnya", "Ia diberi tahu dulu", "Tidak, jadi kuceritakan"):
        guest.page.get_by_text(right).click()
        guest.page.get_by_role("button", name="Jawab").click()
        expect(guest.page.locator(".praise")).to_be_visible()
        guest.page.get_by_role("button", name="Lanjut").click()
    guest.page.wait_for_url("**/pintu/janji/")


def visit(who: session.Person, role: str, pages: dict[str, str]) -> tuple[list[str], set[str]]:
    """Problems found, and the routes seen; one contact sheet a variant."""
    problems: list[str] = []
    for language, (size, view), scheme in product(("id", "en"), SIZES.items(), ("light", "dark")):
        who.context.add_cookies([{"name": "lk_language", "value": language, "url": who.url}])
        who.page.set_viewport_size(view)
        who.page.emulate_media(color_scheme=scheme)
        shots = []
        for name, path in pages.items():
            who.open(path)
            who.page.wait_for_timeout(350 if name == "room" else 60)
            shots.append(who.page.screenshot())
            found = [item["id"] for item in Axe().run(who.page).response["violations"]]
            wide = who.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
            if found or wide:
                problems.append(f"{role} {name} {language} {size} {scheme}: {found} {'sideways' if wide else ''}")
        sheet(shots).save(OUT / f"{role}-{language}-{size}-{scheme}.webp", quality=60)
    return problems, set(pages)


def sheet(shots: list[bytes]) -> Image.Image:
    """All pages of a variant, some in a row."""
    images = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    small = [image.resize((round(image.width * HEIGHT / image.height), HEIGHT)) for image in images]
    rows = [small[at : at + IN_A_ROW] for at in range(0, len(small), IN_A_ROW)]
    width = max(sum(image.width + GAP for image in row) for row in rows)
    made = Image.new("RGB", (width, len(rows) * (HEIGHT + GAP)), "white")
    for at, row in enumerate(rows):
        left = 0
        for image in row:
            made.paste(image, (left, at * (HEIGHT + GAP)))
            left += image.width + GAP
    return made


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    folder, port = Path(tempfile.mkdtemp()), free_port()
    cert, key = session.certificate(folder)
    server = Server(
        f"https://{session.NAME}:{port}", folder / "data", port,
        ["--host", session.NAME, "--tls-cert", cert, "--tls-key", key],
    )  # fmt: skip
    server.start()
    problems: list[str] = []
    seen: set[str] = set()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=session.ARGUMENTS)
            roles = stage(browser, server)
            for role, (who, pages) in roles.items():
                found, visited = visit(who, role, pages)
                problems, seen = problems + found, seen | visited
            guest = roles["guest"][0]
            guest.context.add_cookies([{"name": "lk_language", "value": "id", "url": guest.url}])
            finish_door(guest)
            found, visited = visit(guest, "guest-promise", {"promise": "/pintu/janji/"})
            problems, seen = problems + found, seen | visited
            browser.close()
    finally:
        server.kill()
    routes = {pattern.name for pattern in get_resolver().url_patterns} - NOT_PAGES
    problems += [f"never visited: {name}" for name in sorted(routes - seen)]
    print("\n".join(problems) or f"clean: {len(seen)} pages")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
