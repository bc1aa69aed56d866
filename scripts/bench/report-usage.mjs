// Loaded into every process that is measured: leaves behind what it took.
import { appendFileSync } from 'node:fs';

const file = process.env.ADWRIGHT_BENCH_USAGE;
if (file !== undefined) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    appendFileSync(file, `${JSON.stringify({ peak_bytes: maxRSS * 1024, cpu_ms: (userCPUTime + systemCPUTime) / 1000 })}\n`);
  });
}
