import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { PackageRecord } from '../media-buy.ts';

/** Reports come as often as every product of the buy can be reported, and no oftener. */
export function reportingFlaws(
  webhook: { readonly reporting_frequency: string } | undefined,
  packages: readonly { readonly terms: PackageRecord['terms'] }[],
): AdcpError[] {
  if (webhook === undefined) return [];
  const offered = packages.map(({ terms }) => terms.reporting_capabilities.available_reporting_frequencies as readonly string[]);
  if (offered.every((frequencies) => frequencies.includes(webhook.reporting_frequency))) return [];
  const common = offered.reduce((left, right) => left.filter((frequency) => right.includes(frequency)));
  const instead = common.length > 0 ? `they all are ${common.join(' and ')}` : 'there is no frequency that all of them are reported at';
  return [
    adcpError('INVALID_REQUEST', `not every product of the buy is reported ${webhook.reporting_frequency}; ${instead}`, {
      field: 'reporting_webhook.reporting_frequency',
    }),
  ];
}
