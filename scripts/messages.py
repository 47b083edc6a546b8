"""Collects, checks and compiles translations with Babel, so that gettext need not be installed.

python scripts/messages.py collect           new texts of code and templates into every django.po
python scripts/messages.py check             fails where a text is missing or not translated
python scripts/messages.py compile FILE.po   writes FILE.mo beside it
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "hallway" / "locale"
KEYWORDS: dict[str, Any] = {
    name + lazy: arguments
    for name, arguments in {
        "_": None,
        "gettext": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def texts() -> Catalog:
    """Return every text of the code and the templates that is marked for translation."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in sorted((ROOT / "hallway").rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts:
            continue
        source = path.read_text("utf-8")
        if path.suffix != ".py":
            source = _as_python(source, path)
        for _, message, comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, comment_tags=["Translators"]
        ):
            place = str(path.relative_to(ROOT))
            catalog.add(message, None, [(place, 1)], auto_comments=comments, context=context)
    return catalog


def _as_python(source: str, path: Path) -> str:
    """Return a template as Python code with the same texts in the same calls."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    from django.utils.translation.template import templatize

    # Django leaves the blanks at the start of lines, which Python would take for blocks.
    code = re.sub(r"^[ \t]+", "", templatize(source, origin=str(path)), flags=re.MULTILINE)
    return "# coding: utf-8\n" + code


def catalogs() -> dict[Path, Catalog]:
    """Return the translations of each language by their file."""
    found = {}
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            found[path] = read_po(file, locale=path.parts[-3], charset="utf-8")
    return found


def collect() -> list[str]:
    """Put new texts into every file and drop those that nobody uses any more."""
    template = texts()
    for path, catalog in catalogs().items():
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            # Without line numbers, a change says what changed and nothing else.
            write_po(file, catalog, width=100, include_lineno=False, sort_output=True)
        print(f"{path.relative_to(ROOT)}: {len(list(_untranslated(catalog)))} texts to translate")
    return []


def check() -> list[str]:
    """Return a line for each text that a language lacks or translates with other placeholders."""
    problems = []
    template = texts()
    for path, catalog in catalogs().items():
        name = path.relative_to(ROOT)
        problems += [
            f"{name}: missing, run `make messages`: {message.id!r}"
            for message in template
            if message.id and catalog.get(message.id, message.context) is None
        ]
        problems += [f"{name}: not translated: {each.id!r}" for each in _untranslated(catalog)]
        problems += [
            f"{name}: other placeholders than the original: {message.id!r}"
            for message in catalog
            if message.id and all(_forms(message.string)) and not _same_placeholders(message)
        ]
    return problems


def _untranslated(catalog: Catalog) -> list[Message]:
    return [
        message
        for message in catalog
        if message.id and (message.fuzzy or not all(_forms(message.string) or [""]))
    ]


def _same_placeholders(message: Message) -> bool:
    originals, strings = _forms(message.id), _forms(message.string)
    known = {name for original in originals for name in _placeholders(original)}
    # “One person” may leave the number out.
    return all(_placeholders(string) <= known for string in strings) and (
        len(originals) > 1 or _placeholders(strings[0]) == known
    )


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return the forms for one and for many, or the only one."""
    return [text] if isinstance(text, str) else list(text or ())


def _placeholders(text: str) -> set[str]:
    found = {match[0] for match in PLACEHOLDER.finditer(text)}
    try:
        return found | {f"{{{field}}}" for _, field, _, _ in Formatter().parse(text) if field}
    except ValueError:  # a lone brace is a brace, not a placeholder
        return found


def compile_file(path: Path) -> list[str]:
    """Write the compiled translations beside their file."""
    with path.open("rb") as file:
        catalog = read_po(file, charset="utf-8")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    return []


def main(arguments: list[str]) -> int:
    """Do what the arguments say; returns the number to exit with."""
    match arguments:
        case ["collect"]:
            problems = collect()
        case ["check"]:
            problems = check()
        case ["compile", *files]:
            problems = [problem for file in files for problem in compile_file(Path(file))]
        case _:
            problems = [str(__doc__)]
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
