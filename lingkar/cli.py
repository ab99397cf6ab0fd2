"""The console command `lingkar`: run, code, words, rehearse, principles. Only what needs Django starts it."""

import argparse
import os
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")
WS_LARGEST_BYTES = 64 * 1024
CLOCK_SECONDS = 3600
DEMO_FOLDER, DEMO_MARKER = "data-demo", "only-a-demo"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="lingkar", description="Lingkar: ruang konseling kelompok / group counselling"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="migrate and serve")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--data", help="data folder (default ./data or LINGKAR_DATA)")
    run.add_argument("--host", help="public name; needs TLS")
    run.add_argument("--tls-cert")
    run.add_argument("--tls-key")
    run.add_argument("--demo", nargs="?", const="id", choices=("id", "en"), help="a made-up group, fresh each time")
    run.add_argument("--behind-proxy", action="store_true", help="a proxy on this machine ends TLS")
    code = commands.add_parser("code", help="print a one-time counsellor code")
    code.add_argument("--data")
    commands.add_parser("words", help="what the text checks see", add_help=False)
    table = commands.add_parser("principles", help="gate, guide and gauge of each asas, with page and tests")
    table.add_argument("--json", action="store_true")
    commands.add_parser("rehearse", help="play a whole session against a running server", add_help=False)
    arguments, rest = parser.parse_known_args(argv)
    if arguments.command == "rehearse":
        from lingkar.rehearse import main as rehearse

        return rehearse(rest)
    if arguments.command == "words":
        from lingkar.lexicon.command import main as words

        return words(rest)
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    if getattr(arguments, "demo", None):
        if arguments.host:
            parser.error("--demo: 127.0.0.1")
        arguments.data = arguments.data or DEMO_FOLDER
        if not _clear_demo(Path(arguments.data)):
            parser.error(f"--demo: {arguments.data}: bukan folder contoh / not a demo folder")
        os.environ["LINGKAR_DEMO"] = "1"
    if getattr(arguments, "data", None):
        os.environ["LINGKAR_DATA"] = arguments.data
    os.environ["DJANGO_SETTINGS_MODULE"] = "lingkar.settings"
    if arguments.command == "principles":
        return _principles(as_json=arguments.json)
    return _code() if arguments.command == "code" else _run(arguments)


def _clear_demo(folder: Path) -> bool:
    """An empty folder marked as the demo's. False, and nothing touched, where it holds anything else."""
    marker = folder / DEMO_MARKER
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    marker.touch()
    return True


def _code() -> int:
    import django

    django.setup()
    from lingkar.accounts.signin import new_console_code

    print(new_console_code())
    return 0


def _principles(*, as_json: bool) -> int:
    import json

    import django

    django.setup()
    from lingkar.circle.cells import as_document

    made = as_document(Path(__file__).parents[1] / "tests")
    if as_json:
        print(json.dumps(made, indent=1))
        return 0
    print(f"{made['filled']} / {made['cells']}")
    for cell in made["table"]:
        ids = ", ".join(f"{rule['id']} ({rule['page']})" for rule in cell["rules"])
        print(f"{cell['asas']:16}{cell['kind']:7}{ids or '-'}")
    return 0


def _run(arguments: argparse.Namespace) -> int:
    """Serve. A name other than loopback needs TLS: phones get neither cookies nor sockets otherwise."""
    if arguments.host and not (arguments.behind_proxy or (arguments.tls_cert and arguments.tls_key)):
        print(
            "Nama publik butuh TLS: beri --tls-cert dan --tls-key, atau --behind-proxy. / "
            "A public name needs TLS: give --tls-cert and --tls-key, or --behind-proxy.",
            file=sys.stderr,
        )
        return 2
    if arguments.host:
        os.environ["LINGKAR_HOST"] = arguments.host
    if arguments.behind_proxy:
        os.environ["LINGKAR_BEHIND_PROXY"] = "1"
    os.umask(0o077)
    prepare()
    if arguments.demo:
        _announce_demo(arguments)
    else:
        _announce(arguments)
    threading.Thread(target=_keep_the_clock, name="retention", daemon=True).start()
    import uvicorn

    uvicorn.run(
        "lingkar.asgi:application",
        host="0.0.0.0" if arguments.host and not arguments.behind_proxy else "127.0.0.1",  # noqa: S104 - only with TLS
        port=arguments.port,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=WS_LARGEST_BYTES,
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
        server_header=False,
        ssl_certfile=arguments.tls_cert,
        ssl_keyfile=arguments.tls_key,
        forwarded_allow_ips="127.0.0.1" if arguments.behind_proxy else "",
    )
    return 0


def _keep_the_clock() -> None:
    """Once an hour: what an ended group left behind is destroyed when its time is over."""
    from django.db import close_old_connections

    from lingkar.groups.actions import shred_what_is_due

    while True:
        close_old_connections()
        shred_what_is_due()
        time.sleep(CLOCK_SECONDS)


def prepare() -> None:
    """Compile translations, migrate, collect static files. Quick when there is nothing to do."""
    compile_translations()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def compile_translations() -> None:
    import polib

    for source in (Path(__file__).parent / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def _announce(arguments: argparse.Namespace) -> None:
    from lingkar.accounts.models import Person
    from lingkar.accounts.signin import new_console_code

    scheme = "https" if arguments.host else "http"
    print(f"Lingkar: {scheme}://{arguments.host or '127.0.0.1'}:{arguments.port}", flush=True)
    if not Person.objects.filter(role="counsellor").exists():
        print(
            f"Kode sekali pakai untuk konselor pertama / one-time code for the first counsellor: {new_console_code()}",
            flush=True,
        )


def _announce_demo(arguments: argparse.Namespace) -> None:
    from urllib.parse import quote

    from lingkar.practice.demo import make

    print("Menyiapkan contoh… / Making the example…", flush=True)
    made = make(arguments.demo)
    fragment = quote(f"{made.login}:{made.passphrase}")
    print(
        f"Lingkar: http://127.0.0.1:{arguments.port}/masuk/#{fragment}\n"
        f"Nama masuk / login name: {made.login}\nKata sandi / passphrase: {made.passphrase}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
