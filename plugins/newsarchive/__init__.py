"""Raw Chinese news dumps -> Markdown -> a searchable static archive.

The road, in the order the data takes it:
    dump file -> decode -> article.Record -> clean -> head, headline, tagging -> catalogue
    -> article.Article -> frontmatter -> ingest -> content/articles
    -> shelf -> edition -> browse, search, feeds -> build -> output/

`plugin` is the only door to Pelican, `cli` the only door to the terminal.
"""


def register() -> None:
    """Entry point Pelican calls."""
    from .plugin import register as register_hooks  # only here: the package is also used without Pelican

    register_hooks()
