"""What is kept elsewhere: a folder of this machine and an address of fsspec that hold the same files.

The folder is the working copy; only what changed travels. A book in the cache says how each file stood on both
sides when they were last alike, so that it is known who changed it since:

* `address`: what fsspec opens, and what it says of a file
* `stack`: the files at an address: listed, fetched, put in place whole
* `book`: how they stood last, and which differ now
* `inventory`: what of the files there is ours
* `decision`: who changed what, and what follows from it
* `exchange`: the carrying itself
* `carried`: what it comes to, in words
* `deposits`: the folders of an archive that have an address
"""
