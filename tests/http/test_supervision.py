"""The supervisor's report: sealed at closing, naming nobody, no cell under five; for counsellor and backup alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.circle import supervision
from lingkar.principles.contract import Sight
from lingkar.principles.openness.events import Post, Whisper
from tests.cast import make_circle, post
from tests.circle.test_wheel import make
from tests.http.test_routes import browser

MEMBERS = tuple(f"m{number}" for number in range(8))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=4))
def test_no_cell_tells_of_fewer_than_five(sessions):
    sights = [
        Sight(
            (
                *(make(Post, at, MEMBERS[at % 8], text="x") for at in range(named)),
                *(make(Whisper, 100 + at, MEMBERS[at % 8], text="x") for at in range(other)),
            ),
            MEMBERS,
        )
        for named, other in sessions
    ]
    named, other = (sum(session[at] for session in sessions) for at in (0, 1))
    assert supervision.sums(sights)["OPENNESS-5"] == ((named, named + other) if min(named, other) >= 5 else None)
    for cell in supervision.sums(sights).values():
        assert cell is None or (cell[0] >= 5 and cell[1] - cell[0] >= 5)


@given(st.tuples(st.integers(0, 30), st.integers(0, 30)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_two_reports_beside_each_other_tell_of_no_fewer_either(before, more):
    old = (before[0], sum(before))
    new = (old[0] + more[0], old[1] + sum(more))
    told = supervision.told(new, old)
    if told != old:
        assert told == new
        assert min(more) >= 5
    assert supervision.told(new, None) == new
    assert supervision.told(None, None) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("organisation", "same_thread")
def test_it_is_sealed_at_closing_and_the_ledger_tells_everybody():
    circle = make_circle(2)
    circle.say(circle.members[0], post(circle.members[0], "Halo semua"))
    lead, member = browser(circle.where.me), browser(circle.members[0].me)
    path = f"/lingkar/{circle.where.group.uid}/ringkasan/"
    assert "Belum ada pertemuan yang ditutup" in lead.get(path).content.decode()
    assert lead.post(f"/ruang/{circle.session.uid}/tindak/close/").status_code == 200
    page = lead.get(path).content.decode()
    assert "terlalu sedikit untuk ditampilkan" in page
    assert "Halo semua" not in page
    assert "Anggota 0" not in page
    assert member.get(path).status_code == 404
    assert supervision.newest(circle.place(circle.members[0])) is None
    ledger = member.get(f"/lingkar/{circle.where.group.uid}/buku/").content.decode()
    assert "Ringkasan sampai pertemuan 1 disegel untuk pengawas" in ledger
