// @ts-check
/**
 * The judge of a report: JSON in, faults and findings out, as the library gives them. It touches no page and knows no
 * form: what a form is comes as data. Numbers stay as they are written, or are BigInt: none is ever a float.
 */

/**
 * @typedef {{kind: "integer", minimum: string, maximum: string}} IntegerDomain
 * @typedef {{kind: "money", pattern: string}} MoneyDomain
 * @typedef {{kind: "choice", options: string[], rule: string}} ChoiceDomain
 * @typedef {{kind: "items", maximum: number, fields: Field[]}} ItemsDomain
 * @typedef {IntegerDomain | MoneyDomain | ChoiceDomain | {kind: "text"}} ValueDomain
 * @typedef {{name: string, required: boolean, expected: string, domain: ValueDomain}} Field
 *
 * @typedef {object} Place A place of the form: a box, which has children, or a value, which has a domain.
 * @property {string} at
 * @property {string} name
 * @property {string} label
 * @property {string} expected
 * @property {boolean} required
 * @property {boolean} isCell
 * @property {string} unit
 * @property {Place[]} [children]
 * @property {ValueDomain | ItemsDomain} [domain]
 *
 * @typedef {{rule: string, at: string, label: string, left: string[], right: string[], names: Record<string, string>}}
 *   Equation
 *
 * @typedef {object} Form
 * @property {string} edition
 * @property {{first: number, last: number | null, words: string}} years The years for which the edition is in force.
 * @property {Place} root
 * @property {string[]} groups The groups of rows that a paper may have filled as one.
 * @property {Equation[]} equations
 * @property {Record<string, string>} messages The message of each rule.
 * @property {{undecided: string, fillIn: string, cannotHold: string, andOthers: string, few: number,
 *   withoutText: Record<string, string>, notUtf8: string}} words
 * @property {{wide: Record<string, string>, patterns: Record<string, {source: string, flags: string}>,
 *   mostDigits: number, notKept: Record<string, string>}} cellText
 *
 * @typedef {null | boolean | string | Numeral | JsonObject | Json[]} Json
 *
 * @typedef {{at: string, kind: string, text: string}} Mark
 * @typedef {{rule: string, at: string, left: bigint, right: bigint}} Discrepancy
 * @typedef {{rule: string, at: string, label: string, pointer: string, expected: string,
 *   message: string}} Fault
 * @typedef {{at: string, value: bigint | null}} Term
 * @typedef {"broken" | "undecided" | "advice"} Severity
 * @typedef {{rule: string, at: string, label: string, severity: Severity, message: string, left: bigint | null,
 *   right: bigint | null, terms: Term[], declared: boolean}} Finding
 *
 * @typedef {object} Judgement
 * @property {"accepted" | "inconsistent" | "malformed"} outcome
 * @property {"consistent" | "undecided" | "inconsistent"} verdict
 * @property {Fault[]} faults
 * @property {Finding[]} findings
 * @property {Map<string, string>} texts The texts outside the tables, of a report that is not malformed.
 * @property {Map<string, string>} numbers The numbers of its cells as they are written.
 * @property {Mark[]} marks
 */

// -- JSON -------------------------------------------------------------------------------------------------

