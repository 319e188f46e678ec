/* Rich text that is shown as plain words until somebody comes to it: an article of hundreds of
   paragraphs opens at once, and each editor is built when it is near the window or has the focus.
   Extends window.draftail.DraftailRichTextArea; read in Wagtail 8.0.1. */
(function () {
  const AHEAD = "600px";
  const waiting = new WeakMap();

  const observer = new IntersectionObserver(
    (entries) => {
      entries.filter(({ isIntersecting }) => isIntersecting)
        .forEach(({ target }) => waiting.get(target)?.build());
    },
    { rootMargin: `${AHEAD} 0px` },
  );

  const wordsOf = (value) => (JSON.parse(value)?.blocks ?? []).map(({ text }) => text);

  /* Comments are tied to the words by the editor itself: where there are some, it is built. */
  const hasComments = (value) => value.includes('"COMMENT-');

  class WaitingRichText {
    constructor(kind, place, [name, id, value, capabilities, options]) {
      Object.assign(this, { kind, name, id, options, built: null });
      this.capabilities = new Map(capabilities);
      this.box = document.createElement("div");
      this.field = this.makeField(value);
      this.words = this.makeWords(value);
      this.box.append(this.field, this.words);
      place.append(this.box);
      waiting.set(this.words, this);
      observer.observe(this.words);
    }

    makeField(value) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", id: this.id, name: this.name, value });
      return field;
    }

    makeWords(value) {
      const words = document.createElement("div");
      words.className = "diptych-words-in-view";
      words.tabIndex = 0;
      words.append(...wordsOf(value).map((text) => {
        const paragraph = document.createElement("p");
        paragraph.textContent = text;
        return paragraph;
      }));
      words.addEventListener("focus", () => this.focus());
      return words;
    }

    /* The editor itself, made now if it is not there yet. */
    build() {
      if (!this.built) {
        observer.unobserve(this.words);
        const { value } = this.field;
        this.box.replaceChildren();
        this.built = this.kind.renderNow(
          this.box, this.name, this.id, value, this.capabilities, this.options,
        );
      }
      return this.built;
    }

    get input() {
      return this.built ? this.built.input : this.field;
    }

    getValue() {
      return this.input.value;
    }

    getState() {
      return this.built ? this.built.getState() : this.field.value;
    }

    setState(state) {
      this.build().setState(state);
    }

    setInvalid(invalid) {
      this.build().setInvalid(invalid);
    }

    getTextLabel({ maxLength } = {}) {
      if (this.built) return this.built.getTextLabel({ maxLength });
      const label = wordsOf(this.field.value).filter(Boolean).join(" ");
      return maxLength && label.length > maxLength ? `${label.slice(0, maxLength - 1)}…` : label;
    }

    focus(options) {
      this.build().focus(options);
    }

    setCapabilityOptions(name, options) {
      if (this.built) {
        this.built.setCapabilityOptions(name, options);
      } else {
        this.capabilities.set(name, Object.assign(this.capabilities.get(name) ?? {}, options));
      }
    }
  }

  class RichTextAreaInView extends window.draftail.DraftailRichTextArea {
    renderNow(...given) {
      return super.render(...given);
    }

    /* A new or copied block has a state and no stored value: somebody is at it already. */
    render(place, ...given) {
      const value = given[2];
      const isStored = typeof value === "string" && !hasComments(value);
      return isStored ? new WaitingRichText(this, place, given) : super.render(place, ...given);
    }
  }

  window.telepath.register("diptych.RichTextAreaInView", RichTextAreaInView);
})();
