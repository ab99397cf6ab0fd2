"""What is sealed opens only in its place, with its key, and as it was written."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.vault import slots, suite
from lingkar.vault.box import DropKey, Place, SharedKey, pad, prefixed, unpad
from lingkar.vault.errors import CannotOpenError, RefusedError, VaultError
from lingkar.vault.holder import new_holder
from lingkar.vault.models import Identity, new_uid
from lingkar.vault.secret import Secret

PLACE = Place("event", "document", "k1", 1, "u1", 1)
KEYS = [SharedKey(Secret(bytes(32))), DropKey(Secret(bytes(32)))]
DOCUMENTS = st.dictionaries(st.text(max_size=20), st.text(max_size=6000) | st.integers(), max_size=4)


@given(DOCUMENTS)
def test_padding_comes_back_and_hides_the_size(document):
    padded = pad(document)
    assert unpad(padded) == document
    assert len(padded) % 256 == 0
    assert len(padded) <= 4096 or len(padded) % 1024 == 0


@given(st.lists(st.text(max_size=5), max_size=5), st.lists(st.text(max_size=5), max_size=5))
def test_no_two_lists_have_one_encoding(left, right):
    assert (prefixed(*left) == prefixed(*right)) == (left == right)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "other",
    [
        replace(PLACE, table="x"), replace(PLACE, field="x"), replace(PLACE, keyring="x"),
        replace(PLACE, epoch=2), replace(PLACE, uid="x"), replace(PLACE, number=2),
    ],
)  # fmt: skip
def test_it_refuses_a_blob_moved_to_another_place(key, other):
    blob = key.seal({"text": "x"}, PLACE)
    assert key.open(blob, PLACE) == {"text": "x"}
    with pytest.raises(CannotOpenError):
        key.open(blob, other)


@pytest.mark.parametrize("key", KEYS)
def test_it_refuses_flipped_bits_truncation_and_other_suites(key):
    blob = key.seal({"text": "x"}, PLACE)
    damaged = [blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :] for at in (0, 1, 20, len(blob) - 1)]
    for bad in [*damaged, blob[:-1], blob[:10], b"", bytes([2]) + blob[1:]]:
        with pytest.raises(CannotOpenError):
            key.open(bad, PLACE)


def test_nonces_never_repeat():
    key = Secret(bytes(32))
    nonces = {suite.encrypt(key, b"", b"")[1:13] for _ in range(100_000)}
    assert len(nonces) == 100_000


def test_a_secret_shows_nothing():
    secret = Secret(b"do not show")
    assert "show" not in f"{secret!r} {secret}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def stored(passphrase: str) -> tuple[Identity, str]:
    holder = new_holder(new_uid())
    identity = holder.identity()
    identity.save()
    slots.put(slots.passphrase_slot(holder, passphrase))
    code = slots.new_recovery_code()
    slots.put(slots.recovery_slot(holder, code))
    return identity, code


@pytest.mark.django_db
@pytest.mark.real_kdf
def test_passphrase_and_code_open_and_others_do_not():
    identity, code = stored("kuda hujan meja padi roti")
    assert slots.open_with_passphrase(identity, "kuda hujan meja padi roti").uid == identity.uid
    assert slots.open_with_recovery(identity, code.lower().replace("-", " ")).uid == identity.uid
    with pytest.raises(RefusedError):
        slots.open_with_passphrase(identity, "kuda hujan meja padi rotan")
    with pytest.raises(RefusedError):
        slots.open_with_recovery(identity, slots.new_recovery_code())


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"memory_kib": 8}, {"memory_kib": 10**7}, {"iterations": 1}, {"iterations": 99}])
def test_it_refuses_lowered_or_raised_parameters(changes):
    identity, _code = stored("kuda hujan meja padi roti")
    identity.slots.filter(kind="passphrase").update(**changes)
    with pytest.raises(RefusedError, match="parameters"):
        slots.open_with_passphrase(identity, "kuda hujan meja padi roti")


@pytest.mark.django_db
def test_it_refuses_another_persons_slot_and_swapped_public_keys():
    mine, _ = stored("kuda hujan meja padi roti")
    other, _ = stored("sapu jalan bunga kopi teh")
    slot = other.slots.get(kind="passphrase")
    mine.slots.filter(kind="passphrase").delete()
    slot.identity = mine
    slot.save()
    with pytest.raises((CannotOpenError, RefusedError)):
        slots.open_with_passphrase(mine, "sapu jalan bunga kopi teh")
    third, _ = stored("kuda hujan meja padi roti")
    third.read_public = other.read_public
    third.save()
    with pytest.raises(VaultError):
        slots.open_with_passphrase(third, "kuda hujan meja padi roti")


def test_frozen_vectors_still_open():
    """Sealed by the first release's code; a library that changes a format fails here."""
    key = SharedKey(suite.derive(Secret(bytes(range(32))), "vector"))
    blob = bytes.fromhex(FROZEN_SHARED)
    assert key.open(blob, PLACE) == {"text": "tetap"}
    drop = DropKey(suite.derive(Secret(bytes(range(32))), "vector"))
    assert drop.open(bytes.fromhex(FROZEN_DROP), PLACE) == {"text": "tetap"}


