/**
 * Steps that leave to the kit which task makes the seller deliver webhooks can write only a fragment of its request. The judge
 * completes it, so that the request is one that the seller can take; what the author wrote stays.
 */
import { versionEnvelope } from '../../execute/build-request.ts';
import { sandboxAccount } from '../../execute/sandbox-account.ts';
import type { StepRun } from '../../execute/step-run.ts';
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { readReply } from '../../judge/judge-step.ts';
import type { Step } from '../../storyboard.ts';

const EMITTER = '$test_kit.operations.';
const FLIGHT_MS = 8 * 24 * 3600 * 1000;
const LEAST_BUDGET = 1000;
const BRIEF = 'any product that can be bought now';

/** The step with a whole request. Only a media buy is completed; other tasks are sent as written. */
export async function withWholeRequest(run: StepRun, task: string): Promise<Step> {
  const { step, state, env } = run;
  const fragment = step.task.startsWith(EMITTER) && task === 'create_media_buy' && step.sample_request?.['packages'] === undefined;
  if (env.policy.requests === 'enriched' || !fragment) return step;
  state.emitterRequest ??= await wholeMediaBuy(run);
  return { ...step, sample_request: { ...state.emitterRequest, ...step.sample_request } };
}

/** The smallest buy of the first product that the seller shows. The same one for all steps of a storyboard, since some repeat others. */
async function wholeMediaBuy({ state, env }: StepRun): Promise<JsonObject> {
  const { account } = sandboxAccount(state.brandDomain, state.accumulator['account']);
  const brand = account['brand'];
  const inName = { account, ...(isObject(brand) && { brand }) };
  const request = { ...versionEnvelope(env.bundle.adcp_version), buying_mode: 'brief', brief: BRIEF, ...inName };
  const reply = readReply('get_products', await env.agent.call('get_products', request, state.credential));
  return {
    ...inName, start_time: 'asap', end_time: new Date(env.clock.now() + FLIGHT_MS).toISOString().replace(/\.\d+Z$/, 'Z'),
    packages: [packageOf(own(reply.data, 'products'))],
  };
}

function packageOf(products: unknown): JsonObject {
  const listed = Array.isArray(products) ? products.filter(isObject) : [];
  const product = listed.find(({ pricing_options: options }) => Array.isArray(options) && options.length > 0);
  const options = product?.['pricing_options'];
  const priced = Array.isArray(options) ? options.filter(isObject) : [];
  const option = priced.find((each) => typeof each['fixed_price'] === 'number') ?? priced[0];
  const [least, floor] = [option?.['min_spend_per_package'], option?.['floor_price']];
  return {
    product_id: product?.['product_id'] ?? 'test-product', pricing_option_id: option?.['pricing_option_id'] ?? 'default',
    budget: Math.max(LEAST_BUDGET, typeof least === 'number' ? least : 0),
    ...(option !== undefined && option['fixed_price'] === undefined && { bid_price: (typeof floor === 'number' ? floor : 5) * 1.5 }),
  };
}
