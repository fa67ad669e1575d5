// @ts-check
/**
 * The form in the page: what is typed, pasted, loaded and taken back, and what the judge says of it.
 *
 * The truth is the state, the texts of all fields by address; fields only show it. Texts of others become text nodes
 * and values, never markup.
 */
import {
  JsonObject,
  Numeral,
  classify,
  indexOf,
  judge,
  parse,
  printed,
  readCell,
  stringify,
  upperCells,
} from "./checker.js";

/**
 * @typedef {import("./checker.js").Form} Form
 * @typedef {import("./checker.js").Json} Json
 * @typedef {import("./checker.js").Place} Place
 * @typedef {import("./checker.js").Finding} Finding
 * @typedef {import("./checker.js").Fault} Fault
 *
 * @typedef {object} State
 * @property {ReadonlyMap<string, string>} texts What is written in each field.
 * @property {readonly string[]} merged The groups of rows that are filled in as one row.
 */

/** @type {Form} */
const form = data("form");
/** @type {{key: string, texts: Record<string, string>, says: string}} */
const preset = data("preset");
const index = indexOf(form);

/** @type {Map<string, HTMLInputElement | HTMLTextAreaElement>} */
const fields = new Map([...document.querySelectorAll("article input, article textarea")].map((field) => [field.id, /** @type {any} */ (field)]));
const rows = [...document.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("input")]).filter((row) => row.length);

/** @param {string} id @returns {any} */
function element(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(id);
  }
  return found;
}

/** @param {string} id */
function data(id) {
  return JSON.parse(element(id).textContent);
}

/** Make an element.
 * @param {string} name @param {Record<string, any>} properties @param {...(Node | string)} children */
