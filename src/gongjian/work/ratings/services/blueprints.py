"""One change of a blueprint at a time: a dimension, an indicator, a star level."""

from collections.abc import Callable
from dataclasses import replace

from gongjian.registry.models import Account
from gongjian.work.ratings.models import SchemeVersion
from gongjian.work.ratings.scoring.blueprint import Blueprint, Dimension, Indicator, StarLevel
from gongjian.work.ratings.scoring.checking import check_reachable, next_code
from gongjian.work.ratings.services.schemes import change_blueprint


def put_dimension(actor: Account, *, version: SchemeVersion, name: str, code: str = "") -> SchemeVersion:
    """Without `code` a new one."""

    def change(was: Blueprint) -> Blueprint:
        if code:
            return replace(
                was, dimensions=tuple(replace(d, name=name.strip()) if d.code == code else d for d in was.dimensions)
            )
        added = Dimension(next_code((d.code for d in was.dimensions), "d"), name.strip())
        return replace(was, dimensions=(*was.dimensions, added))

    return _change(actor, version, change)


def remove_dimension(actor: Account, *, version: SchemeVersion, code: str) -> SchemeVersion:
    """With its indicators and what the levels ask of it."""

    def change(was: Blueprint) -> Blueprint:
        levels = tuple(replace(one, dimensions={c: p for c, p in one.dimensions.items() if c != code}) for one in was.levels)
        return replace(was, dimensions=tuple(d for d in was.dimensions if d.code != code), levels=levels)

    return _change(actor, version, change)


def put_indicator(actor: Account, *, version: SchemeVersion, dimension: str, indicator: Indicator) -> SchemeVersion:
    """One without a code is new; one with a code takes the place of the old, or moves to another dimension."""

    def change(was: Blueprint) -> Blueprint:
        put = replace(indicator, code=indicator.code or next_code((one.code for one in was.indicators()), "i"))
        return replace(
            was,
            dimensions=tuple(_with(d, put) if d.code == dimension else _dropping(d, put.code) for d in was.dimensions),
        )

    return _change(actor, version, change)


def remove_indicator(actor: Account, *, version: SchemeVersion, code: str) -> SchemeVersion:
    return _change(actor, version, lambda was: replace(was, dimensions=tuple(_dropping(d, code) for d in was.dimensions)))


def put_level(actor: Account, *, version: SchemeVersion, level: StarLevel) -> SchemeVersion:
    """In the place of the one with as many stars, if there is one."""

    def change(was: Blueprint) -> Blueprint:
        check_reachable(level, was)
        others = (one for one in was.levels if one.stars != level.stars)
        return replace(was, levels=tuple(sorted((*others, level), key=lambda one: -one.stars)))

    return _change(actor, version, change)


def remove_level(actor: Account, *, version: SchemeVersion, stars: int) -> SchemeVersion:
    return _change(actor, version, lambda was: replace(was, levels=tuple(one for one in was.levels if one.stars != stars)))


def _with(dimension: Dimension, put: Indicator) -> Dimension:
    if any(one.code == put.code for one in dimension.indicators):
        return replace(dimension, indicators=tuple(put if one.code == put.code else one for one in dimension.indicators))
    return replace(dimension, indicators=(*dimension.indicators, put))


def _dropping(dimension: Dimension, code: str) -> Dimension:
    return replace(dimension, indicators=tuple(one for one in dimension.indicators if one.code != code))


def _change(actor: Account, version: SchemeVersion, change: Callable[[Blueprint], Blueprint]) -> SchemeVersion:
    return change_blueprint(actor, scheme=version.scheme, change=change, number=version.number)
