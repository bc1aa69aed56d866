import { readFileSync } from 'node:fs';
import { packageRoot } from './package-root.ts';

/** This program's version, from its package. */
export const VERSION = (JSON.parse(readFileSync(`${packageRoot()}/package.json`, 'utf8')) as { version: string }).version;