function make(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @param {string} text @param {() => void} onclick */
const button = (text, onclick, className = "") => make("button", { type: "button", onclick, className }, text);

// -- the state, and what was before it --------------------------------------------------------------------

/** @type {State} */
const EMPTY = { texts: new Map([...fields.keys()].map((at) => [at, ""])), merged: [] };

/** @type {State} */
let state = EMPTY;
/** @type {State[]} */
let past = [];
/** @type {State[]} */
let future = [];
/** The field in which somebody is typing: what is typed there in one go is taken back in one. */
let typedIn = "";

/** @param {State} next @param {string} [at] the field in which it was typed */
function change(next, at = "") {
  if (!at || at !== typedIn) {
    past = [...past, state];
  }
  typedIn = at;
  future = [];
  show(next);
}

/** @param {Iterable<[string, string]>} texts @param {string} [at] */
function write(texts, at) {
  change({ ...state, texts: new Map([...state.texts, ...texts]) }, at);
}

/** Take back the last change, or with `isRedo` make it again, and go to where it was.
 * @param {boolean} isRedo */
function stepBack(isRedo) {
  const target = (isRedo ? future : past).at(-1);
  if (!target) {
    return;
  }
  [past, future] = isRedo ? [[...past, state], future.slice(0, -1)] : [past.slice(0, -1), [...future, state]];
  typedIn = "";
  const changed = [...fields.keys()].find((at) => target.texts.get(at) !== state.texts.get(at));
  show(target);
  if (changed) {
    goTo(changed);
  }
}

/** @param {State} next */
function show(next) {
  state = next;
  const upper = upperCells(form, state.merged);
  for (const [at, field] of fields) {
    const text = state.texts.get(at) ?? "";
    const shown = field instanceof HTMLInputElement ? text.replaceAll("\n", " ") : text;
    if (field.value !== shown) {
      field.value = shown;
    }
    field.readOnly = upper.has(at);
    field.placeholder = upper.has(at) ? "并入末行" : field.placeholder.replace("并入末行", "");
    showInPrint(field, text);
  }
  element("undo").disabled = !past.length;
  element("redo").disabled = !future.length;
  showJudgement();
  keep();
}

/** Put a text where it is printed: a field would cut it short. Where there is none, the hint of the form is printed.
 * @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} text */
function showInPrint(field, text) {
  if (field.parentElement?.className === "field") {
    field.parentElement.dataset.text = text;
  } else {
    field.nextElementSibling?.replaceChildren(...(text || field.placeholder).split("\n").map((line) => make("p", {}, line)));
  }
}

// -- the report in the fields -----------------------------------------------------------------------------

/** Return the report as JSON. A year that is none is left out if there is nothing, and else written as it stands.
 * @param {Map<string, string>} [instead] texts in place of those in the fields
 * @returns {JsonObject} */
function payload(instead = new Map()) {
  const upper = upperCells(form, state.merged);
  /** @type {JsonObject[]} */
  const marks = [];

  /** @param {Place} place @returns {Json | undefined} */
  function value(place) {
    if (state.merged.includes(place.at)) {
      marks.push(object({ at: place.at, kind: "merged", text: "" }));
    }
    if (place.children) {
      return box(place.children);
    }
    const text = instead.get(place.at) ?? state.texts.get(place.at) ?? "";
    if (place.isCell) {
      return cell(place, text);
    }
    switch (place.domain?.kind) {
      case "choice":
        return place.domain.options[0];
      case "integer": {
        const { state: kind, value: number } = classify(form, place, text);
        return number !== null ? new Numeral(number) : kind === "blank" ? undefined : text;
      }
      case "items":
        return place.name === "marks" ? marks : [];
      default:
        return text;
    }
  }

  /** @param {Place} place @param {string} text */
  function cell(place, text) {
    const { number, mark } = upper.has(place.at) ? { number: "0", mark: null } : readCell(form, place, text);
    if (mark) {
      marks.push(object({ at: mark.at, kind: mark.kind, text: mark.text }));
    }
    return place.domain?.kind === "money" ? number : new Numeral(number);
  }

  /** @param {Place[]} children */
  function box(children) {
    const made = new JsonObject();
    for (const child of children) {
      const inner = value(child);
      if (inner !== undefined) {
        made.set(child.name, inner);
      }
    }
    return made;
  }

  return box(form.root.children ?? []);
}

/** @param {Record<string, Json>} values */
function object(values) {
  return new JsonObject(Object.entries(values));
}

/** Judge what is in the fields. What is no year is told, and the rest is judged all the same. */
function judged() {
  const judgement = judge(form, payload(), { asFound: true });
  if (judgement.outcome !== "malformed") {
    return judgement;
  }
  return { ...judge(form, payload(new Map([["year", A_YEAR]])), { asFound: true }), faults: judgement.faults };
}

/** Judge a file. Without a year it is still to be filled in, and has nothing else against it.
 * @param {Uint8Array} bytes */
function judgedFile(bytes) {
  const judgement = judge(form, bytes, { asFound: true });
  if (judgement.faults.length !== 1 || judgement.faults[0].at !== "year") {
    return judgement;
  }
  const report = /** @type {JsonObject} */ (parse(new TextDecoder().decode(bytes)));
  const read = judge(form, report.set("year", new Numeral(A_YEAR)), { asFound: true });
  read.texts.delete("year");
  return read;
}

/** Any year, in place of one that is missing. */
const A_YEAR = String(form.years.first);

/** The body, the year and the sections of text; one without a number, as the preface, may be left out. */
const TO_WRITE = [...document.querySelectorAll("h1 input, h2:not(.unprinted) + textarea")].map(({ id }) => id);

// -- what the judge says ----------------------------------------------------------------------------------

function showJudgement() {
  const judgement = judged();
  const { findings } = judgement;
  const unwritten = TO_WRITE.filter((at) => !state.texts.get(at)?.trim());
  const faults = judgement.faults.filter(({ at }) => !unwritten.includes(at));
  const advice = findings.filter(({ severity }) => severity === "advice");
  const toMend = findings.filter(({ rule, severity }) => severity === "broken" || rule.startsWith("cell-"));
  const open = findings.filter(({ at, severity, rule }) => at && severity === "undecided" && !rule.startsWith("cell-"));
  const blanks = index.cells.filter(isBlank).map(({ at }) => at);
  const notes = markFields(toMend, faults);
  for (const section of document.querySelectorAll("section.section")) {
    const inside = (/** @type {{at: string}} */ { at }) => at.startsWith(`${section.getAttribute("data-at")}.`);
    section.querySelector("aside")?.replaceChildren(
      ...tell(section, toMend.filter(inside), open.filter(inside), blanks.filter((at) => inside({ at }))),
    );
  }
  showVerdict(toMend, faults, blanks, open, advice, unwritten);
  notesOf = notes;
  showPlace();
}

/** @param {Place} place */
function isBlank(place) {
  const upper = upperCells(form, state.merged);
  return !upper.has(place.at) && classify(form, place, state.texts.get(place.at) ?? "").state === "blank";
}

/** Mark every cell of what does not agree; return what is said of each.
 * @param {Finding[]} findings @param {Fault[]} faults @returns {Map<string, string>} */
function markFields(findings, faults) {
  /** @type {Map<string, {note: string, by: string}>} */
  const said = new Map(faults.map((fault) => [fault.at, { note: inWords(fault), by: "verdict" }]));
  for (const finding of [...findings].reverse()) {
    for (const at of [finding.at, ...finding.terms.map((term) => term.at)]) {
      said.set(at, { note: finding.message, by: idOf(finding) });
    }
  }
  const places = new Set(findings.map(({ at }) => at));
  for (const [at, field] of fields) {
    const found = said.get(at);
    field.classList.toggle("broken", Boolean(found));
    field.classList.toggle("at", places.has(at));
    field.ariaInvalid = found ? "true" : null;
    if (found) {
      field.setAttribute("aria-describedby", found.by);
    } else {
      field.removeAttribute("aria-describedby");
    }
  }
  return new Map([...said].map(([at, { note }]) => [at, note]));
}

/** @param {Finding} finding */
const idOf = ({ rule, at }) => `${rule}:${at}`;

/** Say in the margin of a table what is to be mended, what is open, and what is blank.
 * @param {Element} section @param {Finding[]} toMend @param {Finding[]} open @param {string[]} blanks */
function tell(section, toMend, open, blanks) {
  const said = [];
  for (const group of state.merged.filter((at) => at.startsWith(`${section.getAttribute("data-at")}.`))) {
    const apart = button("改为分行填写", () => change({ ...state, merged: state.merged.filter((at) => at !== group) }));
    said.push(make("p", {}, `${shortLabel(group)}：合填为一行，数字在末行。`, apart));
  }
  if (toMend.length) {
    said.push(make("ol", {}, ...toMend.map(item)));
  }
  if (blanks.length) {
    const first = button(`还有 ${blanks.length} 格未填`, () => goTo(blanks[0]), "jump");
    said.push(make("p", {}, first, "（没有发生的填 0）"));
  }
  if (open.length) {
    const summary = make("summary", {}, `${open.length} 条勾稽关系待定，取决于未填或读不出的格`);
    said.push(make("details", {}, summary, make("ol", {}, ...open.map(item))));
  }
  if (!said.length) {
    said.push(make("p", { className: "sound" }, "已填全，没有发现不符。"));
  }
  return said;
}

/** Return a finding as an item of a list: where, what, and the equation with its numbers, each leading to its cell.
 * @param {Finding} finding */
function item(finding) {
  const jump = button(shortLabel(finding.at), () => goTo(finding.at), "jump");
  const made = make("li", { id: idOf(finding), className: finding.severity }, jump, make("p", {}, finding.message));
  const equation = form.equations.find(({ rule, at }) => rule === finding.rule && at === finding.at);
  if (equation) {
    const side = (/** @type {string[]} */ terms, /** @type {bigint | null} */ total) => [
      ...terms.flatMap((at, place) => [place ? " + " : "", term(at, equation.names[at], finding)]),
      ...(terms.length > 1 ? [make("b", {}, ` = ${total}`)] : []),
    ];
    made.append(
      make("p", { className: "sides" }, ...side(equation.left, finding.left)),
      make("p", { className: "sides" }, ...side(equation.right, finding.right)),
    );
  }
  return made;
}

/** @param {string} at @param {string} name @param {Finding} finding */
function term(at, name, finding) {
  const value = finding.terms.find((each) => each.at === at)?.value ?? "（空）";
  return button(`${name} ${value}`, () => goTo(at), "term");
}

/** Return the label of a place without that of its table.
 * @param {string} at */
function shortLabel(at) {
  const label = index.places.get(at)?.label ?? "";
  return label.split(" > ").slice(1).join(" > ") || label;
}

/** Say what is wrong with a text above the tables, for one who sees the field and not our JSON.
 * @param {Fault} fault */
const inWords = ({ label, expected }) => `${label}应为 ${expected}`;

/** @param {Finding[]} toMend @param {Fault[]} faults @param {string[]} blanks @param {Finding[]} open
 * @param {Finding[]} advice @param {string[]} unwritten */
function showVerdict(toMend, faults, blanks, open, advice, unwritten) {
  const count = toMend.length;
  const said = [
    ...faults.map((fault) => button(inWords(fault), () => goTo(fault.at), "jump")),
    ...advice.map(({ at, message }) => button(message, () => goTo(at), "jump")),
    ...(count ? [button(`${count} 处须改`, () => goTo(toMend[0].at), "jump")] : []),
    ...(blanks.length ? [button(`${blanks.length} 格未填`, () => goTo(blanks[0]), "jump")] : []),
    ...(unwritten.length ? [button(`${unwritten.length} 处文字未填`, () => goTo(unwritten[0]), "jump")] : []),
    ...(!count && open.length ? [`${open.length} 条勾稽关系待定`] : []),
  ];
  const verdict = element("verdict");
  verdict.className = count || faults.length ? "broken" : open.length || blanks.length || unwritten.length || advice.length ? "open" : "sound";
  const words = said.flatMap((each, place) => (place ? ["　", each] : [each]));
  verdict.replaceChildren(...(words.length ? words : ["已填全，各条勾稽关系均相符"]));
}

// -- moving about -----------------------------------------------------------------------------------------

/** @type {Map<string, string>} */
let notesOf = new Map();

/** Go to a field, as the reader of a finding expects it: in sight, and ready to be written over.
 * @param {string} at */
function goTo(at) {
  const field = fields.get(at) ?? [...fields.values()].find(({ id }) => id.startsWith(`${at}.`));
  field?.focus();
  field?.scrollIntoView({ block: "center", inline: "center" });
  if (field instanceof HTMLInputElement) {
    field.select();
  }
}

/** Say which cell it is: on a small screen the labels of its row and column are out of sight. */
function showPlace() {
  const at = document.activeElement?.id ?? "";
  const place = fields.has(at) ? index.places.get(at) : undefined;
  const here = element("here");
  here.hidden = !place?.isCell;
  const note = notesOf.get(at);
  here.replaceChildren(...(place ? [shortLabel(at), ...(note ? [make("b", {}, note)] : [])] : []));
}

/** @param {HTMLInputElement} field @returns {[number, number]} */
function positionOf(field) {
  const row = rows.findIndex((each) => each.includes(field));
  return [row, row < 0 ? -1 : rows[row].indexOf(field)];
}

/** @param {HTMLInputElement} field */
const columnOf = (field) => Number(field.dataset.column);

/** Return the field to which a key leads, if it leads to one.
 * @param {KeyboardEvent} event @param {HTMLInputElement} field */
function target(event, field) {
  const [row, place] = positionOf(field);
  const isAll = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const isAtStart = isAll || field.selectionEnd === 0;
  const isAtEnd = isAll || field.selectionStart === field.value.length;
  switch (event.key) {
    case "ArrowUp":
      return below(row - 1);
    case "ArrowDown":
      return below(row + 1);
    case "Enter":
      return below(row + (event.shiftKey ? -1 : 1));
    case "ArrowLeft":
      return isAtStart ? rows[row][place - 1] : undefined;
    case "ArrowRight":
      return isAtEnd ? rows[row][place + 1] : undefined;
    default:
      return undefined;
  }

  /** @param {number} other */
  function below(other) {
    const fitting = rows[other]?.filter((each) => columnOf(each) <= columnOf(field));
    return fitting?.at(-1) ?? rows[other]?.[0];
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.isComposing) {
    return;
  }
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y")) {
    event.preventDefault();
    stepBack(key === "y" || event.shiftKey);
    return;
  }
  if (event.key === "Escape" && typedIn) {
    stepBack(false);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !isCellField(event.target)) {
    return;
  }
  const next = target(event, event.target);
  if (next) {
    event.preventDefault();
    goTo(next.id);
  }
}

