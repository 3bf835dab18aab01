// What the shop remembers of whoever sits here: shown, put right and erased by them.
// Everything that the server sends is text here, never markup.

// How long an erasure can be taken back before it is done, in milliseconds.
const UNDO = 6000;

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const button = (text, label, act) => {
  const made = element("button", "", text);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
};

const day = (time) => new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(new Date(time));

// Where it comes from, how far it reaches and how long it holds.
const origin = ({ said_at, words, scope, expires_at, status, confidence }) => [
  `You told me on ${day(said_at)}${words ? `: “${words}”` : ""}`,
  scope === "session" ? "in this conversation only" : null,
  expires_at ? `until ${day(expires_at)}` : null,
  status === "superseded" ? "a later one holds" : status === "expired" ? "its time has run out" : null,
  confidence < 1 ? "said in passing" : null,
].filter(Boolean).join(" · ");

// The panel asks for the session each time: it begins with the first question.
export const remember = (panel, session) => {
  const body = element("div", "memory-body");
  panel.append(body);

  const call = async (method, path = "", content) => {
    const headers = { accept: "application/json" };
    if (session()) headers["russet-session"] = session();
    if (content !== undefined) headers["content-type"] = "application/json";
    const options = { method, headers, body: content === undefined ? undefined : JSON.stringify({ content }) };
    const response = await fetch(`/api/memory${path}`, options);
    // Who has not said anything yet has no session, and nothing is remembered.
    if (response.status === 404 && method === "GET") return { facts: [], signed_in: false };
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail || "That did not work.");
    return response.json();
  };

  const act = async (...what) => {
    try {
      show(await call(...what));
    } catch (error) {
      body.replaceChildren(element("p", "", error.message), button("Try again", "", () => act("GET")));
    }
  };

  // Nothing is erased while it can still be taken back.
  const erase = (item, path, text) => {
    const kept = [...item.childNodes];
    const timer = setTimeout(() => act("DELETE", path), UNDO);
    const undo = button("Undo", "", () => { clearTimeout(timer); item.replaceChildren(...kept); });
    item.replaceChildren(element("span", "", text), undo);
    undo.focus();
  };

  const edit = (item, fact) => {
    const kept = [...item.childNodes];
    const form = element("form");
    const input = element("input");
    input.value = fact.content;
    input.maxLength = 300;
    input.required = true;
    input.setAttribute("aria-label", `What should it say in place of “${fact.content}”?`);
    const save = element("button", "", "Save");
    form.append(input, save, button("Cancel", "", () => item.replaceChildren(...kept)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act("PUT", `/${encodeURIComponent(fact.id)}`, input.value);
    });
    item.replaceChildren(form);
    input.focus();
  };

  const row = (fact) => {
    const item = element("li", fact.status === "current" ? "" : "past");
    item.append(element("span", "fact", fact.text), element("small", "", origin(fact)));
    if (fact.status === "current") item.append(button("Change", `Change: ${fact.text}`, () => edit(item, fact)));
    const path = `/${encodeURIComponent(fact.id)}`;
    item.append(button("Forget", `Forget: ${fact.text}`, () => erase(item, path, "Forgotten.")));
    return item;
  };

  const show = ({ facts, signed_in }) => {
    if (!facts.length) {
      const empty = "Nothing yet. Say “remember that I wear size M”, for example, and it stands here.";
      body.replaceChildren(element("p", "", empty));
      return;
    }
    const list = element("ul");
    list.append(...facts.map(row));
    const all = element("p");
    all.append(button("Forget everything", "", () => erase(all, "", "All of it is forgotten.")));
    const end = signed_in ? [] : [element("p", "", "You are not signed in: this ends with the conversation.")];
    body.replaceChildren(list, ...end, all);
  };

  panel.addEventListener("toggle", () => { if (panel.open) act("GET"); });
};
