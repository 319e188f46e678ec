"""What the journal costs beside other Wagtail sites, and as it grows."""
