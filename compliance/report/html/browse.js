// Filters, search and keys of a report. The page is whole without it: everything is in the document, and nothing is fetched.
const tools = document.querySelector('.tools');
const search = document.querySelector('#search');
const told = document.querySelector('#told');
const buttons = [...tools.querySelectorAll('button[data-verdict]')];
const storyboards = [...document.querySelectorAll('details.storyboard')];
const stepsOf = new Map(storyboards.map((each) => [each, [...each.querySelectorAll('details.step')]]));
const words = new Map([...storyboards, ...document.querySelectorAll('details.step')].map((each) => [each, wordsOf(each)]));
let verdict = '';

/** What its line says, without the marks around foreign text. */
function wordsOf(element) {
  return [...element.querySelector('summary').querySelectorAll('.id, bdi, .task')].map((each) => each.textContent).join(' ').toLowerCase();
}

/** Shows what has the verdict (of a storyboard, or of one of its steps) and every word that was typed. */
function apply() {
  const wanted = search.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const says = (text) => wanted.every((word) => text.includes(word));
  let shown = 0;
  for (const storyboard of storyboards) {
    const own = words.get(storyboard);
    const steps = stepsOf.get(storyboard);
    let any = false;
    for (const step of steps) {
      const fits = (verdict === '' || step.dataset.verdict === verdict) && says(`${own} ${words.get(step)}`);
      step.hidden = !fits;
      any ||= fits;
    }
    const whole = (verdict === '' || storyboard.dataset.verdict === verdict) && says(own);
    if (whole && !any) for (const step of steps) step.hidden = false;
    storyboard.hidden = !any && !whole;
    shown += storyboard.hidden ? 0 : 1;
  }
  for (const track of document.querySelectorAll('section.track')) track.hidden = track.querySelector('details.storyboard:not([hidden])') === null;
  told.textContent = `${shown} of ${storyboards.length} storyboards`;
}

for (const button of buttons) button.addEventListener('click', () => {
  verdict = button.dataset.verdict;
  for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
  apply();
});
search.addEventListener('input', apply);

/** Opens whatever encloses an element, and goes there. */
function goTo(element) {
  for (let each = element; each !== null; each = each.parentElement) if (each instanceof HTMLDetailsElement) each.open = true;
  element.scrollIntoView({ block: 'center' });
  element.querySelector('summary')?.focus({ preventScroll: true });
}

/** The next failed step from where the focus is, before or after it. */
function nextFailure(direction) {
  const failures = [...document.querySelectorAll('details.step[data-verdict="failed"]')].filter((each) => each.closest('[hidden]') === null);
  const at = failures.findIndex((each) => each.contains(document.activeElement));
  const next = at < 0 ? (direction > 0 ? 0 : failures.length - 1) : (at + direction + failures.length) % failures.length;
  if (failures.length > 0) goTo(failures[next]);
}

const KEYS = { '/': () => search.focus(), n: () => nextFailure(1), p: () => nextFailure(-1) };
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.activeElement === search) search.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || document.activeElement === search || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

function follow() {
  const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (element !== null) goTo(element);
}
addEventListener('hashchange', follow);
tools.hidden = false;
apply();
if (location.hash !== '') follow();
