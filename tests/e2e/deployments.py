"""What is deployed to a stand-in: both environments in one account, prod in Europe in another."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from e2e.aws import Aws
from e2e.project import Project


class Deployments:
    """Deploys with `make deploy` in the background; `deployed` waits for what is asked for."""

    def __init__(self, home: Aws, abroad: Aws, project: Project, europe: Project) -> None:
        self.home = home
        self.abroad = abroad
        self.project = project
        self.europe = europe
        self._deploys: dict[str, Future[str]] = {}

    def start(self, at_once: int) -> ThreadPoolExecutor:
        """Begin all deployments; so many run at the same time."""
        for environment in ("dev", "prod"):
            self.home.put_parameters(environment)
        self.abroad.put_parameters("prod", "eu-west-1")
        for project in (self.project, self.europe):
            project.make(self.home, "compile")
        pool = ThreadPoolExecutor(at_once)
        self._deploys["dev"] = pool.submit(self.project.deploy, self.home, "dev")
        self._deploys["prod"] = pool.submit(self.project.deploy, self.home, "prod")
        self._deploys["europe"] = pool.submit(self.europe.deploy, self.abroad, "prod")
        return pool

    def deployed(self, name: str) -> Aws:
        """The account of a deployment, once it is complete."""
        self.said(name)
        return self.abroad if name == "europe" else self.home

    def said(self, name: str) -> str:
        """What `make deploy` printed."""
        return self._deploys[name].result()
