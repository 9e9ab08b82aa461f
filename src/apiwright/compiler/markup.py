"""Text for files that are no Python: Markdown, TOML, YAML. What `python_source` is for Python."""

import json
import re
import unicodedata

from apiwright.compiler.python_source import Code

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&$^=:@]")


def plain(text: str) -> str:
    """`text` on one line, without characters that control, format or separate."""
    kept = (
        " " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in text if unicodedata.category(each) not in {"Cf", "Cs"}
    )
    return " ".join("".join(kept).split())


def markdown(text: str) -> Code:
    """`text` as Markdown that shows it as it is, in a paragraph, a heading or a table's cell."""
    return Code(_MARKDOWN.sub(r"\\\g<0>", plain(text)))


def quoted(text: str) -> Code:
    """`text` in double quotes, as TOML and YAML both read it."""
    return Code(json.dumps(plain(text), ensure_ascii=False).replace("\x7f", ""))
