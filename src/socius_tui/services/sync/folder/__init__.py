"""Exchange through a shared folder that something else carries from laptop to laptop."""

from __future__ import annotations

from socius_tui.services.sync.folder.layout import database_warning, lies_inside
from socius_tui.services.sync.folder.transport import FolderTransport

__all__ = ["FolderTransport", "database_warning", "lies_inside"]
