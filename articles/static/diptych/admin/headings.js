/*
 * The Enter key in a heading of a body opens a paragraph below it.
 *
 * In the side-by-side view blocks follow the source, so that nothing is opened there.
 */
(function () {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    const stream = target.matches?.("input") && target.closest("[id$='-root']")?.rootBlock;
    if (!stream?.insertNew) return;
    const place = stream.children.findIndex(({ element }) => element.contains(target));
    if (stream.children[place]?.type !== "heading") return;
    if (document.getElementById("diptych-sources")) return;
    event.preventDefault();
    stream.insertNew("paragraph", place + 1);
  });
})();
