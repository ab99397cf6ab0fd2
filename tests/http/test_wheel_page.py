"""Each figure on the wheel page: with nothing it says so; one more event moves it and its evidence by exactly that."""

import html
import re

import pytest

from lingkar.circle import cards, rules
from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained
from lingkar.principles.contract import Sight
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.responsibility.events import UcaGiven
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality.events import PickingEnded, PickingStarted, ThreadsPicked
from tests.cast import Circle, make_circle, post, stamp, whisper
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
CARD = {"saw": "Tadi kamu menunggu.", "effect": "", "wish": "Aku menghargainya.", "corrective": False}


def shown(circle: Circle) -> dict[str, tuple[int, int, list[str]]]:
    """Rule -> part, whole, and the lines of its evidence, read from the page; a missing figure is left out."""
    page = browser(circle.where.me).get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()
    found = {}
    for item in re.split(r"<li><b>\d\. ", page)[1:]:
        figure = re.search(r"<b>(\d+) dari (\d+)</b>", item)
        rule = re.search(r"([A-Z]+-\d)</span>", item)
        lines = re.findall(r"<li><b>(.*?)</b> (.*?)</li>", item.split("</details>")[0], re.DOTALL)
        if rule and figure:
            evidence = [html.unescape(f"{by}: {words.strip()}") for by, words in lines]
            found[rule[1]] = (int(figure[1]), int(figure[2]), evidence)
    return found


def said(circle: Circle, at: int, text: str, **more):
    event = post(circle.members[at], text, **more)
    circle.say(circle.members[at], event)
    return event.id


@pytest.fixture
def circle() -> Circle:
    """Something to go by for every asas, and for each something not yet done."""
    made = make_circle(5)
    lead, (one, two, *_others) = made.where, made.members
    made.say(lead, LimitsExplained(**stamp(lead)))
    made.say(lead, StageMoved(**stamp(lead), stage="working", minutes=20))
    made.first = said(made, 0, "Cerita pertama.")
    said(made, 1, "Cerita kedua.")
    made.say(one, Readiness(**stamp(one), ready=True))
    made.say(lead, PickingStarted(**stamp(lead), themes=("family", "school")))
    for member in made.members[:3]:
        made.say(member, ThreadsPicked(**stamp(member), themes=("family",)))
    made.say(made.members[3], ThreadsPicked(**stamp(made.members[3]), themes=("school",)))
    made.say(lead, PickingEnded(**stamp(lead)))
    made.cards = [
        cards.give(made.place(giver), made.session, one.membership.uid, CARD, insists=False).id
        for giver in (two, made.members[2])
    ]
    cards.answer(made.place(one), made.session, made.cards[0], 0, "")
    made.say(two, UcaGiven(**stamp(two), understanding="", comfort=3, action=""))
    return made


def one_more(circle: Circle, rule: str) -> None:
    last = circle.members[4]
    match rule.split("-", maxsplit=1)[0]:
        case "CONFIDENTIALITY":
            circle.say(last, LimitsAffirmed(**stamp(last)))
        case "TRUST":
            said(circle, 4, "Aku dengar kamu.", reply_to=circle.first)
        case "ACCEPTANCE":
            circle.say(circle.where, post(circle.where, "Terima kasih.", reply_to=circle.first))
        case "OPENNESS":
            said(circle, 0, "Lanjut ceritanya.", reply_to=circle.first)
        case "RESPONSIBILITY":
            circle.say(last, UcaGiven(**stamp(last), understanding="", comfort=4, action="Tidur cepat."))
        case "UNIVERSALITY":
            circle.say(last, ThreadsPicked(**stamp(last), themes=("family",)))
        case "FEEDBACK":
            cards.answer(circle.place(circle.members[0]), circle.session, circle.cards[1], 2, "")


RULES = [reading.rule for reading in rules.readings(Sight((), ())).values()]


@pytest.mark.parametrize("rule", RULES)
def test_one_more_event_moves_one_figure_and_its_evidence_by_exactly_it(circle, rule):
    before = shown(circle)
    assert set(before) == set(RULES)
    one_more(circle, rule)
    after = shown(circle)
    assert after[rule][0] == before[rule][0] + 1
    assert len(after[rule][2]) == len(before[rule][2]) + 1
    assert [line for line in before[rule][2] if line not in after[rule][2]] == []


def test_where_nothing_happened_the_page_says_so_for_all_seven():
    circle = make_circle(3)
    page = browser(circle.where.me).get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()
    assert page.count("Belum ada bukti.") == 7
    assert shown(circle) == {}
    circle.say(circle.members[0], whisper(circle.members[0], "Hanya untuk Ibu."))
    assert shown(circle) == {"OPENNESS-5": (0, 1, [])}
