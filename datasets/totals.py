"""The rows of totals that spreadsheets have below the others."""

from collections.abc import Iterator

from datasets.rows import Block

MOST_TOTALS = 3
TOTALS = {"total", "totals", "grand total", "subtotal", "sub total", "overall total", "sum"}
_AVERAGES = {"average", "mean", "avg"}  # beside a total, where alone they may be a word of data
_NAMES_TOO = {"sum"}  # somebody may be called so


def without_totals(blocks: Iterator[Block], passed_over: list[tuple[int, str]]) -> Iterator[Block]:
    """Yield the blocks without the totals at the end; note their numbers and their first texts."""
    last = next(blocks, None)
    for block in blocks:
        yield last
        last = block
    if last is not None:
        found = _totals_at_end(last)
        passed_over += found
        last = last[: len(last) - len(found)]
    if last is not None and len(last):
        yield last


def _totals_at_end(block: Block) -> list[tuple[int, str]]:
    """Return the last rows that are totals, the last first: their numbers and first texts."""
    found, words = [], set()
    for i in reversed(range(max(0, len(block) - MOST_TOTALS), len(block))):
        word = totals_of(block.row(i), TOTALS | _AVERAGES)
        if not word:
            break
        found.append((int(block.numbers[i]), word))
        words.add(word.rstrip(":").casefold())
    return found if words & TOTALS else []


def totals_of(cells: list[str], known: set[str] = TOTALS) -> str | None:
    """Return what a row of totals calls itself, None for any other row."""
    texts = [cell.strip() for cell in cells if _is_text(cell)]
    words = [text.rstrip(":").casefold() for text in texts]
    if not words or not set(words) <= known:
        return None
    empty = any(not cell.strip() for cell in cells)
    sure = empty or len(words) > 1 or words[0] not in _NAMES_TOO
    return texts[0] if sure and len(words) < sum(map(bool, map(str.strip, cells))) else None


def _is_text(cell: str) -> bool:
    return any(character.isalpha() for character in cell)
