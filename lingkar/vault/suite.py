"""Suite 1 of format lk1: the only file that imports a cryptographic library (security model, sections 3 and 12).

Argon2id, HKDF-SHA256, ChaCha20-Poly1305, HPKE over X25519+ML-KEM-768, Ed25519.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidKey, InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from lingkar.vault.errors import CannotOpenError, RefusedError
from lingkar.vault.secret import Secret

SUITE = 1
NONCE_BYTES = 12
MLKEM_PUBLIC_BYTES = 1184
TOTP_STEP_SECONDS = 30

_HPKE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def random_bytes(count: int) -> bytes:
    """`count` bytes from the operating system."""
    return os.urandom(count)


def sha256(data: bytes) -> bytes:
    """SHA-256 digest, 32 bytes."""
    return hashlib.sha256(data).digest()


def keyed_hash(key: Secret, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.digest(key.reveal(), data, "sha256")


def same(left: bytes, right: bytes) -> bool:
    """Constant-time equality."""
    return hmac.compare_digest(left, right)


def derive(key: Secret, info: str, salt: bytes | None = None, length: int = 32) -> Secret:
    """HKDF-SHA256 with `info` = `lk1/<purpose>/<ids>`."""
    return Secret(HKDF(hashes.SHA256(), length, salt, f"lk1/{info}".encode()).derive(key.reveal()))


def stretch(passphrase: str, salt: bytes, memory_kib: int, iterations: int) -> Secret:
    """Argon2id v1.3, one lane, 32 bytes."""
    kdf = Argon2id(salt=salt, length=32, iterations=iterations, lanes=1, memory_cost=memory_kib)
    return Secret(kdf.derive(passphrase.encode()))


def encrypt(key: Secret, plaintext: bytes, aad: bytes) -> bytes:
    """suite(1) | nonce(12) | ciphertext+tag."""
    head = bytes([SUITE])
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + ChaCha20Poly1305(key.reveal()).encrypt(nonce, plaintext, aad)


def decrypt(key: Secret, blob: bytes, aad: bytes) -> bytes:
    """Inverse of `encrypt`. Raises `CannotOpenError`."""
    if len(blob) < 1 + NONCE_BYTES + 16 or blob[0] != SUITE:
        raise CannotOpenError("cannot be opened")
    nonce, body = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return ChaCha20Poly1305(key.reveal()).decrypt(nonce, body, aad)
    except InvalidTag as error:
        raise CannotOpenError("cannot be opened") from error


class ReadPair:
    """X25519+ML-KEM-768 key pair grown from a 32-byte seed; opens what was sealed to its public half."""

    def __init__(self, seed: Secret) -> None:
        mlkem = MLKEM768PrivateKey.from_seed_bytes(derive(seed, "read/mlkem", length=64).reveal())
        x25519 = X25519PrivateKey.from_private_bytes(derive(seed, "read/x25519").reveal())
        self._private = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = mlkem.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw) + (
            x25519.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        )

    def open(self, blob: bytes, info: bytes) -> bytes:
        """Inverse of `seal_to`. Raises `CannotOpenError`."""
        if not blob or blob[0] != SUITE:
            raise CannotOpenError("cannot be opened")
        try:
            return _HPKE.decrypt(blob[1:], self._private, info=info)
        except (InvalidTag, ValueError) as error:
            raise CannotOpenError("cannot be opened") from error


@lru_cache(maxsize=256)
def _public(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    try:
        return hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError as error:
        raise RefusedError("not a public key") from error


def seal_to(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """suite(1) | HPKE base-mode ciphertext, bound to `info`."""
    return bytes([SUITE]) + _HPKE.encrypt(plaintext, _public(public), info=info)


class SignPair:
    """Ed25519 key pair from a 32-byte seed."""

    def __init__(self, seed: Secret) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(derive(seed, "sign/ed25519").reveal())
        self.public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, domain: str, message: bytes) -> bytes:
        """64-byte signature over `lk1/<domain>` and the message."""
        return self._private.sign(_signed(domain, message))


def _signed(domain: str, message: bytes) -> bytes:
    head = f"lk1/{domain}".encode()
    return len(head).to_bytes(4, "big") + head + message


def verify(public: bytes, domain: str, message: bytes, signature: bytes) -> None:
    """Raises `RefusedError` unless `signature` is `public`'s over this domain and message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(domain, message))
    except (InvalidSignature, ValueError) as error:
        raise RefusedError("signature refused") from error


def totp_code(secret: Secret, at: float) -> str:
    """Six digits of RFC 6238 (SHA-1, 30 s), for the time `at` in Unix seconds."""
    return _totp(secret).generate(int(at)).decode()


def totp_step(secret: Secret, code: str, at: float) -> int | None:
    """The 30-second step (one before, now, one after) that `code` is right for, else None."""
    for drift in (0, -1, 1):
        moment = int(at) + drift * TOTP_STEP_SECONDS
        try:
            _totp(secret).verify(code.encode(), moment)
        except (InvalidToken, InvalidKey):
            continue
        return moment // TOTP_STEP_SECONDS
    return None


def _totp(secret: Secret) -> TOTP:
    return TOTP(secret.reveal(), 6, hashes.SHA1(), TOTP_STEP_SECONDS)  # noqa: S303 - RFC 6238 apps expect SHA-1
