"""The history of the store's tables, and the way from any of them to today's."""
