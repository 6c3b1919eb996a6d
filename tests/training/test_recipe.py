"""A recipe is checked before any work is done for it."""

import pytest

from isthmus import assets
from isthmus.errors import UsageError
from isthmus.training.recipe import read_recipe


def test_a_recipe_comes_back(recipe_file):
    recipe = read_recipe(recipe_file(learning_rate=1e-3, average=0.9))
    assert recipe.name == "tiny-1"
    assert recipe.channels == (6, 128)
    assert recipe.quantisation == (0.4, 0.01)
    assert recipe.leave_out == ("gt.",)
    assert (recipe.learning_rate, recipe.average) == (1e-3, 0.9)


def test_the_recipes_that_ship_are_sound():
    found = sorted((assets.folder("models") / "recipes").glob("*.toml"))
    assert found
    for path in found:
        recipe = read_recipe(path)
        assert recipe.name == path.stem
        assert len(recipe.channels) >= 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"licence": None}, r"tiny\.toml lacks entries: licence\."),
        ({"name": None, "train": None}, r"lacks entries: name, train\."),
        ({"colour": "red"}, r"unknown entries: colour\."),
        ({"name": 3}, "entry name must be a text"),
        ({"title": ""}, "entry title must be a text"),
        ({"family": "magic"}, r"family “magic” is not known\. Use trained, linear or classic\."),
        ({"channels": ()}, "as many channels as quantisation steps"),
        ({"channels": (6,)}, "as many channels as quantisation steps"),
        ({"channels": (128, 6)}, "channels must rise"),
        ({"channels": (6, 6)}, "channels must rise"),
        ({"channels": (6, 129)}, "entry channels must be whole numbers from 1 to 128"),
        ({"channels": (0, 6)}, "entry channels must be whole numbers from 1 to 128"),
        ({"channels": (6.5, 9)}, "entry channels must be whole numbers"),
        ({"channels": 6}, "entry channels must be a list"),
        ({"quantisation": (0.4, 0.0)}, "entry quantisation must be numbers above 0"),
        ({"quantisation": ("a", "b")}, "entry quantisation must be numbers above 0"),
        ({"leave_out": "gt."}, "entry leave_out must be a list"),
        ({"leave_out": (1,)}, "entry leave_out must be texts"),
        ({"steps": 0}, "entry steps must be a whole number above 0"),
        ({"steps": "many"}, "entry steps must be a whole number above 0"),
        ({"batch": True}, "entry batch must be a whole number above 0"),
        ({"evaluate_every": 0}, "entry evaluate_every must be a whole number above 0"),
        ({"crop": 36}, "entry crop must be a multiple of 8"),
        ({"seed": -1}, "entry seed must be a whole number"),
        ({"learning_rate": 0.0}, "entry learning_rate must be a number above 0"),
        ({"rate_weight": -1.0}, "entry rate_weight must be a number above 0"),
        ({"average": 1.0}, "entry average must be between 0 and 1"),
    ],
)
def test_a_bad_entry_is_named(recipe_file, changes, sentence):
    with pytest.raises(UsageError, match=sentence):
        read_recipe(recipe_file(**changes))


@pytest.mark.parametrize("data", [b"name = ", b"\xff\xfe\x00", b"\x00"])
def test_a_file_that_is_no_toml_is_named(tmp_path, data):
    (tmp_path / "odd.toml").write_bytes(data)
    with pytest.raises(UsageError, match=r"odd\.toml is not valid TOML"):
        read_recipe(tmp_path / "odd.toml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.toml cannot be read\. Check the path\."):
        read_recipe(tmp_path / "nowhere.toml")