/** A number as it is written. */
export class Numeral {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** An object, whose keys are data and nothing else; `repeated` are those that occur more than once.
 * @extends {Map<string, Json>} */
export class JsonObject extends Map {
  /** @type {Set<string>} */
  repeated = new Set();
}

const DEEPEST = 100;

/** Parse a text, which loses nothing. Throws `SyntaxError` for what is no JSON, `RangeError` if it is nested too deeply.
 * @param {string} data
 * @returns {Json} */
export function parse(data) {
  const text = data.startsWith("\ufeff") ? data.slice(1) : data;
  JSON.parse(text); // which knows the grammar; below, only what it accepts is read again
  let next = 0;
  return value(0);

  /** Return the next letter that is not between values. */
  function peek() {
    while (" \t\r\n,:".includes(text.charAt(next))) {
      next += 1;
    }
    return text.charAt(next);
  }

  /** @param {number} depth @returns {Json} */
  function value(depth) {
    switch (peek()) {
      case "{":
        return object(depth + 1);
      case "[":
        return array(depth + 1);
      case '"':
        return string();
      case "t":
        next += 4;
        return true;
      case "f":
        next += 5;
        return false;
      case "n":
        next += 4;
        return null;
      default:
        return number();
    }
  }

  /** @param {number} depth */
  function enter(depth) {
    if (depth > DEEPEST) {
      throw new RangeError("too deep");
    }
    next += 1;
  }

  /** @param {number} depth */
  function object(depth) {
    enter(depth);
    const made = new JsonObject();
    while (peek() !== "}") {
      const key = string();
      if (made.has(key)) {
        made.repeated.add(key);
      }
      made.set(key, value(depth));
    }
    next += 1;
    return made;
  }

  /** @param {number} depth */
  function array(depth) {
    enter(depth);
    const made = [];
    while (peek() !== "]") {
      made.push(value(depth));
    }
    next += 1;
    return made;
  }

  /** @returns {string} */
  function string() {
    const start = next;
    next += 1;
    while (text.charAt(next) !== '"') {
      next += text.charAt(next) === "\\" ? 2 : 1;
    }
    next += 1;
    return JSON.parse(text.slice(start, next));
  }

  function number() {
    const start = next;
    while (/[-+.0-9eE]/.test(text.charAt(next))) {
      next += 1;
    }
    return new Numeral(text.slice(start, next));
  }
}

/** Write a value as JSON, one value a line.
 * @param {Json} value
 * @returns {string} */
export function stringify(value, indent = "\n") {
  if (value instanceof Numeral) {
    return value.text;
  }
  const inner = `${indent}  `;
  if (value instanceof JsonObject) {
    const items = [...value].map(([key, item]) => `${inner}${JSON.stringify(key)}: ${stringify(item, inner)}`);
    return items.length ? `{${items}${indent}}` : "{}";
  }
  if (Array.isArray(value)) {
    return value.length ? `[${value.map((item) => inner + stringify(item, inner))}${indent}]` : "[]";
  }
  return JSON.stringify(value);
}

/** @param {Json} value @param {string[]} [steps] @returns {Generator<string[]>} */
function* repeatedKeys(value, steps = []) {
  if (value instanceof JsonObject) {
    yield* [...value.repeated].map((key) => [...steps, key]);
  }
  if (value instanceof JsonObject || Array.isArray(value)) {
    for (const [key, item] of value.entries()) {
      yield* repeatedKeys(item, [...steps, String(key)]);
    }
  }
}

/** Return a short piece of JSON for any value.
 * @param {Json} value */
function excerpt(value) {
  if (value instanceof JsonObject) {
    return value.size ? "{…}" : "{}";
  }
  if (Array.isArray(value)) {
    return value.length ? "[…]" : "[]";
  }
  const text = value instanceof Numeral ? value.text : typeof value === "string" ? value : String(value);
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return typeof value === "string" ? JSON.stringify(short) : short;
}

// -- the form ---------------------------------------------------------------------------------------------

/** @typedef {{places: Map<string, Place>, positions: Map<string, number>, cells: Place[]}} Index */

/** @type {WeakMap<Form, Index>} */
const indexes = new WeakMap();

/** Return the places of a form by their addresses, their positions in printed order, and its cells.
 * @param {Form} form
 * @returns {Index} */
export function indexOf(form) {
  const known = indexes.get(form);
  if (known) {
    return known;
  }
  const all = [...walk(form.root)];
  const made = {
    places: new Map(all.map((place) => [place.at, place])),
    positions: new Map(all.map((place, position) => [place.at, position])),
    cells: all.filter((place) => place.isCell),
  };
  indexes.set(form, made);
  return made;
}

/** @param {Place} place @returns {Generator<Place>} */
function* walk(place) {
  yield place;
  for (const child of place.children ?? []) {
    yield* walk(child);
  }
}

/** Return the innermost place of a form along a path.
 * @param {Form} form @param {string[]} steps */
function nearest(form, steps) {
  let place = form.root;
  for (const step of steps) {
    const inner = place.children?.find((child) => child.name === step);
    if (!inner) {
      break;
    }
    place = inner;
  }
  return place;
}

/** @param {Place} place */
const cellsOf = (place) => [...walk(place)].filter((each) => each.isCell).map((each) => each.at);

/** @param {Form} form @param {string} at */
function placeAt(form, at) {
  const place = indexOf(form).places.get(at);
  if (!place) {
    throw new Error(`no such place: ${at}`);
  }
  return place;
}

/** Fill a message: `{left}`, or `{difference:+}` for a number with its sign.
 * @param {string} message @param {Record<string, string | bigint | number>} values */
export function fill(message, values) {
  return message.replace(/\{(\w+)(:\+)?\}/g, (_, name, signed) => {
    const text = String(values[name]);
    return signed && !text.startsWith("-") ? `+${text}` : text;
  });
}

// -- values -----------------------------------------------------------------------------------------------

/** The digits of an integer at most: the library reads no longer ones, and no cell could hold them. */
const MOST_DIGITS = 4300;

/** Return the structural rule that a value breaks, if it breaks any.
 * @param {ValueDomain} domain
 * @param {Json} value
 * @returns {string | undefined} */
function violation(domain, value) {
  if (domain.kind === "money") {
    const text = amountText(value);
    return text === null ? "wrong-type" : matches(domain.pattern, text) ? undefined : "out-of-range";
  }
  if (domain.kind === "integer") {
    if (!(value instanceof Numeral) || !/^-?[0-9]+$/.test(value.text) || value.text.length > MOST_DIGITS) {
      return "wrong-type";
    }
    const number = BigInt(value.text);
    return BigInt(domain.minimum) <= number && number <= BigInt(domain.maximum) ? undefined : "out-of-range";
  }
  if (typeof value !== "string") {
    return "wrong-type";
  }
  if (domain.kind === "choice") {
    return domain.options.includes(value) ? undefined : domain.rule;
  }
  return /\p{Surrogate}/u.test(value) ? "out-of-range" : undefined;
}

/** @param {string} pattern @param {string} text */
const matches = (pattern, text) => new RegExp(`^(?:${pattern})$`).test(text);

/** Return a string, or a number without its exponent.
 * @param {Json} value
 * @returns {string | null} */
function amountText(value) {
  if (typeof value === "string") {
    return value;
  }
  if (!(value instanceof Numeral)) {
    return null;
  }
  const [, sign, whole, fraction = "", exponent = "0"] =
    value.text.match(/^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$/) ?? [];
  const shift = Number(exponent);
  if (Math.abs(shift) > 100) {
    return value.text;
  }
  const digits = whole + fraction + "0".repeat(Math.max(0, shift - fraction.length));
  const point = whole.length + shift;
  const padded = "0".repeat(Math.max(0, 1 - point)) + digits;
  const left = padded.slice(0, Math.max(1, point)).replace(/^0+(?=[0-9])/, "");
  const right = padded.slice(Math.max(1, point));
  return (/[1-9]/.test(digits) ? sign : "") + left + (right && `.${right}`);
}

// -- the text of a cell -----------------------------------------------------------------------------------

/** @typedef {{state: "number" | "blank" | "annotated" | "out-of-range" | "unreadable", value: string | null}} CellText */

/** Return what a text is in a cell, and its number as it is to be written.
 * @param {Form} form
 * @param {Place} place
 * @param {string} text
 * @returns {CellText} */
export function classify(form, place, text) {
  const { wide, mostDigits } = form.cellText;
  const domain = /** @type {IntegerDomain | MoneyDomain} */ (place.domain);
  const isMoney = domain.kind === "money";
  const isSigned = domain.kind === "integer" && domain.minimum.startsWith("-");
  const plain = stripped(text.replace(/[^\x00-\x7f]/g, (letter) => wide[letter] ?? letter));
  if (found("blank", plain.replaceAll("\n", ""))) {
    return { state: "blank", value: null };
  }
  let value = number(plain);
  if (value !== null) {
    return accepted("number", value);
  }
  value = (isSigned ? worded() : null) ?? annotated();
  if (value !== null) {
    return accepted("annotated", value);
  }
  return { state: isOtherNumber() ? "out-of-range" : "unreadable", value: null };

  /** @param {string} name @param {string} whole */
  function found(name, whole) {
    return compiled(form.cellText.patterns[name]).exec(whole);
  }

  /** @param {"number" | "annotated"} state @param {string} written @returns {CellText} */
  function accepted(state, written) {
    const fits = !violation(domain, isMoney ? written : new Numeral(written));
    return fits ? { state, value: written } : { state: "out-of-range", value: null };
  }

  /** @param {string} whole */
  function number(whole) {
    const digits = whole.replaceAll(",", "");
    if (digits.length > mostDigits || !found(isMoney ? "decimal" : isSigned ? "signed" : "count", whole)) {
      return null;
    }
    return isMoney ? digits : String(BigInt(digits.replace("+", "")));
  }

  function worded() {
    const groups = found("worded", plain)?.groups;
    const written = groups ? number(groups.number) : null;
    return written !== null && written !== "0" && groups?.sign.startsWith("减") ? `-${written}` : written;
  }

  function annotated() {
    const groups = found("beside", plain)?.groups;
    if (!groups || !(unitFits(groups.unit ?? "") || (isMoney && !/[^0.]/.test(groups.number)))) {
      return null;
    }
    let written = isSigned ? groups.number : groups.number.replace(/^\+/, "");
    written = isMoney ? written : written.replace(/\.0+$/, "");
    return number(found("negativeZero", written) ? written.slice(1) : written);
  }

  function isOtherNumber() {
    const groups = found("beside", plain)?.groups;
    return Boolean(groups && unitFits(groups.unit ?? "") && found("anyNumber", groups.number));
  }

  /** @param {string} unit */
  function unitFits(unit) {
    const isOfMoney = unit.includes("元") || unit === "万";
    if (!isMoney) {
      return !isOfMoney;
    }
    return !unit || (place.unit ? [place.unit, place.unit.replace(/元$/, "")].includes(unit) : isOfMoney);
  }
}

/** Return a text without the blanks around it.
 * @param {string} text */
function stripped(text) {
  const isBlank = (/** @type {number} */ place) => /[\s\x1c-\x1f\x85]/.test(text.charAt(place));
  let [start, end] = [0, text.length];
  while (isBlank(start)) {
    start += 1;
  }
  while (end > start && isBlank(end - 1)) {
    end -= 1;
  }
  return text.slice(start, end);
}

/** @type {Map<string, RegExp>} */
const patterns = new Map();

/** @param {{source: string, flags: string}} pattern @returns {RegExp} */
function compiled({ source, flags }) {
  const pattern = patterns.get(source) ?? new RegExp(source, flags);
  patterns.set(source, pattern);
  return pattern;
}

/** Return what a paper shows in a cell with this number and mark.
 * @param {Form} form @param {string} number @param {Mark} [mark] */
export function printed(form, number, mark) {
  if (!mark || mark.kind === "merged") {
    return number;
  }
  return mark.text || (mark.kind === "blank" ? "" : form.cellText.notKept[mark.kind].replace("{}", number));
}

/** Return the number of a cell that shows a text, and the mark that it needs, if any.
 * @param {Form} form @param {Place} place @param {string} text
 * @returns {{number: string, mark: Mark | null}} */
export function readCell(form, place, text) {
  const { state, value } = classify(form, place, text);
  const number = value ?? "0";
  const notKept = Object.entries(form.cellText.notKept);
  const [kind] = notKept.find(([, words]) => text.replaceAll("\n", "") === words.replace("{}", number)) ?? [];
  if (kind) {
    return { number, mark: { at: place.at, kind, text: "" } };
  }
  return { number, mark: state === "number" ? null : { at: place.at, kind: state, text: stripped(text) } };
}

// -- structure --------------------------------------------------------------------------------------------

/** What one walk through a payload finds. */
class Collector {
  /** @param {Form} form @param {boolean} asFound */
  constructor(form, asFound) {
    this.form = form;
    this.asFound = asFound;
    /** @type {Fault[]} */ this.faults = [];
    /** @type {Set<string>} */ this.told = new Set();
    /** @type {Map<string, string>} */ this.numbers = new Map();
    /** @type {Map<string, string>} */ this.texts = new Map();
    /** @type {Place[]} */ this.nulls = [];
    /** @type {Mark[]} */ this.marks = [];
    /** @type {Discrepancy[]} */ this.discrepancies = [];
    /** Those of arrays without a fault in them; the others are only read for what else they say. */
    this.sound = { marks: /** @type {Mark[]} */ ([]), discrepancies: /** @type {Discrepancy[]} */ ([]) };
  }

