import type { Message, Part } from 'a2a';
import { RequestMalformedError } from 'a2a/errors';

/** What a message asks for: a task of AdCP, by its name, and its request. */
export interface Invocation {
  readonly skill: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Reads the one data part of a message, `{skill, input}`. What people write beside it, in text parts, is not for us.
 * @throws RequestMalformedError in A2A's own terms: it is no request of AdCP yet
 */
export function invocationOf({ parts }: Message): Invocation {
  const data = parts.flatMap(dataOf);
  if (data.length !== 1) throw new RequestMalformedError(`a message needs exactly one data part {skill, input}; this one has ${data.length}`);
  const [invocation] = data;
  if (!isObject(invocation)) throw new RequestMalformedError('the data part must be an object {skill, input}');
  const unknown = Object.keys(invocation).find((member) => member !== 'skill' && member !== 'input');
  if (unknown !== undefined) throw new RequestMalformedError(`the data part holds skill and input, and no ${JSON.stringify(unknown).slice(0, 100)}`);
  const { skill, input = {} } = invocation;
  if (typeof skill !== 'string') throw new RequestMalformedError('skill must be the name of a task');
  if (!isObject(input)) throw new RequestMalformedError('input must be an object: the request of the task');
  return { skill, input };
}

const dataOf = ({ content }: Part): readonly unknown[] => (content?.$case === 'data' ? [content.value] : []);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
