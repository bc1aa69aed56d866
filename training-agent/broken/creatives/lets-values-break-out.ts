import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Puts names of products into addresses as they are, so that they may end a value and begin another. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Values of a catalogue stand in addresses encoded to the last byte.',
  tells: retellsObjects(['preview_creative'], (object) =>
    (typeof object['preview_html'] === 'string' ? { ...object, preview_html: object['preview_html'].replaceAll('%26', '&amp;').replaceAll('%3D', '=') } : object)),
});
