"""Every route of Lingkar. Names are used in templates and in answers; the walk and the route test list them all."""

from django.urls import path

from lingkar.accounts import views as accounts
from lingkar.desk import views as desk
from lingkar.door import first
from lingkar.door import views as door
from lingkar.home import agreement, promises
from lingkar.home import views as home
from lingkar.journal import views as journal
from lingkar.practice import views as practice
from lingkar.reports import views as reports
from lingkar.room import card_views as cards
from lingkar.room import closing, plan
from lingkar.room import views as room
from lingkar.safety import views as safety
from lingkar.ui import views as ui

urlpatterns = [
    path("", door.landing, name="landing"),
    path("healthz", ui.healthz, name="healthz"),
    path("sumber/", ui.source, name="source"),
    path("bahasa/", ui.set_language, name="set_language"),
    path("bantuan/", safety.crisis_card, name="crisis_card"),
    path("penjaga.js", safety.worker, name="worker"),
    path("mulai/", first.first_account, name="first_account"),
    path("masuk/", accounts.sign_in, name="sign_in"),
    path("keluar/", accounts.sign_out, name="sign_out"),
    path("pulih/", accounts.recover, name="recover"),
    path("akun/", accounts.account, name="account"),
    path("akun/rekan/", accounts.colleague, name="colleague"),
    path("akun/sandi/", accounts.change_passphrase, name="change_passphrase"),
    path("akun/pemulihan/", accounts.new_recovery, name="new_recovery"),
    path("akun/batas/", agreement.limits_page, name="limits"),
    path("undangan/", door.invitation, name="invitation"),
    path("ketuk/", door.knock, name="knock"),
    path("pintu/", door.sheet, name="sheet"),
    path("pintu/batas/", door.read_limits, name="read_limits"),
    path("pintu/janji/", door.promise, name="promise"),
    path("cadangan/", door.backup, name="backup"),
    path("wali/", door.guardian, name="guardian"),
    path("wali/terima-kasih/<slug:answer>/", door.guardian_done, name="guardian_done"),
    path("beranda/", home.home, name="home"),
    path("lingkar/baru/", home.new_group, name="new_group"),
    path("lingkar/<str:group>/", home.group, name="group"),
    path("lingkar/<str:group>/kesepakatan/", agreement.agreement_page, name="agreement"),
    path("lingkar/<str:group>/buku/", home.ledger, name="ledger"),
    path("lingkar/<str:group>/undang/", home.invite, name="invite"),
    path("lingkar/<str:group>/undangan/", home.show_invitations, name="invitations"),
    path("lingkar/<str:group>/terima/", home.confirm, name="confirm"),
    path("lingkar/<str:group>/nama/", home.rename, name="rename"),
    path("lingkar/<str:group>/keluar/", home.leave, name="leave"),
    path("lingkar/<str:group>/janji/", promises.promises_page, name="promises"),
    path("lingkar/<str:group>/janji/<str:target>/", promises.promise_seen, name="promise_seen"),
    path("lingkar/<str:group>/jadwal/", home.schedule, name="schedule"),
    path("lingkar/<str:group>/selesai/", home.end, name="end"),
    path("lingkar/<str:group>/musnahkan/", home.shred, name="shred"),
    path("lingkar/<str:group>/anggota/<str:membership>/<str:act>/", home.member_act, name="member_act"),
    path("lingkar/<str:group>/bantu/", desk.help_page, name="help"),
    path("lingkar/<str:group>/bantu/sampai/", desk.help_asked, name="help_asked"),
    path("lingkar/<str:group>/kasus/", desk.open_by_hand, name="open_case"),
    path("lingkar/<str:group>/kasus/<str:case>/", desk.case_page, name="case"),
    path("lingkar/<str:group>/kasus/<str:case>/buka/", desk.open_climbed, name="case_open"),
    path("lingkar/<str:group>/kasus/<str:case>/langkah/", desk.step, name="case_step"),
    path("lingkar/<str:group>/kasus/<str:case>/beri-tahu/", desk.tell, name="case_tell"),
    path("lingkar/<str:group>/tanda/", desk.flags_page, name="flags"),
    path("pertemuan/<str:session>/tanda/", desk.judge_flag, name="judge_flag"),
    path("latihan/", practice.practice, name="practice"),
    path("latihan/<str:session>/tinjauan/", practice.debrief_page, name="debrief"),
    path("meja/", desk.desk_page, name="desk"),
    path("asas/", reports.principles, name="principles"),
    path("lingkar/<str:group>/tanggapan/", reports.given_page, name="given"),
    path("lingkar/<str:group>/ringkasan/", reports.supervision_page, name="supervision"),
    path("lingkar/<str:group>/cermin/", reports.mirror_page, name="mirror"),
    path("lingkar/<str:group>/perjalanan/", reports.journey_page, name="journey"),
    path("lingkar/<str:group>/catatan/", journal.journal, name="journal"),
    path("lingkar/<str:group>/catatan/<str:note>/<str:act>/", journal.note_act, name="note_act"),
    path("lingkar/<str:group>/khas/", journal.strengths_page, name="strengths"),
    path("lingkar/<str:group>/mengganjal/", journal.ruptures_page, name="ruptures"),
    path("lingkar/<str:group>/mengganjal/<str:target>/<str:act>/", journal.rupture_act, name="rupture_act"),
    path("lingkar/<str:group>/tujuan/", journal.goals_page, name="goals"),
    path("lingkar/<str:group>/tujuan/<str:goal>/<str:act>/", journal.goal_act, name="goal_act"),
    path("pertemuan/<str:session>/hadir/", home.attend, name="attend"),
    path("pertemuan/<str:session>/roda/", reports.wheel_page, name="wheel"),
    path("pertemuan/<str:session>/laporan/", reports.paper_page, name="paper"),
    path("pertemuan/<str:session>/aku/", reports.today, name="today"),
    path("ruang/<str:session>/penutup/", closing.closing, name="closing"),
    path("ruang/<str:session>/rencana/", plan.plan, name="plan"),
    path("ruang/<str:session>/kartu/", cards.show, name="cards"),
    path("ruang/<str:session>/kartu/pasangkan/", cards.pair, name="pair_cards"),
    path("ruang/<str:session>/kartu/beri/", cards.give, name="give_card"),
    path("ruang/<str:session>/kartu/baca/", cards.reading, name="read_card"),
    path("ruang/<str:session>/kartu/jawab/", cards.reply, name="answer_card"),
    path("ruang/<str:session>/kartu/putuskan/", cards.decide, name="decide_card"),
    path("pertemuan/<str:session>/<str:act>/", home.change_date, name="change_date"),
    path("ruang/<str:session>/", room.room, name="room"),
    path("ruang/<str:session>/petunjuk/", room.hints, name="hints"),
    path("ruang/<str:session>/kata/", room.say, name="say"),
    path("ruang/<str:session>/sejak/<int:number>/", room.since, name="since"),
    path("ruang/<str:session>/tindak/<str:act>/", room.act, name="act"),
]

handler404 = "lingkar.ui.views.not_found"
handler400 = "lingkar.ui.views.bad_request"
