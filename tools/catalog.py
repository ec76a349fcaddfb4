"""The catalog of metrics, made anew from the packages it comes from and the corrections by hand.

`make catalog` downloads the packages and writes compiler/watchspec/catalog/metrics.json. A new version
of a package, or a new correction, changes the file; read that diff as carefully as code.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from watchspec.catalog.units import CLOUDWATCH_UNITS

ROOT = Path(__file__).parent.parent
CATALOG = ROOT / "compiler/watchspec/catalog/metrics.json"
CORRECTIONS = Path(__file__).parent / "catalog_corrections.json"
SPEC_FILE = "package/db.json.gz"
SERVER_FILE = "awslabs/cloudwatch_mcp_server/cloudwatch_metrics/data/metric_metadata.json"

_UNITS = {
    "Boolean": "None",
    "Count per second": "Count/Second",
    "Count (per second)": "Count/Second",
    "count per second": "Count/Second",
    "count": "Count",
    "Count.": "Count",
    "Bytes per second": "Bytes/Second",
    "Bytes/second": "Bytes/Second",
    "Gigabytes (GB)": "Gigabytes",
    "Millisecond": "Milliseconds",
    "Milliseconds.": "Milliseconds",
    "Percentage": "Percent",
}
"""What the package calls some of CloudWatch's units; all else it says is no unit."""
_STATISTICS = ("Average", "Minimum", "Maximum", "Sum", "SampleCount", "p*", "tm*")
_STATISTIC_WORDS = {"Percentiles": "p*", "Trimmed Mean": "tm*", "Samples": "SampleCount"}

Catalog = dict[str, Any]
"""Namespaces with their metrics, as `_meta.reading` of the catalog describes them."""


def read_service_spec(package: Path) -> Catalog:
    """Default statistics and dimension sets from `@aws-cdk/aws-service-spec` (npm)."""
    with tarfile.open(package) as archive:
        packed = archive.extractfile(SPEC_FILE)
        assert packed is not None
        schema = json.loads(gzip.decompress(packed.read()))["schema"]
    sets = {
        one["$id"]: sorted(dimension["name"] for dimension in one["dimensions"])
        for one in schema["dimensionSet"]["entities"]
    }
    uses = schema["usesDimensionSet"]["forward"]
    catalog: Catalog = {}
    for one in schema["metric"]["entities"]:
        metric: dict[str, Any] = {"default_stat": one["statistic"], "source": "S"}
        published = [sets[use["$id"]] for use in uses.get(one["$id"], ())]
        if published:
            metric["dimension_sets"] = _sort_sets(published)
        catalog.setdefault(one["namespace"], {})[one["name"]] = metric
    return catalog


def read_server_metadata(package: Path) -> Catalog:
    """Units and recommended statistics from `awslabs.cloudwatch-mcp-server` (PyPI)."""
    with zipfile.ZipFile(package) as archive:
        metadata = json.loads(archive.read(SERVER_FILE))
    catalog: Catalog = {}
    for one in metadata:
        namespace, name = one["metricId"]["namespace"], one["metricId"]["metricName"]
        metric: dict[str, Any] = {"source": "M"}
        unit = _UNITS.get(one.get("unitInfo"), one.get("unitInfo"))
        if unit == "None" or unit in CLOUDWATCH_UNITS:
            metric["unit"] = unit
        words = {word.strip() for word in one.get("recommendedStatistics", "").split(",")}
        named = {
            _STATISTIC_WORDS.get(word.removeprefix("Data ").split(" (")[0], word) for word in words
        }
        statistics = [one for one in _STATISTICS if one in named]
        if statistics:
            metric["stats"] = statistics
        catalog.setdefault(namespace, {})[name] = metric
    return catalog


def build(service_spec: Catalog, metadata: Catalog, corrections: list[dict[str, Any]]) -> Catalog:
    """The catalog of two packages, with the corrections in their order."""
    catalog: Catalog = {}
    for source in (service_spec, metadata):
        for namespace, metrics in source.items():
            known = catalog.setdefault(namespace, {"metrics": {}})["metrics"]
            for name, metric in metrics.items():
                letters = known.get(name, {}).get("source", "") + metric["source"]
                known[name] = known.get(name, {}) | metric | {"source": letters}
    for correction in corrections:
        catalog = merge(catalog, correction["patch"])
    return catalog


def merge(target: Any, patch: Any) -> Any:  # noqa: ANN401 - JSON data
    """JSON Merge Patch (RFC 7396): mappings are joined, null removes, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def write_json(catalog: Catalog) -> str:
    """The catalog as its file has it: sorted, a namespace a line."""
    lines = (
        f"{json.dumps(key)}:{json.dumps(value, sort_keys=True, separators=(',', ':'))}"
        for key, value in sorted(catalog.items())
    )
    return "{" + ",\n".join(lines) + "}\n"


def _sort_sets(sets: list[list[str]]) -> list[list[str]]:
    return sorted(sets, key=lambda names: (len(names), names))


def main() -> None:
    """Write the catalog, or say that it differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service_spec", type=Path, help="the npm package, a .tgz")
    parser.add_argument("server", type=Path, help="the PyPI package, a .whl")
    parser.add_argument("--check", action="store_true", help="only compare")
    options = parser.parse_args()
    corrections = json.loads(CORRECTIONS.read_text(encoding="utf-8"))
    built = build(
        read_service_spec(options.service_spec), read_server_metadata(options.server), corrections
    )
    if options.check:
        raise SystemExit(write_json(built) != CATALOG.read_text(encoding="utf-8"))
    CATALOG.write_text(write_json(built), encoding="utf-8")


if __name__ == "__main__":
    main()
