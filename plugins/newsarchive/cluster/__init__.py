"""Who does what can be done side by side: processes of this machine, or the workers of a Dask cluster.

* `engine`: what takes work, whichever it is; the processes of this machine
* `office`: the workers of a Dask cluster
* `kit`: what a worker elsewhere is given first: the owner's tables
* `identity`: what a worker must have in common with us, or its articles would differ from ours
"""
