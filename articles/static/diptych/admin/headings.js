/*
 * The Enter key in a heading of a body opens a paragraph below it.
 *
 * In the side-by-side view blocks follow the source, so that nothing is opened there.
 */
(() => {
  class HeadingsController extends window.StimulusModule.Controller {
    openParagraph(event) {
      const { target } = event;
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
      if (!target.matches("input") || document.getElementById("diptych-sources")) return;
      const stream = this.element.rootBlock;
      const place = stream.children.findIndex(({ element }) => element.contains(target));
      if (stream.children[place]?.type !== "heading") return;
      event.preventDefault();
      stream.insertNew("paragraph", place + 1);
    }
  }

  window.wagtail.app.register("diptych-headings", HeadingsController);
})();
