from articles.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
