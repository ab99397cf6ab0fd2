"""The report for the school's file: no word that anybody said, no full name, and an entry in the ledger."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from lingkar.accounts import sessions
from lingkar.accounts.models import Organisation
from lingkar.circle import meeting, wheel
from lingkar.ledger import chain
from lingkar.principles.responsibility.events import ReflectionShared, UcaGiven
from lingkar.principles.trust.events import StageMoved
from lingkar.reports import paper, pdf
from lingkar.reports.paper import initials
from tests.cast import make_circle, make_sheet, nameless, post, stamp, whisper
from tests.http.test_routes import browser

pytestmark = pytest.mark.django_db
MARK = "Zqxmarker"


@pytest.fixture
def circle():
    Organisation.objects.create(name="SMA Melati", installed="2026-01-01")
    made = make_circle(4, admitted=3)
    one, two, three, _absent = made.members
    made.say(made.where, StageMoved(**stamp(made.where), stage="working", minutes=20))
    made.say(one, post(one, f"{MARK} cerita"))
    made.say(two, whisper(two, f"{MARK} rahasia"))
    made.say(three, nameless(three, f"{MARK} tanpa nama"))
    for member in (one, two, three):
        text = f"{MARK} paham"
        made.say(member, UcaGiven(**stamp(member), understanding=text, comfort=4, action=f"{MARK} rencana"))
    made.say(one, ReflectionShared(**stamp(one), text=f"{MARK} hati"))
    meeting.close(made.place(made.where), made.session)
    yield made
    sessions.STORE.clear()


def test_no_word_and_no_full_name_gets_into_the_report(circle):
    page = browser(circle.where.me).get(reverse("paper", args=[circle.session.uid])).content.decode()
    assert MARK not in page
    assert "Anggota 1" not in page
    assert page.count("A. 1.") == 1
    assert page.count("tidak hadir") == 1
    assert "3 anggota pulang membawa rencana sendiri" in page
    wheel = browser(circle.where.me).get(reverse("wheel", args=[circle.session.uid])).content.decode()
    assert MARK in wheel  # the control: the wheel's evidence does open to words


def test_the_pdf_says_the_same_and_no_more(circle):
    english = browser(circle.where.me)
    english.cookies["lk_language"] = "en"
    for client, title in ((browser(circle.where.me), "Daftar hadir"), (english, "Attendance")):
        made = client.post(reverse("paper", args=[circle.session.uid])).content
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
        assert title in text
        assert text.count("A. 1.") == 1
        assert "SMA Melati" in text  # the control: words of the page are found in it
        assert MARK not in text
        assert "Anggota 1" not in text


def test_a_name_of_emoji_and_markup_does_not_break_the_page():
    blank = paper.Paper((paper.Attendance("🌻. #.", None),), (), None, None, 0, wheel.felt([], 0), 0)
    document = paper.document(blank, make_sheet(leader="#let x *[" + "🌻" * 200), "$ \\ <b>", 1, "id")
    assert pdf.render(document).startswith(b"%PDF")


def test_taking_it_stands_in_the_open_ledger(circle):
    address = reverse("paper", args=[circle.session.uid])
    browser(circle.where.me).get(address)
    assert browser(circle.members[0].me).post(address).status_code == 404
    taken = browser(circle.where.me).post(address)
    assert (taken.status_code, taken["Content-Type"]) == (200, "application/pdf")
    assert "attachment" in taken["Content-Disposition"]
    assert taken.content == browser(circle.where.me).post(address).content
    member = circle.place(circle.members[0])
    acts = [act.document["act"] for act in chain.read(member.group.uid, member.opened) if act.document]
    assert acts.count("report") == 2


@pytest.mark.parametrize(
    ("name", "short"), [("Rumi", "R."), ("rumi ayu lestari dewi", "R. A. L."), ("🌻 matahari", "M."), ("🌻🌻", "–")]
)
def test_names_become_initials(name, short):
    assert initials(name) == short
