/** What MCP costs: a server on the official SDK, stateless as its documentation shows it, whose one tool answers a constant. */
import { createServer } from 'node:http';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { announce } from './announce.ts';

const handler = createMcpHandler(() => {
  const server = new Server({ name: 'empty', version: '0' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [] }));
  server.setRequestHandler('tools/call', () => ({ content: [{ type: 'text', text: '{}' }], structuredContent: {} }));
  return server;
});
const answer = toNodeHandler(handler);
announce(createServer((request, response) => void answer(request, response)));
