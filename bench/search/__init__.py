"""Measures search in a real browser, with grep as the judge."""