  /** @param {string} rule @param {string[]} steps @param {string} [found] @param {string} [expected] */
  add(rule, steps, found = "", expected = "") {
    const { at, label } = nearest(this.form, steps);
    const pointer = steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    if (this.told.has(`${rule} ${pointer}`)) {
      return;
    }
    this.told.add(`${rule} ${pointer}`);
    const key = excerpt(steps.at(-1) ?? "");
    const message = fill(this.form.messages[rule], { found, key, expected: expected || found });
    this.faults.push({ rule, at, label, pointer, expected, message });
  }

  /** @param {Place} place @param {string} rule @param {Json} [value] */
  addAt(place, rule, value) {
    this.add(rule, place.at ? place.at.split(".") : [], value === undefined ? "" : excerpt(value), place.expected);
  }
}

/** @param {Place} place @param {Json} value @param {Collector} out */
function read(place, value, out) {
  if (place.children) {
    readBox(place, place.children, value, out);
  } else if (place.domain?.kind === "items") {
    readItems(place, place.domain, value, out);
  } else if (place.domain) {
    readValue(place, place.domain, value, out);
  }
}

/** @param {Place} place @param {Place[]} children @param {Json} value @param {Collector} out */
function readBox(place, children, value, out) {
  if (!(value instanceof JsonObject)) {
    out.addAt(place, "wrong-type", value);
    return;
  }
  for (const child of children) {
    if (value.has(child.name)) {
      read(child, value.get(child.name) ?? null, out);
    } else if (child.required) {
      out.addAt(child, "missing");
    }
  }
  const steps = place.at ? place.at.split(".") : [];
  for (const key of unknownKeys(value, children)) {
    out.add("unknown-key", [...steps, key], excerpt(key));
  }
}

/** The unknown keys of an object that are listed, as the library does. */
const MOST_KEYS = 1000;

/** @param {JsonObject} value @param {{name: string}[]} known */
function unknownKeys(value, known) {
  return [...value.keys()].filter((key) => !known.some(({ name }) => name === key)).sort().slice(0, MOST_KEYS);
}

/** @param {Place} place @param {ValueDomain} domain @param {Json} value @param {Collector} out */
function readValue(place, domain, value, out) {
  if (value === null && out.asFound && place.isCell) {
    out.nulls.push(place);
    out.numbers.set(place.at, "0");
    return;
  }
  const rule = violation(domain, value);
  if (rule) {
    out.addAt(place, rule, value);
  } else if (place.isCell) {
    const text = domain.kind === "money" ? amountText(value) : String(BigInt(/** @type {Numeral} */ (value).text));
    out.numbers.set(place.at, text ?? "");
  } else {
    out.texts.set(place.at, value instanceof Numeral ? value.text : String(value));
  }
}

/** @param {Place} place @param {ItemsDomain} domain @param {Json} value @param {Collector} out */
function readItems(place, domain, value, out) {
  const isMarks = place.name === "marks";
  if (out.asFound && !isMarks) {
    return; // they are written anew
  }
  if (!Array.isArray(value)) {
    out.addAt(place, "wrong-type", value);
    return;
  }
  if (value.length > domain.maximum) {
    out.addAt(place, "out-of-range", value);
    return;
  }
  const before = out.faults.length;
  const items = value.map((item, index) => readItem(domain.fields, item, [place.name, String(index)], out));
  const read = items.filter((item) => item !== null);
  if (isMarks) {
    out.marks = read.map((item) => ({ at: item.at, kind: item.kind, text: item.text ?? "" }));
  } else {
    out.discrepancies = read.map(({ rule, at, left, right }) => ({ rule, at, left: BigInt(left), right: BigInt(right) }));
  }
  if (out.faults.length === before) {
    out.sound[isMarks ? "marks" : "discrepancies"] = /** @type {any} */ (isMarks ? out.marks : out.discrepancies);
  }
}

/** Return the fields of a mark or a discrepancy, or record why it is none. Whether they fit is for the report to say.
 * @param {Field[]} fields @param {Json} value @param {string[]} steps @param {Collector} out
 * @returns {Record<string, string> | null} */
function readItem(fields, value, steps, out) {
  if (!(value instanceof JsonObject)) {
    out.add("wrong-type", steps, excerpt(value));
    return null;
  }
  const before = out.faults.length;
  /** @type {Record<string, string>} */
  const made = {};
  for (const { name, required, expected, domain } of fields) {
    const item = value.get(name);
    if (item === undefined) {
      if (required) {
        out.add("missing", [...steps, name], "", expected);
      }
      continue;
    }
    const rule = violation(domain, item);
    if (rule === "wrong-type" || (rule && domain.kind === "choice")) {
      out.add(rule, [...steps, name], excerpt(item), expected);
    }
    made[name] = item instanceof Numeral ? item.text : String(item);
  }
  for (const key of unknownKeys(value, fields)) {
    out.add("unknown-key", [...steps, key], excerpt(key));
  }
  return out.faults.length === before ? made : null;
}

// -- marks and discrepancies ------------------------------------------------------------------------------

/** @param {Mark[]} marks @param {Discrepancy[]} discrepancies @param {Collector} out */
function checkItems(marks, discrepancies, out) {
  const { form } = out;
  const { places } = indexOf(form);
  /** @type {Map<string, Mark>} */
  const seen = new Map();
  marks.forEach((mark, index) => {
    const place = places.get(mark.at);
    const fits = mark.kind === "merged" ? form.groups.includes(mark.at) : place?.isCell;
    const before = seen.get(mark.at);
    if (!place || !fits) {
      out.add("out-of-range", ["marks", String(index), "at"], excerpt(mark.at));
    } else if (violation({ kind: "text" }, mark.text)) {
      out.add("out-of-range", ["marks", String(index), "text"], excerpt(mark.text));
    } else if (before && (before.kind !== mark.kind || before.text !== mark.text)) {
      out.add("out-of-range", ["marks", String(index), "at"], excerpt(mark.at));
    } else {
      seen.set(mark.at, mark);
      if (!agrees(mark, place, out)) {
        out.add("out-of-range", ["marks", String(index), "text"], excerpt(mark.text));
      }
      for (const at of impliedZeros(form, mark)) {
        const number = out.numbers.get(at) ?? "0";
        if (/[1-9]/.test(number)) {
          out.add("out-of-range", at.split("."), number, "0");
        }
      }
    }
  });
  const side = /** @type {IntegerDomain} */ (sideDomain(form));
  discrepancies.forEach(({ rule, at, left, right }, index) => {
    if (!form.equations.some((equation) => equation.rule === rule && equation.at === at)) {
      out.add("out-of-range", ["discrepancies", String(index), "at"], excerpt(`${rule} ${at}`));
    }
    for (const [key, number] of Object.entries({ left, right })) {
      const broken = violation(side, new Numeral(String(number)));
      if (broken) {
        out.add(broken, ["discrepancies", String(index), key], String(number));
      }
    }
  });
}

/** @param {Form} form */
function sideDomain(form) {
  const { domain } = placeAt(form, "discrepancies");
  return domain?.kind === "items" ? domain.fields.find((field) => field.name === "left")?.domain : undefined;
}

/** Tell whether a mark whose text was kept says the same as its text and the number of its cell.
 * @param {Mark} mark @param {Place} place @param {Collector} out */
function agrees(mark, place, out) {
  if (mark.kind === "merged" || !mark.text) {
    return true;
  }
  const { state, value } = classify(out.form, place, mark.text);
  if (mark.kind !== "annotated") {
    return state === mark.kind;
  }
  const number = out.numbers.get(mark.at);
  return value !== null && (number === undefined || sameNumber(value, number));
}

/** Tell whether two decimals are the same number.
 * @param {string} one @param {string} other */
function sameNumber(one, other) {
  const plain = [one, other].map((text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text));
  return plain[0] === plain[1];
}

/** Return the cells whose numbers a mark says to be 0.
 * @param {Form} form @param {Mark} mark */
function impliedZeros(form, mark) {
  if (mark.kind === "merged") {
    return (placeAt(form, mark.at).children ?? []).slice(0, -1).flatMap(cellsOf);
  }
  return mark.kind === "annotated" ? [] : [mark.at];
}

/** Return the cells that a paper does not have because it filled their groups in one row.
 * @param {Form} form @param {Iterable<string>} groups @returns {Set<string>} */
export function upperCells(form, groups) {
  return new Set([...groups].flatMap((at) => impliedZeros(form, { at, kind: "merged", text: "" })));
}

// -- judgement --------------------------------------------------------------------------------------------

const UNCLEAR = ["unreadable", "out-of-range", "absent"];

/** @typedef {{state: "holds" | "undecided" | "broken", solution: Map<string, bigint>}} Solved */

/** Return the broken and the undecided equations. Those with a cell in `skipped` are not judged.
 * @param {Form} form @param {Map<string, string>} numbers @param {Mark[]} marks @param {Set<string>} skipped
 * @returns {Finding[]} */
function judgeEquations(form, numbers, marks, skipped) {
  const blank = new Set(marks.filter((mark) => mark.kind === "blank").map((mark) => mark.at));
  const unclear = new Set(marks.filter((mark) => UNCLEAR.includes(mark.kind)).map((mark) => mark.at));
  const open = new Set([...blank, ...unclear]);
  const sums = form.equations.map((equation) => ({
    equation,
    left: sum(numbers, equation.left),
    right: sum(numbers, equation.right),
  }));
  const solved = sums.map(({ equation, left, right }) => solve(equation, right - left, open, unclear));
  const forced = forcedValues(solved);
  const findings = [];
  for (const [index, { equation, left, right }] of sums.entries()) {
    const { state, solution } = solved[index];
    const isDisputed = [...solution.keys()].some((at) => (forced.get(at)?.size ?? 0) > 1);
    const severity = isDisputed ? "undecided" : state;
    if (severity === "holds" || [...equation.left, ...equation.right].some((at) => skipped.has(at))) {
      continue;
    }
    const terms = [...equation.left, ...equation.right].map((at) => ({
      at,
      value: open.has(at) ? null : BigInt(numbers.get(at) ?? "0"),
    }));
    const unknown = terms.filter((term) => term.value === null).map((term) => term.at);
    const mayBeZero = unknown.some((at) => blank.has(at) && ![...(forced.get(at) ?? [])].some(Boolean));
    const message = messageOf(form, equation, severity, left, right, unknown, mayBeZero);
    findings.push({
      ...{ rule: equation.rule, at: equation.at, label: equation.label, severity, message },
      ...{ left, right, terms, declared: false },
    });
  }
  return findings;
}

/** @param {Map<string, string>} numbers @param {string[]} side */
const sum = (numbers, side) => side.reduce((total, at) => total + BigInt(numbers.get(at) ?? "0"), 0n);

/** Solve an equation by itself, given by how much its left side falls short with every open cell as 0. An unclear
 * cell is unknown like a blank, but nothing can force it.
 * @param {Equation} equation @param {bigint} missing @param {Set<string>} open @param {Set<string>} unclear
 * @returns {Solved} */
function solve(equation, missing, open, unclear) {
  const left = equation.left.filter((at) => open.has(at));
  const right = equation.right.filter((at) => open.has(at));
  if (left.length && right.length) {
    return { state: "undecided", solution: new Map() };
  }
  const [unknown, amount] = left.length ? [left, missing] : [right, -missing];
  if (amount < 0n || (amount && !unknown.length)) {
    return { state: "broken", solution: new Map() };
  }
  if ((amount && unknown.length > 1) || unknown.some((at) => unclear.has(at))) {
    return { state: "undecided", solution: new Map() };
  }
  return { state: "holds", solution: new Map(unknown.map((at) => [at, amount])) };
}

/** Return all values to which equations force the same cell.
 * @param {Solved[]} solved @returns {Map<string, Set<bigint>>} */
function forcedValues(solved) {
  const forced = new Map();
  for (const { solution } of solved) {
    for (const [at, value] of solution) {
      forced.set(at, (forced.get(at) ?? new Set()).add(value));
    }
  }
  return forced;
}

/** @param {Form} form @param {Equation} equation @param {Severity} severity @param {bigint} left @param {bigint} right
 * @param {string[]} unknown @param {boolean} mayBeZero */
function messageOf(form, equation, severity, left, right, unknown, mayBeZero) {
  const { words } = form;
  if (severity === "undecided") {
    const cells = namedCells(form, unknown.map((at) => equation.names[at]));
    return fill(words.undecided, { cells, left, right }) + (mayBeZero ? words.fillIn : "");
  }
  const message = fill(form.messages[equation.rule], { left, right, difference: left - right });
  return message + (unknown.length ? words.cannotHold : "");
}

/** @param {Form} form @param {string[]} names */
function namedCells({ words }, names) {
  const few = names.slice(0, words.few).join("、");
  return names.length <= words.few ? few : fill(words.andOthers, { names: few, count: names.length });
}

/** @param {Form} form @param {Mark} mark @returns {Finding} */
function cellFinding(form, mark) {
  const isBroken = mark.kind === "out-of-range";
  const { label, expected } = placeAt(form, mark.at);
  const found = mark.text || form.words.withoutText[mark.kind];
  const message = fill(form.messages[`cell-${mark.kind}`], { found, expected });
  const severity = isBroken ? "broken" : "undecided";
  const rule = `cell-${mark.kind}`;
  return { rule, at: mark.at, label, severity, message, left: null, right: null, terms: [], declared: isBroken };
}

/** Judge a sound payload: return its findings in their order.
 * @param {Form} form @param {Collector} out @returns {Finding[]} */
function judgeReport(form, { texts, numbers, marks, discrepancies, asFound }) {
  const { cells } = indexOf(form);
  const unfilled = marks.filter((mark) => mark.kind === "blank" || mark.kind === "absent").map((mark) => mark.at);
  const merged = marks.filter((mark) => mark.kind === "merged").map((mark) => mark.at);
  const empty = new Set([...unfilled, ...upperCells(form, merged)]);
  if (unfilled.length && cells.every((cell) => empty.has(cell.at))) {
    const message = fill(form.messages["report-empty"], { count: cells.length });
    const sides = { left: null, right: null, terms: [], declared: false };
    return [{ rule: "report-empty", at: "", label: "", severity: "undecided", message, ...sides }, ...aboutYear(form, texts)];
  }
  const findings = judgeEquations(form, numbers, marks, new Set());
  for (const finding of findings) {
    finding.declared = finding.severity === "broken" && (asFound || discrepancies.some((item) => declares(item, finding)));
  }
  const stale = discrepancies.filter((item) => !findings.some((finding) => finding.declared && declares(item, finding)));
  const once = stale.filter((item, index) => stale.findIndex((other) => declares(item, other)) === index);
  findings.push(
    ...once.map((item) => staleFinding(form, item)),
    ...marks.filter((mark) => UNCLEAR.includes(mark.kind)).map((mark) => cellFinding(form, mark)),
    ...aboutYear(form, texts),
  );
  return inOrder(form, findings);
}

/** Advise against a year for which the edition is not in force.
 * @param {Form} form @param {Map<string, string>} texts @returns {Finding[]} */
function aboutYear(form, texts) {
  const { edition, years, messages } = form;
  const year = Number(texts.get("year"));
  if (years.first <= year && (years.last === null || year <= years.last)) {
    return [];
  }
  const [rule, at] = ["year-mismatch", "year"];
    const { label } = placeAt(form, at);
  const message = fill(messages[rule], { left: year, edition, years: years.words });
  return [{ rule, at, label, severity: "advice", message, left: BigInt(year), right: null, terms: [], declared: false }];
}

/** @param {Discrepancy} item @param {Finding | Discrepancy} other */
function declares(item, { rule, at, left, right }) {
  return item.rule === rule && item.at === at && item.left === left && item.right === right;
}

/** @param {Form} form @param {Discrepancy} item @returns {Finding} */
function staleFinding(form, { rule, at, left, right }) {
  const message = fill(form.messages.stale, { rule, left, right });
  const label = placeAt(form, at).label;
  return { rule: "stale", at, label, severity: "advice", message, left, right, terms: [], declared: false };
}

/** Sort findings: unclear cells, what is broken, what is undecided, advice, each as printed.
 * @param {Form} form @param {Finding[]} findings */
function inOrder(form, findings) {
  const { positions } = indexOf(form);
  const severities = ["broken", "undecided", "advice"];
  /** @param {Finding} finding */
  const rank = ({ rule, severity, at }) => {
    const isOfCell = rule.startsWith("cell-") || rule === "report-empty";
    return [isOfCell ? 0 : 1 + severities.indexOf(severity), positions.get(at) ?? 0];
  };
  return findings.sort((one, other) => {
    const [before, after] = [rank(one), rank(other)];
    return before[0] - after[0] || before[1] - after[1];
  });
}

// -- the whole --------------------------------------------------------------------------------------------

/** Judge a report: text, bytes, or a parsed payload. `asFound`: `null` is a blank, broken equations are declared.
 * @param {Form} form @param {Uint8Array | Json} data @param {{asFound?: boolean}} [options]
 * @returns {Judgement} */
export function judge(form, data, { asFound = false } = {}) {
  const out = new Collector(form, asFound);
  /** @type {Json} */
  let tree;
  try {
    tree = data instanceof Uint8Array ? parse(decode(data, form)) : data;
    for (const steps of repeatedKeys(tree)) {
      out.add("duplicate-key", steps, excerpt(steps.at(-1) ?? ""));
    }
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    out.add(error instanceof SyntaxError ? "not-json" : "too-deep", [], message, message);
    return malformed(out, []);
  }
  read(form.root, tree, out);
  markNulls(out);
  checkItems(out.faults.length ? out.sound.marks : out.marks, out.faults.length ? out.sound.discrepancies : out.discrepancies, out);
  if (out.faults.length) {
    return malformed(out, readableFindings(out));
  }
  out.marks = canonical(form, out.marks);
  const findings = judgeReport(form, out);
  const isRefused = findings.some(({ severity, declared }) => severity === "broken" && !declared);
  const { texts, numbers, marks } = out;
  const outcome = isRefused ? "inconsistent" : "accepted";
  return { outcome, verdict: verdictOf(findings), faults: [], findings, texts, numbers, marks };
}

/** @param {Uint8Array} bytes @param {Form} form */
function decode(bytes, { words }) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SyntaxError(words.notUtf8);
  }
}

