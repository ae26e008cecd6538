"""``python -m onevisit`` is the command ``onevisit``."""

import sys

from onevisit.cli import main

if __name__ == "__main__":
    sys.exit(main())
