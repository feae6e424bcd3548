from gongjian.kernel.tests.matrix import Case

MATRIX: list[Case] = []
