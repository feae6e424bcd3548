"""The demo neighborhood: plays the year 2020 from the data files of `demo/`, by the same services that the pages call."""
