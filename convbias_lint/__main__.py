"""``python -m convbias_lint``."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Python puts the current folder first: a ``json.py`` of the linted project must not be imported for ours.
    sys.path[:] = sys.path[1:]
    from convbias_lint.cli.main import main

    sys.exit(main())
