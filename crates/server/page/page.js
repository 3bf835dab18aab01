// The page: one ask box, answers that stream in, product cards and numbered citations.
// Everything that the server sends is text here, never markup.

import { remember } from "/page/memory.js";

const $ = (id) => document.getElementById(id);
const state = { session: sessionStorage.getItem("session"), product: null, running: null };

// How often a reply whose stream broke is taken up again, and after how many milliseconds first.
const MAX_TRIES = 6;
const FIRST_PAUSE = 500;

// ---- Small pieces

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

// Links and pictures from a feed may only point to the web or to this server.
const safeUrl = (url) => (/^(https?:\/\/|\/(?!\/))/i.test(url ?? "") ? url : null);

const money = ({ amount_minor, currency }) => {
  const format = new Intl.NumberFormat(undefined, { style: "currency", currency });
  return format.format(amount_minor / 10 ** format.resolvedOptions().maximumFractionDigits);
};

// Counted clauses rest on many rows; all of them are listed as sources.
const SHOWN_SOURCES = 5;

const STOCK = {
  in_stock: ["In stock", "yes"],
  preorder: ["For pre-order", ""],
  backorder: ["Ships later", ""],
  out_of_stock: ["Out of stock", "no"],
};

const ORIGIN = {
  attribute: "Product details",
  description: "Product description",
  review: "Review",
  question: "Question and answer",
  policy: "Shop policy",
  page: "Page of the shop",
  offer: "Price and stock",
  reference: "Reference",
};

const chips = (list, questions) => {
  list.replaceChildren(...questions.map((question) => {
    const item = element("li");
    const button = element("button", "", question);
    button.type = "button";
    button.addEventListener("click", () => ask(question));
    item.append(button);
    return item;
  }));
};

// ---- Product cards

const showPicture = (place, product) => {
  const picture = place.querySelector("img");
  const without = () => {
    picture.remove();
    place.classList.add("none");
    place.dataset.letter = [...product.title][0] ?? "";
  };
  const source = safeUrl(product.image);
  if (!source) return without();
  picture.addEventListener("error", without, { once: true });
  picture.src = source;
};

const showPrice = (place, { price, regular_price }) => {
  if (!price) return;
  place.textContent = money(price);
  if (regular_price) {
    const before = element("s", "", money(regular_price));
    before.setAttribute("aria-label", `was ${money(regular_price)}`);
    place.append(before);
  }
};

const showRating = (place, rating) => {
  if (!rating) return;
  const full = Math.round(rating.stars);
  const stars = element("span", "stars", "★".repeat(full) + "☆".repeat(5 - full));
  stars.setAttribute("aria-hidden", "true");
  const reviews = rating.count === 1 ? "1 review" : `${rating.count} reviews`;
  place.append(stars, ` ${rating.stars.toFixed(1)} of 5, ${reviews}`);
};

const card = (product) => {
  const made = $("card").content.firstElementChild.cloneNode(true);
  const part = (name) => made.querySelector(name);
  showPicture(part(".picture"), product);
  const url = safeUrl(product.url);
  if (url) {
    const link = element("a", "", product.title);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    part(".title").append(link);
  } else {
    part(".title").textContent = product.title;
  }
  part(".variant").textContent = product.variant?.title ?? "";
  showPrice(part(".price"), product);
  showRating(part(".rating"), product.rating);
  const [stock, kind] = STOCK[product.availability] ?? ["", ""];
  part(".stock").textContent = stock;
  if (kind) part(".stock").classList.add(kind);
  part(".reason").textContent = product.reason ?? "";
  part(".about-this").addEventListener("click", () => setProduct(product));
  part(".about-this").setAttribute("aria-label", `Ask about ${product.title}`);
  return made;
};

const setProduct = (product) => {
  state.product = product?.source_id ?? null;
  $("about").hidden = !product;
  $("about-title").textContent = product?.title ?? "";
  $("question").focus();
};

// ---- One answer

class Answer {
  constructor(question) {
    this.article = $("exchange").content.firstElementChild.cloneNode(true);
    const part = (name) => this.article.querySelector(name);
    part(".asked").textContent = question;
    this.question = question;
    this.body = part(".answer");
    this.waiting = part(".waiting");
    this.prose = part(".prose");
    this.compared = part(".compared");
    this.weights = part(".weights");
    this.steps = part(".steps");
    this.cards = part(".cards");
    this.next = part(".next");
    this.sources = part(".sources");
    this.evidence = new Map();
    this.numbers = new Map();
    this.titles = new Map();
    $("log").append(this.article);
    this.article.scrollIntoView({ behavior: "smooth", block: "start" });
  }

