"""Sealing the ledger, proving a record, and verifying everything."""
