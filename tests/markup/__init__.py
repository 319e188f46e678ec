"""Every page of the demo before the Nu HTML checker: `make markup`."""