/** @param {unknown} field @returns {field is HTMLInputElement} */
const isCellField = (field) => field instanceof HTMLInputElement && field.dataset.column !== undefined;

// -- pasting ----------------------------------------------------------------------------------------------

/** Return the cells of a block as spreadsheets and Word put it on the clipboard; a cell with a line end is quoted.
 * @param {string} text */
function parseBlock(text) {
  const lines = [[""]];
  for (const [whole, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/g)) {
    const line = lines[lines.length - 1];
    line[line.length - 1] = quoted?.replaceAll('""', '"') ?? plain;
    if (!whole || !end) {
      break;
    }
    if (end === "\t") {
      line.push("");
    } else {
      lines.push([""]);
    }
  }
  return lines.at(-1)?.join("") ? lines : lines.slice(0, -1);
}

/** Put a block into the cells from this one on, or into the rows whose labels were copied with it; say how much of it
 * found no cell.
 * @param {ClipboardEvent} event */
function onPaste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!isCellField(event.target) || !/[\t\r\n]/.test(text)) {
    return;
  }
  event.preventDefault();
  /** @type {[string, string][]} */
  const texts = [];
  let left = 0;
  for (const [cell, field] of placed(parseBlock(text), event.target)) {
    if (field && !field.readOnly) {
      texts.push([field.id, cell]);
    } else {
      left += Number(cell.trim() !== "");
    }
  }
  write(texts);
  say(left ? `已粘贴 ${texts.length} 格；另有 ${left} 格在此表中没有位置，没有粘贴。` : "");
}

