"""The screen of drafts of an image's texts."""
