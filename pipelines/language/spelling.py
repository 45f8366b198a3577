"""Spellings without their marks, for comparing words that are written in several ways."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """Return a text with accents and other marks taken off its letters ('Bogotá': 'Bogota')."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))
