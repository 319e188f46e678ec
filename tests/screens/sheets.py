"""Sheets of pictures, small and side by side, and a page that links them."""

from PIL import Image, ImageDraw

#: A picture on a sheet, and the screens of it that are shown, counted from the top.
WIDTH, MOST = 420, 2600
GAP, LABEL = 16, 24
GROUND, INK = (120, 120, 124), (255, 255, 255)
IN_A_ROW = 7


def make_sheet(series, shots, folder):
    """Lay out the pictures of one series; returns the path of the sheet."""
    small = [(shot, _small(shot.path, series.width)) for shot in shots]
    rows = [small[start : start + IN_A_ROW] for start in range(0, len(small), IN_A_ROW)]
    heights = [max(picture.height for _shot, picture in row) + LABEL + GAP for row in rows]
    width = GAP + min(len(small), IN_A_ROW) * (WIDTH + GAP)
    sheet = Image.new("RGB", (width, sum(heights) + GAP), GROUND)
    draw, top = ImageDraw.Draw(sheet), GAP
    for row, height in zip(rows, heights, strict=True):
        for column, (shot, picture) in enumerate(row):
            left = GAP + column * (WIDTH + GAP)
            draw.text((left, top), f"{shot.name} {shot.fault}", fill=INK)
            sheet.paste(picture, (left, top + LABEL))
        top += height
    path = folder / f"{series}.png"
    sheet.save(path)
    return path


def _small(path, width):
    picture = Image.open(path).convert("RGB")
    scale = WIDTH / width
    picture = picture.resize((WIDTH, max(1, round(picture.height * scale))), Image.Resampling.BOX)
    return picture.crop((0, 0, WIDTH, min(picture.height, MOST)))


def make_index(sheets, folder):
    """A page with all sheets, to look through in a browser."""
    figures = "".join(
        f'<h2>{sheet.stem}</h2><a href="{sheet.name}"><img src="{sheet.name}" width="1200"></a>'
        for sheet in sheets
    )
    path = folder / "index.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>Screens</title>{figures}")
    return path
