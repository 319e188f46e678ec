"""An application of a project, which refers to the images of the site."""
