"""Names and numbers as strangers may see them."""


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳小明 → 欧***: the first character stays (the habit of public notices)."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def mask_number(number: str, *, head: int = 3, tail: int = 4) -> str:
    """13812345678 → 138****5678; short numbers are masked whole."""
    if len(number) <= head + tail:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
