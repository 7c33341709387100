// The search box of every page: it offers names while one types. Without this script the form does the same by a page.
"use strict";
(() => {
  const DELAY = 120; // milliseconds of rest before a request

  function offering(input) {
    const form = input.form;
    const list = document.createElement("ul");
    list.className = "offers";
    list.id = `${input.id}-offers`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    list.hidden = true;
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    let offers = [], chosen = -1, timer = 0, latest = 0;

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(number) {
      chosen = number;
      [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === number)));
      if (number >= 0) input.setAttribute("aria-activedescendant", list.children[number].id);
      else input.removeAttribute("aria-activedescendant");
    }

    function take(offer) {
      close();
      if ("adds" in input.dataset) {
        input.value = "";
        input.dispatchEvent(new CustomEvent("take", { detail: offer, bubbles: true }));
      } else location.href = offer.page;
    }

    function show(found) {
      offers = found;
      list.replaceChildren(...found.map((offer, number) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        name.className = `thing ${offer.family.toLowerCase()}`;
        name.textContent = offer.name;
        const more = document.createElement("span");
        more.className = "soft";
        more.textContent = ` ${offer.kind}${offer.by ? `, also “${offer.by}”` : ""}`;
        item.append(name, more);
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => take(offer));
        return item;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      chosen = -1;
    }

    async function look() {
      const words = input.value.trim(), mine = ++latest;
      if (!words) return close();
      try {
        const answer = await fetch(`/search.json?q=${encodeURIComponent(words)}`);
        if (answer.ok && mine === latest) show(await answer.json());
      } catch {
        close();
      }
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, DELAY); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return close();
      if (list.hidden || !offers.length) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((chosen + step + offers.length + (chosen < 0 && step < 0 ? 1 : 0)) % offers.length);
      }
    });
    form.addEventListener("submit", (event) => {
      const adds = "adds" in input.dataset;
      if (chosen >= 0 || (adds && offers.length)) { event.preventDefault(); take(offers[Math.max(chosen, 0)]); }
      else if (adds) event.preventDefault();
    });
  }

  document.querySelectorAll(".finder input").forEach(offering);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    document.querySelector(".finder input")?.focus();
  });
})();
