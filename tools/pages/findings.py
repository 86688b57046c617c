"""docs/findings.md: every finding code with severity, rule and sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path

from samrit.vocabulary.findings import Message, catalogue

MESSAGES = Path(__file__).resolve().parents[2] / "src" / "samrit" / "vocabulary" / "messages"

HEAD = """# Findings

<!-- Written by `make docs` from src/samrit/vocabulary/messages/; change the sentences there. -->

Every remark that Samrit makes on a plan, a file or a result has a code. Programs read the code, the place and the
parameters (`--json`); people read the sentence. An **error** blocks the use of a file or the approval of a plan, a
**warning** wants a look and a word of explanation, a **notice** only tells. The headings are the files that hold the
sentences, one per room or subject.
"""


def page() -> str:
    """Return the page: a heading per catalogue file, its codes in alphabetical order."""
    parts = [HEAD]
    for file in sorted(MESSAGES.glob("*.toml")):
        parts.append(f"\n## {file.stem}\n")
        parts.extend(_entry(catalogue()[code]) for code in sorted(tomllib.loads(file.read_text("utf-8"))))
    return "".join(parts)


def _entry(message: Message) -> str:
    rule = f" · {message.rule}" if message.rule else ""
    return f"\n### {message.code}\n\n{message.severity}{rule}\n\n- {message.th}\n- {message.en}\n".replace(
        ":month}", "}"
    )
