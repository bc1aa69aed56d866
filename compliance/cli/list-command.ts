import type { BundleFile } from '../load/bundle.ts';
import { escapeControls, showId } from '../report/quote.ts';
import { openBundleOption } from './bundle-option.ts';
import type { CliIo } from './io.ts';

/** `storyboard list`: every storyboard of a bundle, in the folders' order. */
export async function listCommand(named: string | undefined, io: CliIo): Promise<number> {
  const bundle = await openBundleOption(named, io);
  const files = bundle.files.filter(({ reading }) => reading.kind !== 'ignored');
  for (const file of files) io.stdout.write(`${line(file)}\n`);
  const broken = files.filter(({ reading }) => reading.kind === 'broken').length;
  const remark = broken > 0 ? `, ${broken} broken (see: adwright storyboard lint)` : '';
  io.stdout.write(`\n${files.length} storyboards, version ${escapeControls(bundle.version)}${remark}\n`);
  return 0;
}

function line({ reading, place }: BundleFile): string {
  const where = place.kind === 'protocol' || place.kind === 'specialism' ? `${place.kind} ${place.id}` : place.kind;
  if (reading.kind !== 'storyboard')
    return `${(reading.kind === 'broken' ? showId(reading.id ?? reading.file) : reading.file).padEnd(56)} ${where.padEnd(34)} broken`;
  const { storyboard } = reading;
  const steps = storyboard.phases.reduce((sum, phase) => sum + phase.steps.length, 0);
  const size = `${String(steps).padStart(3)} ${steps === 1 ? 'step ' : 'steps'}`;
  return `${showId(storyboard.id).padEnd(56)} ${where.padEnd(34)} ${size}  ${escapeControls(storyboard.title)}`;
}
