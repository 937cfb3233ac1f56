"""Lessons as files: their structure, their texts, and the words of the pages that show them. Knows no session."""
