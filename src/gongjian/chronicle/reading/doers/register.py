"""The organizations and places that the office knows, as plain data: reading needs no database beyond making this."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongjian.chronicle.reading.doers.names import may_mean
from gongjian.registry.folding import fold_name


@dataclass(frozen=True)
class Known:
    """An organization of the registry under all its names."""

    pk: int
    name: str
    names: tuple[str, ...]


@dataclass
class Register:
    organizations: tuple[Known, ...] = ()
    places: tuple[str, ...] = ()
    _by_name: dict[str, Known] = field(default_factory=dict, repr=False)
    _by_opening: dict[str, list[tuple[str, Known]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for known in self.organizations:
            for name in {known.name, *known.names}:
                self._by_name[fold_name(name)] = known
                self._by_opening.setdefault(name[:2], []).append((name, known))
        for names in self._by_opening.values():
            names.sort(key=lambda pair: -len(pair[0]))

    def find(self, name: str) -> Known | None:
        """By any of its names, or by a short form that fits one organization only."""
        exact = self._by_name.get(fold_name(name))
        return exact or self._only(
            [known for known in self.organizations if any(may_mean(name, n) for n in (known.name, *known.names))]
        )

    def find_exactly(self, name: str) -> Known | None:
        return self._by_name.get(fold_name(name))

    def at_start(self, text: str) -> tuple[str, Known] | None:
        """The longest registered name with which `text` begins."""
        return next(((name, known) for name, known in self._by_opening.get(text[:2], ()) if text.startswith(name)), None)

    @staticmethod
    def _only(found: Iterable[Known]) -> Known | None:
        different = {known.pk: known for known in found}
        return next(iter(different.values())) if len(different) == 1 else None
