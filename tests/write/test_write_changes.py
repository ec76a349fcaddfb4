"""What a compilation does to the files of the output folder, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

from support import call_watchspec
from write.output_folder import compile_folder, read_tree, stack_names, write_spec


def test_first_compilation_creates_three_files_for_each_environment(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")

    code, said = compile_folder(tmp_path)

    assert code == 0
    assert said == [
        "created templates/out/dev/dev-shop.yaml",
        "created templates/out/dev/dev-shop.parameters.json",
        "created templates/out/dev/stacks.json",
        "created templates/out/prod/prod-shop.yaml",
        "created templates/out/prod/prod-shop.parameters.json",
        "created templates/out/prod/stacks.json",
    ]
    assert list(read_tree(tmp_path / "templates/out")) == sorted(
        line.removeprefix("created templates/out/") for line in said
    )


def test_files_of_an_unchanged_spec_are_not_touched(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    paths = sorted((tmp_path / "templates/out").rglob("*"))
    before = [path.stat().st_mtime_ns for path in paths]

    code, said = compile_folder(tmp_path, "--no-cache")

    assert (code, said) == (0, [])
    assert [path.stat().st_mtime_ns for path in paths] == before


def test_only_the_file_that_differs_is_updated(tmp_path: Path) -> None:
    spec = write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    spec.write_text(spec.read_text(encoding="utf-8").replace("30 days", "60 days"), "utf-8")

    code, said = compile_folder(tmp_path)

    assert code == 0
    assert said == [
        "updated templates/out/dev/dev-shop.yaml",
        "updated templates/out/prod/prod-shop.yaml",
    ]
    text = (tmp_path / "templates/out/dev/dev-shop.yaml").read_text(encoding="utf-8")
    assert "RetentionInDays: 60" in text


def test_a_file_edited_by_hand_is_put_right(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-shop.yaml"
    made = template.read_bytes()
    template.write_bytes(made + b"# edited\n")

    _, said = compile_folder(tmp_path)

    assert said == ["updated templates/out/prod/prod-shop.yaml"]
    assert template.read_bytes() == made


def test_a_file_that_is_no_text_is_put_right(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-shop.yaml"
    made = template.read_bytes()
    template.write_bytes(b"\xff\xfe\x00")

    code, _ = compile_folder(tmp_path)

    assert code == 0
    assert template.read_bytes() == made


def test_files_of_a_spec_that_is_gone_are_removed_with_the_reason(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    write_spec(tmp_path, "till", "prod")
    compile_folder(tmp_path)
    (tmp_path / "specs/till.yaml").unlink()

    code, said = compile_folder(tmp_path)

    assert code == 0
    assert said == [
        "updated templates/out/prod/stacks.json",
        "removed templates/out/prod/prod-till.yaml (stack prod-till is gone)",
        "removed templates/out/prod/prod-till.parameters.json (stack prod-till is gone)",
    ]
    assert stack_names(tmp_path, "prod") == ["prod-shop"]
    assert set(read_tree(tmp_path / "templates/out/prod")) == {
        "prod-shop.yaml",
        "prod-shop.parameters.json",
        "stacks.json",
    }


def test_a_renamed_service_leaves_nothing_of_its_old_name(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod", name="spec")
    compile_folder(tmp_path)
    write_spec(tmp_path, "store", "prod", name="spec")

    _, said = compile_folder(tmp_path)

    assert "removed templates/out/prod/prod-shop.yaml (stack prod-shop is gone)" in said
    assert set(read_tree(tmp_path / "templates/out/prod")) == {
        "prod-store.yaml",
        "prod-store.parameters.json",
        "stacks.json",
    }


def test_folder_of_an_environment_that_is_gone_disappears(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    prod = read_tree(tmp_path / "templates/out/prod")
    write_spec(tmp_path, "shop", "prod")

    code, said = compile_folder(tmp_path)

    assert code == 0
    assert said == [
        "removed templates/out/dev/dev-shop.yaml (stack dev-shop is gone)",
        "removed templates/out/dev/dev-shop.parameters.json (stack dev-shop is gone)",
        "removed templates/out/dev/stacks.json (no stack is left)",
    ]
    assert not (tmp_path / "templates/out/dev").exists()
    assert read_tree(tmp_path / "templates/out/prod") == prod


def test_stack_elsewhere_is_removed_when_its_cause_is_gone(tmp_path: Path) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    head = spec.read_text(encoding="utf-8")
    spec.write_text(
        head
        + "notify: {warning: {email: [a@example.com]}}\n"
        + "metrics: {cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}}\n"
        + "alarms: {cost: {severity: warning, when: {metric: cost, above: $60, for: 1 day}}}\n",
        encoding="utf-8",
    )
    compile_folder(tmp_path)
    made = stack_names(tmp_path, "prod")
    spec.write_text(head, encoding="utf-8")

    _, said = compile_folder(tmp_path)

    assert made == ["prod-shop", "prod-shop-us-east-1"]
    assert stack_names(tmp_path, "prod") == ["prod-shop"]
    gone = "removed templates/out/prod/prod-shop-us-east-1.yaml (stack prod-shop-us-east-1 is gone)"
    assert gone in said


def test_files_of_other_people_stay(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    foreign = {
        "README.md": b"mine\n",
        "dev/notes.yaml": b"mine\n",
        "dev/dev-other.yaml": b"mine\n",
        "elsewhere/prod-shop.yaml": b"mine\n",
        ".hidden": b"mine\n",
    }
    for name, data in foreign.items():
        path = tmp_path / "templates/out" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    write_spec(tmp_path, "shop", "prod")

    compile_folder(tmp_path)

    left = read_tree(tmp_path / "templates/out")
    assert {name: left.get(name) for name in foreign} == foreign
    assert "dev/dev-shop.yaml" not in left


def test_spec_compiled_alone_leaves_files_and_entries_of_other_services(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    write_spec(tmp_path, "till", "dev", "prod")
    compile_folder(tmp_path)
    before = read_tree(tmp_path / "templates/out")
    spec = write_spec(tmp_path, "shop", "prod")
    spec.write_text(spec.read_text(encoding="utf-8").replace("30 days", "60 days"), "utf-8")

    code, said = compile_folder(tmp_path, "specs/shop.yaml")

    assert code == 0
    assert said == [
        "updated templates/out/dev/stacks.json",
        "removed templates/out/dev/dev-shop.yaml (stack dev-shop is gone)",
        "removed templates/out/dev/dev-shop.parameters.json (stack dev-shop is gone)",
        "updated templates/out/prod/prod-shop.yaml",
    ]
    after = read_tree(tmp_path / "templates/out")
    till = {name: data for name, data in before.items() if "till" in name}
    assert {name: after[name] for name in till} == till
    assert stack_names(tmp_path, "dev") == ["dev-till"]
    assert stack_names(tmp_path, "prod") == ["prod-shop", "prod-till"]


def test_specs_compiled_one_by_one_give_the_same_folder_as_all_at_once(tmp_path: Path) -> None:
    for service in ("shop", "till", "cart"):
        write_spec(tmp_path, service, "dev", "prod")
    compile_folder(tmp_path, "--out", "together")

    for service in ("till", "shop", "cart"):
        compile_folder(tmp_path, "--out", "apart", f"specs/{service}.yaml")

    assert read_tree(tmp_path / "apart") == read_tree(tmp_path / "together")


def test_one_environment_alone_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    spec = write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    spec.write_text(spec.read_text(encoding="utf-8").replace("30 days", "60 days"), "utf-8")

    code, said = compile_folder(tmp_path, "--env", "dev")

    assert (code, said) == (0, ["updated templates/out/dev/dev-shop.yaml"])


def test_environments_may_be_chosen_several_at_a_time(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "stage", "prod")

    compile_folder(tmp_path, "--env", "dev", "--env", "prod")

    assert sorted(path.name for path in (tmp_path / "templates/out").iterdir()) == ["dev", "prod"]


def test_nothing_is_written_when_any_spec_has_an_error(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    before = read_tree(tmp_path / "templates")
    write_spec(tmp_path, "till", "prod")
    write_spec(tmp_path, "shop", "prod", "dev")
    (tmp_path / "specs/broken.yaml").write_text("version: v1\nservice: Broken!\n", "utf-8")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert "specs/broken.yaml" in run.stdout
    assert read_tree(tmp_path / "templates") == before


def test_nothing_is_written_when_two_specs_make_the_same_stack(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod", name="one")
    write_spec(tmp_path, "shop", "prod", name="two")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert "error[name/same-name]" in run.stdout
    assert not (tmp_path / "templates").exists()


def test_services_whose_stacks_would_share_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    for name, environment, service in (("one", "a", "b-c"), ("two", "a-b", "c")):
        write_spec(tmp_path, service, environment, name=name)

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    # a-b-c in the folder a and a-b-c in the folder a-b: one stack name, taken twice.
    assert run.returncode == 1
    assert 'stack "a-b-c"' in run.stdout


def test_summary_counts_specs_stacks_and_changed_files(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    write_spec(tmp_path, "till", "prod")

    first = call_watchspec("compile", "--no-lint", folder=tmp_path)
    second = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert first.stderr.splitlines()[-1] == "2 specs, 3 stacks: 8 files changed"
    assert second.stderr.splitlines() == ["2 specs, 3 stacks: up to date"]


def test_parameters_file_holds_what_is_known_and_the_list_what_is_not(tmp_path: Path) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    spec.write_text(
        spec.read_text(encoding="utf-8")
        + "parameters: {alert_email: {pattern: email}, limit_name: {default: high}}\n"
        + 'notify: {warning: {email: ["${alert_email}"]}}\n'
        + 'metrics: {m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${limit_name}"}}}\n'
        + "alarms: {errors: {severity: warning, when: {metric: m, above: 0, for: 5m}}}\n",
        encoding="utf-8",
    )

    compile_folder(tmp_path)

    out = tmp_path / "templates/out/prod"
    known = json.loads((out / "prod-shop.parameters.json").read_text(encoding="utf-8"))
    [stack] = json.loads((out / "stacks.json").read_text(encoding="utf-8"))["stacks"]
    assert known == ["LimitName=high"]
    assert stack["needs_parameters"] == {"alert_email": "AlertEmail"}
    assert stack["has_parameters"] == {"limit_name": "LimitName"}
    assert stack["region"] == "eu-west-1"
    assert stack["tags"] == {"environment": "prod", "service": "shop"}
