/** Our seller with its training agent, whose platform stands where it is told, with limits that one caller does not run into. */
import { pino } from 'pino';
import { withSettings } from '../../../../src/config/limits.ts';
import { loadConfig } from '../../../../src/config/config.ts';
import { trainingSandbox } from '../../../../src/main/sandbox.ts';
import { serve } from '../../../../src/main/serve.ts';
import { warmUp } from '../../../../src/main/warm-up.ts';
import { PLATFORM_ORIGIN } from '../../../../training-agent/platform/interface.ts';

const [data = '', platform = ''] = process.argv.slice(2);
const { config } = loadConfig({ data, port: '0', sandbox: true }, {});
const limits = withSettings(config.limits, { writes: { per_second: 1e9, burst: 1e9 }, calls: { per_second: 1e9, burst: 1e9, at_once: 1e9 } });
const running = await serve({ config: { ...config, limits, hosts: { [PLATFORM_ORIGIN]: platform } }, log: pino({ level: 'fatal' }, pino.destination(2)), sandbox: trainingSandbox() });
await warmUp(new AbortController().signal);
process.send!({ url: running.url, token: running.demo_token });
process.on('disconnect', () => void running.close().then(() => process.exit()));
