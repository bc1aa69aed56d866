import { REACH_UNITS } from '../../../src/protocol/wire/core/reach.ts';
import { lying } from '../lying.ts';
import { refusedField, retoldAnswer, valueAt, withValueAt } from '../retelling.ts';

/** Books another unit in silence, and repeats the one that was asked for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A reach goal in a unit that the product does not measure is refused.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    const field = refusedField(call, answer);
    const asked = field === undefined ? undefined : valueAt(call.request, field);
    if (field === undefined || !field.endsWith('.reach_unit') || asked === undefined) return answer;
    for (const unit of REACH_UNITS) {
      const booked = await honest({ ...call, request: withValueAt(call.request, field, unit) });
      if (!booked.isError) return retoldAnswer(booked, (object) => (object['reach_unit'] === unit ? { ...object, reach_unit: asked } : object));
    }
    return answer;
  },
});
