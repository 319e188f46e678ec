/* Makes elements, for scripts of the editor. */
(function () {
  function make(name, attributes, ...content) {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...content);
    return element;
  }

  /* An icon of Wagtail's set. */
  function icon(name) {
    const template = make("template", {
      innerHTML: `<svg class="icon icon-${name}" aria-hidden="true"><use href="#icon-${name}"></use></svg>`,
    });
    return template.content.firstElementChild;
  }

  window.diptych = { ...window.diptych, make, icon };
})();
