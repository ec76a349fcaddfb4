"""One account at one endpoint: through the real AWS CLI, and through the SDK to read much quickly."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import boto3
import botocore.config

BIN = Path(sys.executable).parent
MOTO_ACCOUNT = "123456789012"
"""The account of moto, whatever the credentials; LocalStack takes the access key as the account."""

T = TypeVar("T")


def free_of_proxies(home: Path) -> dict[str, str]:
    """An environment that leads nowhere: no proxy, no configuration, no other home."""
    return {"PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}


class Aws:
    """An account: what the CLI and the SDK say to it, and nothing beyond."""

    def __init__(self, url: str, home: Path, account: str) -> None:
        self.url = url
        self.home = home
        self.account = account
        self._clients: dict[tuple[str, str], Any] = {}

    def environment(self) -> dict[str, str]:
        """What a command needs in order to reach this account and no other."""
        return {
            **free_of_proxies(self.home),
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": "none",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": str(self.home / "no-config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(self.home / "no-credentials"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        }

    def cli(self, *arguments: str) -> Any:
        """What `aws …` prints, read as JSON."""
        printed = self.run(*arguments, "--output", "json")
        return json.loads(printed) if printed.strip() else None

    def run(self, *arguments: str) -> str:
        """What `aws …` prints; it must succeed."""
        result = subprocess.run(
            [str(BIN / "aws"), *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def client(self, service: str, region: str = "us-east-1") -> Any:
        """The client of a service in a Region; made once."""
        key = (service, region)
        if key not in self._clients:
            self._clients[key] = boto3.session.Session().client(
                service,
                region_name=region,
                endpoint_url=self.url,
                aws_access_key_id=self.account,
                aws_secret_access_key="none",  # noqa: S106 - nobody checks it
                config=botocore.config.Config(proxies={}, retries={"max_attempts": 2}),
            )
        return self._clients[key]

    def put_parameters(self, environment: str, region: str = "us-east-1") -> None:
        """What the shipped spec reads from the parameter store of an environment."""
        ssm = self.client("ssm", region)
        for name in ("database", "bucket"):
            ssm.put_parameter(
                Name=f"/ai-video/{environment}/{name}",
                Type="String",
                Value=f"ai-video-{environment}-{name}",
            )

    def put_running_tasks(self, count: int, minutes_ago: int = 0) -> None:
        """A data point of the service of the shipped spec, as ECS publishes one every minute."""
        point = {
            "MetricName": "RunningTaskCount",
            "Dimensions": [
                {"Name": "ClusterName", "Value": "ai-video-cluster"},
                {"Name": "ServiceName", "Value": "ai-video-backend-service"},
            ],
            "Timestamp": datetime.now(UTC) - timedelta(minutes=minutes_ago),
            "Value": count,
        }
        self.client("cloudwatch").put_metric_data(
            Namespace="ECS/ContainerInsights", MetricData=[point]
        )

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            client.close()


def wait_for(what: str, look: Callable[[], T | None], seconds: float = 60) -> T:
    """The first thing that `look` finds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(1)
    raise TimeoutError(f"{what}: not within {seconds:g} seconds")
