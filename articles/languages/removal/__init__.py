"""Taking the plugin out of a site again, so that no page is left without its table."""
