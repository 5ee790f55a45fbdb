"""Answers of sources into records: pure functions, no Scrapy, no database."""
