"""The reader printed in docs/key-protocol.md opens a frozen data folder from its passphrase, with no code of ours."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent / "sample"
PAGE = Path(__file__).parents[2] / "docs" / "key-protocol.md"


def run(tmp_path: Path, passphrase: str) -> subprocess.CompletedProcess[str]:
    source = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)[0]
    assert len(source.splitlines()) <= 150
    assert "lingkar" not in "".join(re.findall(r"^(?:from|import).*$", source, re.MULTILINE))
    reader = tmp_path / "reader.py"
    reader.write_text(source)
    folder = tmp_path / "sample"
    shutil.copytree(SAMPLE, folder)
    person = (SAMPLE / "person").read_text().strip()
    return subprocess.run(
        [sys.executable, str(reader), str(folder), person, passphrase],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={},
    )  # fmt: skip


def test_the_printed_reader_opens_the_frozen_sample(tmp_path: Path):
    opened = run(tmp_path, (SAMPLE / "passphrase").read_text().strip())
    assert opened.returncode == 0, opened.stderr
    assert "Kata yang beku di dalam contoh." in opened.stdout
    assert "Bisikan yang beku." in opened.stdout


def test_it_opens_nothing_with_another_passphrase(tmp_path: Path):
    opened = run(tmp_path, "bukan kata sandi yang benar")
    assert opened.returncode != 0
    assert "beku" not in opened.stdout
