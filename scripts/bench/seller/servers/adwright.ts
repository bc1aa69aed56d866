/** Our seller as an operator runs it: no sandbox, products from a file, keys by their hashes, its store on disk. */
import { pino } from 'pino';
import { loadConfig } from '../../../../src/config/config.ts';
import { serve } from '../../../../src/main/serve.ts';
import { warmUp } from '../../../../src/main/warm-up.ts';

const [config = '', data = ''] = process.argv.slice(2);
const noSandbox = () => Promise.reject(new Error('this seller has no sandbox'));
const running = await serve({ config: loadConfig({ config, data, port: '0' }, {}).config, log: pino({ level: 'error' }, pino.destination(2)), sandbox: noSandbox });
await warmUp(new AbortController().signal);
process.send!({ url: running.url });
process.on('disconnect', () => void running.close().then(() => process.exit()));
