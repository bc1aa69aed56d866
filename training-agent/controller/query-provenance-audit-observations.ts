import { answer } from '../../src/usecases/desk.ts';
import { refusal, type Scenario } from './scenario.ts';

/** What verifiers found worth a look in a creative of the caller, in any of its libraries. */
export const queryProvenanceAuditObservations: Scenario<'query_provenance_audit_observations'> = async ({ creative_id }, { caller, desk }) => {
  const { principal_id } = caller.principal;
  const [record] = await desk.store.creatives({ principal_id, wide: true }, [creative_id]);
  if (record === undefined) return refusal('NOT_FOUND', `no creative "${creative_id}"`);
  return answer({ success: true, creative_id, audit_observations: [...(record.audit_observations ?? [])] });
};
