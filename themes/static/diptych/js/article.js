/* What a page of text can do where scripts run; without them each of these is a plain link, or is
   not there. Nothing is loaded from another site before a reader has asked for it. */
(() => {
  /* A film or a recording in the place of its description. */
  const showHere = (embed) => {
    const frame = document.createElement("iframe");
    frame.src = embed.dataset.frame;
    frame.title = embed.dataset.title;
    frame.allow = "encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    embed.querySelector(".embed__frame").replaceWith(frame);
    frame.focus();
  };

  for (const embed of document.querySelectorAll("[data-frame]")) {
    const button = embed.querySelector("[data-load]");
    button.hidden = false;
    button.addEventListener("click", () => showHere(embed));
  }

  /* The address of the article, where the browser lets a page write to the clipboard. */
  for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    button.closest("[data-copy-place]").hidden = false;
    const label = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => {
        button.textContent = label;
      }, 3000);
    });
  }
})();
