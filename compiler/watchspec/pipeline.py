"""The corridor: which room follows which, and where a run stops.

load -> validate -> expand -> validate -> resolve -> check -> emit, one spec after the other; then, over
all specs together, lint and write. What is ignored is taken out of the findings of all specs together,
so that what is remembered of a spec depends on nothing but the spec.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Self, TypeVar

from watchspec.cache import Cache, open_cache
from watchspec.diagnostics import Diagnostic, Outcome, has_errors, sort_diagnostics
from watchspec.ignore import BASELINE_FILE, find_ignores, write_baseline
from watchspec.model.compiled import CompiledSpec
from watchspec.verdict import Policy, Terms, Verdict, has_blocking, read_terms

if TYPE_CHECKING:
    from watchspec.lint.linter import Linter
    from watchspec.model.estate import PhysicalName
    from watchspec.model.monitoring import Monitoring
    from watchspec.model.source import Document, Spec
    from watchspec.model.template import Template
    from watchspec.write.output import Change

_Done = TypeVar("_Done")
_POOL_FROM = 4
"""So many specs are worth a pool of processes."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a compilation is to do; `all_specs` says whether every spec of the estate takes part."""

    out: Path
    environments: tuple[str, ...] = ()
    all_specs: bool = True
    lint: bool = True
    dry_run: bool = False
    use_cache: bool = True
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run: the verdict on its findings, changes of the output folder."""

    verdict: Verdict
    changes: tuple[Change, ...] = ()
    specs: int = 0
    stacks: int = 0

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings that count, in reading order."""
        return self.verdict.diagnostics

    @property
    def failed(self) -> bool:
        """Whether a finding made the run fail; then nothing was written."""
        return self.verdict.failed


class UnknownEnvironmentError(Exception):
    """An environment is asked for that no spec has; `known` are those there are."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Remember the name and what could be meant."""
        super().__init__(name)
        self.name = name
        self.known = tuple(sorted(known))


def compile_specs(paths: Iterable[str], options: Options, progress: Progress) -> Result:
    """Compile specs all the way to files. Nothing is written if there is any error.

    Raises UnknownEnvironmentError if `options` name an environment that no spec has.
    """
    terms = read_terms(options.policy)
    if terms.value is None:
        return Result(Verdict(terms.diagnostics))
    cache = open_cache(enabled=options.use_cache)
    with _LintDesk() as desk:
        specs = _leave_out_fragments(_compile_all(list(paths), cache, options, progress, desk))
        judge = partial(terms.value.judge, specs=specs, is_everything=options.all_specs)
        findings = _join_findings(specs)
        verdict = judge(findings, is_linted=False)
        if verdict.failed:
            return Result(verdict, specs=len(specs))
        _check_environments(specs, options.environments)
        templates = tuple(_choose_templates(specs, options.environments))
        if options.lint:
            findings.extend(_lint_all(templates, cache, progress, desk))
    judge = partial(judge, is_linted=options.lint and not options.environments)
    verdict = judge(findings)
    if verdict.failed:
        return Result(verdict, specs=len(specs), stacks=len(templates))
    from watchspec.write import describe_drift, write_templates  # noqa: PLC0415

    outcome = write_templates(
        templates,
        options.out,
        environments=frozenset(options.environments) or None,
        services=None if options.all_specs else frozenset(spec.service for spec in specs),
        dry_run=options.dry_run,
    )
    findings.extend(outcome.diagnostics)
    if options.dry_run:
        findings.extend(describe_drift(outcome.value or ()))
    cache.sweep()
    return Result(judge(findings), outcome.value or (), len(specs), len(templates))


def check_specs(
    paths: Iterable[str],
    progress: Progress,
    policy: Policy | None = None,
    *,
    all_specs: bool = True,
    renew_baseline: bool = False,
) -> Result:
    """Look for mistakes in specs, without templates; or take those there are into the baseline."""
    read = read_terms(policy or Policy())
    if read.value is None:
        return Result(Verdict(read.diagnostics))
    terms = read.value
    specs = _leave_out_fragments(map_specs(check_spec, list(paths), "compiling", progress))
    findings = _join_findings(specs)
    if renew_baseline:
        terms = terms.renew_baseline(findings, specs, is_everything=all_specs)
        findings.extend(_write_baseline(terms))
    verdict = terms.judge(findings, specs, is_everything=all_specs, is_linted=False)
    return Result(verdict, specs=len(specs))


def _write_baseline(terms: Terms) -> tuple[Diagnostic, ...]:
    from watchspec.write import write_file  # noqa: PLC0415 - not every run writes

    text = write_baseline(terms.baseline) if terms.baseline else None
    return write_file(Path(BASELINE_FILE), text)


