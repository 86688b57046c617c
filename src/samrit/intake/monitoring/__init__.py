"""Monthly monitoring tables: works and indicators with planned and actual figures per month."""
