/** Signals for tests. */
import type { Signal } from '../../src/protocol/wire/get-signals.ts';

/** One that is sold at one price and works with the test's seller, completed with what a test is about. */
export const testSignal = (id: string, more: Partial<Signal> = {}): Signal => ({
  signal_agent_segment_id: `seg_${id}`,
  signal_ref: { scope: 'data_provider', data_provider_domain: 'daily-trail.example', signal_id: id },
  name: `Signal ${id}`,
  description: `People of ${id}.`,
  value_type: 'binary',
  signal_type: 'owned',
  deployments: [{ type: 'agent', agent_url: 'https://seller.example/mcp', is_live: true }],
  pricing_options: [{ pricing_option_id: `${id}_cpm`, model: 'cpm', cpm: 1, currency: 'USD' }],
  ...more,
});
