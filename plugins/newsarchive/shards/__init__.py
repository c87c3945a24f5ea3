"""An archive as several sites, each within a host's limits, with one front door.

A shard is an ordinary site of the articles of some days (`cut`); it leaves a summary of itself (`summary`), and
the front door is made of the summaries alone (`door`), so that none of it ever holds all articles. Addresses
stay: a day never changes its shard.
"""
