import type { ApiKey } from '../../domain/api-key.ts';
import type { Statements } from './rows.ts';

interface KeyRow {
  readonly record: string;
  readonly last_used_at: string | null;
}

export class ApiKeys {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  ofHash(key_sha256: string): ApiKey | undefined {
    const row = this.#sql.get<KeyRow>('SELECT record, last_used_at FROM api_keys WHERE key_sha256 = ?', key_sha256);
    return row && keyOf(row);
  }

  list(): readonly ApiKey[] {
    return this.#sql.all<KeyRow>('SELECT record, last_used_at FROM api_keys ORDER BY created_at DESC, key_id').map(keyOf);
  }

  put({ last_used_at: _own, ...key }: ApiKey): void {
    this.#sql.run(
      'INSERT INTO api_keys (key_id, key_sha256, created_at, record) VALUES (?, ?, ?, ?) ON CONFLICT (key_id) DO UPDATE SET record = excluded.record',
      key.key_id, key.key_sha256, key.created_at, JSON.stringify(key));
  }

  used(key_id: string, at: string): void {
    this.#sql.run('UPDATE api_keys SET last_used_at = ? WHERE key_id = ?', at, key_id);
  }
}

const keyOf = ({ record, last_used_at }: KeyRow): ApiKey => ({ ...(JSON.parse(record) as ApiKey), ...(last_used_at === null ? {} : { last_used_at }) });
