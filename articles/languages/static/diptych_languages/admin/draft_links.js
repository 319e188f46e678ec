/* Say that an address is on the clipboard; where there is none, select it to be copied by hand. */
document.addEventListener("w-clipboard:copied", ({ target }) => {
  const button = target.querySelector("[data-copied]");
  button.textContent = button.dataset.copied;
});

document.addEventListener("w-clipboard:error", ({ target }) => target.querySelector("input").select());
