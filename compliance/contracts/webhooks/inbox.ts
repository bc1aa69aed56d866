/** The receiver addresses of one storyboard, and what came to them. */
import type { RetryTrigger } from '../../special-step.ts';
import type { Delivery } from './delivery.ts';

interface Address {
  readonly receiver: string;
  readonly url: string;
  retry?: RetryTrigger;
  arrived: number;
}

const MAX_PER_ADDRESS = 100;
const OVERFLOW = 503;
const ACCEPTED = 204;

export class WebhookInbox {
  /** Below it lie all addresses: `https://judge.example/hooks`. */
  readonly base: string;
  readonly #mint: () => string;
  readonly #byName = new Map<string, Address>();
  readonly #byToken = new Map<string, Address>();
  readonly #deliveries: Delivery[] = [];
  readonly #watchers = new Set<() => void>();

  /** @param mint gives a token for each address; none of them ever stands in a request as an operation's id */
  constructor(base: string, mint: () => string) {
    this.base = base;
    this.#mint = mint;
  }

  /** In the order of their arrival. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** The address of a name, the same one each time. */
  urlFor(receiver: string): string {
    return this.#address(receiver).url;
  }

  /** Lets the first deliveries to a name fail. */
  arm(receiver: string, retry: RetryTrigger): void {
    this.#address(receiver).retry = retry;
  }

  /** Whether an address was handed out under this name. */
  knows(receiver: string): boolean {
    return this.#byName.has(receiver);
  }

  /** Whether a token stands for an address of this inbox. */
  owns(token: string): boolean {
    return this.#byToken.has(token);
  }

  /**
   * Takes a delivery to a token of its own, and says which status answers it.
   * @throws Error when the token is of another inbox
   */
  take(token: string, delivery: Omit<Delivery, 'receiver' | 'answered'>): number {
    const address = this.#byToken.get(token);
    if (address === undefined) throw new Error('a delivery to an address that was never handed out');
    if (address.arrived >= MAX_PER_ADDRESS) return OVERFLOW;
    address.arrived += 1;
    const { retry } = address;
    const answered = retry !== undefined && address.arrived <= retry.count ? retry.http_status : ACCEPTED;
    this.#deliveries.push({ ...delivery, receiver: address.receiver, answered });
    for (const tell of this.#watchers) tell();
    return answered;
  }

  /** Resolves with the next delivery, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#watchers.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      this.#watchers.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #address(receiver: string): Address {
    const known = this.#byName.get(receiver);
    if (known !== undefined) return known;
    const token = this.#mint();
    const address: Address = { receiver, url: `${this.base}/step/${encodeURIComponent(receiver)}/${token}`, arrived: 0 };
    this.#byName.set(receiver, address);
    this.#byToken.set(token, address);
    return address;
  }
}
