"""How the plain pages are drawn: templates, words, the header that all pages share."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..content import Workbook, words
from ..store import SessionRow
from .assets import asset, asset_url
from .desk import Visitor
from .sessions import KEEP_ANSWERS

LANGUAGES = {"nl": "Nederlands", "en": "English"}


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a server that runs does not look for newer templates
    )
    environment.filters["fill"] = _fill
    environment.globals["mark"] = Markup(asset("mark.svg").content.decode())
    return environment


def _fill(text: str, **values: object) -> str:
    return text.format_map(values)


def kept_until(row: SessionRow, language: str) -> str:
    """Return the day to which own answers stay, as people say it: 24 februari 2027."""
    return in_words(row.keep_answers_until or row.created_at + KEEP_ANSWERS, language)


def in_words(day: date, language: str) -> str:
    """Return a day as people write it, without a weekday."""
    months = words(language)["pages"]["months"].split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def draw(template: str, language: str, base_url: str, **values: Any) -> str:
    """Return a template filled in, in one language."""
    return (
        _templates()
        .get_template(template)
        .render(
            w=words(language),
            language=language,
            base=base_url,
            static=lambda name: asset_url(base_url, name),
            **values,
        )
    )


def other_language_url(language: str, path: str, base_url: str) -> str:
    """Return the address of the same page in the other language."""
    other = "en" if language == "nl" else "nl"
    rest = path.removeprefix(base_url)
    if rest == language or rest.startswith(f"{language}/"):
        return quote(f"{base_url}{other}{rest.removeprefix(language)}")
    return f"{quote(path)}?language={other}"


def header(
    language: str,
    visitor: Visitor | None,
    path: str,
    base_url: str,
    *,
    is_trainer: bool = False,
) -> str:
    """Return the header of a page as HTML: skip link, ways to go, choice, language.

    A page that shows it has the rules of `header.css` and an element `#main`.
    """
    counting = visitor.counting if visitor else None
    return _header(language, counting, path, base_url, is_trainer)


@lru_cache(maxsize=256)
def _header(
    language: str, counting: bool | None, path: str, base_url: str, is_trainer: bool
) -> str:
    other = "en" if language == "nl" else "nl"
    return draw(
        "header.html",
        language,
        base_url,
        is_in=counting is not None,
        counting=counting,
        path=path,
        is_trainer=is_trainer,
        other=other,
        other_name=LANGUAGES[other],
        other_url=other_language_url(language, path, base_url),
    )


def module_links(workbook: Workbook, slug: str, language: str, base_url: str) -> str:
    """Return the links to the module before and after this one as HTML."""
    modules = list(workbook.modules.values())
    at = [module.slug for module in modules].index(slug)
    return draw(
        "module_links.html",
        language,
        base_url,
        before=modules[at - 1] if at else None,
        after=modules[at + 1] if at + 1 < len(modules) else None,
    )
