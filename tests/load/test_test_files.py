"""Files of tests beside a spec: read by check and by tests, never by compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, call_watchspec, marked_text
from watchspec.diagnostics import Diagnostic
from watchspec.model.test_files import find_owner, is_test_file
from watchspec.pipeline import compile_spec, resolve_spec

SPEC = (
    HEAD
    + """\
metrics:
  cpu: {metric: Shop Cpu, unit: Percent}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%}}
"""
)
TEST = "version: v1\ntests:\n  {name}: {{series: {{cpu: 85x5}}, expect: [{{alarm: {alarm}, is: ALARM}}]}}\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "specs" / name
    path.write_text(text, encoding="utf-8")
    return path


def write_test(folder: Path, name: str, *, test: str = "goes off", alarm: str = "hot") -> Path:
    return write(folder, name, TEST.format(name=test, alarm=alarm))


def names_of_tests(folder: Path) -> list[str]:
    resolved = resolve_spec(str(folder / "specs" / "shop.yaml"))
    assert resolved.value is not None, resolved.diagnostics
    return [test.name for test in resolved.value[0].tests]


def only(found: tuple[Diagnostic, ...]) -> Diagnostic:
    assert len(found) == 1, found
    return found[0]


def test_tests_beside_a_spec_belong_to_it(shop: Path) -> None:
    write_test(shop, "shop.test.yaml", test="one")
    write_test(shop, "shop.night.test.yaml", test="two")
    write_test(shop, "shop.night.cold.test.yml", test="three")
    write_test(shop, "shopping.test.yaml", test="of another spec")

    assert names_of_tests(shop) == ["three", "two", "one"]


def test_tests_belong_to_the_spec_that_has_most_of_their_name(shop: Path) -> None:
    write(shop, "shop.night.yaml", SPEC)
    path = write_test(shop, "shop.night.test.yaml")

    assert find_owner(str(path)) == str(shop / "specs" / "shop.night.yaml")
    assert names_of_tests(shop) == []


@pytest.mark.parametrize("name", ["shop.test.yaml", "a.b.test.yml", "x/shop.test.yaml"])
def test_a_file_of_tests_is_known_by_its_name(name: str) -> None:
    assert is_test_file(name)


@pytest.mark.parametrize(
    "name", ["shop.yaml", "test.yaml", ".test.yaml", ".#a.test.yaml", "a.test"]
)
def test_other_files_are_no_files_of_tests(name: str) -> None:
    assert not is_test_file(name)


def test_a_mistake_is_told_where_it_stands_in_the_file_of_tests(shop: Path) -> None:
    path = write_test(shop, "shop.test.yaml", alarm="hott")

    found = only(compile_spec(str(shop / "specs" / "shop.yaml"), emits=False).diagnostics)

    assert found.message == 'there is no alarm "hott"'
    assert found.hint == 'did you mean "hot"?'
    assert found.location is not None
    assert found.location.file == str(path)
    assert marked_text(found) == "hott"


def test_compile_does_not_read_files_of_tests(shop: Path) -> None:
    write(shop, "shop.test.yaml", "no: [yaml")

    compiled = compile_spec(str(shop / "specs" / "shop.yaml"))

    assert compiled.diagnostics == ()
    assert len(compiled.inputs) == 1


@pytest.mark.parametrize("arguments", [(), ("specs/shop.yaml",), ("specs/shop.test.yaml",)])
def test_check_reads_files_of_tests_however_it_is_asked(
    shop: Path, arguments: tuple[str, ...]
) -> None:
    write_test(shop, "shop.test.yaml", alarm="hott")

    result = call_watchspec("check", *arguments, folder=shop)

    assert result.returncode == 1
    assert 'there is no alarm "hott"' in result.stdout
    assert "--> specs/shop.test.yaml:3:" in result.stdout
    assert "1 error" in result.stdout


def test_a_file_of_tests_and_its_spec_are_checked_once(shop: Path) -> None:
    write_test(shop, "shop.test.yaml")

    result = call_watchspec("check", "specs/shop.test.yaml", "specs/shop.yaml", folder=shop)

    assert "1 spec: no findings" in result.stderr


def test_a_file_of_tests_stands_for_its_spec_when_it_is_compiled(shop: Path) -> None:
    write_test(shop, "shop.test.yaml", alarm="hott")

    result = call_watchspec("compile", "--no-lint", "specs/shop.test.yaml", folder=shop)

    assert result.returncode == 0, result.stdout
    assert (shop / "templates/out/prod/prod-shop.yaml").exists()


@pytest.mark.parametrize("command", ["check", "compile"])
def test_tests_without_a_spec_are_an_error(shop: Path, command: str) -> None:
    write_test(shop, "shap.test.yaml")

    result = call_watchspec(command, folder=shop)

    assert result.returncode == 1
    assert 'error[test/no-spec]: there is no spec "shap.yaml" beside "shap.test.yaml"' in (
        result.stdout
    )
    assert 'did you mean "shop.yaml"?' in result.stdout


def test_a_file_of_tests_that_is_not_there_cannot_be_read(shop: Path) -> None:
    result = call_watchspec("check", "specs/none.test.yaml", folder=shop)

    assert 'cannot read "specs/none.test.yaml": no such file' in result.stdout


def test_a_file_of_tests_holds_nothing_else(shop: Path) -> None:
    text = TEST.format(name="goes off", alarm="hot")
    write(shop, "shop.test.yaml", text + "service: shop\nvalues: {a: 1}\n")

    found = compile_spec(str(shop / "specs" / "shop.yaml"), emits=False).diagnostics

    assert [(one.rule, marked_text(one)) for one in found] == [
        ("test/other-section", "service"),
        ("test/other-section", "values"),
    ]
    assert found[0].message == '"service" does not belong in a file of tests'


def test_two_tests_of_one_name_are_an_error(shop: Path) -> None:
    write_test(shop, "shop.test.yaml")
    write_test(shop, "shop.other.test.yaml")

    found = only(compile_spec(str(shop / "specs" / "shop.yaml"), emits=False).diagnostics)

    assert found.rule == "include/defined-twice"
    assert found.message == '"goes off" is given in two files'


def test_a_folder_that_cannot_be_listed_is_told_of_once(tmp_path: Path) -> None:
    found = only(compile_spec(str(tmp_path / "none" / "shop.yaml"), emits=False).diagnostics)

    assert found.rule == "file/unreadable"
