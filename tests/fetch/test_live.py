"""A live account on loopback: read page by page, kept day by day, and judged from what was kept."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from e2e.aws import MOTO_ACCOUNT, Aws
from e2e.servers import run_moto
from support import HEAD, run_watchspec
from watchspec.fetch import Query, Wish, fetch_days
from watchspec.model.metric_ids import MetricId

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("moto-live")]
SPEC = (
    HEAD
    + """\
parameters:
  queue: {description: The queue, default: orders}
metrics:
  depth: {metric: Shop Depth, dimensions: {Queue: "${queue}"}, statistic: Maximum}
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
alarms:
  depth-high: {severity: info, when: {metric: depth, above: 90, for: 2m}, notify: []}
  cost-high: {severity: info, when: {metric: cost, above: 1000, for: 6h, period: 6h}, notify: []}
"""
)
DAY = 86_400


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    folder = tmp_path_factory.mktemp("moto")
    with run_moto(folder) as url, closing(Aws(url, folder, MOTO_ACCOUNT)) as aws:
        now = int(time.time()) // 60 * 60
        depths = {now - 2 * DAY + 60 * n: 95.0 if n in {30, 31, 32} else 50.0 for n in range(120)}
        put(aws, "eu-west-1", "Shop", "Depth", "Queue=orders", depths)
        put(aws, "us-east-1", "AWS/Billing", "EstimatedCharges", "Currency=USD", {now - DAY: 9.0})
        yield aws


def put(
    aws: Aws, region: str, namespace: str, metric: str, dimension: str, points: dict[int, float]
) -> None:
    name, value = dimension.split("=")
    client = aws.client("cloudwatch", region)
    for at in range(0, len(points), 20):
        client.put_metric_data(
            Namespace=namespace,
            MetricData=[
                {
                    "MetricName": metric,
                    "Dimensions": [{"Name": name, "Value": value}],
                    "Timestamp": stamp,
                    "Value": number,
                }
                for stamp, number in list(points.items())[at : at + 20]
            ],
        )


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    return tmp_path


def live(account: Aws, folder: Path, *arguments: str, **changes: str) -> tuple[int, str, str]:
    ran = run_watchspec(
        "backtest",
        "--live",
        *arguments,
        folder=folder,
        env={**account.environment(), **changes},
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_alarms_are_judged_by_what_is_fetched_in_each_region(account: Aws, shop: Path) -> None:
    code, out, err = live(account, shop, "--since", "4d", "--format", "json")

    assert code == 0, (out, err)
    alarms = {one["key"]: one for one in json.loads(out)["backtests"][0]["alarms"]}
    assert alarms["depth-high"]["conduct"]["fires"] == 1
    assert alarms["depth-high"]["conduct"]["alarm_seconds"] == 120
    assert alarms["cost-high"]["conduct"]["fires"] == 0


def test_days_that_are_over_are_kept_and_serve_as_data(account: Aws, shop: Path) -> None:
    code, first, _ = live(account, shop, "--since", "4d", "--keep", "history")
    kept = sorted(path for path in (shop / "history").rglob("*.csv") if "part" not in path.name)

    assert code == 0
    assert {path.parent.relative_to(shop).as_posix() for path in kept} == {
        f"history/{MOTO_ACCOUNT}/eu-west-1",
        f"history/{MOTO_ACCOUNT}/us-east-1",
    }
    depths = [path for path in kept if path.parent.name == "eu-west-1"]
    assert (
        depths[0]
        .read_text("utf-8")
        .startswith("time,Shop Depth{Queue=orders} Maximum in eu-west-1\n")
    )
    files = [path for path in (shop / "history").rglob("*.csv") if path.read_text().count("\n") > 1]
    again = run_watchspec(
        "backtest", *(word for path in files for word in ("--data", str(path))), folder=shop
    )
    assert again.stdout == first

    before = {path: path.stat().st_mtime_ns for path in kept}
    live(account, shop, "--since", "4d", "--keep", "history")
    assert {path: path.stat().st_mtime_ns for path in kept} == before


def test_without_a_folder_days_are_kept_in_the_cache_which_git_does_not_see(
    account: Aws, shop: Path
) -> None:
    live(account, shop, "--since", "4d")

    assert list((shop / ".watchspec_cache/metrics").rglob("*.csv"))
    assert (shop / ".watchspec_cache/.gitignore").read_text("utf-8") == "*\n"


def test_more_metrics_than_fit_into_a_call_are_asked_for_in_several(
    account: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in account.environment().items():
        monkeypatch.setenv(name, value)
    others = [Query(MetricId("Shop", f"M{n}", (), "eu-west-1"), "Sum", 60) for n in range(500)]
    depth = MetricId("Shop", "Depth", (("Queue", "orders"),), "eu-west-1")
    now = int(time.time()) // 60 * 60
    wish = Wish((*others, Query(depth, "Maximum", 60)), now - 3 * DAY, now, None, str(tmp_path))
    told: list[tuple[str, int, int]] = []

    files = fetch_days(wish, lambda *done: told.append(done))

    header, *rows = "".join(Path(file).read_text("utf-8") for file in files).splitlines()
    assert len(header.split(",")) == 502
    assert sum(row.endswith(("50.0", "95.0")) for row in rows) == 120
    assert told[-1] == ("fetching", 4, 4)


def test_a_parameter_says_which_metric_is_fetched(account: Aws, shop: Path) -> None:
    code, out, _ = live(account, shop, "--since", "4d", "--parameter", "queue=payments")

    assert code == 0
    assert "not judged: depth-high: no data of Shop Depth" in out


def test_credentials_that_are_missing_are_one_message(account: Aws, shop: Path) -> None:
    code, out, err = live(account, shop, AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")

    assert (code, out) == (1, "")
    assert err == "Error: AWS cannot be asked: Unable to locate credentials\n"


def test_a_profile_that_is_not_there_is_one_message(account: Aws, shop: Path) -> None:
    code, _, err = live(account, shop, "--profile", "nobody")

    assert code == 1
    assert err == "Error: AWS cannot be asked: The config profile (nobody) could not be found\n"


def test_an_endpoint_nobody_listens_on_is_one_message(account: Aws, shop: Path) -> None:
    nowhere = "http://127.0.0.1:9"

    code, _, err = live(account, shop, AWS_ENDPOINT_URL=nowhere, AWS_MAX_ATTEMPTS="1")

    assert code == 1
    assert err.startswith("Error: AWS cannot be asked: ")
    assert err.count("\n") == 1


def test_an_endpoint_that_is_no_url_is_one_message(account: Aws, shop: Path) -> None:
    code, _, err = live(account, shop, AWS_ENDPOINT_URL="nowhere")

    assert (code, err) == (1, "Error: AWS cannot be asked: Invalid endpoint: nowhere\n")


def test_what_aws_refuses_is_one_message(account: Aws, shop: Path) -> None:
    ask_for_permissions(account, after=0)
    try:
        code, out, err = live(account, shop)
    finally:
        ask_for_permissions(account, after=10**9)

    assert (code, out) == (1, "")
    assert err.startswith("Error: AWS refuses GetCallerIdentity: InvalidClientTokenId: ")
    assert err.count("\n") == 1


def ask_for_permissions(account: Aws, *, after: int) -> None:
    """After so many requests moto looks at who asks, and whether they may."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{account.url}/moto-api/reset-auth", str(after).encode(), {"Content-Type": "text/plain"}
    )
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310 - see above
        pass


def test_a_profile_without_a_live_account_is_wrong_usage(shop: Path) -> None:
    ran = run_watchspec("backtest", "--data", "x.csv", "--profile", "p", folder=shop)

    assert ran.returncode == 2
    assert "--profile is for  --live  alone" in ran.stderr


def test_a_folder_that_cannot_be_written_is_one_message(account: Aws, shop: Path) -> None:
    (shop / "taken").write_text("", "utf-8")

    code, _, err = live(account, shop, "--since", "1d", "--keep", "taken")

    assert code == 1
    assert err.startswith("Error: taken/")


def test_without_boto3_the_extra_is_named(account: Aws, shop: Path) -> None:
    (shop / "boto3.py").write_text("raise ImportError\n", "utf-8")

    code, _, err = live(account, shop, PYTHONPATH=str(shop))

    assert code == 1
    assert err == ("Error: boto3 is not installed; install it with  pip install 'watchspec[aws]'\n")
