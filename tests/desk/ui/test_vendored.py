"""The vendored front-end files are those that the script pins."""

import pytest
from tools import vendor_frontend
from tools.vendor_frontend import Package

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("package", vendor_frontend.PACKAGES, ids=lambda package: package.name)
def test_a_package_lies_there_with_licence_and_version(package: Package) -> None:
    folder = package.target / package.name
    wanted = {name.rpartition("/")[2] for name in package.files} | {"LICENSE", "VERSION"}
    assert {path.name for path in folder.iterdir()} == wanted
    assert (folder / "VERSION").read_text("utf-8") == f"{package.name} {package.version} ({package.licence})\n"


def test_nothing_else_lies_there() -> None:
    for target in {package.target for package in vendor_frontend.PACKAGES}:
        pinned = {package.name for package in vendor_frontend.PACKAGES if package.target == target}
        assert {path.name for path in target.iterdir()} == pinned
