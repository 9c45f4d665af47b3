"""The rows of totals that spreadsheets have below the others."""

from collections.abc import Iterator

from datasets.rows import Block

MOST_TOTALS = 3
TOTALS = {"total", "totals", "grand total", "subtotal", "sub total", "overall total", "sum"}
_NAMES_TOO = {"sum"}  # somebody may be called so


def without_totals(blocks: Iterator[Block], passed_over: list[tuple[int, str]]) -> Iterator[Block]:
    """Yield the blocks without the totals at the end; note their numbers and their first texts."""
    last = next(blocks, None)
    for block in blocks:
        yield last
        last = block
    while last is not None and len(last) and len(passed_over) < MOST_TOTALS:
        words = totals_of(last.row(len(last) - 1))
        if not words:
            break
        passed_over.append((int(last.numbers[-1]), words))
        last = last[: len(last) - 1]
    if last is not None and len(last):
        yield last


def totals_of(cells: list[str]) -> str | None:
    """Return what a row of totals calls itself, None for any other row."""
    texts = [cell.strip() for cell in cells if _is_text(cell)]
    words = [text.rstrip(":").casefold() for text in texts]
    if not words or not set(words) <= TOTALS:
        return None
    empty = any(not cell.strip() for cell in cells)
    sure = empty or len(words) > 1 or words[0] not in _NAMES_TOO
    return texts[0] if sure and len(words) < sum(map(bool, map(str.strip, cells))) else None


def _is_text(cell: str) -> bool:
    return any(character.isalpha() for character in cell)
