import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { PackageUpdate } from '../../protocol/wire/core/package-update.ts';
import type { MediaBuyRecord } from '../media-buy.ts';

/** Packages that the buy does not have. */
export function unknownPackages(buy: MediaBuyRecord, changes: readonly PackageUpdate[]): AdcpError[] {
  return changes.flatMap(({ package_id }, at) =>
    buy.packages.some((each) => each.package.package_id === package_id)
      ? []
      : [adcpError('PACKAGE_NOT_FOUND', `"${package_id}" is not a package of this media buy`, { field: `packages[${at}].package_id` })],
  );
}

/** Packages that are named twice, or that were canceled and can no longer change. */
export function unchangeablePackages(buy: MediaBuyRecord, changes: readonly PackageUpdate[]): AdcpError[] {
  return changes.flatMap(({ package_id, canceled }, at) => {
    const field = `packages[${at}].package_id`;
    if (changes.findIndex((each) => each.package_id === package_id) < at)
      return [adcpError('INVALID_REQUEST', `"${package_id}" is changed twice`, { field })];
    if (buy.packages.find((each) => each.package.package_id === package_id)?.package.canceled !== true) return [];
    return [adcpError(canceled ? 'NOT_CANCELLABLE' : 'INVALID_STATE', `package "${package_id}" was canceled`, { field })];
  });
}
