
"use strict";
const list = document.getElementById("customers");
const search = document.getElementById("search");
const count = document.getElementById("count");
const sorting = [...document.querySelectorAll("[data-sort]")];
const openAll = document.getElementById("open");
const customers = [...list.children];
const texts = customers.map((customer) => customer.textContent.toLocaleLowerCase());
const order = new Map(customers.map((customer, place) => [customer, place]));
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function shown() {
  return [...list.children].filter((customer) => !customer.hidden);
}

function find() {
  const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  customers.forEach((customer, place) => {
    customer.hidden = !words.every((word) => texts[place].includes(word));
  });
  count.textContent = `${shown().length} of ${customers.length}`;
}

function compare(by) {
  const stored = (one, other) => order.get(one) - order.get(other);
  if (by === "order") return stored;
  if (by === "name") {
    return (one, other) => names.compare(one.dataset.name, other.dataset.name) || stored(one, other);
  }
  const sure = (customer) => Number(customer.dataset[by] ?? -1);
  return (one, other) => sure(other) - sure(one) || stored(one, other);
}

function sort(button) {
  const again = button.getAttribute("aria-pressed") === "true";
  const backwards = again && button.dataset.backwards !== "true";
  sorting.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
  button.dataset.backwards = String(backwards);
  const sorted = [...customers].sort(compare(button.dataset.sort));
  list.append(...(backwards ? sorted.reverse() : sorted));
}

function move(by) {
  const heads = shown().map((customer) => customer.firstElementChild);
  const here = heads.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : heads.length - 1) : here + by;
  heads[next]?.focus();
}

search.addEventListener("input", find);
sorting.forEach((button) => button.addEventListener("click", () => sort(button)));
openAll.addEventListener("click", () => {
  const open = shown().some((customer) => !customer.open);
  shown().forEach((customer) => { customer.open = open; });
  openAll.textContent = open ? "Close all" : "Open all";
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && document.activeElement !== search) {
    search.focus();
  } else if (event.key === "Escape") {
    search.value = "";
    find();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    move(event.key === "ArrowDown" ? 1 : -1);
  } else {
    return;
  }
  event.preventDefault();
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = shown().filter((customer) => !customer.open);
  closed.forEach((customer) => { customer.open = true; });
});
addEventListener("afterprint", () => closed.forEach((customer) => { customer.open = false; }));
find();
