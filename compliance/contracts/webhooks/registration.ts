/** What a step's request says about where webhooks go. */
import { isObject, type JsonObject } from '../../json/object.ts';
import type { Step, Storyboard } from '../../storyboard.ts';
import type { WebhookInbox } from './inbox.ts';

const RECEIVER = /\{\{\s*runner\.webhook_url:([A-Za-z0-9_]+)\s*\}\}/g;
const BASE = /\{\{\s*runner\.webhook_base\s*\}\}/g;
const ANY = /\{\{\s*runner\.webhook_(?:url|base)/;

/** Whether a request names an address of the judge's receiver. */
export function namesReceiver(request: JsonObject | undefined): boolean {
  return request !== undefined && ANY.test(JSON.stringify(request));
}

/** The names of the receiver addresses in a request. */
export function receiversIn(request: JsonObject | undefined): readonly string[] {
  return request === undefined ? [] : [...JSON.stringify(request).matchAll(RECEIVER)].map(([, name]) => name!);
}

/** Puts the addresses of an inbox in the place of their names. */
export function withReceiverAddresses(text: string, inbox: WebhookInbox): string {
  return text.replaceAll(RECEIVER, (_, name: string) => inbox.urlFor(name)).replaceAll(BASE, inbox.base);
}

/** Whether a request registers an address with credentials of the older kind, so that its webhooks carry no signature. */
export function registersCredentials(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(registersCredentials);
  if (!isObject(node)) return false;
  const { url, authentication } = node;
  if (typeof url === 'string' && ANY.test(url) && isObject(authentication)) return true;
  return Object.values(node).some(registersCredentials);
}

/** Lets the receiver refuse first deliveries, as the steps of a storyboard want, before anything is sent. */
export function armRetries(storyboard: Storyboard, inbox: WebhookInbox): void {
  const steps = storyboard.phases.flatMap((phase) => phase.steps);
  for (const { special } of steps) {
    if (special?.kind !== 'webhook' || special.retry === undefined) continue;
    const trigger = steps.find(({ id }) => id === special.triggered_by);
    for (const name of receiversOf(trigger, special.triggered_by)) inbox.arm(name, special.retry);
  }
}

/** The addresses to which a triggering step lets the seller deliver: those in its request, else the one of its own name. */
export function receiversOf(trigger: Step | undefined, name: string | undefined): readonly string[] {
  const named = receiversIn(trigger?.sample_request);
  return named.length > 0 || name === undefined ? named : [name];
}
