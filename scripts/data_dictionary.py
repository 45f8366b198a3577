"""Writes docs/data_dictionary.md from the yml files beside the models; `make docs` calls it.

The marts first, as users query them; then the tables that Python writes, which stand behind them.
With --check nothing is written: exit status 1 says that the file is not up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipelines.lexicons import read_lexicon

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "dbt_project" / "models"
TARGET = ROOT / "docs" / "data_dictionary.md"

HEAD = """\
# Data dictionary

Made by `make docs` from the yml files in `dbt_project/models`: change those, not this page.

All times are UTC. Countries are ISO 3166-1 alpha-3 codes, a pair two of them in alphabetical order
(`CUB-IRN`). Offsets are half-open and count Unicode code points of the article's text: in Python
`text[start:end]`, in DuckDB `substring(text, "start" + 1, "end" - "start")`. `start` and `end` are
words of SQL: put them in quotes.

"""


def dictionary() -> str:
    """Return the page."""
    marts = [_read(path)["models"][0] for path in sorted((MODELS / "marts").glob("*.yml"))]
    sources = _read(MODELS / "staging" / "_sources.yml")["sources"]
    lines = ["## Marts", ""]
    lines += [f"- [{mart['name']}](#{mart['name']})" for mart in marts]
    for mart in marts:
        lines += _table(mart["name"], mart)
    lines += ["", "## Sectors of cooperation", "", *_sectors()]
    lines += ["", "## Behind the marts", ""]
    lines += ["Tables of the build database, which only runs open. Each row is kept by its key."]
    for source in sources:
        for table in source["tables"]:
            lines += _table(f"{source['name']}.{table['name']}", table)
    return HEAD + "\n".join(lines) + "\n"


def _table(name: str, table: dict[str, Any]) -> Iterator[str]:
    yield from ("", f"### {name}", "", _line(table["description"]), "")
    yield from ("| column | type | meaning |", "|---|---|---|")
    for column in table["columns"]:
        required = any(c.get("type") == "not_null" for c in column.get("constraints", []))
        kind = column["data_type"].replace('"', "") + (", never null" if required else "")
        yield f"| `{column['name']}` | {kind} | {_line(column['description'])} |"


def _sectors() -> Iterator[str]:
    """The codes of sectors, as the project's lexicon has them."""
    yield from ("| code | meaning | OECD DAC CRS purpose code |", "|---|---|---|")
    for entry in read_lexicon("sectors"):
        yield f"| `{entry['code']}` | {entry['label']} | {entry['crs'].replace('|', ', ')} |"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def main() -> int:
    """Write the page, or say whether it is up to date."""
    page = dictionary()
    if "--check" in sys.argv[1:]:
        current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == page
        if not current:
            sys.stderr.write(f"{TARGET.relative_to(ROOT)} is not up to date: run `make docs`.\n")
        return 0 if current else 1
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
