"""What a large archive costs, phase by phase: import here and by a Dask cluster, and what grows with it."""
