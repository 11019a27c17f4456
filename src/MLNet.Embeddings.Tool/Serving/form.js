'use strict';

const fields = document.getElementById('fields');
const result = document.getElementById('result');
const answer = document.getElementById('answer');

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// One input for a column, by what it holds.
function inputOf(column, id) {
  const common = { id, name: column.name };
  if (column.isList) return element('input', { ...common, placeholder: 'values, separated by commas' });
  switch (column.kind) {
    case 'Number': case 'Key': return element('input', { ...common, type: 'number', step: 'any' });
    case 'Date': return element('input', { ...common, placeholder: '2024-12-31 or 2024-12-31T23:59' });
    case 'Time': return element('input', { ...common, placeholder: '23:59' });
    case 'Boolean': return element('select', common, ...['', 'true', 'false'].map(text => element('option', {}, text)));
    case 'Category': return element('input', common);
    default: return element('textarea', { ...common, rows: 3 });
  }
}

function fieldOf(column, index) {
  const id = `field-${index}`;
  const input = inputOf(column, id);
  const field = element('div', { className: 'field' }, element('label', { htmlFor: id }, column.name), input);
  if (column.terms.length > 0) {
    // Known values are offered, others may be typed.
    input.setAttribute('list', `${id}-terms`);
    field.append(element('datalist', { id: `${id}-terms` }, ...column.terms.slice(0, 500).map(value => element('option', { value }))));
  }
  return field;
}

// The row that the form says; what is empty is left out.
function rowOf(columns) {
  const row = {};
  for (const [index, column] of columns.entries()) {
    const text = document.getElementById(`field-${index}`).value;
    if (text === '') continue;
    row[column.name] = column.isList ? text.split(',').map(part => part.trim()) : text;
  }
  return row;
}

function show(...children) {
  answer.replaceChildren(...children);
  result.hidden = false;
}

function numberRow(name, value, share) {
  return element('tr', {},
    element('th', { scope: 'row' }, name),
    element('td', {}, ...(share ? [element('meter', { value, ariaLabel: name })] : [])),
    element('td', { className: 'number' }, value === null ? 'none' : Number(value).toLocaleString(undefined, { maximumSignificantDigits: 4 })));
}

// The label first, then numbers; of several classes the most probable on top. Columns of several labels begin with the label's name.
function showScores(scores) {
  const parts = [];
  for (const [name, value] of Object.entries(scores)) {
    const [, label, kind] = /^(?:(.*)\.)?([^.]*)$/s.exec(name);
    if (kind === 'PredictedLabel') {
      const text = Array.isArray(value) ? value.join(', ') || 'none' : String(value ?? 'none');
      parts.push(element('p', { className: 'label' }, label ? `${label}: ${text}` : text));
    } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const classes = Object.entries(value).sort((a, b) => b[1] - a[1]).slice(0, 20);
      parts.push(tableOf(classes.map(([of, score]) => numberRow(of, score, true))));
    } else if (value === null || typeof value === 'number') parts.push(tableOf([numberRow(name, value, kind === 'Probability')]));
    else parts.push(element('p', { className: 'label' }, Array.isArray(value) ? value.join(', ') : String(value)));
  }
  show(...parts);
}

function tableOf(rows) {
  return element('table', {}, element('tbody', {}, ...rows));
}

async function predict(columns) {
  try {
    const response = await fetch('predict', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(rowOf(columns)) });
    const body = await response.json();
    if (response.ok) showScores(body);
    else show(element('p', { className: 'fault' }, body.detail ?? body.title));
  } catch {
    show(element('p', { className: 'fault' }, 'The server does not answer.'));
  }
}

async function start() {
  const [columns, health] = await Promise.all(['columns', 'health'].map(async path => (await fetch(path)).json()));
  document.getElementById('model').textContent = `${health.model}, loaded ${new Date(health.loadedAt).toLocaleString()}`;
  fields.replaceChildren(...columns.map(fieldOf));
  document.getElementById('form').addEventListener('submit', event => {
    event.preventDefault();
    predict(columns);
  });
}

start();
