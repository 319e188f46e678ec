"""What timers do for the site, whether they do it, and what is mended."""
