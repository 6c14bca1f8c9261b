"""How much of everything an inspection may use."""

MEMORY_BYTES = 1 << 30
"""Address space of the child, its libraries included."""

CPU_SECONDS = 30
WALL_SECONDS = 45

KEPT_CHARACTERS = 1_000_000
"""Text kept for the search; marks are looked for in all of it."""

READ_CHARACTERS = 200_000_000
"""Text after which a file counts as a bomb."""

ARCHIVE_ENTRIES = 10_000
ARCHIVE_BYTES = 1 << 30
"""Sum of what the entries of an archive say they unpack to."""

PART_BYTES = 256 << 20
"""What is really unpacked of one archive."""

RATIO = 200
"""Unpacked to packed, for anything that unpacks to more than `RATIO_FROM_BYTES`."""

RATIO_FROM_BYTES = 16 << 20
IMAGE_PIXELS = 300_000_000
