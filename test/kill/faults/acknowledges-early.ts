/** A training agent that answers before anything is on disk, as a server does that writes "in the background": its kills lose what it acknowledged. */
import { succeeded } from '../../../src/protocol/envelope.ts';
import { openTrainingSandbox } from '../../../training-agent/sandbox.ts';
import type { OpenSandbox } from '../../../src/pipeline/sandbox.ts';

const LATER_MS = 150;

export const openSandbox: OpenSandbox = async (setting) => ({
  ...(await openTrainingSandbox(setting)),
  facade: (honest) => ({
    ...honest,
    dispatch(call) {
      const { events } = call.request as { events?: readonly object[] };
      if (call.task !== 'log_event' || events === undefined) return honest.dispatch(call);
      setTimeout(() => void honest.dispatch(call), LATER_MS);
      return Promise.resolve(succeeded({ status: 'completed', events_received: events.length, events_processed: events.length }, undefined));
    },
  }),
});
