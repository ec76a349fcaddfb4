"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

UNREADABLE_FILE = Rule(
    "file/unreadable",
    """
A spec or an included file cannot be read.

Why: a spec is a regular file of at most 1 MiB. A directory, a device, a pipe, a loop of links
or a missing file is refused before anything is parsed.

Help: check the path; a path in `include` is relative to the file that names it.
""",
)
NOT_UTF8 = Rule(
    "file/not-utf8",
    """
A file is not encoded in UTF-8.

Why: one encoding means the same spec on every machine. A byte order mark is accepted.

Help: save the file as UTF-8.
""",
)
SECRET = Rule(
    "secret/in-text",
    """
A secret stands in a spec: an access key, a token, a webhook, a private key or a password.

Why: everybody who can read the repository, the template or a mail has it. Findings show stars in its
place, and nothing is written. A secret that was in a repository is known: make a new one.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
tags: {key: AKIAIOSFODNN7EXAMPLE}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
parameters:
  chat_hook: {secret: true}
notify:
  critical: {https: ["${chat_hook}"]}
```

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (read 2026-11-24)
""",
)
ORPHANED_TESTS = Rule(
    "test/no-spec",
    """
A file of tests belongs to no spec.

Why: `shop.test.yaml` and `shop.topic.test.yaml` hold tests of `shop.yaml` in the same folder; without
it nobody runs them.

Help: rename the file after its spec, or move it there.
""",
)
NO_CONTENT = Rule(
    "yaml/no-content",
    """
A file holds nothing, only comments, or something other than a mapping.

Why: a spec is one YAML mapping that begins with `version: v1`.

Bad:
```yaml
- version: v1
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)
SYNTAX = Rule(
    "yaml/syntax",
    """
The text is not YAML.

Why: the parser could not tell keys from values here, so nothing after this point can be trusted.

Bad:
```yaml
version: v1
description: a: b
```

Good:
```yaml
version: v1
description: "a: b"
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)
SEVERAL_DOCUMENTS = Rule(
    "yaml/several-documents",
    """
A file holds more than one YAML document.

Why: a second document after `---` would silently be a second spec.

Bad:
```yaml
version: v1
---
version: v1
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)
DUPLICATE_KEY = Rule(
    "yaml/duplicate-key",
    """
The same key stands twice in one mapping.

Why: most YAML readers keep the last one and say nothing, so an alarm disappears without a trace.

Bad:
```yaml
version: v1
service: shop
service: store
```

Good:
```yaml
version: v1
service: store
environments:
  prod: {region: eu-west-1}
```
""",
)
BAD_KEY = Rule(
    "yaml/bad-key",
    """
A key is empty, null, a list or a mapping.

Why: every key of a spec is a name, so it is text.

Bad:
```yaml
version: v1
? [a, b]
: c
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)
MERGE_KEY = Rule(
    "yaml/merge-key",
    """
A merge key (`<<`) is used.

Why: merge keys left YAML with version 1.2, and what they override can no longer be seen at the
place where it is used. `include`, `for_each` and `values` do the same job in the open.

Bad:
```yaml
version: v1
values: &base {a: 1}
tags: {<<: *base}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {limit: 70%}
```

Source: https://yaml.org/type/merge.html (a type for YAML 1.1; read 2026-11-24)
""",
)
TAG = Rule(
    "yaml/tag",
    """
A value carries a YAML tag such as `!!python/object`, `!!binary` or `!Ref`.

Why: tags make a reader build objects; a spec is plain data. References are written `${name}`.

Bad:
```yaml
version: v1
service: !Ref name
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)
AMBIGUOUS_SCALAR = Rule(
    "yaml/ambiguous-scalar",
    """
An unquoted value means different things to different YAML readers.

Why: `0123` is 83 to one reader and 123 to another, and an account id loses its zeros; `1e3` is a
text to some, and `1.10` becomes 1.1. Quote what is text; write a number in its plain decimal form.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, account: 000123456701}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, account: "000123456701"}
```

Source: https://yaml.org/spec/1.2.2/#103-core-schema and https://yaml.org/type/int.html (read 2026-11-24)
""",
)
BAD_NUMBER = Rule(
    "yaml/bad-number",
    """
A number cannot be carried exactly: not a number, infinite, negative zero or beyond 2^53.

Why: CloudFormation templates are JSON, whose numbers are exact only up to 2^53.

Bad:
```yaml
version: v1
values: {limit: .inf}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {limit: 1000}
```

Source: https://www.rfc-editor.org/rfc/rfc8259#section-6 (read 2026-11-24)
""",
)
FORBIDDEN_CHARACTER = Rule(
    "yaml/forbidden-character",
    """
A text holds a control, bidirectional or invisible character.

Why: such characters make a spec read differently from what it says, and can take over a terminal.

Bad:
```yaml
version: v1
service: "sh\\u202Eop"
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```

Source: https://trojansource.codes (CVE-2021-42574, read 2026-11-24)
""",
)
TOO_DEEP = Rule(
    "yaml/too-deep",
    """
The document is nested more than 64 levels deep.

Why: no spec needs it, and readers further on would crash.
""",
)
TOO_LARGE = Rule(
    "yaml/too-large",
    """
The document has more than 250,000 values once its aliases are written out.

Why: a few aliases of aliases can stand for billions of values.
""",
)
BAD_ALIAS = Rule(
    "yaml/bad-alias",
    """
An alias (`*name`) refers to nothing, or to the value it stands in.

Why: a value that holds itself has no end.

Bad:
```yaml
version: v1
values: &v {v: *v}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: &p {region: eu-west-1}
  dev: *p
```
""",
)
INCLUDE_CYCLE = Rule(
    "include/cycle",
    """
A file includes itself, directly or through others.

Why: fragments are read once each, from the outside in; a circle has no outside.
""",
)
INCLUDE_PATH = Rule(
    "include/bad-path",
    """
An included path is absolute.

Why: the same spec must compile on every machine, so a path is relative to the file that names it.
""",
)

RULES = (
    UNREADABLE_FILE,
    NOT_UTF8,
    SECRET,
    ORPHANED_TESTS,
    NO_CONTENT,
    SYNTAX,
    SEVERAL_DOCUMENTS,
    DUPLICATE_KEY,
    BAD_KEY,
    MERGE_KEY,
    TAG,
    AMBIGUOUS_SCALAR,
    BAD_NUMBER,
    FORBIDDEN_CHARACTER,
    TOO_DEEP,
    TOO_LARGE,
    BAD_ALIAS,
    INCLUDE_CYCLE,
    INCLUDE_PATH,
)
