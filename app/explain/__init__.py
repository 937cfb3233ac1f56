"""Help: what each control of the page means, in words and formulas, as data. Knows no model, no engine and no page."""

from app.explain.help import Help, help_entries, help_titles, mathml

__all__ = ["Help", "help_entries", "help_titles", "mathml"]
