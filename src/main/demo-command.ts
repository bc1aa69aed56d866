import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { buyerOf } from './demo/buyer.ts';
import { buyersDay } from './demo/buyers-day.ts';
import { EXIT } from './exit.ts';
import { explain } from './explain.ts';
import { gradeWithJudge } from './judge.ts';
import { logger } from './log.ts';
import { trainingSandbox } from './sandbox.ts';
import { serve } from './serve.ts';

export function demoCommand(): Command {
  return new Command('demo')
    .description('start a seller, play a buyer\'s day against it, grade it, and clean up')
    .addHelpText('after', '\nExample:\n  adwright demo\n\nExit codes: 0 all went well, 1 something failed')
    .action(async () => {
      const data = mkdtempSync(join(tmpdir(), 'adwright-demo-'));
      try {
        process.exitCode = await demo(data);
      } catch (error) {
        process.stderr.write(`adwright: ${explain(error)}\n`);
        process.exitCode = EXIT.failed;
      } finally {
        rmSync(data, { recursive: true, force: true });
      }
    });
}

/** @returns the judge's exit code */
async function demo(data: string): Promise<number> {
  const { config } = loadConfig({ data, port: '0', sandbox: true }, {});
  const seller = await serve({ config, log: logger('error'), sandbox: trainingSandbox() });
  try {
    process.stdout.write(`A buyer's day against ${seller.url}\n\n`);
    const buyer = await buyerOf(seller.url, seller.demo_token!);
    let step = 0;
    await buyersDay(buyer, (task, what) => process.stdout.write(`${String((step += 1)).padStart(3)}  ${task.padEnd(24)} ${what}\n`));
    await buyer.close();
    process.stdout.write('\nThe judge grades the same seller by what it claims\n\n');
    return await gradeWithJudge([seller.url, '--token', seller.demo_token!]);
  } finally {
    await seller.close();
  }
}
