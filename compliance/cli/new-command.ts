import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { openSchemaFolder } from '../../src/protocol/schema-catalogue.ts';
import { ADCP_TASKS, isAdcpTask } from '../judge/success-evidence.ts';
import { nearest } from '../lint/rule.ts';
import { skeleton } from '../lint/skeleton.ts';
import { type Bundle, bundleFolders, idOf, openBundle, shownName } from '../load/bundle.ts';
import { LOAD_RULES, packageRoot } from './bundle-option.ts';
import { type CliIo, UsageError } from './io.ts';

export interface NewSettings {
  readonly id: string;
  readonly protocol?: string;
  readonly specialism?: string;
  /** Tools to call; none named: `get_adcp_capabilities`. */
  readonly tasks: readonly string[];
  /** Folder of the bundle that it is written into. */
  readonly bundle: string;
}

const ID = /^[A-Za-z0-9][\w-]*(?:\/[A-Za-z0-9][\w-]*)*$/;
const FOLDER_NAME = /^[a-z][a-z0-9-]*$/;
const PROTOCOLS = ['brand', 'creative', 'governance', 'media-buy', 'signals', 'sponsored-intelligence'];

/** `storyboard new ID`: writes a storyboard that lints clean and runs, for its author to go on from. */
export function newCommand(settings: NewSettings, io: CliIo): number {
  const { id } = settings;
  const tasks = settings.tasks.length === 0 ? ['get_adcp_capabilities'] : settings.tasks;
  if (!ID.test(id)) throw new UsageError(`${JSON.stringify(id)} is no id: write letters, digits, - and _, in parts joined by /`);
  for (const task of tasks) if (!isAdcpTask(task)) throw new UsageError(`AdCP has no task ${JSON.stringify(task)}${suggestion(task, ADCP_TASKS)}`);
  const [protocol, specialism] = [folderName(settings.protocol, '--protocol'), folderName(settings.specialism, '--specialism')];
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    throw new UsageError(`AdCP has no protocol ${JSON.stringify(settings.protocol)}: it is one of ${PROTOCOLS.join(', ')}`);
  const root = resolve(io.cwd, settings.bundle);
  const folders = bundleFolders(root) ?? { compliance: join(root, 'storyboards'), schemas: join(root, 'schemas') };
  const bundle = opened(folders, io);
  const file = join(folders.compliance, placeOf(id, protocol, specialism));
  refuseExisting(id, file, bundle, io);
  const kit = [...(bundle?.kits.values() ?? [])]
    .flatMap((reading) => (reading.kind === 'kit' && reading.kit.kind === 'brand' ? [reading.kit.path] : [])).sort()[0];
  const text = skeleton({
    id, tasks, gradesShapes: bundle?.schemas !== undefined, schemas: bundle?.schemas ?? openSchemaFolder(join(packageRoot(), 'schemas')),
    fileSchema: relative(dirname(file), join(packageRoot(), 'schemas/adwright/storyboard.json')).replaceAll('\\', '/'),
    ...(protocol !== undefined && { protocol }), ...(kit !== undefined && { kit }),
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
  const shown = shownName(file, io.cwd);
  io.stdout.write(`${shown}\n  check   adwright storyboard lint ${shown}\n  run     adwright storyboard run $URL ${shown}\n`);
  return 0;
}

/** Undefined: there is no bundle there yet. */
function opened(folders: { compliance: string; schemas: string }, io: CliIo): Bundle | undefined {
  const result = openBundle(folders, { cwd: io.cwd, rules: LOAD_RULES });
  return result.kind === 'bundle' ? result.bundle : undefined;
}

function placeOf(id: string, protocol: string | undefined, specialism: string | undefined): string {
  const name = `${id.split('/').at(-1)}.yaml`;
  if (specialism !== undefined) return join('specialisms', specialism, name);
  return protocol === undefined ? join('universal', name) : join('protocols', protocol, 'scenarios', name);
}

function refuseExisting(id: string, file: string, bundle: Bundle | undefined, io: CliIo): void {
  if (existsSync(file)) throw new UsageError(`${shownName(file, io.cwd)} is there already`);
  const other = bundle?.files.find((each) => idOf(each) === id);
  if (other === undefined) return;
  throw new UsageError(`storyboard ${JSON.stringify(id)} stands already in ${shownName(join(bundle!.source, other.path), io.cwd)}`);
}

/** Both ways of writing a protocol lead to its folder: `media_buy`, `media-buy`. */
function folderName(name: string | undefined, option: string): string | undefined {
  const folder = name?.replaceAll('_', '-');
  if (folder !== undefined && !FOLDER_NAME.test(folder))
    throw new UsageError(`${option} ${JSON.stringify(name)} is no name: write it as sales-social`);
  return folder;
}

function suggestion(task: string, known: readonly string[]): string {
  const near = nearest(task, known);
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
}