/** Yield the cells of a block, each with its field. If the labels of rows were copied, they say where each line belongs;
 * else it begins below `start`. Heads of columns are passed over.
 * @param {string[][]} block @param {HTMLInputElement} start
 * @returns {Generator<[string, HTMLInputElement | undefined]>} */
function* placed(block, start) {
  const table = /** @type {HTMLTableElement} */ (start.closest("table"));
  const own = rows.filter(([field]) => table.contains(field));
  const byLabel = new Map(own.filter(labelOf).map((row) => [bare(labelOf(row)?.textContent), row]));
  const labelIn = (/** @type {string[]} */ line) => line.map((text) => byLabel.has(bare(text))).lastIndexOf(true);
  const heads = new Set(["", ...[...table.querySelectorAll("th")].map((cell) => bare(cell.textContent))]);
  const lines = block.filter((line) => labelIn(line) >= 0 || line.some((text) => !heads.has(bare(text))) || !line.some(bare));
  if (lines.some((line) => labelIn(line) >= 0)) {
    for (const line of lines) {
      const at = labelIn(line);
      yield* besideLabel(line.slice(at + 1), byLabel.get(bare(line[at])) ?? []);
    }
    return;
  }
  const first = own.findIndex((row) => row.includes(start));
  const place = own[first].indexOf(start);
  for (const [down, line] of lines.entries()) {
    for (const [across, cell] of line.entries()) {
      yield [cell, own[first + down]?.[place + across]];
    }
  }
}

