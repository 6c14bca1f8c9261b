"""`python -m gongkai.auditing PATH…`"""

import sys

from gongkai.auditing import cli

if __name__ == "__main__":
    sys.exit(cli.main())
