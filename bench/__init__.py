"""Benchmarks, and the generator of archives to run them on."""
