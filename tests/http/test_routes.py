"""Every route for every role: own, another group's, signed out. A route without an entry here fails."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from lingkar.accounts import sessions
from lingkar.circle import meeting
from lingkar.groups import actions
from tests.cast import Circle, make_circle, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PUBLIC = {
    "landing", "healthz", "set_language", "crisis_card", "worker", "first_account", "sign_in", "sign_out", "recover",
    "invitation", "knock", "source", "sheet", "read_limits", "promise", "guardian", "guardian_done", "principles",
    "backup",
}  # fmt: skip
SIGNED_IN = {
    "home",
    "account",
    "colleague",
    "change_passphrase",
    "new_recovery",
    "new_group",
    "desk",
    "practice",
    "limits",
}
GROUP = {
    "group": "member", "ledger": "member", "invite": "lead", "invitations": "lead", "confirm": "lead",
    "help": "member", "help_asked": "member", "open_case": "lead", "leave": "member", "rename": "member",
    "schedule": "lead", "shred": "lead", "end": "lead", "journey": "member", "journal": "member",
    "flags": "lead", "ruptures": "member", "goals": "member", "agreement": "member", "given": "member",
    "mirror": "lead", "supervision": "lead", "strengths": "member", "promises": "member",
}  # fmt: skip
SESSION = {"room": "member", "debrief": "practice",
           "hints": "lead", "say": "member", "since": "member", "act": "lead", "change_date": "lead",
           "wheel": "lead", "paper": "lead", "today": "member", "closing": "member", "plan": "member",
           "cards": "member", "judge_flag": "lead", "attend": "member", "pair_cards": "lead",
           "give_card": "member", "read_card": "member", "answer_card": "member", "decide_card": "lead"}  # fmt: skip
PUBLIC_PAGES = (
    "principles", "crisis_card", "sign_in", "recover", "landing", "first_account", "invitation", "guardian_done",
)  # fmt: skip
LEAD_PAGES = (
    "mirror",
    "supervision",
    "invitations",
    "new_group",
    "hints",
    "desk",
    "wheel",
    "paper",
    "practice",
    "flags",
)
MEMBER_PAGES = ("strengths", "help", "help_asked", "today", "closing", "plan")
CASE = {"case", "case_open", "case_step", "case_tell"}
NOTE = {"note_act", "rupture_act", "goal_act"}
ONE = {"member_act", "promise_seen"}
POST_ONLY = {
    "set_language", "sign_out", "knock", "change_passphrase", "new_recovery", "invite", "confirm", "leave", "rename",
    "schedule", "shred", "end", "member_act", "say", "act", "change_date", "open_case", "case_step", "case_tell",
    "case_open", "colleague", "note_act", "judge_flag", "rupture_act", "goal_act", "attend", "pair_cards",
    "promise_seen", "give_card", "read_card", "answer_card", "decide_card",
}  # fmt: skip


def browser(me=None) -> Client:
    client = Client()
    if me:
        token, key = sessions.begin(me.holder, 600)
        client.cookies[settings.SESSION_ID_COOKIE], client.cookies[settings.SESSION_KEY_COOKIE] = token, key
    return client


def address(name: str, circle: Circle) -> str:
    group, session = circle.where.group.uid, circle.session.uid
    if name in GROUP:
        return reverse(name, args=[group])
    if name in CASE:
        return reverse(name, args=[group, "0" * 32])
    if name == "promise_seen":
        return reverse(name, args=[group, "0" * 32])
    if name in NOTE:
        act = {"note_act": "share", "goal_act": "rate"}.get(name, "answer")
        return reverse(name, args=[group, "0" * 32, act])
    if name == "guardian_done":
        return reverse(name, args=["agree"])
    if name == "member_act":
        return reverse(name, args=[group, circle.members[0].membership.uid, "paper"])
    if name in SESSION:
        more = {"since": [0], "act": ["turn"], "change_date": ["move"]}.get(name, [])
        return reverse(name, args=[session, *more])
    return reverse(name)


def ask(client: Client, name: str, circle: Circle):
    call = client.post if name in POST_ONLY else client.get
    return call(address(name, circle), headers={"X-Lingkar": "fetch"})


def test_every_route_is_listed():
    names = {pattern.name for pattern in get_resolver().url_patterns}
    assert names == PUBLIC | SIGNED_IN | set(GROUP) | set(SESSION) | CASE | NOTE | ONE


@pytest.mark.parametrize("name", sorted(SIGNED_IN | set(GROUP) | set(SESSION) | CASE | NOTE | ONE))
def test_it_is_closed_to_strangers_outsiders_and_the_wrong_role(name):
    circle = make_circle(1)
    assert ask(browser(), name, circle).status_code == 401
    lead_only = GROUP.get(name) == "lead" or SESSION.get(name) in ("lead", "practice") or name in {"member_act", *CASE}
    if name not in SIGNED_IN:
        assert ask(browser(make_person()), name, circle).status_code == 404
        assert ask(browser(make_circle(0).where.me), name, circle).status_code == 404
    if lead_only:
        assert ask(browser(circle.members[0].me), name, circle).status_code == 404
        expected = (404,) if name in {"decide_card", "debrief", "judge_flag", *CASE} else (200, 409, 422)
        assert ask(browser(circle.where.me), name, circle).status_code in expected


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_open_for_those_who_may_read_them(language):
    circle = make_circle(2)
    for who, lead in ((circle.where.me, True), (circle.members[0].me, False)):
        client = browser(who)
        client.cookies["lk_language"] = language
        for name in (
            "home",
            "account",
            "group",
            "ledger",
            "room",
            "since",
            "cards",
            "journey",
            "goals",
            "given",
            "agreement",
            *(LEAD_PAGES if lead else MEMBER_PAGES),
        ):
            response = client.get(address(name, circle))
            assert response.status_code == 200, name
            assert response["Cache-Control"] == "no-store"
    for name in (
        "principles",
        "crisis_card",
        "sign_in",
        "recover",
        "landing",
        "first_account",
        "invitation",
        "guardian_done",
    ):
        assert browser().get(address(name, circle)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/tidak-ada/", "/beranda/", "/bantuan/", "/masuk/"])
def test_headers_stand_on_every_answer(path):
    response = browser().get(path)
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Permissions-Policy"]


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_unsafe_routes_need_the_csrf_token(name):
    circle = make_circle(1)
    client = browser(circle.where.me)
    client.handler.enforce_csrf_checks = True
    assert client.post(address(name, circle)).status_code == 403
    assert client.get(address(name, circle)).status_code == 405


def test_a_stolen_session_id_without_the_key_opens_nothing():
    circle = make_circle(1)
    client = browser(circle.where.me)
    client.cookies[settings.SESSION_KEY_COOKIE] = "x" * 43
    assert client.get("/beranda/", headers={"X-Lingkar": "fetch"}).status_code == 401


def test_a_removed_member_and_another_groups_session_look_like_nothing():
    circle = make_circle(2)
    gone = circle.members[0]
    meeting.remove(circle.place(circle.where), gone.membership)
    assert browser(gone.me).get(address("room", circle)).status_code == 404


def test_an_exception_tells_nothing(monkeypatch, capfd):
    circle = make_circle(1)

    def broken(*_args):
        raise RuntimeError("Zqxsecret in the text")

    monkeypatch.setattr(actions, "settle", broken)
    client = browser(circle.where.me)
    client.raise_request_exception = False
    response = client.get(address("group", circle))
    assert response.status_code == 500
    printed = capfd.readouterr()
    assert "Zqxsecret" not in response.content.decode() + printed.out + printed.err