/** Yield the cells that stand behind the label of a row. One that is as long as the row comes from a document; in a
 * spreadsheet, empty cells fill what a merged one covers.
 * @param {string[]} cells @param {HTMLInputElement[]} row
 * @returns {Generator<[string, HTMLInputElement | undefined]>} */
function* besideLabel(cells, row) {
  const before = row.length ? columnOf(row[0]) - (labelOf(row)?.colSpan ?? 0) + 1 : 0;
  for (const [across, cell] of cells.entries()) {
    const field = cells.length === row.length ? row[across] : row.find((each) => columnOf(each) === before + across);
    yield [cell, field];
  }
}

/** Return the innermost label of a row, if it has one.
 * @param {HTMLInputElement[]} row @returns {HTMLTableCellElement | undefined} */
const labelOf = ([field]) => [...(field.closest("tr")?.querySelectorAll("th") ?? [])].at(-1);

/** @param {string | null | undefined} text */
const bare = (text) => (text ?? "").replace(/[\s\p{P}]/gu, "");

// -- totals, on request -----------------------------------------------------------------------------------

/** Return the numbers of those blank totals whose parts are all filled in. */
function missingTotals() {
  /** @type {Map<string, string>} */
  const found = new Map();
  const number = (/** @type {string} */ at) => {
    const place = /** @type {Place} */ (index.places.get(at));
    return found.get(at) ?? classify(form, place, state.texts.get(at) ?? "").value;
  };
  let before = -1;
  while (before < found.size) {
    before = found.size;
    for (const { at, left, right } of form.equations) {
      const parts = left.map(number);
      if (right.length === 1 && right[0] === at && !found.has(at) && isBlank(/** @type {Place} */ (index.places.get(at)))) {
        if (parts.every((part) => part !== null)) {
          found.set(at, String(parts.reduce((total, part) => total + BigInt(part ?? "0"), 0n)));
        }
      }
    }
  }
  return found;
}