FROZEN_SHARED = (
    "01bddfd75964b37286eb1aa2b7c7fd505e7548a631bbe96096d46721dd5b2434438fbfaec043a3bc30e165a841a8a4c5bf11c06c4c2ba6"
    "833861c66d165c9bb974c7c6f55b32d2d978870a48fb3db5dc361ef6fde1c81c427d9479d136fd62199aabdd491314d83576815bc20f9b"
    "27ef3cc2b9779c2d8e1fdb9eb5c062e5bed84c77e6796a1f51c45fb63f8ec78bab6841c9df7bdc617500feeb146d60682d9dff391cf1d7"
    "8a1d17f5f8df37552cf0914139aa63252ea5ee3e0307ae9f9e42dc06f6d7db452c55610db4383e5f7b572b74a9c35f0a14c2e93a1529f0"
    "85e8426426d7321826f719af881421acb2e9338917e0ca391a8f61f1a056bc8e65c76bbab74c521f8cb18d3f19426e7acd033c9caeeb90"
    "df4e1bd413701feaeb20"
)
FROZEN_DROP = (
    "01cd9a3c1bdeb82523e00f51d5fd77fddcfc046f8424fd76977a622b1fb57bc7fea5055ff4238400cff008208f45dff24278cfac9a011f"
    "00d934af44eebefc1b4c73de5259ca5508fdc7b37d51dcd4546449f82ee2f1374d1433febf244002758ff67cb6a3ec7fe9c2eb1d7b42b7"
    "0a8ef44ae92f46fe455c1669409704a07eec4aa0b9bdd0a2acec8e97f6f754cef48f3f32fd0ee21d99e79a8ceed6a6643b16cdef0d58b7"
    "142056c222b5f4b6fd6d713010b73389ce6f01b349484205dfaf0a3e719e9f688d10fc13428887570dd9d934550d91bb1b7008ca8ff334"
    "ae8effbf43b8c17268a6b1e7256a7329c2687661fa0b2166c2473d02964e19fec36860802eed86c4ef2b8bb5d9355d2f6e3767b7ed2a89"
    "9d81a0d3d23d3886d1c9465af0f3ba6916875acdeff83427bee3d7f4ab685dafa4b77f3cbe570944a2672a860e33ffc307c0a513fb7388"
    "d451e5a5ed6eda1b0a488cad2cf1d022b846208f8b460734e83050efa42ef23c1887eb8cbcb6d6abef26cb390c083013c01bd71ba1bb6c"
    "6657c3769167f1cdf75bee143d82731ae51b0f8d43b8cf7389937dc3c648ad86312c53c79c420655742c1432730eb45b4502f6afbac811"
    "422858801eb3ad8cc0b815ff615d1868e378ab29498508a9f8c31a7eeca0f24608c257a414c109d00c09016320bc738546ddcdc622f2d8"
    "0fb97074f3378caa35a4a68648d078d23604f6fd3b64946130b8f753e6006e519963475e74c616b39eb4e14c0f7ed1ee871e9e7fa579e3"
    "7f98816a9f3a3e9078308074aaf9859989bce36c227c88d272e90a9b90fc273f1b6435fee13680c8d3303687476651d02a8c800e192ed6"
    "cdd99c6bf6d409b75bd79f58396d3781b3728fe8536232bde42c0f7fa03c30444813b9d6d6ea2482b0548106d9bf98a4ed177aef5fe3ae"
    "48c1ed971b74612d877df4f001928f718bfe07c1d74b589c7121127485150d80e436aacd88dec022b2fe345e414bc3be8afd946f98a752"
    "27f59e5adbf01527d5304507132c41d6956401b5d80ef9ce7a2ebbc28b96c7bd07bfc8b159051d33e409f4e4cbcfd125fc9b4c9f71e7fa"
    "b34d46fafee92032f06951e6cb7b5325f8fa504f950429004fe8b1b8fc21a9725ae11388fb4e4cddfb2fdd474630db989990ee887493da"
    "77c280db43c1f636f44be3bffae4701ead1245f768229e389bbdb0e4c2ae09146b7a35efc79ec51e1aea650498f6420a0ca5dd45c9d5a2"
    "d773bbf1a94f81851fdf43ca0c0679217f8ae560e87242b5931cf32ffb63951889f5aacbad0cec2c40fa36aa1b24b48b2cd0cfc63b4dad"
    "e702dd460b8e3c0333877f82374f62e140ced62d0afeb26c647be8354c654bef09022a2d8a47a5e8cffc621fa40e33fda62fd8a187ba17"
    "5af701a207e7bd074755aacd0c30074f46262d4c6c90804b3252bf2087045dd72492151b2ce2a6dd64f4457bd783aa754d3edc58f7aa89"
    "f54876fdebedd1594159c5019a3523902e303ca5c98c6a2d9c97a0432fca61d00fdcd2cee730f1e357226746d87817d22d4fe9013d182c"
    "334a4a4b0f7ac0756a597a453849dabcf059b8c8501d940dfbf7afd3e4e4276e2415f8814dccfeee7d5fb7ced4487c68318d0a303e9bf3"
    "71993d05b9c459e1f78e51b467bd50bb8564ea7803ab404e304a8744deeaea295ddd160a7050a5502cf027985869eb3a82a5204cc60f30"
    "202a6901f1fbe0e7afe5f99790c11e679ca5ffe0be53bc69c4a4ae31ad2700434ed004844b365f27f986369aee22abc02ed78108c7fd8a"
    "b195296fee14b8a5785903d651a114164908c4ec12dca6cf917a17593ba48506a47bd8eaf488ca5a0b4fa2c4f9b6efbb70ea4bf1673b8c"
    "d226707d2044d437ede1ccddaf7f0737507858fe6299fb020bb3bdcf9f4157289241f716dcd8024bafaefa330e68a13c4c5a1f3353cfaf"
    "0448c61803c2f52402cd3cc2ead1bf1c29d8"
)