  take(part) {
    switch (part.type) {
      case "start":
        state.session = part.messageMetadata?.session || state.session;
        sessionStorage.setItem("session", state.session);
        break;
      case "text-start":
        this.block = null;
        this.isQuiet = part.id === "memory";
        break;
      case "text-delta": this.write(part.delta); break;
      case "data-product":
        this.titles.set(part.data.id, part.data.title);
        this.cards.append(card(part.data));
        break;
      case "data-evidence": this.evidence.set(part.data.id, part.data); break;
      case "data-citation": this.cite(part.data.evidence); break;
      case "data-confirm": this.confirm(part.data); break;
      case "data-table": this.compare(part.data); break;
      case "data-pick": this.weigh(part.data); break;
      case "data-steps": this.reason(part.data); break;
      case "data-finding":
        this.votes(part.data.summary);
        this.holds(part.data.constraints ?? []);
        chips(this.next, part.data.follow_ups);
        break;
      case "error": throw new Error(part.errorText);
    }
  }

  // A line break begins a paragraph, a line with `- ` an item of a list.
  write(delta) {
    this.waiting.remove();
    for (const [place, line] of delta.split("\n").entries()) {
      if (place > 0) this.block = null;
      if (!line.trim()) continue;
      if (!this.block) this.begin(line.startsWith("- "));
      this.block.append(this.block.hasChildNodes() ? line : line.replace(/^(- )?\s*/, ""));
    }
  }

  begin(isItem) {
    if (!isItem) {
      this.block = element("p", this.isQuiet ? "quiet" : "");
      this.prose.append(this.block);
      return;
    }
    let list = this.prose.lastElementChild;
    if (list?.tagName !== "UL") {
      list = element("ul");
      this.prose.append(list);
    }
    this.block = element("li");
    list.append(this.block);
  }

  // How many reviewers praise and fault each aspect, as a table.
  votes(summary) {
    if (!summary?.aspects.length) return;
    const table = element("table", "votes");
    table.append(element("caption", "", summary.reviews === 1 ? "1 review" : `${summary.reviews} reviews`));
    const head = table.createTHead().insertRow();
    for (const name of ["", "praise", "fault", "both"]) head.append(element("th", "", name));
    const body = table.createTBody();
    for (const { name, praise, fault, mixed } of summary.aspects) {
      const row = body.insertRow();
      row.append(element("th", "", name), ...[praise, fault, mixed].map((count) => element("td", "", String(count))));
    }
    this.prose.append(table);
  }

  // A yes or a no names the text that was shown, so that it means no other.
  confirm({ id, digest }) {
    const row = element("p", "confirm");
    for (const [label, yes] of [["Yes", true], ["No", false]]) {
      const button = element("button", "", label);
      button.type = "button";
      button.addEventListener("click", () => { row.remove(); ask(label, { id, digest, yes }); });
      row.append(button);
    }
    this.next.before(row);
  }

  // What holds for the goods that are looked for; its cross takes it away.
  holds(constraints) {
    if (!constraints.length) return;
    const row = element("p", "holds");
    for (const { id, label, because } of constraints) {
      const button = element("button", "", because ? `${label} · ${because} ×` : `${label} ×`);
      button.type = "button";
      button.setAttribute("aria-label", `Look without “${label}”`);
      button.addEventListener("click", () => ask(`Without “${label}”`, undefined, [id]));
      row.append(button);
    }
    this.next.before(row);
  }

  cite(ids) {
    if (!this.block) return;
    for (const id of ids) {
      if (!this.numbers.has(id)) {
        this.numbers.set(id, this.numbers.size + 1);
        this.listSource(id);
      }
    }
    this.block.append(...ids.slice(0, SHOWN_SOURCES).map((id) => this.marker(id)));
    if (ids.length > SHOWN_SOURCES) this.block.append(element("small", "", ` and ${ids.length - SHOWN_SOURCES} more`));
  }

