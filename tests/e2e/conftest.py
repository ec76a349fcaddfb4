"""The stand-ins, each started once, and what is deployed to them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event

import pytest

from e2e.aws import MOTO_ACCOUNT, Aws
from e2e.deployments import Deployments
from e2e.project import EUROPE, Project
from e2e.servers import LOCALSTACK, run_localstack, run_moto

ON_MOTO = pytest.mark.xdist_group("moto")
ON_LOCALSTACK = pytest.mark.xdist_group("localstack")


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployments]:
    """The shipped spec on moto; only to be read."""
    home, abroad, project, europe = (
        tmp_path_factory.mktemp(name) for name in ("home", "abroad", "project", "europe")
    )
    with ExitStack() as stack:
        here, there = (
            stack.enter_context(
                closing(Aws(stack.enter_context(run_moto(folder)), folder, MOTO_ACCOUNT))
            )
            for folder in (home, abroad)
        )
        deployments = Deployments(here, there, Project(project), Project(europe, EUROPE))
        stack.enter_context(deployments.start(at_once=1))
        yield deployments


@pytest.fixture(scope="session")
def localstack_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """LocalStack, with nothing in it."""
    if not (LOCALSTACK / ".installed").exists():
        pytest.fail("LocalStack is not installed; run  make .venv-localstack/.installed")
    with run_localstack(tmp_path_factory.mktemp("localstack")) as url:
        yield url


@pytest.fixture(scope="session")
def localstack_account(
    localstack_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Aws]:
    """The account of dev and prod; in LocalStack the access key is the account."""
    with closing(Aws(localstack_url, tmp_path_factory.mktemp("home"), "111111111111")) as aws:
        yield aws


@pytest.fixture(scope="session")
def crash(localstack_account: Aws) -> Iterator[Event]:
    """Ends the one task that the service reports until then, as ECS does, again and again."""
    crashed = Event()

    def report() -> None:
        localstack_account.put_running_tasks(1)
        while not crashed.wait(20):
            localstack_account.put_running_tasks(1)

    with ThreadPoolExecutor(1) as pool:
        reporting = pool.submit(report)
        yield crashed
        crashed.set()
        reporting.result()


@pytest.fixture(scope="session")
def localstack(
    localstack_url: str,
    localstack_account: Aws,
    crash: Event,  # noqa: ARG001 - the service reports before anybody watches
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deployments]:
    """The shipped spec on LocalStack, all at once: there the CLI looks every 30 seconds only."""
    home, project, europe = (
        tmp_path_factory.mktemp(name) for name in ("home", "project", "europe")
    )
    with closing(Aws(localstack_url, home, "222222222222")) as abroad:
        deployments = Deployments(
            localstack_account, abroad, Project(project), Project(europe, EUROPE)
        )
        with deployments.start(at_once=3):
            yield deployments


@pytest.fixture(
    params=[pytest.param("moto", marks=ON_MOTO), pytest.param("localstack", marks=ON_LOCALSTACK)]
)
def deployments(request: pytest.FixtureRequest) -> Deployments:
    """The shipped spec on either stand-in."""
    found: Deployments = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def own_moto(tmp_path: Path) -> Iterator[Aws]:
    """An empty account of a moto server of its own, to be changed at will."""
    folder = tmp_path / "server"
    folder.mkdir()
    with run_moto(folder) as url, closing(Aws(url, folder, MOTO_ACCOUNT)) as aws:
        for environment in ("dev", "prod"):
            aws.put_parameters(environment)
        yield aws


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A checkout of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    return Project(folder)
