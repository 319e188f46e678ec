/* Footnotes in the editor of rich text: a button, a mark in the text, and the dialog for the words.

   The dialog is no modal one: the chooser of links, which opens over it, is a window of Wagtail's. */
(() => {
  const { React, DraftJS, draftail, wagtailConfig } = window;

  /* How long the editor waits before it writes down what has been typed, and a little more. */
  const UNTIL_WRITTEN = 350;

  /* What a note says, without its marks. */
  const wordsOf = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

  /* What had the focus before the dialog. The text, which is read-only by now, has it no more. */
  function lastFocused() {
    const { activeElement } = document;
    const node = getSelection().anchorNode;
    const element = node instanceof Element ? node : node?.parentElement;
    const text = element?.closest(".public-DraftEditor-content");
    return activeElement === document.body ? text : activeElement;
  }

  class Dialog {
    constructor(address, { onNote, onClose, title }) {
      this.address = address;
      this.onNote = onNote;
      this.onClose = onClose;
      this.cameFrom = lastFocused();
      this.element = document.createElement("div");
      this.element.className = "diptych-footnote-dialog";
      this.element.innerHTML =
        '<div class="diptych-footnote-dialog__box" role="dialog" tabindex="-1">' +
        "<h2></h2><div data-footnote-form></div></div>";
      this.box = this.element.firstElementChild;
      this.box.setAttribute("aria-label", title);
      this.element.querySelector("h2").textContent = title;
      this.element.addEventListener("keydown", (event) => this.press(event));
      this.element.addEventListener("click", (event) => {
        if (event.target.closest("[data-footnote-cancel]")) this.close();
      });
      this.element.addEventListener("submit", (event) => {
        event.preventDefault();
        event.target.inert = true;
        setTimeout(() => this.send(new FormData(event.target)), UNTIL_WRITTEN);
      });
      document.body.append(this.element);
      this.box.focus();
    }

    async send(data) {
      const headers = { [wagtailConfig.CSRF_HEADER_NAME]: wagtailConfig.CSRF_TOKEN };
      const response = await fetch(this.address, { method: "POST", body: data, headers }).catch(
        () => null,
      );
      if (!response || !response.ok) return this.fail();
      const answer = await response.json();
      if (!answer.html) return this.finish(answer.note);
      this.element.querySelector("[data-footnote-form]").innerHTML = answer.html;
      return this.write();
    }

    /* What has been written stays, to be sent again. */
    fail() {
      document.dispatchEvent(
        new CustomEvent("w-messages:add", {
          detail: { text: this.failure, type: "error", clear: true },
        }),
      );
      const form = this.element.querySelector("form");
      if (form) form.inert = false;
      else this.close();
    }

    /* The editor within the dialog is set up by Wagtail once it is in the document. */
    write(triesLeft = 40) {
      const field = this.element.querySelector('[contenteditable="true"]');
      if (field) field.focus();
      else if (triesLeft) setTimeout(() => this.write(triesLeft - 1), 25);
    }

    finish(note) {
      this.leave();
      this.onNote(note);
    }

    close() {
      this.leave();
      this.onClose();
      setTimeout(() => this.cameFrom?.focus());
    }

    leave() {
      this.element.remove();
    }

    press(event) {
      if (event.key === "Escape" && !event.defaultPrevented) {
        event.stopPropagation();
        this.close();
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.element.querySelector("form")?.requestSubmit();
      } else if (event.key === "Tab") {
        this.keepFocus(event);
      }
    }

    keepFocus(event) {
      const all = [...this.box.querySelectorAll('a[href], button, input:not([type="hidden"]), [contenteditable="true"]')]
        .filter((each) => !each.disabled && each.tabIndex >= 0 && each.getClientRects().length);
      const [first, last] = [all[0], all[all.length - 1]];
      if (event.shiftKey && (event.target === first || event.target === this.box)) {
        event.preventDefault();
        last.focus();
      } else if (!event.shiftKey && event.target === last) {
        event.preventDefault();
        first.focus();
      }
    }
  }

  class FootnoteSource extends React.Component {
    componentDidMount() {
      const { entity, entityType, onClose } = this.props;
      const stored = new FormData();
      stored.append("stored", entity ? entity.getData().note : "");
      this.dialog = new Dialog(entityType.dialog, {
        title: entityType.description,
        onNote: (note) => this.insert(note),
        onClose,
      });
      this.dialog.failure = entityType.failure;
      this.dialog.send(stored);
    }

    componentWillUnmount() {
      this.dialog.leave();
    }

    /* A note stands behind what is selected, and in place of the one that is edited. */
    insert(note) {
      const { editorState, entity, entityType, onComplete } = this.props;
      let selection = editorState.getSelection();
      if (!entity && !selection.isCollapsed()) {
        const end = { key: selection.getEndKey(), offset: selection.getEndOffset() };
        selection = selection.merge({
          anchorKey: end.key,
          anchorOffset: end.offset,
          focusKey: end.key,
          focusOffset: end.offset,
          isBackward: false,
        });
      }
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "IMMUTABLE", { note });
      const key = content.getLastCreatedEntityKey();
      const written = DraftJS.Modifier.replaceText(content, selection, "*", null, key);
      onComplete(DraftJS.EditorState.push(editorState, written, "insert-characters"));
    }

    render() {
      return null;
    }
  }

  const Footnote = (props) => {
    const { note } = props.contentState.getEntity(props.entityKey).getData();
    const words = wordsOf(note || "");
    return React.createElement(
      "span",
      { className: "diptych-footnote-mark", title: words },
      React.createElement(draftail.TooltipEntity, {
        ...props,
        icon: null,
        label: words.length > 60 ? `${words.slice(0, 59)}…` : words,
        url: "",
      }),
    );
  };

  draftail.registerPlugin({ type: "FOOTNOTE", source: FootnoteSource, decorator: Footnote });
})();
