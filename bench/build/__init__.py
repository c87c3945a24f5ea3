"""Builds measured: ours in two editions beside Hugo and stock Pelican, on the same articles and page set, interleaved.

    python -m bench.build --articles 1000 10000

Each tool builds cold, once more with nothing changed, after 50 new articles, and after a template was edited.
CPU seconds and memory are those of the whole process tree. The peers write one script, so each of their builds
is run twice, once for each site an owner of two editions would need. Hugo's pages carry what ours do as far as
Hugo can (not: search, conversion of script, calendars); `Hugo, bare pages` and Pelican write title, text and lists.
"""
