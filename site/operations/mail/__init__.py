"""E-mail: kept in the database, sent in the background, tried again."""
