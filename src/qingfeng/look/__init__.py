"""How everything looks: what the front end built, and where to find it."""

from __future__ import annotations

from importlib.resources import files


def built(name: str) -> str:
    """Return a built script or style sheet as text, to be put into a page that stands alone.

    Args:
        name: `report.js` or `report.css`.

    Raises:
        FileNotFoundError: If the front end has not been built.
    """
    file = files(__name__).joinpath("built", name)
    if not file.is_file():
        raise FileNotFoundError(
            f"The front end has not been built: there is no {name}. Run `make env` in the project's folder."
        )
    return file.read_text(encoding="utf-8")
