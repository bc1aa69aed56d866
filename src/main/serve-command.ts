import { Command } from 'commander';
import { loadConfig, type Config, type Flags } from '../config/config.ts';
import { EXIT } from './exit.ts';
import { logger } from './log.ts';
import { trainingSandbox } from './sandbox.ts';
import { serve, type Running } from './serve.ts';
import { explain } from './explain.ts';
import { VERSION } from './version.ts';
import { tidyUp, warmUp } from './warm-up.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('start the seller')
    .option('--sandbox', 'with the training agent: simulated delivery, demo credentials, a test controller')
    .option('--no-sandbox', 'without it, whatever the configuration says')
    .option('--expose-sandbox', 'let the sandbox, whose keys everybody knows, listen where other machines reach it')
    .option('--training-agent <module>', 'load the sandbox from another module, such as one of training-agent/broken')
    .option('--config <file>', 'YAML or JSON; unknown keys are refused')
    .option('--data <dir>', 'where the store lives (default: .adwright)')
    .option('--port <port>', 'default: $PORT, else 4100; 0 takes a free one')
    .option('--host <address>', 'default: 127.0.0.1')
    .addHelpText('after', '\nExample:\n  adwright serve --sandbox --data /tmp/try --port 4200\n\nExit codes: 0 stopped, 1 cannot start, 2 wrong usage, 3 stopped when its time was over (stop_within_seconds), 130 and 143 ended by a second signal')
    .action(async (flags: Flags) => {
      let running: Running;
      let config: Config;
      try {
        ({ config } = loadConfig(flags, process.env));
        running = await serve({ config, log: logger(config.log), sandbox: trainingSandbox(config.training_agent) });
        process.stdout.write(banner(running, config.data));
      } catch (error) {
        process.stderr.write(`adwright: ${explain(error)}\n`);
        process.exitCode = EXIT.failed;
        return;
      }
      const stopping = new AbortController();
      void warmUp(stopping.signal).then(() => { if (!stopping.signal.aborted) tidyUp(); });
      await stopSignal();
      stopping.abort();
      process.stdout.write('stopping ...\n');
      // Whatever hangs: what was acknowledged is on disk.
      setTimeout(() => process.exit(EXIT.cutOff), config.stop_within_seconds * 1000).unref();
      if ((await running.close()) === 'cut_off') process.exitCode = EXIT.cutOff;
    });
}

/** What a person needs to go on. */
export function banner({ url, local_url, metrics_url, demo_token }: Running, data: string): string {
  const lines = [`Adwright ${VERSION}, an AdCP 3.1 seller${demo_token ? ' (sandbox)' : ''}`, '', `  MCP    ${url}`];
  if (local_url !== url) lines.push(`  here   ${local_url}`);
  if (demo_token) lines.push(`  token  ${demo_token}`);
  if (metrics_url) lines.push(`  watch  ${metrics_url}`);
  lines.push(`  data   ${data}`, '');
  if (!demo_token) lines.push('Callers need a key: adwright key create --principal NAME', '');
  if (demo_token) lines.push('Grade it from another terminal:', `  npx adwright storyboard run ${url} --token ${demo_token}`, '');
  return `${lines.join('\n')}\nCtrl-C stops it.\n`;
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        for (const second of ['SIGINT', 'SIGTERM'] as const) process.once(second, () => process.exit(EXIT[second]));
        resolve();
      });
  });
}
