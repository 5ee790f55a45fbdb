"""The Scrapy project that fills the library. Stands on `backend`, and nothing stands on it."""
