"""A session held in real browsers over TLS on a public name: one counsellor, three members on phones."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.stage import DESK, NAME, PHONE, Line, Person, join, make_group, register, say
from tests.conftest import Server


def test_a_session_from_invitation_to_the_last_word(tls_server: Server, browser: Browser):
    counsellor = Person(browser, tls_server, **DESK)
    register(counsellor, tls_server)
    links = make_group(counsellor)
    members = [Person(browser, tls_server, **PHONE) for _ in links]
    names = ["Rumi", "Senja", "Kala"]
    line = Line(tls_server)
    members[0].url = f"https://{NAME}:{line.port}"
    for member, link, name in zip(members, links, names, strict=True):
        join(member, link.replace(tls_server.url, member.url), name)
    page = counsellor.page
    page.get_by_role("link", name="Kembali ke lingkar").click()
    counsellor.axe()
    page.get_by_role("button", name="Terima semua").click()
    expect(page.get_by_role("button", name="Terima semua")).to_have_count(0)
    expect(page.locator("li.person", has_text="Senja")).to_be_visible()
    page.get_by_role("link", name="Siapkan ruang").click()
    page.locator("#open").click()
    expect(page.locator("#open")).to_have_count(0)
    rumi, senja, kala = members
    for member in members:
        member.open("/beranda/")
        member.axe()
        member.page.get_by_role("link", name="Masuk ke ruang").click()
        expect(member.page.locator("#gate")).to_contain_text("lobi")
    expect(page.locator("#lobby li")).to_have_count(3)
    page.locator("#admit-all").click()
    for member in members:
        expect(member.page.locator("#composer")).to_be_visible()
    page.locator("[data-stage=working]").click()
    expect(rumi.page.locator("#stage")).to_contain_text("Kegiatan")
    say(kala, "Aku selalu jadi yang kuat di rumah.")
    heard = senja.page.locator(".post", has_text="yang kuat")
    expect(heard).to_be_visible()
    heard.get_by_role("button", name="Tanggapi").click()
    say(senja, "Aku dengar kamu. Berat, ya.")
    expect(rumi.page.locator("#circle .reply")).to_have_count(1, timeout=1000)
    expect(rumi.page.locator("#list li", has_text="Senja")).to_contain_text("menjawab Kala", timeout=1000)
    expect(rumi.page.locator("#line")).to_contain_text("Senja menjawab Kala")
    rumi.page.locator("#hand").click()
    expect(page.locator("#hands")).to_contain_text("Rumi", timeout=1000)
    rumi.page.locator("[data-mark=pass]").click()
    expect(senja.page.locator(".note-line", has_text="Rumi lewat")).to_be_visible()
    whisper_and_bowl(counsellor, members)
    signal_reaches_any_page(counsellor, rumi)
    lost_line(line, rumi, senja)
    for person in (counsellor, *members):
        person.axe()
    for member in members:
        member.no_sideways()
    page.locator("#close").click()
    expect(rumi.page.locator("#gate")).to_contain_text("ditutup")
    for person in (counsellor, *members):
        refused = [text for text in person.complaints if not re.search("40[139]|42[29]|WebSocket|ERR_", text)]
        assert refused == []


def whisper_and_bowl(counsellor: Person, members: list[Person]) -> None:
    rumi = members[0]
    rumi.page.locator("label", has=rumi.page.locator("[value=alone]")).click()
    expect(rumi.page.locator("#who")).to_have_text("Hanya dibaca Bu Laras.")
    say(rumi, "Ini untuk Ibu saja.")
    expect(counsellor.page.locator(".post", has_text="Ini untuk Ibu saja")).to_be_visible()
    for number, member in enumerate(members):
        member.page.locator("label", has=member.page.locator("[value=nameless]")).click()
        say(member, f"Belum berani bilang {number}.")
        expect(member.page.locator(".post.private", has_text=f"bilang {number}")).to_be_visible()
    for number in range(3):
        for member in members:
            shown = member.page.locator(".post:not(.private)", has_text=f"bilang {number}")
            expect(shown).to_contain_text("Tanpa nama")
    assert members[1].page.locator(".post", has_text="Ini untuk Ibu saja").count() == 0
    for member in members:
        member.page.locator("label", has=member.page.locator("[value=named]")).click()


def signal_reaches_any_page(counsellor: Person, member: Person) -> None:
    other = counsellor.context.new_page()
    other.goto(counsellor.url + "/akun/")
    other.wait_for_timeout(500)
    expect(other.locator("#changed")).to_be_hidden()
    say(member, "aku pengen bunuh diri rasanya")
    expect(other.locator("#changed")).to_be_visible(timeout=1000)
    assert "bunuh" not in other.locator("body").inner_text()
    other.close()
    expect(counsellor.page.locator("#signals")).to_contain_text("Rumi")


def lost_line(line: Line, lost: Person, other: Person) -> None:
    line.cut()
    expect(other.page.locator("#list li", has_text="Rumi")).to_contain_text("tidak tersambung", timeout=5000)
    say(lost, "Tulisan di tengah putus.")
    say(other, "Selama kamu tidak ada.")
    lost.page.wait_for_timeout(300)
    line.mend()
    expect(lost.page.locator(".post", has_text="Selama kamu tidak ada")).to_be_visible(timeout=20000)
    expect(other.page.locator(".post", has_text="Tulisan di tengah putus")).to_have_count(1, timeout=20000)
