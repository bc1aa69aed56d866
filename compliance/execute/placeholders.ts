/** Replaces what a storyboard leaves open in a request: `$context.x`, `$generate:uuid_v4#a`, `$test_kit.x`, `{{prior_step.s.f}}`. */
import type { WebhookInbox } from '../contracts/webhooks/inbox.ts';
import { withReceiverAddresses } from '../contracts/webhooks/registration.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import { parsePath, valueAt } from '../json/path.ts';
import { contextKey } from '../judge/substitute-known.ts';
import type { Policy } from '../policy.ts';
import { buildAssets } from './build-assets.ts';

export interface PlaceholderScope {
  readonly accumulator: JsonObject;
  readonly kit: JsonObject;
  /** A value for `$generate`; the same alias gives the same value. */
  readonly generate: (alias: string | undefined) => string;
  /** Whether kit values and fields of earlier steps are replaced, and what becomes of built assets. */
  readonly policy: Pick<Policy, 'kitAndStepPlaceholders' | 'builtAssets'>;
  /** Payloads of earlier steps of the storyboard. */
  readonly replies: ReadonlyMap<string, unknown>;
  /** Undefined when the run has no webhook receiver. */
  readonly inbox?: WebhookInbox;
}

/** A placeholder that could not be replaced. */
export interface Unresolved {
  readonly token: string;
  readonly kind: 'context' | 'test_kit' | 'runner' | 'prior_step' | 'asset';
}

export interface Resolved {
  readonly value: unknown;
  /** Distinct tokens, in order of appearance. */
  readonly unresolved: readonly Unresolved[];
}

const GENERATE = /^\$generate:(?:uuid_v4|opaque_id)(?:#([A-Za-z0-9_.-]+))?$/;
const KIT = /^\$test_kit\.([\w.-]+)$/;
const TEMPLATE = /\{\{\s*(runner\.[^}]*|prior_step\.[^}]*)\}\}/g;
const BUILD_ASSETS = '$build_assets_from_format';

export function resolvePlaceholders(template: unknown, scope: PlaceholderScope): Resolved {
  const unresolved = new Map<string, Unresolved>();
  const miss = (token: string, kind: Unresolved['kind']): string => {
    if (!unresolved.has(token)) unresolved.set(token, { token, kind });
    return token;
  };
  const visit = (node: unknown): unknown => {
    if (typeof node === 'string') return resolveText(node, scope, miss);
    if (Array.isArray(node)) return node.map(visit);
    if (!isObject(node)) return node;
    if (Object.hasOwn(node, BUILD_ASSETS)) return builtAssets(node, visit, scope, miss);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
  };
  return { value: visit(template), unresolved: [...unresolved.values()] };
}

/** Ids of the earlier steps whose replies a request refers to. */
export function quotedSteps(template: unknown): readonly string[] {
  return [...(JSON.stringify(template) ?? '').matchAll(/\{\{\s*prior_step\.([^.}\s]+)/g)].map(([, id]) => id!);
}

type Miss = (token: string, kind: Unresolved['kind']) => string;

function resolveText(text: string, scope: PlaceholderScope, miss: Miss): unknown {
  const key = contextKey(text);
  if (key !== undefined) return Object.hasOwn(scope.accumulator, key) ? scope.accumulator[key] : miss(text, 'context');
  const generated = GENERATE.exec(text);
  if (generated !== null) return scope.generate(generated[1]);
  const kitPath = KIT.exec(text)?.[1];
  if (kitPath !== undefined && scope.policy.kitAndStepPlaceholders === 'left') return text;
  if (kitPath !== undefined) return kitPath.split('.').reduce<unknown>(own, scope.kit) ?? miss(text, 'test_kit');
  const addressed = scope.inbox === undefined ? text : withReceiverAddresses(text, scope.inbox);
  return addressed.includes('{{') ? addressed.replaceAll(TEMPLATE, (token, inner: string) => resolveTemplate(token, inner.trim(), scope, miss)) : addressed;
}

function resolveTemplate(token: string, inner: string, scope: PlaceholderScope, miss: Miss): string {
  const [root, step, ...path] = inner.split('.');
  if (root !== 'prior_step' || step === undefined) return miss(token, 'runner');
  if (scope.policy.kitAndStepPlaceholders === 'left' && path.join('.') !== 'operation_id') return miss(token, 'prior_step');
  const parsed = parsePath(path.join('.'));
  const value = parsed.kind === 'path' ? valueAt(scope.replies.get(step), parsed.segments) : undefined;
  return value === undefined || value === null ? miss(token, 'prior_step') : typeof value === 'string' ? value : JSON.stringify(value);
}

function builtAssets(node: JsonObject, visit: (value: unknown) => unknown, scope: PlaceholderScope, miss: Miss): unknown {
  const { [BUILD_ASSETS]: format, ...siblings } = node;
  const built = assets(visit(format), scope, miss);
  return scope.policy.builtAssets === 'replace' ? built : { ...(visit(siblings) as JsonObject), ...built };
}

function assets(format: unknown, scope: PlaceholderScope, miss: Miss): JsonObject {
  if (typeof format === 'string' && format.startsWith('$')) return {};
  const built = buildAssets(format, scope.accumulator, scope.kit);
  if (built.kind === 'assets') return built.assets;
  miss(`${BUILD_ASSETS}: ${built.problem}`, 'asset');
  return {};
}
