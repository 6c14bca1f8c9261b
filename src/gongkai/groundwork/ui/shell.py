"""What the frame of every desk page shows around its content. Filled by the room that knows menu and duties."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """One line of the side menu; ``count`` is shown when it is not zero, ``is_pressing`` marks overdue work."""

    label: str
    url: str
    count: int = 0
    is_pressing: bool = False
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class MenuSection:
    """A group of lines under a small heading."""

    label: str
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True, kw_only=True)
class AgencyLink:
    """One of the person's own agencies in the switcher."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Person, current agency, menu. ``posts`` says in words in which posts the person acts there."""

    product: str
    home_url: str
    person: str
    posts: str
    account_url: str
    sign_out_url: str
    agency: str
    agencies: tuple[AgencyLink, ...]
    sections: tuple[MenuSection, ...]
    is_demo: bool = False
