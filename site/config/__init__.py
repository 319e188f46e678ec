"""The site: settings, URLs, middleware and the demo journal."""
