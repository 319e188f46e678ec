if __name__ != "diptych.articles":
    raise ImportError(f"{__name__} is imported as diptych.articles; site/ has to be on the path")
