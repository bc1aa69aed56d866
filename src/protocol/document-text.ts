/** The text of a document that goes out, as it stands and as a member of another document's text. */
export interface DocumentText {
  readonly json: string;
  /** The same as the inside of a JSON string: quotes and backslashes escaped. */
  readonly escaped: string;
}

/**
 * Turns a document into text. The members of its lists that were shown before, the same objects again, as products of a catalogue are,
 * keep their text: they are a large part of what goes out, and nobody changes a document in place.
 */
export function documentText(document: object): DocumentText {
  const parts: DocumentText[] = [];
  let plain: Record<string, unknown> | undefined;
  const flush = (more: boolean) => {
    if (plain === undefined) return;
    const json = JSON.stringify(plain).slice(1, -1);
    plain = undefined;
    if (json !== '') parts.push(textOf(more ? `${json},` : json));
  };
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  members.forEach(([member, value], at) => {
    if (!isListOfObjects(value)) return void ((plain ??= {})[member] = value);
    flush(true);
    parts.push(textOf(`${JSON.stringify(member)}:[`));
    value.forEach((each, nth) => parts.push(keptText(each), ...(nth < value.length - 1 ? [COMMA] : [])));
    parts.push(at < members.length - 1 ? CLOSE_MORE : CLOSE);
  });
  flush(false);
  return { json: `{${parts.map(({ json }) => json).join('')}}`, escaped: `{${parts.map(({ escaped }) => escaped).join('')}}` };
}

const textOf = (json: string): DocumentText => ({ json, escaped: JSON.stringify(json).slice(1, -1) });
const [COMMA, CLOSE, CLOSE_MORE] = [textOf(','), textOf(']'), textOf('],')];

const seen = new WeakSet<object>();
const kept = new WeakMap<object, DocumentText>();

function keptText(value: object): DocumentText {
  const known = kept.get(value);
  if (known !== undefined) return known;
  const text = textOf(JSON.stringify(value));
  if (seen.has(value)) kept.set(value, text);
  else seen.add(value);
  return text;
}

const isListOfObjects = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null);
