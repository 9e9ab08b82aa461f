"""What is still growing is told seldom; everything else always."""

import itertools

from apiwright.workflows.telling import Thinning


def test_growing_things_are_thinned_out_the_longer_it_takes() -> None:
    now = 0.0
    thinning = Thinning(lambda: now)
    told: list[float] = []
    for tick in range(300 * 20):
        now = tick / 20
        if thinning.passes({"partial": ["a"]}, phase="outline"):
            told.append(now)
    assert told[0] == 0.0
    assert all(later - earlier >= 0.5 for earlier, later in itertools.pairwise(told))
    assert 60 < len(told) < 100


def test_what_is_done_is_always_told() -> None:
    thinning = Thinning(lambda: 1.0)
    assert thinning.passes({"spent": "1"}, phase="outline")
    assert not thinning.passes({"partial": "a"}, phase="outline")
    assert thinning.passes({"partial": "a"}, phase="entity:Book")
    assert all(thinning.passes({name: name}, phase="outline") for name in ("usage", "members", "fallback", "problems"))
    assert thinning.passes({}, phase="outline")
