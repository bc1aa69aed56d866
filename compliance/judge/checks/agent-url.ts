const CARD = /\/\.well-known\/agent(?:-card)?\.json$/;
const TRANSPORT = /\/(?:mcp|a2a|sse)$/;

/**
 * One form for the ways in which an agent's URL is written: no user, query or fragment, no default port, no trailing
 * slash, no agent card and no transport segment at the end. What is no URL stays as it is.
 */
export function canonicalAgentUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  const path = trim(trim(trim(url.pathname).replace(CARD, '')).replace(TRANSPORT, ''));
  return `${url.protocol}//${url.host}${path}`;
}

const trim = (path: string): string => path.replace(/\/+$/, '');
