"""Fuzzing: mutated dumps, texts and files go through every part that reads what others wrote.

Own mutators, not atheris: its wheels serve one version of Python, and the seeds, invented dumps of every
shape, lead deep into the readers by themselves.
"""
