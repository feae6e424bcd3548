"""Lists that come in as Excel files: template, preview, wrong rows with their reasons, nothing written unconfirmed.

A room describes its list once, as a `SheetKind`, and announces it in `RoomConfig.sheets`; pages and jobs are the same for all.
"""
