/** Credentials in the text of a storyboard or a kit: files are published, logged and quoted in reports. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { doubtful, type LintFinding, type LintRule, wrong } from '../rule.ts';
import { type TextNode, textsBelow } from '../texts.ts';

/** Forms that only real credentials have, whatever the member is called. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a JSON Web Token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  ['an access key of a cloud', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b|\bya29\.[\w-]{20,}/],
  ['a token of a code host or a chat', /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{40,}|\bxox[abprs]-[\w-]{10,}/],
  ['a secret key', /\b(?:sk|rk)[-_](?:live|proj|ant)[-_][\w-]{16,}/],
  ['a bearer token', /^Bearer\s+(?!\{\{|\$)[\w.~+/=-]{16,}$/i],
  ['a password in a URL', /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@{$]+@/i],
];
const SECRET_NAME = /(?:^|_)(?:api_key|apikey|token|secret|password|passwd|credentials?|private_key|authorization)$/i;
/** Shorter or more regular texts are made up, and meant to look like it. */
const LEAST_LETTERS = 20;
const LEAST_BITS_A_LETTER = 3.6;
const PUBLISHED_KEY = /^(?:demo-|\$env:)/;

export const credentials: LintRule = ({ storyboards, kits }) => [
  ...[...storyboards, ...kits].flatMap(({ root }) => textsBelow(root).flatMap(literal)),
  ...kits.flatMap(({ root }) => textsBelow(root.member('auth')?.member('api_key'), 'api_key')).filter(({ text }) => !PUBLISHED_KEY.test(text))
    .map(({ at }) => doubtful('literal_credential', hidden(at), 'the key of the kit may be a real one',
      'write a `demo-…` key, or `$env:ADWRIGHT_KIT_…` for one out of the environment')),
];

function literal({ text, at, key }: TextNode): readonly LintFinding[] {
  const form = FORMS.find(([, pattern]) => pattern.test(text))?.[0];
  const what = form ?? (SECRET_NAME.test(key) && looksDrawn(text) ? `what looks like a real ${key}` : undefined);
  if (what === undefined) return [];
  return [wrong('literal_credential', hidden(at), `the text holds ${what}`,
    'withdraw it, and let a test kit read it out of the environment (`$env:ADWRIGHT_KIT_…`)')];
}

/** Long, with letters and digits, and hard to guess letter by letter. */
function looksDrawn(text: string): boolean {
  if (text.length < LEAST_LETTERS || /\s|\$|\{\{/.test(text) || text.startsWith('demo-')) return false;
  if (!/[A-Za-z]/.test(text) || !/\d.*\d.*\d/.test(text)) return false;
  const counts = [...new Set(text)].map((letter) => text.split(letter).length - 1);
  return counts.reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0) >= LEAST_BITS_A_LETTER;
}

/** The place without the line, which would show the credential again. */
const hidden = (at: YamlNode): YamlNode['location'] => ({ ...at.location, source: '' });