  marker(id) {
    const number = this.numbers.get(id);
    const button = element("button", "cite", String(number));
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", `Source ${number}`);
    button.addEventListener("click", () => this.toggle(button, id));
    return button;
  }

  toggle(button, id) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) {
      button.quote.remove();
      return;
    }
    button.quote = element("span", "quote", this.evidence.get(id)?.quote ?? "");
    button.quote.append(element("span", "origin", this.origin(id)));
    button.after(button.quote);
  }

  origin(id) {
    const row = this.evidence.get(id);
    if (!row) return "";
    const words = [ORIGIN[row.kind] ?? row.kind, this.titles.get(row.product), row.context];
    return [...new Set(words.filter(Boolean))].join(" · ");
  }

  listSource(id) {
    const item = element("li");
    item.append(element("q", "", this.evidence.get(id)?.quote ?? ""), element("span", "origin", this.origin(id)));
    this.sources.querySelector("ol").append(item);
    const count = this.numbers.size;
    this.sources.querySelector("summary").textContent = count === 1 ? "1 source" : `${count} sources`;
    this.sources.hidden = false;
  }

  // A quiet table: who is ahead in a row stands out, what is not stated stands back.
  compare(table) {
    const made = element("table");
    made.append(element("caption", "unseen", "The products side by side"));
    const head = element("tr");
    head.append(element("td"), ...table.columns.map((column) => {
      const cell = element("th", "", column.title);
      cell.scope = "col";
      return cell;
    }));
    made.append(element("thead"), element("tbody"));
    made.tHead.append(head);
    made.tBodies[0].append(...table.rows.map((row) => this.compareRow(row)));
    this.compared.replaceChildren(made);
    this.columns = table.columns;
  }

  compareRow(row) {
    const made = element("tr", row.needed ? "needed" : "");
    const label = element("th", "", row.label);
    label.scope = "row";
    made.append(label, ...row.cells.map((cell, place) => {
      const isBest = row.verdict?.best.includes(place);
      const shown = element("td", cell.text === null ? "silent" : isBest ? "best" : "");
      const text = element("span", "", cell.text ?? "not stated");
      if (isBest) text.title = row.verdict.text;
      shown.append(text);
      const known = this.evidence.get(cell.evidence[0]);
      if (known) shown.append(this.cellMarker(cell.evidence[0]));
      return shown;
    }));
    return made;
  }

  cellMarker(id) {
    if (!this.numbers.has(id)) {
      this.numbers.set(id, this.numbers.size + 1);
      this.listSource(id);
    }
    return this.marker(id);
  }

  // The reasoning step by step, folded away; what is only taken to be so is marked.
  reason(steps) {
    this.steps.querySelector("ol").replaceChildren(...steps.map(({ text, uncertain }) =>
      element("li", uncertain ? "uncertain" : "", text)));
    this.steps.hidden = false;
  }

  // Sliders for what counts; the decision follows as soon as one is let go.
  weigh(pick) {
    const title = element("p", "hint", "What counts for you? Move it, and the pick follows.");
    const largest = Math.max(...pick.weights.map((weight) => weight.weight), 0.01);
    const sliders = pick.weights.map((weight) => {
      const label = element("label");
      const slider = element("input");
      slider.type = "range";
      slider.min = "0";
      slider.max = "100";
      slider.value = String(Math.round((weight.weight / largest) * 70));
      slider.name = weight.key;
      label.append(element("span", "", weight.label), slider);
      return label;
    });
    this.weights.replaceChildren(title, ...sliders, ...pick.sensitivity.map((line) => element("p", "if", line.text)));
    this.weights.hidden = pick.weights.length < 2;
    this.weights.onchange = () => this.move();
    this.weights.onsubmit = (event) => event.preventDefault();
  }

  // The same question with the weights of the sliders; what was told before gives way.
  async move() {
    const weights = Object.fromEntries([...new FormData(this.weights)].map(([key, value]) => [key, Number(value)]));
    const positions = Object.entries(weights);
    this.moving?.abort();
    const moving = new AbortController();
    this.moving = moving;
    const chosen = { products: (this.columns ?? []).map((column) => column.source_id), weights };
    try {
      this.restart();
      const about = { text: this.question, product: state.product, locale: navigator.language };
      await hear(this, { ...about, ...chosen }, moving.signal);
      for (const [key, value] of positions) {
        const slider = this.weights.elements.namedItem(key);
        if (slider) slider.value = String(value);
      }
    } catch (error) {
      if (error.name !== "AbortError") this.fail(error.message, this.question);
    }
  }

  restart() {
    this.block = null;
    for (const place of [this.prose, this.compared, this.cards, this.next]) place.replaceChildren();
    this.steps.hidden = true;
    this.sources.querySelector("ol").replaceChildren();
    this.numbers.clear();
    this.evidence.clear();
  }

  fail(message, question) {
    const notice = element("p", "failed", `${message} `);
    notice.setAttribute("role", "alert");
    const again = element("button", "", "Try again");
    again.type = "button";
    again.addEventListener("click", () => { this.article.remove(); ask(question); });
    notice.append(again);
    this.body.append(notice);
  }

  end() {
    this.waiting.remove();
    this.body.setAttribute("aria-busy", "false");
  }
}

