"""Reports of links and suggestions between articles, and the suggestions while writing."""
