"""Faults on purpose: runs that are killed, starved, locked out and doubled must leave no trace."""
