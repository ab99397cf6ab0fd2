"""The seven in words: names, pulse, what each figure counts, what to try next, and the page that explains them."""

from django.utils.translation import gettext as _

from lingkar.principles.universality.events import STRENGTHS


def principle_names() -> dict[str, str]:
    """The seven asas and belonging, in order."""
    return {
        "confidentiality": _("Kerahasiaan"),
        "trust": _("Kepercayaan"),
        "acceptance": _("Penerimaan"),
        "openness": _("Keterbukaan"),
        "responsibility": _("Tanggung jawab"),
        "universality": _("Keunikan dan kesamaan"),
        "feedback": _("Umpan balik konstruktif"),
        "belonging": _("Rasa memiliki"),
    }


def pulse_texts() -> list[dict[str, str]]:
    """One statement for each asas and one for belonging. Our own words; not a standardised scale."""
    texts = {
        "confidentiality": _("Aku yakin ceritaku tinggal di lingkar ini."),
        "trust": _("Aku bisa mengandalkan orang-orang di sini."),
        "acceptance": _("Aku diterima apa adanya."),
        "openness": _("Aku bisa mengatakan yang ingin kukatakan."),
        "responsibility": _("Aku mengerjakan bagianku hari ini."),
        "universality": _("Ada yang serupa denganku, dan yang khas dariku dihargai."),
        "feedback": _("Tanggapan yang kuterima membantuku."),
        "belonging": _("Aku bagian dari lingkar ini."),
    }
    return [{"id": item, "text": text} for item, text in texts.items()]


def figures() -> dict[str, str]:
    """What the observed figure of each asas counts."""
    return {
        "confidentiality": _("anggota menyatakan paham batasnya hari ini"),
        "trust": _("anggota menanggapi anggota lain"),
        "acceptance": _("cerita ditanggapi"),
        "openness": _("tulisan anggota memakai nama"),
        "responsibility": _("anggota pulang membawa rencana sendiri"),
        "universality": _("yang memilih punya benang merah bersama"),
        "feedback": _("kartu yang dijawab terasa membantu"),
    }


def suggestions() -> dict[str, str]:
    """The one thing to try next time, by asas."""
    return {
        "confidentiality": _("Buka pertemuan berikutnya dengan batas kerahasiaan, dan minta satu contoh dari anggota."),
        "trust": _("Tanyakan di awal: apa yang membuat ruang ini bisa dipercaya, dan apa yang belum?"),
        "acceptance": _("Setelah sebuah cerita, minta satu orang menerima dulu sebelum ada yang memberi saran."),
        "openness": _("Ingatkan empat cara bicara, dan bahwa lewat sama baiknya dengan menjawab."),
        "responsibility": _("Mulai dari rencana minggu lalu: apa yang dicoba, apa yang terjadi."),
        "universality": _("Adakan satu putaran benang merah: siapa membawa hal serupa?"),
        "feedback": _("Contohkan satu kartu lebih dulu: yang kulihat, akibatnya bagiku, yang kuhargai."),
        "belonging": _("Sapa tiap orang dengan namanya, dan beri satu putaran yang boleh dilewati."),
    }


def principle_pages() -> list[dict[str, str]]:
    """The seven in plain words, for everybody."""
    names = principle_names()
    lines = {
        "confidentiality": (
            _("Aku tidak membawa cerita orang lain keluar, juga tanpa nama."),
            _("Menjelaskan lima batas, dan memberi tahu kamu dulu kalau sesuatu harus disampaikan."),
            _("Menyegel setiap tulisan, menunjukkan siapa yang bisa membaca, dan bertanya dulu soal nomor atau nama."),
        ),
        "trust": (
            _("Aku datang, dan aku bilang kalau ada yang mengganjal."),
            _("Berjanji lebih dulu: tepat waktu, menindaklanjuti, jujur tentang batas."),
            _("Mencatat tiap tindakan di buku terbuka yang bisa diperiksa siapa pun di lingkar."),
        ),
        "acceptance": (
            _("Aku mendengar dulu dan tidak menilai orangnya."),
            _("Menyambut tiap cerita dan melindungi yang suaranya pelan."),
            _("Bertanya sebelum kata yang menghakimi terkirim. Sakit hati pada diri sendiri tidak pernah ditegur."),
        ),
        "openness": (
            _("Aku memilih sendiri sedalam apa, dan boleh lewat."),
            _("Menjelaskan mengapa bertanya, dan tidak memaksa."),
            _("Memberi beberapa cara bicara: bernama, tanpa nama, atau kepada konselor saja."),
        ),
        "responsibility": (
            _("Aku hadir dengan caraku dan mencoba satu hal yang kupilih."),
            _("Menanyakan kabar rencana itu di pertemuan berikutnya."),
            _("Menyimpan catatanku hanya untukku, kecuali aku membagikannya."),
        ),
        "universality": (
            _("Aku boleh bilang “aku juga”, dan boleh berbeda."),
            _("Menghubungkan yang serupa dan menghargai yang khas."),
            _("Menunjukkan benang merah hanya kalau paling sedikit tiga orang membawanya, tanpa nama."),
        ),
        "feedback": (
            _("Aku bilang yang kulihat dan akibatnya bagiku, bukan siapa kamu."),
            _("Memberi contoh, dan menahan kartu yang melukai sampai dibicarakan."),
            _("Membaca kartu bersamamu selagi ditulis, dan membiarkan penerimanya memilih waktunya."),
        ),
    }
    return [
        {"id": item, "name": names[item], "me": me, "counsellor": counsellor, "lingkar": lingkar}
        for item, (me, counsellor, lingkar) in lines.items()
    ]


def theme_texts() -> dict[str, str]:
    """Themes a red thread may have."""
    return {
        "family": _("Keluarga"),
        "school": _("Sekolah"),
        "grief": _("Kehilangan"),
        "loneliness": _("Kesepian"),
        "bullying": _("Perundungan"),
        "romance": _("Hubungan"),
        "identity": _("Jati diri"),
        "money": _("Uang"),
        "future": _("Masa depan"),
        "health": _("Kesehatan"),
    }


def strength_texts() -> dict[str, str]:
    """Strengths and values somebody may find in themselves; own list."""
    texts = {
        "listens": _("pendengar"),
        "honest": _("jujur"),
        "funny": _("lucu"),
        "patient": _("sabar"),
        "brave": _("berani"),
        "tidy": _("teratur"),
        "curious": _("ingin tahu"),
        "creative": _("kreatif"),
        "loyal": _("setia"),
        "fair": _("adil"),
        "calm": _("tenang"),
        "strong": _("tegar"),
        "helpful": _("suka menolong"),
        "hardworking": _("tekun"),
        "kind": _("baik hati"),
        "forgiving": _("pemaaf"),
        "thankful": _("tahu bersyukur"),
        "faithful": _("teguh pada keyakinan"),
        "leads": _("bisa memimpin"),
        "learns": _("mau belajar"),
        "observes": _("peka melihat"),
        "dreams": _("punya cita-cita"),
        "keeps-word": _("memegang janji"),
        "tries-again": _("bangkit lagi"),
    }
    return {strength: texts[strength] for strength in STRENGTHS}


def stage_names() -> dict[str, str]:
    """The four stages."""
    return {
        "forming": _("Pembentukan"),
        "transition": _("Peralihan"),
        "working": _("Kegiatan"),
        "closing": _("Pengakhiran"),
    }
