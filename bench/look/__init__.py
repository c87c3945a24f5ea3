"""A built site as readers see it: `python -m bench.look --help`."""