def compile_spec(path: str, *, emits: bool = True) -> CompiledSpec:
    """One spec with all its environments, up to the templates."""
    from watchspec.load import load_spec  # noqa: PLC0415 - a run with nothing to do needs no parser
    from watchspec.validate import validate_documents  # noqa: PLC0415

    documents = load_spec(path, with_tests=not emits)
    nothing = CompiledSpec(path, "", (), (), (), (), documents.diagnostics)
    if documents.value is None:
        return nothing
    inputs = tuple((document.file, document.digest) for document in documents.value)
    spec = validate_documents(documents.value)
    if spec.value is None:
        return replace(nothing, inputs=inputs, diagnostics=spec.diagnostics)
    compiled = _compile_environments(spec.value, inputs, spec.diagnostics, emits=emits)
    ignores = (one for document in documents.value for one in find_ignores(document.root))
    return replace(compiled, ignores=tuple(ignores))


def resolve_spec(path: str) -> Outcome[tuple[Monitoring, ...]]:
    """One spec as its environments have it, with the findings up to there; None if one has errors."""
    from watchspec.load import load_spec  # noqa: PLC0415

    return resolve_documents(load_spec(path, with_tests=True))


def resolve_documents(
    documents: Outcome[tuple[Document, ...]],
) -> Outcome[tuple[Monitoring, ...]]:
    """The same of a spec that has been loaded."""
    from watchspec.validate import validate_documents  # noqa: PLC0415

    if documents.value is None:
        return Outcome(None, documents.diagnostics)
    spec = validate_documents(documents.value)
    if spec.value is None:
        return Outcome(None, documents.diagnostics + spec.diagnostics)
    resolved = {name: _resolve_environment(spec.value, name) for name in spec.value.environments}
    found = {name: list(outcome.diagnostics) for name, outcome in resolved.items()}
    findings = (*documents.diagnostics, *spec.diagnostics, *_join_environments(found))
    values = [one.value for one in resolved.values() if one.value is not None]
    is_whole = len(values) == len(resolved)
    return Outcome(tuple(values) if is_whole else None, tuple(sort_diagnostics(findings)))


def _compile_environments(
    spec: Spec,
    inputs: tuple[tuple[str, str], ...],
    diagnostics: tuple[Diagnostic, ...],
    *,
    emits: bool,
) -> CompiledSpec:
    templates: list[Template] = []
    names: list[PhysicalName] = []
    found = {
        environment: _compile_environment(spec, environment, templates, names, emits=emits)
        for environment in spec.environments
    }
    diagnostics = sort_diagnostics([*diagnostics, *_join_environments(found)])
    if has_blocking(diagnostics):
        templates = []
    return CompiledSpec(
        spec.file,
        spec.service,
        spec.environments,
        inputs,
        tuple(templates),
        tuple(names),
        diagnostics,
    )


def _compile_environment(
    spec: Spec,
    environment: str,
    templates: list[Template],
    names: list[PhysicalName],
    *,
    emits: bool,
) -> list[Diagnostic]:
    """One environment from room to room; it ends at the first that found nothing to go on with."""
    from watchspec.check import check_monitoring, collect_names  # noqa: PLC0415

    monitoring = _resolve_environment(spec, environment)
    findings = list(monitoring.diagnostics)
    if monitoring.value is None:
        return findings
    findings.extend(check_monitoring(monitoring.value).diagnostics)
    names.extend(collect_names(monitoring.value))
    if emits:
        from watchspec.emit import emit_templates  # noqa: PLC0415 - troposphere is slow to load

        emitted = emit_templates(monitoring.value, PurePath(spec.file).name)
        findings.extend(emitted.diagnostics)
        templates.extend(emitted.value or ())
    return findings


def _resolve_environment(spec: Spec, environment: str) -> Outcome[Monitoring]:
    from watchspec.expand import expand_spec  # noqa: PLC0415
    from watchspec.resolve import resolve_environment  # noqa: PLC0415
    from watchspec.validate import validate_expanded  # noqa: PLC0415

    expanded = expand_spec(spec, environment)
    if expanded.value is None:
        return Outcome(None, expanded.diagnostics)
    shaped = validate_expanded(expanded.value)
    findings = expanded.diagnostics + shaped.diagnostics
    if shaped.value is None:
        return Outcome(None, findings)
    monitoring = resolve_environment(shaped.value)
    return Outcome(monitoring.value, findings + monitoring.diagnostics)


