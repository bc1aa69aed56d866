import { PROBE_TASKS } from '../../load/test-kit.ts';
import { any, anything, has, oneText, type Schema, text, when } from './words.ts';

/** A test kit: a brand that the judge plays, or the contract of a special runner. Kits hold whatever their storyboards refer to. */
export const testKit: Schema = {
  description: 'Who the judge plays, or (with `applies_to`) the terms of a special runner.',
  type: 'object',
  properties: {
    id: text('Name of the kit; default: its file\'s.'), name: text('What people call the brand.'), description: text('For readers.'),
    sandbox: { description: 'False: the kit plays a live account, and needs a token of its own.', type: 'boolean' },
    commercial_relationship: text('`passthrough_only`: the kit needs a token of its own.'),
    applies_to: anything('Makes it a contract, not a brand: the storyboards that it is for.'),
    auth: {
      description: 'Credentials. Keys are demo keys, or `$env:ADWRIGHT_KIT_…` for one out of the environment.', type: 'object',
      properties: {
        api_key: { description: 'Bearer token.', type: 'string', pattern: '^(?!\\$env:(?!ADWRIGHT_KIT_[A-Z0-9_]+$))' },
        basic: {
          description: 'Basic credentials.', type: 'object',
          properties: { username: text('User.'), password: text('Password.'), credentials: text('Both, as `user:password`.') },
          anyOf: [has('username', 'password'), has('credentials')],
        },
        probe_task: oneText(PROBE_TASKS, 'Protected task that reads, for probing authentication.'),
      },
      allOf: [when(any(has('api_key'), has('basic')), has('probe_task'))],
    },
    brand: {
      description: 'The brand that the judge buys for.', type: 'object',
      properties: { house: {
        type: 'object', properties: { domain: text('Domain of the brand; made-up ones end in `.example`.'), name: text('Its name.') },
      } },
    },
  },
};
