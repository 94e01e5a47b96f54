"""`python -m tests.publish.large`: a large upload in parts of 64 MB, and the most memory that it takes."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ftlint.publish.local import digest
from tests.publish.conftest import KEY, Desk
from tests.servers.service import Service
from tests.support import chat

MEASURED = """
import resource, sys
from ftlint.publish.connection import Address, connect
from ftlint.publish.files import ensure_uploaded
from ftlint.publish.local import digest
from ftlint.publish.openai import Service
from ftlint.publish.request import file_key
from ftlint.publish.state import Store
from ftlint.config.settings import DestinationSettings
from pathlib import Path
import os

path, url = sys.argv[1:]
own = {"test": DestinationSettings(base_url=url, upload_from=1)}
connection = connect(Address(destination="test"), "openai", own, os.environ)
file = digest(path)
store, key = Store(Path(path).parent / "state"), file_key(connection, file)
made = ensure_uploaded(Service(connection), store, key, file, lambda _: None)
print(made.sent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def upload(megabytes: int, directory: Path) -> tuple[int, int, int]:
    """Upload a file of this size; the parts that arrived, the uploads with the right digest, the peak in bytes."""
    row = json.dumps(chat("user: Hi", "assistant: " + "Hello. " * 600)).encode() + b"\n"
    path = directory / "train.jsonl"
    with path.open("wb") as file:
        block = row * 250
        for _ in range(megabytes * 1_000_000 // len(block)):
            file.write(block)
    desk = Desk(directory)
    service = Service()
    try:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(path), f"{service.root}/v1"],
            env={**os.environ, **desk.environment},
            capture_output=True,
            text=True,
            check=True,
        )
        assert KEY not in done.stdout + done.stderr
        sent, peak = done.stdout.split()
        assert sent == "True"
        parts = sum(one.path.endswith("/parts") for one in service.requests)
        right = sum(one.sha256 == digest(str(path)).sha256 for one in service.uploaded)
        return parts, right, int(peak)
    finally:
        service.stop()


def main() -> int:
    """Say what was measured."""
    parser = argparse.ArgumentParser("python -m tests.publish.large", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=2_000)
    megabytes = parser.parse_args().megabytes
    with TemporaryDirectory() as directory:
        parts, right, peak = upload(megabytes, Path(directory))
    print(f"{megabytes:,} MB in {parts} parts, {right} upload with the right digest, peak memory {peak / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
