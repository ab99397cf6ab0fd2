"""Made passphrases and login names, and how strong an own choice must be (security model, section 3)."""

import math
import secrets
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

LIST = Path(__file__).parent / "static" / "accounts" / "words.txt"
MEMBER_WORDS, STAFF_WORDS = 5, 6
OWN_LENGTH, OWN_LONGEST, OWN_BITS = 15, 256, 50
ESTIMATED_LENGTH = 72


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """2,048 words, 11 bits each; the first four letters tell any two apart."""
    return tuple(LIST.read_text().split())


def new_passphrase(count: int) -> str:
    """`count` words with spaces between."""
    return " ".join(secrets.choice(words()) for _ in range(count))


def new_login() -> str:
    """Two words and two digits, as `word-word-42`."""
    return f"{secrets.choice(words())}-{secrets.choice(words())}-{secrets.randbelow(100):02d}"


def normalise_login(login: str) -> str:
    """Lower case, one hyphen between parts, whatever was typed between them."""
    return "-".join(login.lower().replace("-", " ").split())


def normalise_passphrase(passphrase: str) -> str:
    """Made passphrases survive capitals, hyphens and double spaces; four letters of each word are enough."""
    passphrase = " ".join(passphrase.splitlines()).strip()
    parts = passphrase.lower().replace("-", " ").split()
    by_prefix = _by_prefix()
    full = [by_prefix.get(part[:4]) for part in parts]
    made = len(parts) >= MEMBER_WORDS and all(
        word is not None and word.startswith(part) for word, part in zip(full, parts, strict=True)
    )
    return " ".join(word for word in full if word) if made else passphrase


@lru_cache(maxsize=1)
def _by_prefix() -> dict[str, str]:
    return {word[:4]: word for word in words()}


def weakness(passphrase: str, known: list[str]) -> str:
    """Why an own passphrase is refused, in the user's language; empty where it is good.

    `known` are words somebody could guess from (login name, organisation).
    """
    if len(passphrase) < OWN_LENGTH:
        return _("Terlalu pendek: pakai paling sedikit 15 huruf. Kalimat yang hanya kamu tahu cocok.")
    if len(passphrase) > OWN_LONGEST:
        return _("Terlalu panjang: paling banyak 256 huruf.")
    guesses = zxcvbn(passphrase[:ESTIMATED_LENGTH], user_inputs=[*known, "lingkar", "konseling"])["guesses"]
    if math.log2(max(1, guesses)) < OWN_BITS:
        return _("Masih mudah ditebak. Tambah kata yang tidak saling berhubungan, atau pakai yang kami buatkan.")
    return ""
