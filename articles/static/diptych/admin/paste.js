/*
 * What is pasted into a paragraph of a body becomes blocks, where it holds several.
 *
 * The server converts what is on the clipboard (articles/imported_documents/html.py). The blocks are put in
 * behind the paragraph, or in its place where it is empty or all of it is selected, and can be
 * taken out again until somebody changes them. Every other paste, and one that the server cannot
 * convert, is the editor's own. In the side-by-side view blocks follow the source, so that a paste
 * stays within its paragraph. Buttons of the form wait for the conversion (saving.js).
 */
(() => {
  const { make, icon } = window.diptych;
  const LEAVES =
    "p, div, h1, h2, h3, h4, h5, h6, li, dt, dd, pre, blockquote, td, th, figcaption, address";
  const OWN_BLOCK = "h1, h2, h3, h4, h5, h6, li, blockquote, pre";
  const FROM_AN_EDITOR = "[data-draftjs-conductor-fragment], [data-editor]";
  const TWO_BREAKS = /[^<>\s]\s*<br\b[^>]*>\s*<br\b[^>]*>\s*[^<>\s]/i;
  /* Pictures within the text itself, of which the server takes only the name. */
  const EMBEDDED = /(\bsrc\s*=\s*["']?)data:[^"'\s>]*/gi;
  const QUIET =
    /^(Control|Meta|Shift|Alt|AltGraph|CapsLock|Tab|Escape|Home|End|Page(Up|Down)|Arrow\w+)$/;
  const WAIT = 30_000;
  /* Rich text reaches the form a quarter of a second after it has changed. */
  const SETTLING = 400;

  const ours = new WeakSet();
  let isPlain = false;
  let offer = null;

  /* Reading the clipboard */

  function placeOf(area) {
    const stream = area?.closest("[id$='-root']")?.rootBlock;
    const options = stream?.blockDef.meta.paste;
    const child = options && stream.children.find(({ element }) => element.contains(area));
    if (child?.getState().type !== "paragraph") return null;
    const wrapper = area.closest("[data-draftail-editor-wrapper]");
    const editor = wrapper?.parentElement.querySelector("input[type='hidden']")?.draftailEditor;
    return editor ? { area, child, editor, options, stream } : null;
  }

  function holdsBlocks(html, isAlone) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    if (body.querySelector(FROM_AN_EDITOR)) return false;
    body.querySelectorAll("style, script, template, title").forEach((each) => each.remove());
    const leaves = [...body.querySelectorAll(LEAVES)].filter(
      (each) => each.textContent.trim() && !each.querySelector(LEAVES),
    );
    if (leaves.length > 1 || body.querySelector("img, hr") || TWO_BREAKS.test(body.innerHTML)) {
      return true;
    }
    if (!leaves.length) return false;
    const isAll = body.textContent.trim().length === leaves[0].textContent.trim().length;
    return !isAll || (isAlone && Boolean(leaves[0].closest(OWN_BLOCK)));
  }

  /* Whether nothing of a paragraph stays: it is empty, or all of it is selected. */
  function isReplaced(editor) {
    const state = editor.getEditorState();
    const content = state.getCurrentContent();
    const [first, last] = [content.getFirstBlock(), content.getLastBlock()];
    if (first === last && !first.getText().trim()) return true;
    const selection = state.getSelection();
    return (
      selection.getStartKey() === first.getKey() && selection.getStartOffset() === 0 &&
      selection.getEndKey() === last.getKey() && selection.getEndOffset() === last.getLength()
    );
  }

  /* The body in one language, of which there are several in a form, but one offer. */
  class PasteController extends window.StimulusModule.Controller {
    take(event) {
      if (ours.has(event)) return;
      offer?.wears();
      if (!this.element.contains(event.target)) return;
      const html = event.clipboardData?.getData("text/html");
      const place = !isPlain && html && placeOf(event.target.closest?.("[contenteditable='true']"));
      if (!place) return;
      const replaces = isReplaced(place.editor);
      if (!holdsBlocks(html, replaces)) return;
      event.preventDefault();
      event.stopPropagation();
      const text = event.clipboardData.getData("text/plain");
      const detail = paste(place, { "text/html": html, "text/plain": text }, replaces);
      place.area.closest("form").dispatchEvent(new CustomEvent("diptych:pending", { bubbles: true, detail }));
    }

    press(event) {
      const { altKey, key, shiftKey } = event;
      const isCommand = event.ctrlKey || event.metaKey;
      isPlain = shiftKey && isCommand && /^v$/i.test(key);
      if (!offer?.isFresh || QUIET.test(key)) return;
      if (isCommand && !shiftKey && !altKey && /^z$/i.test(key)) {
        event.preventDefault();
        event.stopPropagation();
        offer.undo();
      } else if (!event.target.closest?.(".diptych-paste")) {
        offer.wears();
      }
    }

    write({ target }) {
      offer?.wears();
      if (offer?.holds(target)) offer.end();
    }

    review({ target }) {
      if (!target.closest?.(".diptych-paste")) offer?.review();
    }
  }

  window.wagtail.app.register("diptych-paste", PasteController);

  /* The server */

  /* The answer; `refused` says why this text is not taken. Anything else that fails throws. */
  async function convert({ url, languages }, html, column) {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        [wagtailConfig.CSRF_HEADER_NAME]: wagtailConfig.CSRF_TOKEN,
      },
      body: JSON.stringify({ html: html.replace(EMBEDDED, "$1data:,"), language: languages[column] }),
      signal: AbortSignal.timeout(WAIT),
    });
    if (answer.status === 413) return { refused: (await answer.json()).error };
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  /* Resolves, once the form holds what is pasted, to whether there is something to read. */
  async function paste(place, texts, replaces) {
    offer?.end();
    const message = new Message(place.child.element, place.options);
    await take(place, texts, replaces, message);
    await new Promise((resolve) => setTimeout(resolve, SETTLING));
    return message.isWarning;
  }

  async function take(place, texts, replaces, message) {
    const { area, child, options, stream } = place;
    child.element.setAttribute("aria-busy", "true");
    let answer = null;
    try {
      answer = await convert(options, texts["text/html"], stream.prefix);
    } catch {
      /* The editor takes the text. */
    }
    child.element.removeAttribute("aria-busy");
    if (!stream.children.includes(child)) return message.remove();
    if (!answer) {
      pasteNatively(area, texts);
      return message.warn(options.failed);
    }
    if (answer.refused) return message.warn(answer.refused);
    return put(place, answer, message, { texts, replaces });
  }

  function put(place, { state, notes }, message, { texts, replaces }) {
    const { area, options } = place;
    const isBound = Boolean(document.getElementById("diptych-sources"));
    const isOne = state.length === 1 && state[0].type === "paragraph";
    if (!state.length || isBound || (isOne && !replaces)) {
      if (state.length && state.every(({ type }) => type === "paragraph")) insertText(place, state);
      else if (state.length || !notes.length) pasteNatively(area, texts);
      if (isBound && state.length > 1) return message.tell(options.within, notes);
      return notes.length ? message.tell("", notes) : message.remove();
    }
    const hadFocus = area.contains(document.activeElement);
    offer = new Offer(place, state, message, replaces && isReplaced(place.editor));
    message.tell(options.done, notes, offer);
    return hadFocus && message.focus();
  }

  /* Paragraphs at the caret, in the editor itself, which undoes them as what is typed. */
  function insertText({ editor }, state) {
    const contents = state.map(({ value }) =>
      window.Draftail.createEditorStateFromRaw(JSON.parse(value)).getCurrentContent(),
    );
    const blocks = contents.flatMap((content) => content.getBlocksAsArray());
    const fragment = DraftJS.ContentState.createFromBlockArray(blocks).getBlockMap();
    const now = editor.getEditorState();
    const written = DraftJS.Modifier.replaceWithFragment(
      now.getCurrentContent(), now.getSelection(), fragment,
    );
    editor.onChange(DraftJS.EditorState.push(now, written, "insert-fragment"));
  }

  function pasteNatively(area, texts) {
    const clipboardData = new DataTransfer();
    Object.entries(texts).forEach(([type, text]) => text && clipboardData.setData(type, text));
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData });
    ours.add(event);
    area.dispatchEvent(event);
  }

  /* Taking it back */

  class Offer {
    constructor({ child, options, stream }, state, message, replaces) {
      Object.assign(this, { message, options, stream });
      this.ids = new Set(state.map(({ id }) => id));
      this.isFresh = true;
      const index = stream.children.indexOf(child);
      state.forEach((each, place) => stream.insert(each, index + 1 + place));
      this.kept = replaces ? child.getState() : null;
      this.before = replaces ? null : child.id;
      this.index = index;
      if (replaces) stream.deleteBlock(index);
      requestAnimationFrame(() => requestAnimationFrame(() => (this.values = this.valuesNow())));
    }

    get blocks() {
      return this.stream.children.filter(({ id }) => this.ids.has(id));
    }

    valuesNow() {
      return JSON.stringify(this.blocks.map((each) => each.getValue()));
    }

    holds(element) {
      return this.blocks.some((each) => each.element.contains(element));
    }

    /* Something else was done: the keyboard takes that back first. */
    wears() {
      this.isFresh = false;
    }

    review() {
      if (this.values && this.valuesNow() !== this.values) this.end();
    }

    end() {
      if (offer === this) offer = null;
      this.message.removeUndo();
    }

    undo() {
      const { stream, kept, blocks } = this;
      const index = blocks.length ? stream.children.indexOf(blocks[0]) : stream.children.length;
      blocks.forEach((each) => stream.deleteBlock(stream.children.indexOf(each)));
      if (kept) stream.insert(kept, Math.min(index, stream.children.length));
      offer = null;
      this.message.leave(this.options.undone);
      const back = kept?.id ?? this.before;
      stream.children.find(({ id }) => id === back)?.focus();
    }
  }

  /* What is told beside the blocks */

  class Message {
    constructor(block, options) {
      this.options = options;
      this.isWarning = false;
      this.text = make("div", { role: "status" });
      this.actions = make("div", { className: "diptych-paste__actions" });
      this.box = make("div", { className: "diptych-paste help-block help-info", tabIndex: -1 });
      this.box.setAttribute("role", "group");
      this.box.setAttribute("aria-label", options.label);
      this.box.append(icon("info-circle"), this.text, this.actions);
      block.after(this.box);
      /* A live region is read out once it is there and its content changes. */
      requestAnimationFrame(() => {
        if (!this.text.childElementCount) this.say(options.busy);
        this.show();
      });
    }

    say(text, notes = []) {
      const lines = notes.map((note) => make("li", { textContent: note }));
      this.text.replaceChildren(
        ...(text ? [make("p", { textContent: text })] : []),
        ...(lines.length ? [make("ul", {}, ...lines)] : []),
      );
    }

    button(label, action) {
      const className = "button button-small button-secondary";
      const button = make("button", { type: "button", className, textContent: label });
      button.addEventListener("click", action);
      this.actions.append(button);
      return button;
    }

    tell(text, notes, taken = null) {
      this.hasNotes = notes.length > 0;
      this.say(text, notes);
      if (taken) this.undo = this.button(this.options.undo, () => taken.undo());
      this.button(this.options.close, () => this.remove());
      if (this.hasNotes) this.mark();
    }

    warn(text) {
      this.tell(text, []);
      this.mark();
    }

    mark() {
      this.isWarning = true;
      this.box.classList.replace("help-info", "help-warning");
      this.box.querySelector("svg").replaceWith(icon("warning"));
    }

    removeUndo() {
      if (this.hasNotes) this.undo?.remove();
      else this.remove();
    }

    leave(text) {
      this.say(text);
      this.actions.remove();
      setTimeout(() => this.remove(), 6000);
    }

    /* At once: a smooth movement ends where the blocks that are drawn meanwhile push it. */
    show() {
      this.box.scrollIntoView({ block: "nearest", behavior: "instant" });
    }

    focus() {
      this.box.focus({ preventScroll: true });
      requestAnimationFrame(() => this.show());
    }

    remove() {
      this.box.remove();
    }
  }
})();
