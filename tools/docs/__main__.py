"""`python -m tools.docs` writes the generated pages; with `--check` it only says which are out of date."""

import argparse
import sys

from tools.docs import pages


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is out of date")
    if parser.parse_args().check:
        outdated = tuple(pages.outdated())
        print("\n".join(f"out of date: {path}" for path in outdated) or "all pages are up to date")
        return 1 if outdated else 0
    written = pages.write()
    print("\n".join(f"written: {path}" for path in written) or "all pages were up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
