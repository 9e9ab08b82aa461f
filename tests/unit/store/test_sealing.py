"""Keys that are sealed: opened by their secret, for their user and vendor, and by nothing else."""

from uuid import uuid4

from apiwright.store import Seals

OLD, NEW = "o" * 40, "n" * 40
KEY = "planted-key-1234"


def test_a_key_opens_for_its_user_and_vendor_alone() -> None:
    ada, bob = uuid4(), uuid4()
    seals = Seals([OLD])
    sealed = seals.seal(ada, "google", KEY)
    assert KEY not in sealed
    assert seals.seal(ada, "google", KEY) != sealed
    assert seals.open(ada, "google", sealed) == KEY
    assert seals.open(bob, "google", sealed) is None
    assert seals.open(ada, "openai", sealed) is None
    assert Seals([NEW]).open(ada, "google", sealed) is None
    assert seals.open(ada, "google", sealed[:-4] + "AAAA") is None


def test_a_secret_is_exchanged_without_losing_a_key() -> None:
    ada = uuid4()
    sealed = Seals([OLD]).seal(ada, "google", KEY)
    both = Seals([NEW, OLD])
    assert both.open(ada, "google", sealed) == KEY
    renewed = both.renewed(sealed)
    assert renewed is not None
    assert Seals([NEW]).open(ada, "google", renewed) == KEY
    assert Seals([OLD]).open(ada, "google", renewed) is None
    assert both.renewed(renewed) is None
    assert Seals([NEW]).renewed(sealed) is None
