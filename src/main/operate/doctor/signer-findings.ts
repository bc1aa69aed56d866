/** Whether the keys of those who sign calls can be had, and what they have taken back. */
import type { Config } from '../../../config/config.ts';
import type { ConfiguredSigner } from '../../../config/shape.ts';
import type { Clock } from '../../../domain/ports/clock.ts';
import type { Sender } from '../../../outbound/sender.ts';
import { agentKeys, publishedKeys } from '../../../outbound/signers/key-set.ts';
import { listedRevocations } from '../../../outbound/signers/revocation-list.ts';
import { fine, warning, type Finding } from './finding.ts';

interface Means {
  readonly send: Pick<Sender, 'post'>;
  readonly clock: Clock;
}

/** Asked of a signer's keys: what matters is whether anybody answers. */
const NO_KEY = '';

export async function signerFindings({ request_signing }: Pick<Config, 'request_signing'>, means: Means): Promise<readonly Finding[]> {
  return (await Promise.all((request_signing?.signers ?? []).map((signer) => findingsOf(signer, means)))).flat();
}

async function findingsOf({ principal_id, jwks_uri, brand_json_url, agent_url, revocation_uri }: ConfiguredSigner, means: Means): Promise<Finding[]> {
  const subject = `signer of ${principal_id}`;
  const where = jwks_uri ?? brand_json_url;
  const keys = jwks_uri !== undefined ? publishedKeys(async () => jwks_uri, means) : brand_json_url === undefined ? undefined : agentKeys(brand_json_url, agent_url ?? '', means);
  const found: Finding[] = [];
  if (keys !== undefined)
    found.push((await keys.named(NO_KEY)) === 'unavailable'
      ? warning(subject, `${where} leads to no keys${agent_url === undefined ? '' : ` of ${agent_url}`}: calls that are signed get HTTP 503`, 'correct request_signing.signers, or open the way to it')
      : fine(subject, `its keys are at ${where}`));
  if (revocation_uri !== undefined && (await listedRevocations(revocation_uri, [], 0, means)()).stale)
    found.push(warning(subject, `${revocation_uri} gives no list of revoked keys that counts: after its grace none of its signatures does`, 'tell the buyer, or correct revocation_uri'));
  return found;
}
