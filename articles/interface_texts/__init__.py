"""The site's own texts: their message catalogues, validation, and an editor in the admin."""