function fillTotals() {
  const found = missingTotals();
  if (found.size) {
    write(found);
  }
  say(found.size ? `已补 ${found.size} 格总计，请核对。` : "没有可补的总计：总计都已填，或其各项未填全。");
}

// -- keeping, saving, opening -----------------------------------------------------------------------------

const KEY = `gkformat ${form.edition} ${preset.key}`.trim();

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ texts: [...state.texts], merged: state.merged }));
    window.onbeforeunload = null;
  } catch {
    window.onbeforeunload = (event) => event.preventDefault(); // nothing is kept here: ask before it is lost
  }
}

/** @returns {State | null} */
function kept() {
  try {
    const { texts, merged } = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const known = texts.filter((/** @type {any} */ [at, text]) => fields.has(at) && typeof text === "string");
    return {
      texts: new Map([...EMPTY.texts, ...known]),
      merged: merged.filter((/** @type {string} */ at) => form.groups.includes(at)),
    };
  } catch {
    return null;
  }
}

function save() {
  const report = payload();
  const { outcome, faults, findings } = judge(form, report, { asFound: true });
  if (outcome === "malformed") {
    say(`尚不能保存为报告：${inWords(faults[0])}。`);
    goTo(faults[0].at);
    return;
  }
  const declared = findings.filter((finding) => finding.declared && finding.terms.length);
  report.set(
    "discrepancies",
    declared.map(({ rule, at, left, right }) =>
      object({ rule, at, left: new Numeral(String(left)), right: new Numeral(String(right)) }),
    ),
  );
  const name = `${state.texts.get("agency")}${state.texts.get("year")}年政府信息公开工作年度报告.json`;
  const url = URL.createObjectURL(new Blob([`${stringify(report)}\n`], { type: "application/json" }));
  make("a", { href: url, download: name.replace(/[\\/:*?"<>|\s]/g, "_") }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say(declared.length ? `已保存；${declared.length} 处不符照实记入文件。` : "已保存。");
}

/** @param {File} file */
async function open(file) {
  const judgement = judgedFile(new Uint8Array(await file.arrayBuffer()));
  if (judgement.outcome === "malformed") {
    const other = judgement.faults.find(({ pointer }) => pointer === "/edition"); // its other faults say nothing new
    const faults = other ? [other] : judgement.faults;
    const list = faults.slice(0, 20).map(({ label, pointer, message }) => make("li", {}, `${label || pointer} ${message}`));
    if (faults.length > list.length) {
      list.push(make("li", {}, `另有 ${faults.length - list.length} 处`));
    }
    const isJson = faults[0].rule !== "not-json";
    const why = other ? "不是此版格式的报告" : isJson ? `${faults.length} 处不合格式` : "不是此页保存的 JSON 文件";
    say(`没有打开“${file.name}”：${why}。`, make("ol", {}, ...list));
    return;
  }
  const marks = new Map(judgement.marks.map((mark) => [mark.at, mark]));
  const merged = [...marks.values()].filter(({ kind }) => kind === "merged").map(({ at }) => at);
  const upper = upperCells(form, merged);
  const cells = [...judgement.numbers].map(([at, number]) => [at, upper.has(at) ? "" : printed(form, number, marks.get(at))]);
  const texts = [...judgement.texts].filter(([at]) => fields.has(at));
  change({ texts: new Map([...EMPTY.texts, .../** @type {[string, string][]} */ (cells), ...texts]), merged });
  say(`已打开“${file.name}”。`);
}

/** @param {string} text @param {...Node} more */
function say(text, ...more) {
  const notice = element("notice");
  notice.hidden = !text;
  notice.replaceChildren(text, ...more, button("×", () => say("")));
  notice.lastChild.ariaLabel = "关闭";
}

// -- the start --------------------------------------------------------------------------------------------

/** @param {string} id @param {() => void} action */
const onClick = (id, action) => element(id).addEventListener("click", action);

onClick("save", save);
onClick("print", () => window.print());
onClick("undo", () => stepBack(false));
onClick("redo", () => stepBack(true));
onClick("totals", fillTotals);
onClick("clear", () => {
  change(EMPTY);
  say("已清空；可以撤销。");
});
element("open").addEventListener("change", async (/** @type {any} */ event) => {
  const [file] = event.target.files;
  if (file) {
    await open(file);
  }
  event.target.value = ""; // so that the same file can be opened again
});
document.addEventListener("input", ({ target: field }) => {
  if (field instanceof HTMLElement && fields.has(field.id)) {
    const { value } = /** @type {HTMLInputElement} */ (field);
    write([[field.id, value]], field.id);
    typedIn = field instanceof HTMLTextAreaElement && /[\s，。；、]$/.test(value) ? "" : typedIn;
  }
});
document.addEventListener("keydown", onKey);
document.addEventListener("paste", onPaste);
document.addEventListener("focusin", ({ target: field }) => {
  typedIn = "";
  showPlace();
  if (isCellField(field)) {
    field.select();
  }
});
document.addEventListener("focusout", () => requestAnimationFrame(showPlace));
window.addEventListener("storage", ({ key }) => {
  if (key === KEY) {
    say("此表也在另一个窗口中填写：两处只会留下最后改动的一处，请关闭其中之一。");
  }
});

const before = kept();
if (before && [...before.texts.values()].some(Boolean)) {
  show(before);
  say("已恢复上次在此浏览器中填写的内容。");
} else {
  show({ texts: new Map([...EMPTY.texts, ...Object.entries(preset.texts)]), merged: [] });
  say(preset.says);
}
