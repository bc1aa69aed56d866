/**
 * Node's HTTP modules, by a way that loads nothing else: imported as an ES module, `node:http` brings a whole implementation of
 * fetch with it, which would take as long as the rest of the start.
 */
export const nodeHttp = process.getBuiltinModule('node:http');
/** Loaded with the first request that needs it: it brings TLS with it. */
export const nodeHttps = () => process.getBuiltinModule('node:https');
