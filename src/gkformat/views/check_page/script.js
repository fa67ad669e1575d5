// @ts-check
// The filter, and the opening of what is to be printed or was linked to. Without it the page can be read as well.
"use strict";
(() => {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("filter"));
  const shown = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
  const reports = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#reports > article")]);

  /** @param {HTMLElement} report @param {string} level @param {string} rule @param {string} body */
  function isWanted(report, level, rule, body) {
    const { levels = "", rules = "" } = report.dataset;
    const summary = report.querySelector("summary")?.textContent ?? "";
    return (
      (!level || levels.split(" ").includes(level)) &&
      (!rule || rules.split(" ").includes(rule)) &&
      summary.toLowerCase().includes(body.trim().toLowerCase())
    );
  }

  function apply() {
    const given = new FormData(form);
    const [level, rule, body] = ["level", "rule", "body"].map((name) => String(given.get(name) ?? ""));
    for (const report of reports) {
      report.hidden = !isWanted(report, level, rule, body);
      for (const note of /** @type {NodeListOf<HTMLElement>} */ (report.querySelectorAll("li.note"))) {
        const { level: ofLevel, rule: ofRule } = note.dataset;
        note.hidden = (level !== "" && ofLevel !== level) || (rule !== "" && ofRule !== rule);
      }
      for (const more of /** @type {NodeListOf<HTMLElement>} */ (report.querySelectorAll("li.more"))) {
        more.hidden = !more.querySelector("li.note:not([hidden])");
      }
    }
    const count = reports.filter((report) => !report.hidden).length;
    shown.textContent = (shown.dataset.words ?? "").replace("{count}", String(count));
  }

  function openLinked() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    target?.scrollIntoView({ block: "center" });
  }

  /** Opens what is to be printed: the reports with findings, and in them all that is said of a finding. */
  function openAll() {
    for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (
      document.querySelectorAll('article:not([data-levels=""]) > details, .notes details')
    )) {
      details.open = true;
    }
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", openLinked);
  addEventListener("beforeprint", openAll);
  openLinked();
})();
