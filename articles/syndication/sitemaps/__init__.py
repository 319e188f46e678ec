"""What crawlers are told: which pages there are, which articles are news, what is not a page."""
