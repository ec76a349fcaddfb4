"""cfn-lint's findings stand where the author caused them, and are the same on every machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cfnlint
import pytest

from support import run_watchspec
from watchspec.diagnostics import Diagnostic, Location, Severity
from watchspec.lint import start_linter
from watchspec.model.template import Template

pytestmark = pytest.mark.slow

REGIONS = ("eu-west-1", "cn-north-1", "us-gov-west-1", "xx-future-9")
SERVICE, LOG, CLASS = (Location("shop.yaml", line, 3, 5) for line in (2, 7, 9))
BAD_LOG = """\
Resources:
  LogApp:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {LogGroupName: /shop, %s}
"""
SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs:
  app:
    group: /shop
    retention: 30 days
    properties:
      LogGroupClass: NOPE
"""


CFN_LINT = "from cfnlint.runner.cli import main; main()"


def make_template(text: str, region: str = "eu-west-1", name: str = "prod-shop") -> Template:
    """A stack with a log group whose class the author gave."""
    return Template(
        stack_name=name,
        service="shop",
        environment="prod",
        region=region,
        account=None,
        spec_name="shop.yaml",
        text=text,
        parameters=(),
        tags=(),
        origins=(
            (("LogApp",), LOG),
            (("LogApp", "Properties", "LogGroupClass"), CLASS),
            (("LogApp", "Properties", "Tags"), CLASS),
        ),
        place=SERVICE,
    )


TEMPLATES = {
    "given": make_template(BAD_LOG % "LogGroupClass: NOPE"),
    "deep in given": make_template(BAD_LOG % "Tags: [{Key: a, Value: {b: 1}}]"),
    "made": make_template(BAD_LOG % "RetentionInDays: 31"),
    "output": make_template(
        BAD_LOG % "RetentionInDays: 30" + "Outputs: {A: {Value: !GetAtt Nowhere.Arn}}\n"
    ),
    "no template": make_template("Resources: [}\n"),
    "warning": make_template(
        "Parameters: {Class: {Type: String, Default: NOPE}}\n"
        + BAD_LOG % "LogGroupClass: {Ref: Class}"
    ),
    "clean": make_template(BAD_LOG % "RetentionInDays: 30"),
    **{
        f"clean in {region}": make_template(BAD_LOG % "RetentionInDays: 30", region)
        for region in REGIONS
    },
    **{
        f"given in {region}": make_template(BAD_LOG % "LogGroupClass: NOPE", region)
        for region in REGIONS
    },
    **{
        f"new type in {region}": make_template(
            "Resources: {LogApp: {Type: 'AWS::CloudWatch::LogAlarm'}}\n", region
        )
        for region in REGIONS
    },
}


def lint(*templates: Template) -> list[tuple[Diagnostic, ...]]:
    with start_linter() as linter:
        return [findings for _, findings in linter.lint(templates)]


@pytest.fixture(scope="module")
def linted() -> dict[str, tuple[Diagnostic, ...]]:
    """The findings in each template; loading cfn-lint takes long enough to do it once."""
    return dict(zip(TEMPLATES, lint(*TEMPLATES.values()), strict=True))


Linted = dict[str, tuple[Diagnostic, ...]]


def test_finding_in_what_the_author_gave_stands_there(linted: Linted) -> None:
    [found] = linted["given"]

    assert (found.location, found.severity) == (CLASS, Severity.ERROR)
    assert found.rule == "template/cfn-lint"
    assert "(E3030, prod-shop: Resources/LogApp/Properties/LogGroupClass)" in found.message


def test_finding_deep_inside_what_the_author_gave_stands_there(linted: Linted) -> None:
    assert {one.location for one in linted["deep in given"]} == {CLASS}


def test_finding_in_what_the_compiler_made_stands_at_its_cause(linted: Linted) -> None:
    found = linted["made"]

    assert {one.location for one in found} == {LOG}
    assert any("RetentionInDays" in one.message for one in found)


def test_finding_outside_of_resources_stands_at_the_service(linted: Linted) -> None:
    found = linted["output"]

    assert {one.location for one in found} == {SERVICE}
    assert any("Nowhere" in one.message for one in found)


def test_text_that_is_no_template_is_a_finding_at_the_service(linted: Linted) -> None:
    found = linted["no template"]

    assert {(one.location, one.severity) for one in found} == {(SERVICE, Severity.ERROR)}


def test_warning_of_cfn_lint_is_a_warning(linted: Linted) -> None:
    assert {one.severity for one in linted["warning"]} == {Severity.WARNING}


def test_clean_template_has_no_findings(linted: Linted) -> None:
    assert linted["clean"] == ()


@pytest.mark.parametrize("region", REGIONS)
def test_template_is_linted_for_any_region(linted: Linted, region: str) -> None:
    assert linted[f"clean in {region}"] == ()
    assert [one.location for one in linted[f"given in {region}"]] == [CLASS]


