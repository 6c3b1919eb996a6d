"""The budget of reconstructions."""

from isthmus.ui.cache import Budget

NOTHING = frozenset[str]()


def test_the_least_recently_used_goes_first() -> None:
    budget = Budget(30)
    for name in ("a", "b", "c"):
        budget.touch(name, 10)
    budget.touch("a", 10)
    budget.touch("d", 10)
    assert budget.overdue(NOTHING) == ("b",)
    assert budget.used == 30


def test_what_is_needed_stays_whatever_it_takes() -> None:
    budget = Budget(10)
    for name in ("a", "b", "c"):
        budget.touch(name, 10)
    assert budget.overdue(frozenset("ac")) == ("b",)
    assert budget.used == 20
    assert budget.overdue(NOTHING) == ("a",)


def test_within_the_limit_nothing_goes() -> None:
    budget = Budget(30)
    budget.touch("a", 15)
    budget.touch("b", 15)
    assert budget.overdue(NOTHING) == ()
