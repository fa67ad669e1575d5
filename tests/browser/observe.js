/** Judge the cases of the suite, and return the results as the suite writes them; a number beyond 2^53 as a string. */
export function observe({ judge }, forms, cases) {
  return cases.map(({ edition, base64, asFound, values }) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const judgement = judge(forms[edition], bytes, { asFound });
    const said = { outcome: judgement.outcome, findings: judgement.findings.map(plain) };
    if (judgement.outcome === "malformed") {
      return { ...said, faults: judgement.faults.map(({ rule, pointer }) => ({ rule, pointer })) };
    }
    return { ...said, verdict: judgement.verdict, ...(values && { values: valuesAt(judgement, values) }) };
  });
}

function plain({ rule, at, left, right, severity, declared }) {
  return { rule, at, left: number(left), right: number(right), severity, declared };
}

const number = (value) => (value === null ? null : String(value));

/** Return the numbers at addresses; none in a cell, or in a group of rows, of which a mark says that there is none. */
function valuesAt({ numbers, marks }, addresses) {
  const none = marks.filter(({ kind }) => kind !== "annotated").map(({ at }) => `${at}.`);
  return Object.fromEntries(
    addresses.map((at) => [at, none.some((there) => `${at}.`.startsWith(there)) ? null : numbers.get(at)]),
  );
}
