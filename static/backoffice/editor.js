// Comfort for the people who write: every form can be sent without this file.
const say = (text) => (window.gettext ? window.gettext(text) : text);

// Tiptap adds an inline <style>, which the content security policy blocks, unless it finds one; its rules stand in
// backoffice.css. In a namespace of its own the element means nothing to the browser.
const standIn = document.createElementNS("urn:stand-in", "style");
standIn.setAttribute("data-tiptap-style", "");
document.head.append(standIn);

const labelOf = (field) => {
  const label = document.querySelector(`label[for="${field.id}"]`);
  return label ? label.textContent.replace(/:\s*$/, "").trim() : "";
};

const speakLanguage = (element, id) => {
  const language = /_(vi|en)$/.exec(id);
  if (language) element.lang = language[1];
};

function nameTextBox({ editor, textarea }) {
  const box = editor.view.dom;
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  box.setAttribute("aria-label", labelOf(textarea));
  const help = document.getElementById(`${textarea.id}_helptext`);
  if (help) box.setAttribute("aria-describedby", help.id);
  speakLanguage(box, textarea.id);
  document.querySelector(`label[for="${textarea.id}"]`)?.addEventListener("click", () => editor.commands.focus());
}

// The toolbar's own words are English and not all of them pass through gettext.
function translateToolbar(textarea) {
  for (const button of textarea.closest(".prose-editor").querySelectorAll(".prose-menubar button")) {
    if (button.title) button.title = say(button.title);
    if (button.ariaLabel) button.ariaLabel = say(button.ariaLabel);
    const words = button.querySelector("h2, h3, p");
    if (words) words.textContent = say(words.textContent);
  }
}

// Choices in its dialogs are compared by their English text: that stays their value.
function translateChoices(textarea) {
  new MutationObserver(() => {
    for (const option of textarea.closest(".prose-editor").querySelectorAll("dialog option:not([value])")) {
      option.value = option.textContent;
      option.textContent = say(option.textContent);
    }
  }).observe(textarea.closest(".prose-editor"), { childList: true });
}

document.addEventListener("prose-editor:ready", ({ detail }) => {
  nameTextBox(detail);
  translateChoices(detail.textarea);
  const translate = () => translateToolbar(detail.textarea);
  if (detail.editor.isInitialized) translate();
  else detail.editor.on("create", translate);
});

// How many characters are left of a limit
function countCharacters(field) {
  const counter = document.createElement("span");
  counter.className = "counter";
  const show = () => {
    const length = field.value.normalize("NFC").length;
    counter.textContent = `${length} / ${field.maxLength}`;
    counter.classList.toggle("counter-near", length > field.maxLength * 0.9);
  };
  field.addEventListener("input", show);
  field.after(counter);
  show();
}

// A date and its time are two boxes under one label.
function nameHalves(box) {
  const label = box.closest(".form-row")?.querySelector("label, legend")?.textContent.replace(/:\s*$/, "").trim();
  for (const [selector, part] of [[".vDateField", "date"], [".vTimeField", "time"]]) {
    const input = box.querySelector(selector);
    if (input && label) input.setAttribute("aria-label", `${label}: ${say(part)}`);
  }
}

// Rows of a table have no labels: their columns do.
function nameCell(cell) {
  const title = cell.closest("table").tHead?.rows[0].cells[cell.cellIndex]?.textContent.trim();
  if (!title) return;
  for (const field of cell.querySelectorAll("input, select, textarea")) field.setAttribute("aria-label", title);
}

function nameSearchBox(select) {
  select.nextElementSibling?.querySelector("input.select2-search__field")?.setAttribute("aria-label", labelOf(select));
}

// The picture itself beside its file name
function showPicture(link) {
  const picture = new Image();
  picture.alt = "";
  picture.src = link.href;
  link.prepend(picture);
}

function watchForChanges(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[id$=_vi], [id$=_en]")) speakLanguage(field, field.id);
  for (const field of document.querySelectorAll("[id^=id_title_][maxlength], textarea[maxlength]")) countCharacters(field);
  for (const box of document.querySelectorAll("p.datetime")) nameHalves(box);
  for (const cell of document.querySelectorAll(".tabular tbody td")) nameCell(cell);
  for (const link of document.querySelectorAll(".file-upload a[href^='/anh']")) showPicture(link);
  for (const form of document.querySelectorAll("#content-main form[id$=_form]")) watchForChanges(form);
});

// jQuery keeps the order: the search boxes are there before this is called.
window.django?.jQuery?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) nameSearchBox(select);
});
