"""`aws cloudformation deploy` is called for each stack in order, with everything it needs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT, call_watchspec
from watchspec.deploy import DeployError, deploy_environment

FAKE_AWS = f"""\
#!{sys.executable} -SE
import json, os, sys
with open(os.environ["AWS_CALLS"], "a", encoding="utf-8") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
sys.exit(9 if os.environ.get("AWS_FAILS") in sys.argv else 0)
"""
SPEC = """\
version: v1
service: shop
environments: {dev: {region: eu-west-1}, prod: {region: eu-central-1}}
tags: {team: "web & shop"}
parameters:
  alert_email: {pattern: email}
  function: {default: checkout}
  table: {ssm: "/shop/${environment}/table"}
notify: {warning: {email: ["${alert_email}"]}}
metrics:
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${function}"}}
  reads:
    metric: AWS/DynamoDB ConsumedReadCapacityUnits
    dimensions: {TableName: "${table}"}
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
alarms:
  errors: {severity: warning, when: {metric: errors, above: 0, for: 5m}}
  reads: {severity: warning, when: {metric: reads, above: 9, for: 5m}, missing_data: missing}
  cost: {severity: warning, when: {metric: cost, above: $60, for: 1 day}}
"""
OTHER = """\
version: v1
service: cart
environments: {prod: {region: eu-central-1}}
parameters: {function: {default: cart}}
logs: {cart: {group: "/aws/lambda/${function}", retention: 7 days}}
"""
HOSTILE = [
    "file:///etc/passwd",
    "fileb:///etc/passwd",
    "http://169.254.169.254/latest",
    "-rf",
    "--debug",
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned",
    "| touch pwned",
    "a\nb",
    "a\r\nb\n",
    "a b  c",
    " ",
    "",
    "'",
    '"',
    "'\"'\"'",
    "\\",
    "a=b=c",
    "*",
    "~",
    "!!",
    "%s%n",
    "ünï 日本 🙂",
    "\x1b]0;pwned\x07",
    "\u202e",
    "{{resolve:ssm:x}}",
    "${AWS::AccountId}",
    '[{"ParameterKey": "a"}]',
]
DEPLOY = ["cloudformation", "deploy", "--no-fail-on-empty-changeset"]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a compiled spec."""
    home = tmp_path_factory.mktemp("compiled")
    compile_specs(home, shop=SPEC)
    return home


