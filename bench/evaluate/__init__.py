"""How much of what a person reads in a record the import reads; `python -m bench.evaluate --help`.

gold (records and what a reader finds) -> fields (what is wanted, what was found) -> score (precision, recall, misses)
"""
