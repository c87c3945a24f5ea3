"""Saved web pages: where the story stands, and what the page says of it besides.

`page` reads a page; `visible` is what a reader sees of it, line by line; `story`, `extent`, `listing` and
`particulars` tell the story from what surrounds it; `said`, `claims` and `scripts` tell what the page claims.
"""
