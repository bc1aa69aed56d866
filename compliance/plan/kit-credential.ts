/** Which credential a storyboard is run with, and how its kit looks after the operator's tokens replaced the kit's own. */
import type { Credential } from '../credential.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import type { Bundle } from '../load/bundle.ts';
import { keyVariable, principalVariables, type TestKit } from '../load/test-kit.ts';
import type { Storyboard } from '../storyboard.ts';

export interface OperatorTokens {
  /** Stands in for the API key of every kit with an ordinary relationship. */
  readonly token?: string;
  /** By the kit's id, or by the name of its file. */
  readonly kitTokens: ReadonlyMap<string, string>;
  /** Answers the variables that kits leave their key to. */
  readonly environment: (name: string) => string | undefined;
}

export type KitCredential =
  | { readonly kind: 'ready'; readonly credential: Credential; readonly kit: JsonObject }
  | { readonly kind: 'gap'; readonly detail: string };

/** The credential of a storyboard; a kit with a special relationship needs a token of its own once the operator gives tokens. */
export function credentialFor(storyboard: Storyboard, bundle: Bundle, tokens: OperatorTokens): KitCredential {
  const kit = kitOf(storyboard, bundle);
  if (kit === undefined) return { kind: 'ready', credential: defaultCredential(bundle, tokens), kit: {} };
  const special = namesOf(kit).map((name) => tokens.kitTokens.get(name)).find((token) => token !== undefined);
  if (special === undefined && tokens.token !== undefined && kit.relationship !== 'ordinary')
    return { kind: 'gap', detail: `test kit ${kit.id} (${kit.relationship}) needs a token of its own: --kit-token ${kit.id}=TOKEN` };
  const token = special ?? tokens.token;
  const document = token === undefined ? withKeyOfEnvironment(kit.document, tokens) : withApiKey(withKeyOfEnvironment(kit.document, tokens), token);
  // A kit of a contract says how the judge plays its part, and nothing of who it is.
  const credential = document['auth'] === undefined ? defaultCredential(bundle, tokens) : ownCredential(document);
  if (credential.kind === 'none' && kit.relationship !== 'ordinary')
    return { kind: 'gap', detail: `test kit ${kit.id} (${kit.relationship}) has no key: --kit-token ${kit.id}=TOKEN, or ${keyVariable(kit.document)}` };
  return { kind: 'ready', credential, kit: document };
}

/** The names by which an operator may give a kit its token: `acme_outdoor_live`, `acme-outdoor-live`. */
export function namesOf(kit: TestKit): readonly string[] {
  return [kit.id, kit.path.replace(/^.*\//, '').replace(/\.ya?ml$/, '')];
}

/** For discovery and for storyboards without a kit: the operator's token, else the key of the kit that most storyboards name. */
export function defaultCredential(bundle: Bundle, tokens: OperatorTokens): Credential {
  if (tokens.token !== undefined) return { kind: 'bearer', token: tokens.token };
  const uses = tally(bundle.files.flatMap(({ outline }) => (outline.kind === 'storyboard' ? outline.test_kit ?? [] : [])));
  for (const path of uses) {
    const reading = bundle.kits.get(path);
    if (reading?.kind === 'kit' && reading.kit.relationship === 'ordinary') return ownCredential(withKeyOfEnvironment(reading.kit.document, tokens));
  }
  return { kind: 'none' };
}

/** Each path once, those named most often first. */
function tally(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([path]) => path);
}

/** The domain of the brand that a kit plays. */
export function brandDomain(kit: JsonObject): string | undefined {
  const domain = own(own(kit['brand'], 'house'), 'domain');
  return typeof domain === 'string' ? domain : undefined;
}

function kitOf(storyboard: Storyboard, bundle: Bundle): TestKit | undefined {
  const reading = storyboard.test_kit === undefined ? undefined : bundle.kits.get(storyboard.test_kit.path);
  return reading?.kind === 'kit' ? reading.kit : undefined;
}

/** The kit with the keys that it leaves to the environment; without any whose variable is not set. */
export function withKeyOfEnvironment(document: JsonObject, { environment }: Pick<OperatorTokens, 'environment'>): JsonObject {
  if (!isObject(document['auth'])) return document;
  const { principals } = document['auth'];
  const variables = principalVariables(document);
  const known = Object.entries(isObject(principals) ? principals : {}).flatMap(([name, principal]) => {
    const variable = variables.get(name);
    const filled = variable === undefined ? principal : withKey(principal as JsonObject, environment(variable));
    return own(filled, 'api_key') === undefined ? [] : [[name, filled] as const];
  });
  const variable = keyVariable(document);
  const auth = { ...document['auth'], ...(principals !== undefined && { principals: Object.fromEntries(known) }) };
  return { ...document, auth: variable === undefined ? auth : withKey(auth, environment(variable)) };
}

function withKey(holder: JsonObject, key: string | undefined): JsonObject {
  const { api_key: _, ...rest } = holder;
  return key === undefined || key === '' ? rest : { ...rest, api_key: key };
}

/** Every API key in the `auth` of a kit: its own, and those of its further principals. */
export function apiKeysOf(auth: unknown): readonly string[] {
  const principals = own(auth, 'principals');
  return [auth, ...Object.values(isObject(principals) ? principals : {})].map((holder) => own(holder, 'api_key')).filter((key) => typeof key === 'string');
}

function withApiKey(document: JsonObject, token: string): JsonObject {
  return { ...document, auth: { ...(isObject(document['auth']) ? document['auth'] : {}), api_key: token } };
}

function ownCredential(document: JsonObject): Credential {
  const auth = document['auth'];
  const key = own(auth, 'api_key');
  if (typeof key === 'string') return { kind: 'bearer', token: key };
  return basicCredential(own(auth, 'basic')) ?? { kind: 'none' };
}

/** `{username, password}`, or both in `credentials: "user:password"`. */
export function basicCredential(basic: unknown): Credential | undefined {
  const [username, password] = [own(basic, 'username'), own(basic, 'password')];
  if (typeof username === 'string' && typeof password === 'string') return { kind: 'basic', username, password };
  const joined = own(basic, 'credentials');
  if (typeof joined !== 'string' || !joined.includes(':')) return undefined;
  return { kind: 'basic', username: joined.slice(0, joined.indexOf(':')), password: joined.slice(joined.indexOf(':') + 1) };
}
