import { Command } from 'commander';
import { inventoryOf } from '../../../catalogue/reload.ts';
import { loadConfig, type Config, type Flags } from '../../../config/config.ts';
import { boundedRecorder } from '../../../outbound/recorder.ts';
import { sender } from '../../../outbound/sender.ts';
import { EXIT } from '../../exit.ts';
import { pathsOf } from '../../operator-catalogue.ts';
import { systemClock } from '../../system.ts';
import { examinationOf } from '../opened.ts';
import { accessFindings } from './access-findings.ts';
import { failure, fine, warning, type Finding } from './finding.ts';
import { reachFindings } from './reach-findings.ts';
import { signerFindings } from './signer-findings.ts';
import { storeFindings } from './store-findings.ts';

/** `adwright doctor`: everything that keeps a server from its work, each with what to do. */
export function doctorCommand(): Command {
  return new Command('doctor').description('look at configuration, store, keys, clock and what must be reached, and say what to do')
    .option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)')
    .option('--sandbox', 'of a server with the training agent').option('--offline', 'ask nobody outside').option('--json', 'a line each')
    .addHelpText('after', '\nExample:\n  adwright doctor --config live.yaml\n\nExit codes: 0 nothing stands in the way, 1 something does, 2 wrong usage')
    .action(async (flags: Flags & { readonly offline?: boolean; readonly json?: boolean }) => {
      const findings = await examined(flags, systemClock.now());
      process.stdout.write(flags.json ? findings.map((each) => `${JSON.stringify(each)}\n`).join('') : told(findings));
      if (findings.some(({ standing }) => standing === 'fail')) process.exitCode = EXIT.failed;
    });
}

async function examined({ config: file, data, sandbox, offline }: Flags & { readonly offline?: boolean }, now: Date): Promise<readonly Finding[]> {
  let config: Config;
  try {
    ({ config } = loadConfig({ ...(file ? { config: file } : {}), ...(data ? { data } : {}), ...(sandbox === undefined ? {} : { sandbox }) }, process.env));
  } catch (error) {
    return [failure('configuration', (error as Error).message, 'correct the file; docs/configuration.md has every key')];
  }
  const found = await examinationOf(config);
  const outside = sender({ recorder: boundedRecorder(), clock: systemClock, timeoutMs: 5_000 });
  return [
    fine('configuration', file ? `${file} can be served` : 'none is given: the defaults'),
    ...storeFindings(config, found, now),
    ...accessFindings(config, found?.kind === 'examined' ? found.keys : [], now),
    ...catalogueFindings(config, found?.kind === 'examined' && found.inventory),
    ...(offline ? [] : [...await reachFindings(config, outside), ...await signerFindings(config, { send: outside, clock: systemClock })]),
  ];
}

function catalogueFindings(config: Config, imported: boolean): Finding[] {
  const paths = pathsOf(config);
  if (config.sandbox) return [];
  if (paths.length === 0) return [imported ? fine('catalogue', 'an imported one is sold from') : failure('catalogue', 'there is none to sell from', 'set "catalogue" to files with products, or adwright catalogue import them')];
  const read = inventoryOf(paths, { agent_url: config.public_url ?? `http://${config.host}:${config.port}/mcp`, publisher_domain: config.seller.publisher_domain });
  if (read.kind !== 'inventory') return [failure('catalogue', read.faults[0]!, 'adwright catalogue check names every fault')];
  const { products } = read.inventory;
  return [products.length > 0 ? fine('catalogue', `${products.length} products are for sale`) : warning('catalogue', 'there is nothing for sale', 'add products: docs/catalogue.md')];
}

const MARKS: Readonly<Record<Finding['standing'], string>> = { ok: '✓', warn: '!', fail: '✗' };

function told(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ standing, subject, message, remedy }) =>
    [`${MARKS[standing]} ${subject.padEnd(width)}  ${message}`, ...(remedy === undefined ? [] : [`  ${' '.repeat(width)}  → ${remedy}`])]);
  const [fails, warns] = [findings.filter(({ standing }) => standing === 'fail').length, findings.filter(({ standing }) => standing === 'warn').length];
  const verdict = fails > 0 ? `${fails} in the way` : warns > 0 ? `nothing in the way, ${warns} to look at` : 'all is well';
  return `${lines.join('\n')}\n\n${verdict}\n`;
}
