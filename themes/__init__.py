if __name__ != "diptych.themes":
    raise ImportError(f"{__name__} is imported as diptych.themes; site/ has to be on the path")
