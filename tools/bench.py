"""`make bench`: how long whole commands take, as a table in Markdown.

Machines differ and are noisy: the figures to trust are the ratios, measured in turn in one run.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.months import write_month
from tools.patterns import CHARACTERS, find_patterns, slowest
from watchspec.check import check_monitoring
from watchspec.expand import expand_spec
from watchspec.load import load_spec
from watchspec.resolve import resolve_environment
from watchspec.validate import validate_documents, validate_expanded

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WATCHSPEC = str(BIN / "watchspec")
RUNS = 7
_MIB = 1024


class Figure(NamedTuple):
    """Seconds of wall time, and MiB of the largest single process."""

    seconds: float
    mebibytes: float


def main() -> None:
    """Measure everything and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_measure_all(Path(folder)))
    print("| figure | measured | bar |\n|---|---|---|")  # noqa: T201 - this is the output
    for name, measured, bar in rows:
        print(f"| {name} | {measured} | {bar} |")  # noqa: T201


def write_estate(folder: Path, specs: int, alarms: int) -> None:
    """Specs with so many alarms each: four in six plain, one metric math, one composite."""
    (folder / "specs").mkdir(parents=True)
    for number in range(specs):
        text = _write_spec(f"service-{number:03}", alarms)
        (folder / "specs" / f"service-{number:03}.yaml").write_text(text, encoding="utf-8")


def _measure_all(folder: Path) -> Iterator[tuple[str, str, str]]:
    shipped = folder / "shipped"
    shipped.mkdir()
    shutil.copytree(ROOT / "specs", shipped / "specs")
    yield _measure_nothing_changed(shipped)
    yield _measure_with_lint(shipped)
    plain = _median(shipped, "compile", "--no-lint", "--no-cache")
    yield "compile both shipped environments, lint off", f"{plain.seconds:.2f} s", "≤ 0.4 s"
    write_estate(folder / "one", 1, 500)
    large = _median(folder / "one", "compile", "--no-lint", "--no-cache")
    yield "compile 500 alarms in one spec, lint off", f"{large.seconds:.2f} s", "≤ 0.9 s"
    yield from _measure_estate(folder)
    yield _measure_growth(folder)
    yield _measure_rules(folder)
    yield _measure_hostile(folder)
    tests = _median(shipped, "test", "--mutants")
    yield "the tests of the shipped spec, and of its mutants", f"{tests.seconds:.2f} s", "≤ 2 s"
    yield from _measure_simulation(folder)
    yield from _measure_backtest(folder)
    patterns = find_patterns()
    worst = max(patterns, key=slowest)
    yield (
        f"hostile texts of {CHARACTERS:,} characters for each of {len(patterns)} patterns",
        f"slowest {slowest(worst):.2f} s",
        "each ≤ 0.1 s",
    )


def _measure_growth(folder: Path) -> tuple[str, str, str]:
    seconds = []
    for alarms in (1_500, 3_000):
        write_estate(folder / str(alarms), 1, alarms)
        seconds.append(_median(folder / str(alarms), "check").seconds)
    ratio = seconds[1] / seconds[0]
    return "check 3,000 alarms in one spec / 1,500", f"{ratio:.1f}", "≤ 2.6"


def _measure_rules(folder: Path) -> tuple[str, str, str]:
    """The rules of `check` against the rooms before them, in processor time of one process."""
    write_estate(folder / "rules", 4, 2_500)
    before, rules = [], []
    for _ in range(3):
        times = [_time_rules(str(path)) for path in (folder / "rules/specs").iterdir()]
        before.append(sum(one for one, _ in times))
        rules.append(sum(one for _, one in times))
    seconds = statistics.median(rules)
    measured = f"{seconds:.2f} s, {seconds / statistics.median(before):.2f} ×"
    return "rules on 10,000 alarms / validating and resolving them", measured, "≤ 2 ×"


def _time_rules(path: str) -> tuple[float, float]:
    """Seconds to validate and resolve a spec, and to look at it with every rule."""
    documents = load_spec(path).value
    assert documents is not None
    started = time.process_time()
    spec = validate_documents(documents).value
    assert spec is not None
    tree = expand_spec(spec, "prod").value
    assert tree is not None
    shaped = validate_expanded(tree).value
    assert shaped is not None
    monitoring = resolve_environment(shaped).value
    assert monitoring is not None
    half = time.process_time()
    check_monitoring(monitoring)
    return half - started, time.process_time() - half


def _measure_nothing_changed(folder: Path) -> tuple[str, str, str]:
    _run(folder, WATCHSPEC, "compile")
    figures, baseline = _in_turn(
        folder, [WATCHSPEC, "compile"], [sys.executable, "-c", "import click"]
    )
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "watchspec", "compile"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    heavy = [name for name in ("cfnlint", "troposphere", "jsonschema") if f"| {name}\n" in loaded]
    imports = f"imports {', '.join(heavy)}" if heavy else "cfn-lint and troposphere not imported"
    ratio = figures.seconds / baseline.seconds
    measured = f"{figures.seconds:.2f} s, {ratio:.1f} × importing click; {imports}"
    return (
        "compile both shipped environments, nothing changed",
        measured,
        "≤ 0.3 s, neither imported",
    )


def _measure_with_lint(folder: Path) -> tuple[str, str, str]:
    templates = sorted(str(path) for path in (folder / "templates/out").glob("*/*.yaml"))
    ours, theirs = _in_turn(
        folder, [WATCHSPEC, "compile", "--no-cache"], [str(BIN / "cfn-lint"), *templates]
    )
    ratio = ours.seconds / theirs.seconds
    measured = f"{ours.seconds:.2f} s; {ratio:.2f} × cfn-lint alone ({theirs.seconds:.2f} s)"
    return "compile both, cold, with cfn-lint", measured, "≤ 1.0 × `cfn-lint` alone"


