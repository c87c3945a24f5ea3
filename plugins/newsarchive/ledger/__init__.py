"""Which record of which dump became which file; remembered between runs in one SQLite file.

The truth is the Markdown in content/articles. All the ledger holds is read from dumps and articles
and made again when its file is deleted: what may be skipped (`dumps`), what is shelved (`articles`)
and which records tell the same story (`kin`). `store` opens it, and no two runs at a time.
"""
