"""Lists that people hand over, read strictly: CSV, workbooks (XLSX, ODS), JSON Lines."""