def test_what_its_region_does_not_have_is_a_finding(linted: Linted) -> None:
    missing = {
        region: any("(E3006, " in one.message for one in linted[f"new type in {region}"])
        for region in REGIONS
    }

    assert missing == {
        "eu-west-1": False,
        "cn-north-1": True,
        "us-gov-west-1": True,
        "xx-future-9": False,
    }


def test_warning_about_a_parameter_stands_at_the_parameter(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(
        SPEC.replace("NOPE", '"${class}"') + "parameters: {class: {default: NOPE}}\n", "utf-8"
    )

    run = run_watchspec("compile", "shop.yaml", "--format", "json", folder=tmp_path)

    [finding] = json.loads(run.stdout)
    assert finding["severity"] == "warning"
    assert finding["location"]["line"] in (9, 10)


def test_many_templates_on_many_cores_are_answered_one_by_one_in_order() -> None:
    templates = [
        make_template(
            BAD_LOG % ("LogGroupClass: NOPE" if number % 3 else f"RetentionInDays: {30 + number}"),
            name=f"prod-{number}",
        )
        for number in range(12)
    ]

    with start_linter() as linter:
        together = list(linter.lint(tuple(templates)))

    assert [template.stack_name for template, _ in together] == [
        template.stack_name for template in templates
    ]
    assert [findings for _, findings in together] == lint(*reversed(templates))[::-1]
    assert {len(findings) for _, findings in together} == {0, 1}
    assert all(
        f" prod-{number}: " in found[0].message
        for number, (_, found) in enumerate(together)
        if number
    )


def test_author_sees_the_finding_at_the_property_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")

    run = run_watchspec("compile", "shop.yaml", folder=tmp_path)

    assert run.returncode == 1
    assert "error[template/cfn-lint]: 'NOPE' is not one of " in run.stdout
    assert " --> shop.yaml:9:22\n" in run.stdout
    assert not (tmp_path / "templates").exists()


def test_finding_is_remembered_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")

    first, second = (run_watchspec("compile", "shop.yaml", folder=tmp_path) for _ in range(2))

    assert (second.returncode, second.stdout) == (1, first.stdout)
    assert len(list((tmp_path / ".watchspec_cache/lint").iterdir())) == 1


def test_no_lint_writes_what_cfn_lint_would_refuse(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")

    run = run_watchspec("compile", "shop.yaml", "--no-lint", folder=tmp_path)

    assert (run.returncode, run.stdout) == (0, "")
    assert (tmp_path / "templates/out/prod/prod-shop.yaml").exists()


def run_cfn_lint(folder: Path, environment: dict[str, str]) -> Any:
    """What cfn-lint itself says of the emitted template: the ids of its findings."""
    run = subprocess.run(
        [sys.executable, "-c", CFN_LINT, "-f", "json", "-t", "templates/out/prod/prod-shop.yaml"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return {match["Rule"]["Id"] for match in json.loads(run.stdout or "[]")}


@pytest.mark.parametrize("where", ["home", "project", "schemas"])
def test_settings_of_the_user_change_no_finding(tmp_path: Path, where: str) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")
    home, cache = tmp_path / "home", tmp_path / "cache"
    home.mkdir()
    environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(cache)}
    environment.pop("AWS_REGION", None)
    run_watchspec("compile", "shop.yaml", "--no-lint", folder=tmp_path)

    if where == "schemas":
        bundled = Path(cfnlint.__file__).parent / "data/schemas/providers"
        newer = cache / "aws/cfn-lint/schemas"
        (newer / "providers").mkdir(parents=True)
        (newer / "version.json").write_text('{"schema_date": "2999-01-01T00:00:00Z"}', "utf-8")
        for path in bundled.glob("*.json"):
            (newer / "providers" / path.name).write_text("{}", "utf-8")
    else:
        rules = "ignore_checks: [E, W]\nregions: [us-east-1]\n"
        (home if where == "home" else tmp_path).joinpath(".cfnlintrc").write_text(rules, "utf-8")
    by_itself = run_cfn_lint(tmp_path, environment)
    run = run_watchspec("compile", "shop.yaml", "--no-cache", folder=tmp_path, env=environment)

    assert by_itself != {"E3030"}, "cfn-lint does not see the settings: the test shows nothing"
    assert run.returncode == 1
    assert run.stdout.count("error[template/cfn-lint]") == 1
    assert "(E3030, prod-shop: Resources/LogApp/Properties/LogGroupClass)" in run.stdout


def test_regions_in_the_environment_change_no_finding(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC, "utf-8")
    answers = set()

    for region in ("eu-west-1", "no-where-1"):
        environment = os.environ | {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
        run = run_watchspec("compile", "shop.yaml", "--no-cache", folder=tmp_path, env=environment)
        answers.add((run.returncode, run.stdout, run.stderr))

    assert len(answers) == 1
