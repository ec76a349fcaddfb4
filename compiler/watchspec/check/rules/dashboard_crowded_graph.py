"""A graph has so many lines that nobody can tell them apart.

Why: palettes made for reading end at a dozen colours, the largest at 20; beyond, lines look the same. A query
that keeps the largest few shows the same in a readable way.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  m_${n}:
    for_each: {n: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u]}
    metric: Shop Orders
    dimensions: {shelf: "${n}"}
dashboards:
  web:
    rows:
      - graph: [m_a, m_b, m_c, m_d, m_e, m_f, m_g, m_h, m_i, m_j, m_k, m_l, m_m, m_n, m_o, m_p, m_q, m_r,
          m_s, m_t, m_u]
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
dashboards:
  web:
    rows:
      - graph: [{query: "SELECT SUM(Orders) FROM Shop GROUP BY shelf ORDER BY SUM() DESC LIMIT 10"}]
```

Source: https://richardbrath.wordpress.com/2017/04/30/50-categoric-colors-inspired-by-telephone-wires/ (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.graphs import graphs_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("dashboard/crowded-graph", __doc__)
_MOST_LINES = 20
"""A matter of judgement: the colours of the largest palettes for charts."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Graphs over time with too many lines; of what a search finds nobody knows the number."""
    for graph in graphs_of(monitoring):
        shown = sum(not line.is_hidden for line in graph.content.lines)
        if graph.key == "graph" and shown > _MOST_LINES:
            yield RULE.find(
                Severity.WARNING,
                f"the graph has {shown} lines; nobody can tell more than {_MOST_LINES} apart",
                graph.source.place(graph.key),
                help="split it, or show the largest with a query: ORDER BY … DESC LIMIT 10",
            )
