import { createHmac } from 'node:crypto';

/** The headers of AdCP's older way to sign: HMAC-SHA256 over the time in seconds, a dot and the body. */
export function hmacHeaders(body: string, secret: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-adcp-timestamp': timestamp, 'x-adcp-signature': `sha256=${mac}` };
}
