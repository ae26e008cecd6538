"""Windows, pages, dialogs and item models; the only place with Qt widgets."""