/** Mark each `null` as a blank, unless a mark already says why there is no number.
 * @param {Collector} out */
function markNulls(out) {
  const kinds = new Map(out.marks.map((mark) => [mark.at, mark.kind]));
  for (const place of out.nulls) {
    if (kinds.get(place.at) === "annotated") {
      out.addAt(place, "wrong-type", null);
    }
  }
  const marks = out.nulls.filter((place) => !kinds.has(place.at)).map(({ at }) => ({ at, kind: "blank", text: "" }));
  out.marks = [...out.marks, ...marks];
}

/** @param {Form} form @param {Mark[]} marks */
function canonical(form, marks) {
  const { positions } = indexOf(form);
  const order = (/** @type {Mark} */ mark) => positions.get(mark.at) ?? 0;
  return [...new Map(marks.map((mark) => [mark.at, mark])).values()].sort((one, other) => order(one) - order(other));
}

/** Return the broken equations among the cells that could be read, of a payload that would be refused for them.
 * @param {Collector} out */
function readableFindings({ form, asFound, numbers, marks, discrepancies }) {
  if (asFound) {
    return [];
  }
  const unread = new Set(indexOf(form).cells.map(({ at }) => at).filter((at) => !numbers.has(at)));
  return judgeEquations(form, numbers, marks, unread).filter(
    (finding) => finding.severity === "broken" && !discrepancies.some((item) => declares(item, finding)),
  );
}

/** @param {Collector} out @param {Finding[]} findings @returns {Judgement} */
function malformed({ form, faults }, findings) {
  const { positions } = indexOf(form);
  const order = (/** @type {Fault} */ fault) => positions.get(fault.at) ?? 0;
  const inPlace = faults.sort((one, other) => order(one) - order(other));
  const nothing = { texts: new Map(), numbers: new Map(), marks: [] };
  return { outcome: "malformed", verdict: "inconsistent", faults: inPlace, findings, ...nothing };
}

/** @param {Finding[]} findings @returns {Judgement["verdict"]} */
function verdictOf(findings) {
  if (findings.some(({ severity }) => severity === "broken")) {
    return "inconsistent";
  }
  return findings.some(({ severity }) => severity === "undecided") ? "undecided" : "consistent";
}
