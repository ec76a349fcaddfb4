"""The stand-ins of AWS as processes: on a free loopback port, in a folder of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from e2e.aws import free_of_proxies
from support import ROOT

HERE = Path(__file__).parent
LOCALSTACK = ROOT / ".venv-localstack"
# Not s3: it writes to a fixed folder outside its root.
LOCALSTACK_SERVICES = "cloudformation,cloudwatch,events,iam,logs,route53,ses,sns,sqs,ssm,sts"


@contextmanager
def run_moto(folder: Path) -> Iterator[str]:
    """A moto server with the resource types it lacks; gives its URL."""
    port = find_free_port()
    command = [sys.executable, str(HERE / "guarded.py"), "script", str(HERE / "moto_stand_in.py")]
    with _run([*command, str(port)], {}, folder, f"http://127.0.0.1:{port}/moto-api/") as url:
        yield url.removesuffix("/moto-api/")


@contextmanager
def run_localstack(folder: Path) -> Iterator[str]:
    """LocalStack's community runtime, without Docker, licence or network; gives its URL."""
    port = find_free_port()
    command = [str(LOCALSTACK / "bin" / "python"), str(HERE / "guarded.py")]
    settings = {
        "SERVICES": LOCALSTACK_SERVICES,
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "FILESYSTEM_ROOT": str(folder / "root"),
        "LOCALSTACK_VOLUME_DIR": str(folder / "volume"),
        "TMPDIR": str(folder / "tmp"),
        "DISABLE_EVENTS": "1",  # sends no statistics
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "SKIP_INFRA_DOWNLOADS": "1",
        "DNS_ADDRESS": "0",
        "ACTIVATE_PRO": "0",
        "USE_SSL": "0",
        "EAGER_SERVICE_LOADING": "0",
    }
    for name in ("root", "volume", "tmp"):
        (folder / name).mkdir()
    ready = f"http://127.0.0.1:{port}/_localstack/health"
    with _run([*command, "module", "localstack.runtime.main"], settings, folder, ready) as url:
        yield url.removesuffix("/_localstack/health")


def find_free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _run(
    command: list[str], settings: Mapping[str, str], folder: Path, ready: str
) -> Iterator[str]:
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**free_of_proxies(folder), **settings},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_ready(process, ready, log)
            yield ready
        finally:
            _end(process)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                continue
    assert process.stdin is not None
    process.stdin.close()
