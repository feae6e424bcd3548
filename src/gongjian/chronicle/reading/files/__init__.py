"""Files from outside → plain text. Known by their content, never by their name; parsed in a process of their own."""

from gongjian.chronicle.reading.files.opening import Opened, open_report, pasted

__all__ = ["Opened", "open_report", "pasted"]
