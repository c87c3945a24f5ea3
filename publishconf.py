"""What differs when the archive is published: its public address."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "https://example.org/archive")  # your address, without a slash at the end