@pytest.fixture
def folder(compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, and an `aws` that writes down what it is called with."""
    shutil.copytree(compiled, tmp_path, dirs_exist_ok=True)
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin/aws"
    fake.write_text(FAKE_AWS, "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("AWS_CALLS", str(tmp_path / "calls"))
    monkeypatch.delenv("AWS_FAILS", raising=False)
    return tmp_path


def compile_specs(folder: Path, **specs: str) -> None:
    (folder / "specs").mkdir(exist_ok=True)
    for name, text in specs.items():
        (folder / f"specs/{name}.yaml").write_text(text, "utf-8")
    run = call_watchspec("compile", "--no-lint", folder=folder)
    assert run.returncode == 0, run


def calls(folder: Path) -> list[list[str]]:
    """What `aws` was called with, call by call."""
    path = folder / "calls"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def deploy(folder: Path, *arguments: str, env: str = "prod") -> subprocess.CompletedProcess[str]:
    return call_watchspec("deploy", "--env", env, *arguments, folder=folder)


def deployed_stacks(folder: Path) -> list[str]:
    return [call[call.index("--stack-name") + 1] for call in calls(folder)]


def overrides(call: list[str]) -> list[str]:
    """The values of `--parameter-overrides`."""
    start = call.index("--parameter-overrides") + 1
    return call[start : call.index("--tags")]


def test_every_argument_is_where_the_aws_cli_wants_it(folder: Path) -> None:
    run = deploy(folder, "--parameter", "alert_email=me@example.com", env="dev")

    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "deployed dev-shop, dev-shop-us-east-1\n"
    assert calls(folder) == [
        [
            *DEPLOY,
            *("--region", "eu-west-1"),
            *("--stack-name", "dev-shop"),
            *("--template-file", "templates/out/dev/dev-shop.yaml"),
            "--parameter-overrides",
            "Function=checkout",
            "Table=/shop/dev/table",
            "AlertEmail=me@example.com",
            "--tags",
            "environment=dev",
            "service=shop",
            "team=web & shop",
        ],
        [
            *DEPLOY,
            *("--region", "us-east-1"),
            *("--stack-name", "dev-shop-us-east-1"),
            *("--template-file", "templates/out/dev/dev-shop-us-east-1.yaml"),
            "--parameter-overrides",
            "AlertEmail=me@example.com",
            "--tags",
            "environment=dev",
            "service=shop",
            "team=web & shop",
        ],
    ]


def test_every_parameter_of_a_template_is_passed(tmp_path: Path) -> None:
    run = call_watchspec(
        *("compile", "--no-lint", "--no-cache", "--out", str(tmp_path)), folder=ROOT
    )
    assert run.returncode == 0
    recorded: list[list[str]] = []

    def record(command: list[str]) -> int:
        recorded.append(command)
        return 0

    for environment in ("dev", "prod"):
        deploy_environment(tmp_path, environment, {"alert_email": "a@b.c"}, "a-bucket", record)

    assert len(recorded) >= 2
    for command in recorded:
        path = Path(command[command.index("--template-file") + 1])
        wanted = yaml.safe_load(path.read_text("utf-8"))["Parameters"]
        assert {one.partition("=")[0] for one in overrides(command)} == set(wanted)


def test_value_on_the_command_line_wins_over_the_default(folder: Path) -> None:
    deploy(folder, "--parameter", "alert_email=x", "--parameter", "function=till")

    assert overrides(calls(folder)[0]) == [
        "Function=till",
        "Table=/shop/prod/table",
        "AlertEmail=x",
    ]


def test_parameter_given_twice_is_refused(folder: Path) -> None:
    run = deploy(folder, "--parameter", "alert_email=x", "--parameter", "alert_email=y")

    assert run.returncode == 2
    assert 'Error: the parameter "alert_email" is given twice' in run.stderr
    assert calls(folder) == []


def test_parameter_goes_to_the_stacks_that_have_it(folder: Path) -> None:
    compile_specs(folder, cart=OTHER)

    deploy(folder, "--parameter", "alert_email=x")

    assert [(call[call.index("--stack-name") + 1], overrides(call)) for call in calls(folder)] == [
        ("prod-cart", ["Function=cart"]),
        ("prod-shop", ["Function=checkout", "Table=/shop/prod/table", "AlertEmail=x"]),
        ("prod-shop-us-east-1", ["AlertEmail=x"]),
    ]


def test_stack_that_fails_is_the_last_one_tried(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_FAILS", "prod-shop")

    run = deploy(folder, "--parameter", "alert_email=x")

    assert run.returncode == 1
    assert run.stderr == (
        "Error: stack prod-shop failed: `aws cloudformation deploy` ended with 9; "
        "not tried: prod-shop-us-east-1\n"
    )
    assert deployed_stacks(folder) == ["prod-shop"]


def test_value_that_is_missing_is_asked_for_before_the_first_call(folder: Path) -> None:
    compile_specs(folder, cart=OTHER)

    run = deploy(folder)

    assert run.returncode != 0
    assert run.stderr.splitlines()[-1] == (
        "Error: values are needed for alert_email: add --parameter alert_email=…"
    )
    assert calls(folder) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("alert_emial", 'did you mean "alert_email"?'),
        ("AlertEmail", 'did you mean "alert_email"?'),
        ("zzz", "known here: alert_email, function, table"),
    ],
)
def test_parameter_nobody_has_is_refused_with_a_hint(folder: Path, name: str, hint: str) -> None:
    run = deploy(folder, "--parameter", "alert_email=x", "--parameter", f"{name}=y")

    assert run.returncode != 0
    assert run.stderr.splitlines()[-1] == f'Error: no stack has a parameter "{name}"; {hint}'
    assert calls(folder) == []


@pytest.mark.parametrize(
    ("environment", "hint"),
    [("prd", 'did you mean "prod"?'), ("zzz", "compiled: dev, prod"), ("", "compiled: dev, prod")],
)
def test_environment_nobody_compiled_is_refused_with_a_hint(
    folder: Path, environment: str, hint: str
) -> None:
    run = deploy(folder, "--parameter", "alert_email=x", env=environment)

    assert run.returncode != 0
    assert run.stderr.splitlines()[-1] == (
        f'Error: nothing is compiled for the environment "{environment}"; {hint}'
    )
    assert calls(folder) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--env", "prd", "--parameter", "alert_email=x"],
        ["--env", "prod", "--parameter", "alert_emial=x"],
        ["--env", "prod"],
    ],
    ids=["environment", "parameter", "missing value"],
)
def test_names_that_are_wrong_or_missing_are_wrong_usage(
    folder: Path, arguments: list[str]
) -> None:
    run = call_watchspec("deploy", *arguments, folder=folder)

    assert run.returncode == 2


def test_before_anything_is_compiled_it_says_so(tmp_path: Path) -> None:
    run = deploy(tmp_path)

    assert run.returncode != 0
    assert run.stderr.splitlines()[-1] == (
        'Error: nothing is compiled for the environment "prod"; run  watchspec compile'
    )


def test_template_too_large_for_a_call_needs_a_bucket(folder: Path) -> None:
    groups = "".join(f"  l{n}: {{group: /shop/{n}, retention: 7 days}}\n" for n in range(240))
    large = "version: v1\nservice: large\nenvironments: {big: {region: eu-west-1}}\nlogs:\n"
    compile_specs(folder, large=large + groups)

    without = deploy(folder, env="big")
    with_bucket = deploy(folder, "--bucket", "my-bucket", env="big")

    assert without.returncode != 0
    assert "51,200 bytes: name an S3 bucket with --bucket" in without.stderr
    assert with_bucket.returncode == 0
    [call] = calls(folder)
    assert call[-4:] == ["--s3-bucket", "my-bucket", "--s3-prefix", "watchspec"]
    assert "--parameter-overrides" not in call


def test_hostile_values_arrive_unchanged_as_one_argument_each(folder: Path) -> None:
    names = [f"p{number}" for number in range(len(HOSTILE))]
    parameters = "".join(f"  {name}: {{description: d}}\n" for name in names)
    metrics = "".join(
        f'  m{number}: {{metric: AWS/Lambda Errors, dimensions: {{FunctionName: "${{{name}}}"}}}}\n'
        for number, name in enumerate(names)
    )
    alarms = "".join(
        f"  a{number}: {{severity: warning, when: {{metric: m{number}, above: 0, for: 5m}}}}\n"
        for number in range(len(names))
    )
    head = "version: v1\nservice: odd\nenvironments: {odd: {region: eu-west-1}}\n"
    route = "notify: {warning: {email: [a@example.com]}}\n"
    text = f"{head}{route}parameters:\n{parameters}metrics:\n{metrics}alarms:\n{alarms}"
    compile_specs(folder, odd=text)
    values = [f"{name}={value}" for name, value in zip(names, HOSTILE, strict=True)]

    run = deploy(folder, *(part for one in values for part in ("--parameter", one)), env="odd")

    assert run.returncode == 0, run.stderr
    [call] = calls(folder)
    passed = dict(one.split("=", 1) for one in overrides(call))
    assert [passed[name.capitalize()] for name in names] == HOSTILE
    assert not (folder / "pwned").exists()


def test_no_argument_of_ours_can_be_taken_for_a_file_or_an_option(folder: Path) -> None:
    deploy(folder, "--parameter", "alert_email=file:///etc/passwd", "--parameter", "table=--x")

    options = {
        *("--no-fail-on-empty-changeset", "--region", "--stack-name", "--template-file"),
        *("--parameter-overrides", "--tags"),
    }
    for call in calls(folder):
        assert {one for one in call if one.startswith("-")} <= options
        assert not [one for one in call if one.startswith(("file:", "fileb:", "http"))]


@pytest.mark.parametrize("bucket", ["file:///etc/passwd", "--debug", "a b", ""])
def test_bucket_that_no_bucket_can_be_called_is_refused(folder: Path, bucket: str) -> None:
    run = deploy(folder, "--parameter", "alert_email=x", f"--bucket={bucket}")

    assert run.returncode != 0
    assert calls(folder) == []


@pytest.mark.parametrize("key", ["a=b", "-team", "--debug"])
def test_tag_key_the_aws_cli_would_misread_is_refused(folder: Path, key: str) -> None:
    spec = SPEC.replace("tags: {team:", f'tags: {{"{key}":').replace("service: shop", "service: t")
    (folder / "specs/shop.yaml").write_text(spec, "utf-8")

    compiled = call_watchspec("compile", "--no-lint", folder=folder)
    deployed = deploy(folder, "--parameter", "alert_email=x")

    assert 1 in (compiled.returncode, deployed.returncode)


@pytest.mark.parametrize("value", ["plain", *HOSTILE], ids=ascii)
def test_dry_run_prints_what_a_shell_would_run_the_same_way(folder: Path, value: str) -> None:
    given = ["--parameter", f"alert_email={value}"]

    printed = deploy(folder, "--dry-run", *given)

    assert (printed.returncode, printed.stderr) == (0, "")
    assert calls(folder) == []
    words = shlex.split(printed.stdout)
    assert words.count("aws") == 2
    assert f"AlertEmail={value}" in words
    if value in ("plain", "$(touch pwned)", "a\nb", "'\"'\"'"):
        deploy(folder, *given)
        directly = calls(folder)
        (folder / "calls").unlink()
        subprocess.run(["sh", "-eu"], cwd=folder, input=printed.stdout, text=True, check=True)
        assert calls(folder) == directly
        assert not (folder / "pwned").exists()


def test_dry_run_needs_no_aws_cli(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder / "nothing"))

    run = deploy(folder, "--dry-run", "--parameter", "alert_email=x")

    assert run.returncode == 0
    assert run.stdout.startswith("aws cloudformation deploy ")


def test_without_the_aws_cli_it_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder / "nothing"))

    run = deploy(folder, "--parameter", "alert_email=x")

    assert (run.returncode, run.stdout) == (1, "")
    assert (
        run.stderr
        == "Error: the AWS CLI is not installed: there is no command `aws`; install it, or see the commands with --dry-run\n"
    )


def test_deployment_of_a_folder_elsewhere_names_its_files(folder: Path) -> None:
    call_watchspec("compile", "--no-lint", "--out", "else where", folder=folder)

    deploy(folder, "--out", "else where", "--parameter", "alert_email=x")

    call = calls(folder)[0]
    assert call[call.index("--template-file") + 1] == "else where/prod/prod-shop.yaml"


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD\n", "[]", "{}", "null", '{"stacks": []}'])
def test_list_of_stacks_that_cannot_be_read_asks_for_a_new_compilation(
    folder: Path, text: str
) -> None:
    (folder / "templates/out/prod/stacks.json").write_text(text, "utf-8")

    run = deploy(folder, "--parameter", "alert_email=x")

    assert run.returncode == 1
    assert run.stderr == "Error: templates/out/prod is damaged; run  watchspec compile\n"
    assert calls(folder) == []


def damage(folder: Path, how: str) -> None:
    out = folder / "templates/out/prod"
    if how == "parameters are missing":
        (out / "prod-shop.parameters.json").unlink()
    elif how == "parameters are no JSON":
        (out / "prod-shop.parameters.json").write_text("<<<<<<< HEAD\n", "utf-8")
    elif how == "template is missing":
        (out / "prod-shop.yaml").unlink()
    else:
        listed: Any = json.loads((out / "stacks.json").read_text("utf-8"))
        del listed["stacks"][0]["region"]
        (out / "stacks.json").write_text(json.dumps(listed), "utf-8")


@pytest.mark.parametrize(
    "how",
    ["parameters are missing", "parameters are no JSON", "template is missing", "no region"],
)
def test_output_folder_that_is_not_whole_asks_for_a_new_compilation(folder: Path, how: str) -> None:
    damage(folder, how)

    run = deploy(folder, "--parameter", "alert_email=x")

    assert run.returncode == 1
    assert run.stderr == "Error: templates/out/prod is damaged; run  watchspec compile\n"
    assert calls(folder) == []


def test_nothing_is_called_if_a_later_stack_lacks_something(folder: Path) -> None:
    called: list[list[str]] = []

    def record(command: list[str]) -> int:
        called.append(command)
        return 0

    with pytest.raises(DeployError, match="alert_email"):
        deploy_environment(folder / "templates/out", "prod", {}, None, record)

    assert called == []
