// Comfort only: without this file the search shows the same results on its page.

const PAUSE = 150; // milliseconds without a key before something is asked
const SHORTEST = 2;
let boxes = 0;

class SuggestBox {
  constructor(input) {
    this.input = input;
    this.list = this.makeList(`suggestions-${++boxes}`);
    this.status = this.makeStatus();
    this.input.parentElement.append(this.list, this.status);
    this.describeInput();
    this.chosen = -1;
    this.listen();
  }

  makeList(id) {
    const list = document.createElement("div");
    Object.assign(list, { id, className: "suggestions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.input.dataset.suggestions);
    return list;
  }

  makeStatus() {
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    return status;
  }

  describeInput() {
    const is = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(is)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.form.addEventListener("submit", () => this.close());
    // a press takes the focus away, and with it the list that is about to be clicked
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get words() {
    return this.input.value.trim();
  }

  wait() {
    this.stop();
    if (this.words.length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(this.words), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async ask(words) {
    this.request = new AbortController();
    const address = `${this.input.dataset.suggest}?q=${encodeURIComponent(words)}`;
    try {
      const response = await fetch(address, { signal: this.request.signal });
      if (response.ok) this.show(await response.json());
    } catch {
      // overtaken by the next letter, or no network: the page behind the button answers
    }
  }

  show([, titles, notes, addresses]) {
    if (document.activeElement !== this.input) return;
    this.list.replaceChildren(...titles.map((title, at) => this.makeOption(at, title, notes[at], addresses[at])));
    this.choose(-1);
    this.open(titles.length > 0);
    this.status.textContent = `${this.input.dataset.suggestions}: ${titles.length}`;
  }

  makeOption(at, title, note, address) {
    const option = document.createElement("a");
    Object.assign(option, { id: `${this.list.id}-${at}`, className: "suggestion", href: address, tabIndex: -1 });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const details = document.createElement("span");
    Object.assign(details, { className: "suggestion-note", textContent: note });
    option.append(title, " ", details);
    return option;
  }

  open(is) {
    this.list.hidden = !is;
    this.input.setAttribute("aria-expanded", String(is));
  }

  close() {
    this.stop();
    this.choose(-1);
    this.open(false);
    this.status.textContent = "";
  }

  choose(at) {
    this.chosen = at;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const option = this.list.children[at];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.isComposing) return; // the key belongs to the input method
    const act = { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), Escape: () => this.leave(), Enter: () => this.follow() };
    if (act[event.key]?.()) event.preventDefault();
  }

  // Each of these says whether the key was used; one that was not does what it always does.

  step(by) {
    const places = this.list.children.length + 1; // the box itself is one of them
    if (places === 1 || this.words.length < SHORTEST) return false;
    if (!this.isOpen) this.open(true);
    this.choose(((this.chosen + 1 + by + places) % places) - 1);
    return true;
  }

  leave() {
    if (!this.isOpen) return false;
    this.close();
    return true;
  }

  follow() {
    const option = this.isOpen && this.list.children[this.chosen];
    if (!option) return false;
    option.click();
    return true;
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new SuggestBox(input);

// An address that is passed on names only what was chosen.
document.querySelector(".search-large")?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (!value && name !== "q") event.formData.delete(name);
});

// Which result was opened: a count, without a trace of who did.
const tell = (event) => {
  const link = event.target.closest("[data-opened] a[data-item]");
  if (!link || event.button > 1) return;
  const { opened, query } = link.closest("[data-opened]").dataset;
  const said = new FormData();
  for (const [name, value] of Object.entries({ q: query, muc: link.dataset.kind, ma: link.dataset.item })) said.set(name, value);
  navigator.sendBeacon(opened, said);
};
document.addEventListener("click", tell);
document.addEventListener("auxclick", tell);
