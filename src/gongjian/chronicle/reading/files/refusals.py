from gongjian.kernel.errors import Invalid


def refusal(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=code, field="file")
