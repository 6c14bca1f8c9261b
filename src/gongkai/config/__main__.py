"""``python -m gongkai.config`` is the command line without the installed script."""

import sys

from gongkai.config import cli

if __name__ == "__main__":
    sys.exit(cli.main())
