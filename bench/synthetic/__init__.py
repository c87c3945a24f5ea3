"""A synthetic archive: invented news of invented outlets, in every shape dumps come in.

`python -m bench.synthetic --articles 500 --seed 1 --out DIR` writes DIR/dumps and, next to it,
DIR/truth.jsonl with what an import should find in each record. The same arguments give the same
bytes, and story *n* is a function of the seed and *n* alone, so no number of stories needs memory.
"""
