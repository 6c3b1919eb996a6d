"""Resources are found in a wheel and in a checkout, and missed with a sentence."""

import pytest

from isthmus import assets
from isthmus.errors import IsthmusError


def test_a_wheel_carries_the_folder_inside_the_package(tmp_path):
    package = tmp_path / "site-packages" / "isthmus"
    (package / "resources").mkdir(parents=True)
    assert assets.locate("resources", package) == package / "resources"


def test_a_checkout_has_it_at_its_root(tmp_path):
    package = tmp_path / "app" / "isthmus"
    package.mkdir(parents=True)
    (tmp_path / "models").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert assets.locate("models", package) == tmp_path / "models"


def test_the_folder_inside_the_package_comes_first(tmp_path):
    package = tmp_path / "app" / "isthmus"
    (package / "models").mkdir(parents=True)
    (tmp_path / "models").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert assets.locate("models", package) == package / "models"


def test_a_folder_of_that_name_that_is_not_a_checkout_is_not_taken(tmp_path):
    package = tmp_path / "app" / "isthmus"
    package.mkdir(parents=True)
    (tmp_path / "models").mkdir()
    with pytest.raises(IsthmusError, match="“models” is missing") as caught:
        assets.locate("models", package)
    assert caught.value.remedy == "Install Isthmus again."


@pytest.mark.parametrize("name", ["resources", "models"])
def test_this_installation_is_complete(name):
    assert assets.folder(name).is_dir()
