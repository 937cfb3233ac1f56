"""Which language a page speaks: the one asked for, else the one that the browser prefers, else English."""

from collections.abc import Sequence

from fastapi import Request

from app.lessons.course import ENGLISH

ASKED = "language"
"""The name in an address: `?language=de`."""


def language_of(request: Request, spoken: Sequence[str]) -> str:
    """One of `spoken` languages: what the address asks for, else what `Accept-Language` likes best, else English. A
    language stands for its dialects, and a dialect for its language."""
    wished = [request.query_params.get(ASKED, ""), *_accepted(request.headers.get("accept-language", ""))]
    for wish in wished:
        for language in sorted(spoken, key=lambda language: language.lower() != wish.lower()):
            if wish and _root(language) == _root(wish):
                return language
    return ENGLISH


def _root(language: str) -> str:
    return language.partition("-")[0].lower()


def _accepted(header: str) -> list[str]:
    """The languages of `de-CH, fr;q=0.8, *;q=0.1`, best first; nonsense and what is refused (q=0) is left out."""
    found: list[tuple[float, str]] = []
    for part in header.split(","):
        name, _, weight = (piece.strip() for piece in part.partition(";"))
        try:
            quality = float(weight.removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if name and name != "*" and quality > 0:
            found.append((quality, name))
    return [name for _, name in sorted(found, key=lambda item: -item[0])]
