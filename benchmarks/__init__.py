"""Every claim about speed and size, as a command: `make bench`, or `python -m benchmarks --help`.

One module per claim. Each measures, in the same run, something plain to compare with: a busy machine slows both.
"""
