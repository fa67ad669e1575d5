// The filter, and the opening of what is to be printed or was linked to. Without it the page can be read as well.
"use strict";
const form = document.getElementById("filter");
const reports = [...document.querySelectorAll("#reports > article")];
const shown = form.querySelector("output");
form.hidden = false;

function apply() {
  const { level, rule, body } = Object.fromEntries(new FormData(form));
  const wanted = body.trim().toLowerCase();
  let count = 0;
  for (const report of reports) {
    const { rules, levels } = report.dataset;
    const summary = report.querySelector("summary").textContent.toLowerCase();
    report.hidden = !(
      (!level || levels.split(" ").includes(level)) &&
      (!rule || rules.split(" ").includes(rule)) &&
      summary.includes(wanted)
    );
    count += !report.hidden;
    for (const note of report.querySelectorAll("li.note")) {
      note.hidden = Boolean((level && note.dataset.level !== level) || (rule && note.dataset.rule !== rule));
    }
  }
  shown.textContent = shown.dataset.words.replace("{count}", count);
}
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());

function openAround(element) {
  for (let at = element; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
}
function openLinked() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) {
    openAround(target);
    target.scrollIntoView({ block: "center" });
  }
}
addEventListener("hashchange", openLinked);
openLinked();
addEventListener("beforeprint", () => {
  for (const report of reports) if (report.dataset.levels) report.querySelector("details").open = true;
});
