/** A page in headless Chromium, driven over its debugging protocol. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The command of an installed Chromium; undefined when there is none, which is said.
 * @throws Error in CI, where nothing is left out
 */
export function chromiumCommand(whatIsLeftOut: string): string | undefined {
  const found = NAMES.find((name) => spawnSync('which', [name]).status === 0);
  if (found === undefined && process.env['CI'] !== undefined) throw new Error(`no Chromium on this machine: CI leaves nothing out, not ${whatIsLeftOut}`);
  if (found === undefined) console.warn(`no Chromium on this machine (apt-get install chromium): left out ${whatIsLeftOut}`);
  return found;
}

export interface Page {
  evaluate<T>(expression: string): Promise<T>;
  press(key: string): Promise<void>;
  prefer(scheme: 'light' | 'dark'): Promise<void>;
  /** PNG, as base64. */
  screenshot(): Promise<string>;
  /** URLs that were asked for, the page's own among them. */
  readonly requests: readonly string[];
  /** What the browser complained about: exceptions, refusals of the content security policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly params?: unknown;
}

export async function openPage(command: string, url: string): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'adwright-chromium-'));
  const child = spawn(
    command,
    [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--window-size=1280,1400', '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] }
  );
  const gone = new Promise<void>((resolve) => { child.on('exit', () => resolve()); });
  const [requests, complaints]: [string[], string[]] = [[], []];
  const wire = await Wire.open(await debuggerUrl(child), (method, params) => note(method, params, requests, complaints));
  const { targetId } = await wire.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  wire.session = (await wire.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await wire.send(`${domain}.enable`, {});
  const loaded = wire.once('Page.loadEventFired');
  await wire.send('Page.navigate', { url });
  await loaded;
  return {
    requests, complaints,
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = await wire.send<{ result: { value: T }; exceptionDetails?: { text: string } }>(
        'Runtime.evaluate', { expression, returnByValue: true }
      );
      if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${expression}`);
      return result.value;
    },
    async press(key) {
      const text = key === 'Enter' ? '\r' : key;
      await wire.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...(text.length === 1 && { text }) });
      await wire.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    prefer: (scheme) => wire.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] }),
    screenshot: async () => (await wire.send<{ data: string }>('Page.captureScreenshot', { format: 'png' })).data,
    async close() {
      wire.close();
      child.kill('SIGKILL');
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function debuggerUrl(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.on('exit', () => reject(new Error(`Chromium ended: ${said}`)));
  });
}

function note(method: string, params: unknown, requests: string[], complaints: string[]): void {
  if (method === 'Network.requestWillBeSent') requests.push((params as { request: { url: string } }).request.url);
  if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params));
  if (method === 'Log.entryAdded') complaints.push((params as { entry: { text: string } }).entry.text);
}

class Wire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #awaited = new Map<string, () => void>();
  #last = 0;
  session: string | undefined;

  private constructor(socket: WebSocket, heard: (method: string, params: unknown) => void) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
      else if (message.method !== undefined) {
        heard(message.method, message.params);
        this.#awaited.get(message.method)?.();
      }
    });
  }

  static async open(url: string, heard: (method: string, params: unknown) => void): Promise<Wire> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return new Wire(socket, heard);
  }

  send<T = void>(method: string, params: unknown): Promise<T> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => (error === undefined ? resolve(result as T) : reject(new Error(`${method}: ${error.message}`))));
    });
    this.#socket.send(JSON.stringify({ id, method, params, ...(this.session !== undefined && { sessionId: this.session }) }));
    return answered;
  }

  once(method: string): Promise<void> {
    return new Promise((resolve) => { this.#awaited.set(method, resolve); });
  }

  close(): void {
    this.#socket.close();
  }
}