def _measure_estate(folder: Path) -> Iterator[tuple[str, str, str]]:
    write_estate(folder / "small", 10, 100)
    write_estate(folder / "estate", 100, 100)
    command = [WATCHSPEC, "compile", "--no-lint", "--no-cache"]
    small, estate = [], []
    for _ in range(3):
        small.append(_run(folder / "small", *command))
        estate.append(_run(folder / "estate", *command))
    seconds = statistics.median(one.seconds for one in estate)
    ratio = seconds / statistics.median(one.seconds for one in small)
    memory = max(one.mebibytes for one in estate)
    measured = f"{seconds:.1f} s, {memory:.0f} MiB in the largest process"
    yield "compile 10,000 alarms in 100 specs, lint off", measured, "≤ 8 s, ≤ 500 MiB"
    yield "time for 10,000 alarms / time for 1,000", f"{ratio:.1f}", "≤ 11"


def _measure_simulation(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every minute of 1,000 alarms, each on a metric of its own."""
    day, half, month = (_simulate(folder, days) for days in (1, 15, 30))
    yield "simulate 1,000 alarms × 24 hours, minute by minute", f"{day.seconds:.1f} s", "≤ 5 s"
    measured = f"{month.seconds:.1f} s, {month.mebibytes:.0f} MiB"
    yield "simulate 1,000 alarms × 30 days, minute by minute", measured, "≤ 30 s, ≤ 2,048 MiB"
    yield "time for 30 days / time for 15", f"{month.seconds / half.seconds:.1f}", "≤ 2.3"


def _simulate(folder: Path, days: int) -> Figure:
    """Seconds of the simulation alone, as its process counts them, and peak memory of all of it."""
    told = folder / "seconds.txt"
    command = [sys.executable, "-m", "tools.simulation", "1000", str(days)]
    with told.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Figure(float(told.read_text(encoding="utf-8")), usage.ru_maxrss / _MIB)


def _measure_backtest(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The whole command, from reading the file to the table."""
    half, month = (
        _run(folder / name, WATCHSPEC, *write_month(folder / name, 1000, days))
        for name, days in (("half", 15), ("month", 30))
    )
    measured = f"{month.seconds:.1f} s, {month.mebibytes:.0f} MiB"
    yield "backtest 1,000 alarms × 30 days (43 million points)", measured, "≤ 30 s, ≤ 2,048 MiB"
    yield "backtest of 30 days / of 15", f"{month.seconds / half.seconds:.1f}", "≤ 2.3"


def _measure_hostile(folder: Path) -> tuple[str, str, str]:
    files = sorted((ROOT / "tests/data/hostile").glob("*.yaml"))
    refused, slowest, largest = 0, 0.0, 0.0
    for path in files:
        figure = _run(folder, WATCHSPEC, "check", str(path), expect=1)
        refused += 1
        slowest = max(slowest, figure.seconds)
        largest = max(largest, figure.mebibytes)
    measured = f"{refused}/{len(files)}, slowest {slowest:.2f} s, largest {largest:.0f} MiB"
    return "hostile files refused with a finding", measured, "all, each ≤ 1 s and ≤ 256 MiB"


def _median(folder: Path, *arguments: str) -> Figure:
    figures = [_run(folder, WATCHSPEC, *arguments) for _ in range(RUNS)]
    return Figure(
        statistics.median(one.seconds for one in figures), max(one.mebibytes for one in figures)
    )


def _in_turn(folder: Path, first: list[str], second: list[str]) -> tuple[Figure, Figure]:
    """Medians of two commands, run in turn so that both see the same machine."""
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(_run(folder, *first))
        theirs.append(_run(folder, *second))
    return tuple(  # type: ignore[return-value]  # two lists make two figures
        Figure(
            statistics.median(one.seconds for one in figures), max(one.mebibytes for one in figures)
        )
        for figures in (ours, theirs)
    )


def _run(folder: Path, *command: str, expect: int = 0) -> Figure:
    """Run a command to its end; wall time and peak memory as the operating system counts them."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expect:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Figure(seconds, usage.ru_maxrss / _MIB)


def _write_spec(service: str, alarms: int, metrics: int = 10) -> str:
    lines = [
        "version: v1",
        f"service: {service}",
        "environments:",
        "  prod: {region: eu-west-1}",
        "names: ${environment}-${service}-${name}",
        "notify:",
        '  warning: {topic: "arn:aws:sns:eu-west-1:111122223333:alarms"}',
        "metrics:",
    ]
    for number in range(metrics):
        lines += [
            f"  m_{number}:",
            "    metric: AWS/Lambda Errors",
            f"    dimensions: {{FunctionName: {service}-{number}}}",
            f'    levels: {{warning: "> {number}"}}',
        ]
    lines.append("alarms:")
    for number in range(alarms):
        lines += [
            f"  alarm-{number}:",
            "    severity: warning",
            f"    when: {_write_condition(number, metrics)}",
            "    runbook:",
            "      impact: Something is slow.",
            "      steps: [Look at the dashboard., Scale out.]",
        ]
    return "\n".join(lines) + "\n"


def _write_condition(number: int, metrics: int) -> str:
    first, second = f"m_{number % metrics}", f"m_{(number + 1) % metrics}"
    match number % 6:
        case 4:
            given = f"{{errors: {first}, calls: {second}}}"
            return f"{{expression: errors / calls, given: {given}, above: {number}, for: 5m}}"
        case 5:
            return f"{{any: [alarm-{number - 1}, alarm-{number - 2}]}}"
        case _:
            return f"{{metric: {first}, above: {number}, for: {5 + number % 3}m}}"


if __name__ == "__main__":
    main()
