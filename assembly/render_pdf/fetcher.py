"""Fetcher: what the page maker may read. Same input, same book: no network, and no file that is not the book's."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class ForbiddenAddressError(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint ships no types
    """The HTML asks for something that does not belong to the book. Stops the rendering: nothing of it is printed."""


class BookFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Fetches data: URIs and files below the given folders, nothing else: no network, no other file of the machine."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what lies at `url`; ForbiddenAddressError where it is none of ours."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not any(path.is_relative_to(folder) for folder in self._folders):
            raise ForbiddenAddressError(url)
        return super().fetch(path.as_uri(), headers)
