"""Images in the admin: their form and bulk actions, the side panel of their texts, the report."""
