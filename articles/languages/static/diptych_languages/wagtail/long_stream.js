/* Streams of hundreds of blocks, in several languages beside each other.
   Extends window.wagtailStreamField.blocks.StreamBlock, calls its _onRequestInsert and renames the
   panels it renders; read in Wagtail 8.0.1. */
(function () {
  const { StreamBlock, StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const PARTS = ["section", "heading", "content"];
  const REFERENCES = ["aria-controls", "aria-labelledby", "aria-describedby", "href"];

  /* A place outside every form, first in the page, in which comments know each block by the path
     that it will have. */
  function makeWorkshop(stream) {
    const workshop = document.createElement("div");
    workshop.hidden = true;
    const path = window.comments?.getContentPath(stream);
    workshop.setAttribute(path ? "data-contentpath" : "data-contentpath-disabled", path || "");
    document.body.prepend(workshop);
    return workshop;
  }

  /* A translation has the ids of its source: with that of the stream they are unique in the page,
     and what opens a block in one language does not open that of the other. */
  function renamePanel(child, prefix) {
    const panel = child.element.querySelector("[data-panel]");
    const names = new Map(
      PARTS.map((part) => [`block-${child.id}-${part}`, `block-${prefix}-${child.id}-${part}`]),
    );
    const header = panel.querySelector(".w-panel__header");
    [panel, ...panel.children, ...header.querySelectorAll("[id], button, a")].forEach((element) => {
      if (names.has(element.id)) element.id = names.get(element.id);
      REFERENCES.forEach((name) => {
        const value = element.getAttribute(name);
        const renamed = names.get(value?.replace("#", ""));
        if (renamed) element.setAttribute(name, value.startsWith("#") ? `#${renamed}` : renamed);
      });
    });
  }

  class LongStream extends StreamBlock {
    /* Each block that is added to a form makes the browser look at all of its fields again, so
       that twice the blocks take four times as long. They are built beside it and put in together. */
    setState(values) {
      const [blocks] = this.sequenceContainer;
      const place = document.createComment("");
      const workshop = makeWorkshop(this.element);
      blocks.replaceWith(place);
      workshop.append(blocks);
      try {
        super.setState(values);
      } finally {
        place.replaceWith(blocks);
        workshop.remove();
      }
    }

    _createChild(...given) {
      const child = super._createChild(...given);
      renamePanel(child, this.prefix);
      return child;
    }

    /* An empty block of `type`, as the menu of blocks inserts it, with the focus in it. */
    insertNew(type, index) {
      this._onRequestInsert(index, { type });
    }
  }

  class LongStreamDefinition extends StreamBlockDefinition {
    render(...given) {
      return new LongStream(this, ...given);
    }
  }

  window.telepath.register("diptych.LongStream", LongStreamDefinition);
})();