def _join_environments(found: Mapping[str, list[Diagnostic]]) -> Iterator[Diagnostic]:
    """Each finding once; one that only some environments have says which.

    An environment with errors may have ended before it came to a finding, so it proves nothing. What
    is unused in one environment alone is used.
    """
    from watchspec.check import OF_THE_WHOLE_SPEC  # noqa: PLC0415

    where: dict[Diagnostic, list[str]] = {}
    for environment, findings in found.items():
        for diagnostic in dict.fromkeys(findings):
            where.setdefault(diagnostic, []).append(environment)
    for diagnostic, environments in where.items():
        others = [findings for name, findings in found.items() if name not in environments]
        if others and diagnostic.rule in OF_THE_WHOLE_SPEC:
            continue
        if others and not any(map(has_errors, others)):
            message = f"{diagnostic.message} (in {', '.join(environments)})"
            yield replace(diagnostic, message=message)
        else:
            yield diagnostic


def _compile_all(
    paths: list[str], cache: Cache, options: Options, progress: Progress, desk: _LintDesk
) -> Iterator[CompiledSpec]:
    """Every spec, from the cache where nothing has changed."""
    known = {path: cache.find_spec(path) for path in paths}
    missing = [path for path in paths if known[path] is None]
    if missing and options.lint:
        desk.warm_up()
    fresh = dict(zip(missing, map_specs(compile_spec, missing, "compiling", progress), strict=True))
    for path in paths:
        compiled = known[path] or fresh[path]
        if path in fresh and compiled.inputs:
            cache.keep_spec(path, compiled)  # all files were read, so they alone decide
        yield compiled


def map_specs(
    work: Callable[[str], _Done], paths: Sequence[str], what: str, progress: Progress
) -> Iterator[_Done]:
    """What becomes of each spec, on every core if there are many; `what` says what is being done."""
    results: Iterator[_Done] = map(work, paths)
    if len(paths) >= _POOL_FROM:
        from watchspec.workers import count_workers, map_in_processes  # noqa: PLC0415

        results = map_in_processes(work, paths, count_workers(len(paths)))
    for done, result in enumerate(results, 1):
        yield result
        progress(what, done, len(paths))


def check_spec(path: str) -> CompiledSpec:
    """One spec with all its environments, without templates."""
    return compile_spec(path, emits=False)


def _leave_out_fragments(compiled: Iterable[CompiledSpec]) -> list[CompiledSpec]:
    """The specs alone: a fragment that a spec includes has been looked at with it."""
    compiled = list(compiled)
    included = {file for spec in compiled for file, _ in spec.inputs[1:]}
    return [spec for spec in compiled if spec.service or spec.file not in included]


def _join_findings(specs: Iterable[CompiledSpec]) -> list[Diagnostic]:
    """The findings of all specs, and those that only show when they are looked at together."""
    from watchspec.check.estate import check_estate  # noqa: PLC0415

    specs = list(specs)
    findings = [diagnostic for spec in specs for diagnostic in spec.diagnostics]
    findings.extend(check_estate(name for spec in specs for name in spec.names))
    return findings


def _check_environments(specs: Iterable[CompiledSpec], wanted: Iterable[str]) -> None:
    known = {name for spec in specs for name in spec.environments}
    for name in wanted:
        if name not in known:
            raise UnknownEnvironmentError(name, known)


def _choose_templates(
    compiled: Iterable[CompiledSpec], environments: tuple[str, ...]
) -> Iterator[Template]:
    for spec in compiled:
        for template in spec.templates:
            if not environments or template.environment in environments:
                yield template


def _lint_all(
    templates: tuple[Template, ...], cache: Cache, progress: Progress, desk: _LintDesk
) -> Iterator[Diagnostic]:
    """What cfn-lint says of every template, from the cache where it was asked before."""
    missing: list[Template] = []
    for template in templates:
        known = cache.find_lint(template)
        if known is None:
            missing.append(template)
        yield from known or ()
    if not missing:
        return
    for done, (template, findings) in enumerate(desk.warm_up().lint(tuple(missing)), 1):
        cache.keep_lint(template, findings)
        progress("linting", done, len(missing))
        yield from findings


class _LintDesk:
    """The linter of one run: started when it is likely to be needed, ended with the run."""

    def __init__(self) -> None:
        self._linter: Linter | None = None

    def warm_up(self) -> Linter:
        """Start it if nobody has; loading takes a second, which passes while specs are compiled."""
        from watchspec.lint import start_linter  # noqa: PLC0415 - a run with nothing to do lints nothing

        if self._linter is None:
            self._linter = start_linter()
        return self._linter

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._linter is not None:
            self._linter.close()
