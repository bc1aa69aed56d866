import { describe, expect, test } from 'vitest';
import { stillClock } from '../../test/support/judge.ts';
import { WebhookInbox } from '../contracts/webhooks/inbox.ts';
import type { Exchange } from '../exchange.ts';
import type { CompletionTools } from './task-completion.ts';
import { taskCompletion } from './task-completion.ts';
import type { Agent } from './agent.ts';
import type { RunEnvironment } from './run-environment.ts';

type Answer = Readonly<Record<string, unknown>> | 'silence';

interface Asked {
  readonly tools: CompletionTools;
  readonly questions: readonly { readonly task: string; readonly args: unknown }[];
}

/** An agent that gives these answers, the last of them for good. */
function asked(answers: readonly Answer[], offers: readonly string[] = ['tasks_get'], inbox?: WebhookInbox): Asked {
  const questions: { task: string; args: unknown }[] = [];
  const call: Agent['call'] = async (task, args): Promise<Exchange> => {
    const answer = answers[Math.min(questions.length, answers.length - 1)]!;
    questions.push({ task, args });
    const common = { request: { transport: 'mcp', operation: task, payload: args, url: 'u' }, sent_at_ms: 0, duration_ms: 0 } as const;
    return answer === 'silence'
      ? { kind: 'failed', ...common, failure: { code: 'timed_out', message: 'no reply' } }
      : { kind: 'answered', ...common, result: { structuredContent: answer }, http: { status: 200, headers: {} } };
  };
  const env = {
    agent: { call } as Partial<Agent>, profile: { url: 'u', tools: new Set(offers) }, clock: stillClock(), polling: { intervalMs: 1500, timeoutMs: 30_000 },
    signal: new AbortController().signal, bundle: { adcp_version: '3.1' },
  } as unknown as RunEnvironment;
  return { tools: { env, credential: { kind: 'none' }, ...(inbox !== undefined && { inbox }) }, questions };
}

const submitted = { status: 'submitted', task_id: 't' };
const state = (status: string, more: object = {}) => ({ task_id: 't', status, ...more });

describe('how a task ended', () => {
  test('a reply that is final is its own end', async () => {
    const { tools, questions } = asked([]);
    expect(await taskCompletion({ media_buy_id: 'm' }, tools)).toEqual({ kind: 'completed', payload: { media_buy_id: 'm' } });
    expect(questions).toEqual([]);
  });

  test.each(['submitted', 'working', 'input-required'])('a reply that is %s is asked about, by its id and with its result', async (status) => {
    const { tools, questions } = asked([state('working'), state('completed', { result: { media_buy_id: 'm' } })]);
    expect(await taskCompletion({ status, task_id: 't' }, tools)).toEqual({ kind: 'completed', payload: { media_buy_id: 'm' } });
    expect(questions).toHaveLength(2);
    expect(questions[0]).toEqual({ task: 'tasks_get', args: { adcp_major_version: 3, adcp_version: '3.1', task_id: 't', include_result: true } });
  });

  test('the task that the seller offers for it is used', async () => {
    const { tools, questions } = asked([state('completed')], ['get_task_status']);
    await taskCompletion(submitted, tools);
    expect(questions[0]!.task).toBe('get_task_status');
  });

  test.each(['failed', 'canceled', 'rejected', 'input-required', 'auth-required'])('%s is an end that nothing is captured from', async (status) => {
    expect(await taskCompletion(submitted, asked([state(status)]).tools)).toEqual({ kind: 'ended', status });
  });

  test('a task that goes on is given up in time', async () => {
    const { tools, questions } = asked([state('working')]);
    expect(await taskCompletion(submitted, tools)).toEqual({ kind: 'timed_out', afterMs: 30_000 });
    expect(questions).toHaveLength(20);
  });

  test('an answer about another task is none', async () => {
    expect(await taskCompletion(submitted, asked([{ task_id: 'x', status: 'completed' }, state('completed')]).tools)).toMatchObject({ kind: 'completed' });
  });

  test('nobody to ask, and nothing to ask about, are told apart', async () => {
    expect(await taskCompletion(submitted, asked(['silence']).tools)).toEqual({ kind: 'unknown', reason: 'tasks_get was not answered: no reply' });
    for (const id of [undefined, 7, '', 'x'.repeat(257), 'a\nb'])
      expect(await taskCompletion({ status: 'submitted', task_id: id }, asked([]).tools)).toMatchObject({ kind: 'unknown' });
  });

  test('a webhook that tells of the end comes before the next question', async () => {
    const inbox = new WebhookInbox('http://127.0.0.1:1', () => 'token');
    inbox.urlFor('step');
    const message = { method: 'POST', url: 'u', headers: [], body: new Uint8Array() } as never;
    inbox.take('token', { at_ms: 0, message, payload: { task_id: 'other', status: 'completed' } });
    inbox.take('token', { at_ms: 0, message, payload: { task_id: 't', status: 'completed', result: { media_buy_id: 'w' } } });
    const { tools, questions } = asked([state('working')], ['tasks_get'], inbox);
    expect(await taskCompletion(submitted, tools)).toEqual({ kind: 'completed', payload: { media_buy_id: 'w' } });
    expect(questions).toEqual([]);
  });
});
