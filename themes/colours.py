"""The colour of a topic: one of those every theme defines."""

TOPIC_COLOURS = ("carmine", "lake", "ochre", "forest", "plum", "brown")


def colour_of(topic):
    """The name of a colour, the same for a topic on every page; ``""`` without a topic."""
    return TOPIC_COLOURS[topic.pk % len(TOPIC_COLOURS)] if topic and topic.pk else ""
