/*
 * Streams of blocks in a tab that is not open are built when it is opened. The description of their
 * blocks is in the page once for all languages, in a script that each stream names.
 *
 * The server keeps a stream of which nothing is posted. One that is built and still as it was then is
 * left out of the data of the form as well: looking at a text is no change of it. One that has been
 * changed is posted from then on, also where the change is undone.
 *
 * Puts Wagtail's controller w-block on the element, whose arguments are there already, and reads
 * data-w-tabs-active-panel-id-value; read in Wagtail 8.0.1.
 */
(() => {
  const OPEN_TAB = "data-w-tabs-active-panel-id-value";

  /* An address within the page may lead to a block. */
  function leadsToTab() {
    const { hash } = window.location;
    return !hash || document.getElementById(hash.slice(1))?.matches("[role='tabpanel']");
  }

  function isWaiting(tab) {
    const open = tab?.closest(`[${OPEN_TAB}]`)?.getAttribute(OPEN_TAB);
    return Boolean(tab?.hidden && open && open !== tab.id && leadsToTab());
  }

  class LateStreamController extends window.StimulusModule.Controller {
    initialize() {
      this.leaveOut = this.leaveOut.bind(this);
    }

    connect() {
      const tab = this.element.closest("[role='tabpanel']");
      if (!isWaiting(tab)) {
        this.build();
        return;
      }
      this.form = this.element.closest("form");
      this.element.addEventListener("w-block:ready", () => this.listen(), { once: true });
      this.tabs = new MutationObserver(() => tab.hidden || this.build());
      this.tabs.observe(tab, { attributeFilter: ["hidden"] });
    }

    /* The blocks take the place of the element, which is listening for them. */
    disconnect() {
      this.tabs?.disconnect();
    }

    build() {
      this.tabs?.disconnect();
      const names = this.element.dataset.controller.split(" ");
      if (!names.includes("w-block")) this.element.dataset.controller = [...names, "w-block"].join(" ");
    }

    listen() {
      this.opened = this.entriesIn(new FormData(this.form));
      this.form.addEventListener("formdata", this.leaveOut);
    }

    entriesIn(data) {
      return JSON.stringify([...data].filter(([name]) => this.isOwn(name)));
    }

    isOwn(name) {
      return name.startsWith(`${this.element.id}-`);
    }

    leaveOut({ formData }) {
      if (this.entriesIn(formData) !== this.opened) {
        this.form.removeEventListener("formdata", this.leaveOut);
        return;
      }
      new Set(formData.keys()).forEach((name) => this.isOwn(name) && formData.delete(name));
    }
  }

  class DescribedBlocks {
    constructor(name) {
      return window.telepath.unpack(JSON.parse(document.getElementById(name).textContent));
    }
  }

  window.telepath.register("diptych.DescribedBlocks", DescribedBlocks);
  window.wagtail.app.register("diptych-late-stream", LateStreamController);
})();
