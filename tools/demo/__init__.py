"""The fictional city 清岚市 that ``make demo`` shows: its bodies, its people, three years of documents."""
