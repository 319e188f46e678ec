"""Settings, URLs, environment variables and security headers of the site."""
