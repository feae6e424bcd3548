"""The sealed ledger as a folder of Parquet files with a manifest: `exporting` writes it, `reading` opens it."""
