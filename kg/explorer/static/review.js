// The keys of the review: each presses the button that has its letter. They can be switched off.
"use strict";
(() => {
  const keys = document.getElementById("keys");
  if (!keys) return;
  try { keys.checked = localStorage.getItem("review-keys") !== "off"; } catch { /* nothing is remembered, then */ }
  keys.addEventListener("change", () => {
    try { localStorage.setItem("review-keys", keys.checked ? "on" : "off"); } catch { /* as above */ }
  });
  let pressed = false;
  document.addEventListener("keydown", (event) => {
    if (pressed || !keys.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    pressed = true; // the page that follows has another pair
    button.click();
  });
  addEventListener("pageshow", () => { pressed = false; });
})();
