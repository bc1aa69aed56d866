/** Reads a reply as the run's policy wants it: as it came, or brought up to date first. What was changed is told. */
import type { Notice } from '../../events.ts';
import type { Exchange } from '../../exchange.ts';
import { readReply, type ReadReply } from '../../judge/judge-step.ts';
import type { Policy } from '../../policy.ts';
import { type ReplyChange, rewriteReply } from './rewrite-reply.ts';

const TOLD: Readonly<Record<ReplyChange, string>> = {
  channels: 'older channel names were replaced',
  pricing: 'rate, is_fixed and price_guidance.floor were read as fixed_price and floor_price',
  products: 'products was no list, and was read as an error',
  creative_assignments: 'creative_ids and empty members of packages were read as creative_assignments',
  renders: 'width and height of renders were read as dimensions',
};

export function readUnder(policy: Policy, task: string, exchange: Exchange): { readonly reply: ReadReply; readonly changes: readonly Notice[] } {
  let changes: readonly ReplyChange[] = [];
  const reply = readReply(task, exchange, { a2aPayload: policy.a2aPayload, rewrite: (payload) => {
    if (policy.replies === 'as_received') return payload;
    const rewritten = rewriteReply(task, payload);
    ({ changes } = rewritten);
    return rewritten.payload;
  } });
  return { reply, changes: changes.map((change) => noticeOf(task, change)) };
}

function noticeOf(task: string, change: ReplyChange): Notice {
  return {
    severity: 'info', code: `response_rewritten_${change}`,
    message: `before a reply of ${task} was graded, ${TOLD[change]}; the report holds it as it came`,
  };
}
