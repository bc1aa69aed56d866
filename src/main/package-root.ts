import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package, from the sources as well as from the build. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('package.json not found above the program');
    folder = above;
  }
  return folder;
}
