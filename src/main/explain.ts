/** One clear line for an error at start. */
export function explain(error: unknown): string {
  const { code, port, address, hostname, message } = error as { code?: string; port?: number; address?: string; hostname?: string; message?: string };
  if (code === 'EADDRINUSE') return `port ${port} is taken; choose another with --port or PORT, or stop what listens there`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} needs more rights; choose one above 1023`;
  if (code === 'EADDRNOTAVAIL') return `${address} is not an address of this machine; choose another with --host`;
  if (code === 'ENOTFOUND') return `${hostname} is no host that this machine knows; choose another with --host`;
  if (code === 'SQLITE_NOTADB') return `the data folder holds a store that is no database; restore it from a backup, or choose another folder with --data`;
  if (code === 'EACCES' || code === 'EEXIST' || code === 'ENOTDIR' || code === 'EROFS' || code === 'SQLITE_CANTOPEN') return `the data folder cannot be written (${message}); choose another with --data`;
  return message ?? String(error);
}