// ---- Asking

// Server-sent events, one JSON part each with its id, until the line [DONE].
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.split("\n").filter((line) => line.startsWith(name)).map((line) => line.slice(name.length)).join("\n");
      const data = field("data: ");
      if (data === "[DONE]") return;
      if (data) yield { id: field("id: "), part: JSON.parse(data) };
    }
  }
}

const request = async (body, signal, last) => {
  const headers = { "content-type": "application/json", accept: "text/event-stream" };
  if (last) headers["last-event-id"] = last;
  const response = await fetch("/api/ask", { method: "POST", signal, headers, body: JSON.stringify(body) });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.hint || problem.detail || "The shop cannot answer now.");
  }
  return response.body;
};

// Takes the parts of one reply. Where the stream breaks it goes on after the last part that came, at whichever server answers.
const hear = async (answer, body, signal) => {
  let last = "";
  for (let tries = 0; ; tries += 1) {
    try {
      const session = state.session;
      for await (const { id, part } of events(await request({ ...body, session }, signal, last))) {
        last = id || last;
        answer.take(part);
      }
      return;
    } catch (error) {
      if (!(error instanceof TypeError) || tries >= MAX_TRIES) throw error;
      await new Promise((resume) => setTimeout(resume, FIRST_PAUSE * 2 ** tries));
    }
  }
};

const setRunning = (running) => {
  state.running = running;
  $("send").textContent = running ? "Stop" : "Ask";
  $("state").textContent = running ? "Looking for an answer" : "The answer is complete";
};

async function ask(question, confirm, drop = []) {
  state.running?.abort();
  const running = new AbortController();
  setRunning(running);
  $("welcome").hidden = true;
  const answer = new Answer(question);
  const message = `web-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const body = { text: question, product: state.product, locale: navigator.language, message, confirm, drop };
  try {
    await hear(answer, body, running.signal);
  } catch (error) {
    const message = error instanceof TypeError ? "The shop cannot be reached." : error.message;
    if (error.name !== "AbortError") answer.fail(message, question);
  }
  answer.end();
  if (state.running === running) setRunning(null);
}

// ---- The box

const fit = () => {
  const box = $("question");
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
};

$("question").addEventListener("input", fit);
$("question").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("ask").requestSubmit();
});
$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = $("question").value.trim();
  if (!question && state.running) return state.running.abort();
  if (!question) return;
  $("question").value = "";
  fit();
  ask(question);
});
$("send").addEventListener("click", (event) => {
  if (!state.running || $("question").value.trim()) return;
  event.preventDefault();
  state.running.abort();
});
$("about-clear").addEventListener("click", () => setProduct(null));

const welcome = async () => {
  const shop = await fetch("/api/shop").then((response) => (response.ok ? response.json() : null)).catch(() => null);
  if (!shop) return;
  $("shop").textContent = shop.name;
  document.title = `Ask ${shop.name}`;
  if (!shop.products) $("lede").textContent = "The catalog is empty. Import a feed with “russet import” and ask again.";
  chips($("examples"), shop.examples);
  const parameters = new URLSearchParams(location.search);
  const product = parameters.get("product");
  const found = product && await fetch(`/api/products/${encodeURIComponent(product)}`).catch(() => null);
  if (found?.ok) setProduct(await found.json());
  if (parameters.get("q")) ask(parameters.get("q"));
};

remember($("memory"), () => state.session);
welcome();
$("question").focus();
