"""The words of whistles: which category a text belongs to, which words find it, which texts are like it."""
