"""Personal data: how long it is kept, and the data of one person, exported or erased."""
