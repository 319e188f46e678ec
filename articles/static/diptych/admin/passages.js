/* Passages in another language in the editor of rich text: a button, and a mark that names it. */
(() => {
  const { React, DraftJS, draftail, jQuery, ModalWorkflow, wagtail } = window;

  const nameOf = (lang) => {
    const spoken = document.documentElement.lang || "en";
    try {
      return new Intl.DisplayNames([spoken], { type: "language" }).of(lang);
    } catch {
      return lang;
    }
  };

  /* Passages as they stand in an editor, in one that is not built yet and in a source. */
  const PASSAGES = [
    ".diptych-passage",
    ".diptych-words-in-view span[lang]",
    ".diptych-piece span[lang]:not([class])",
  ].join();
  const used = () =>
    [...new Set([...document.querySelectorAll(PASSAGES)].map(({ lang }) => lang))].join();

  class PassageSource extends React.Component {
    componentDidMount() {
      const { editorState, entity, entityType, onClose } = this.props;
      if (!entity && editorState.getSelection().isCollapsed()) {
        const detail = { text: entityType.nothingSelected, type: "warning", clear: true };
        document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
        const text = getSelection().anchorNode?.parentElement?.closest(".public-DraftEditor-content");
        onClose();
        setTimeout(() => text?.focus());
        return;
      }
      jQuery(document.body).on("hidden.bs.modal", onClose);
      this.workflow = ModalWorkflow({
        url: entityType.dialog,
        urlParams: { used: used(), ...(entity && { lang: entity.getData().lang }) },
        onload: {
          choose: (modal) => {
            modal.ajaxifyForm(modal.body.find("form"));
            modal.container.one("shown.bs.modal", () => modal.body.find("select").trigger("focus"));
          },
          chosen: (modal, answer) => this.mark(answer.lang),
        },
        onError: () => onClose(),
      });
    }

    componentWillUnmount() {
      jQuery(document.body).off("hidden.bs.modal", this.props.onClose);
    }

    mark(lang) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", { lang });
      const key = content.getLastCreatedEntityKey();
      const state = DraftJS.RichUtils.toggleLink(editorState, editorState.getSelection(), key);
      this.workflow.close();
      onComplete(state);
    }

    render() {
      return null;
    }
  }

  const Passage = (props) => {
    const { lang } = props.contentState.getEntity(props.entityKey).getData();
    const icon = React.createElement(wagtail.components.Icon, { name: "globe" });
    const entity = { ...props, icon, label: nameOf(lang), url: "" };
    return React.createElement(
      "span",
      { lang, className: "diptych-passage" },
      React.createElement(draftail.TooltipEntity, entity),
    );
  };

  draftail.registerPlugin({ type: "PASSAGE", source: PassageSource, decorator: Passage });
})();
