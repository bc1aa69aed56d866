import { describe, expect, it } from 'vitest';
import { mediaBuy, packageRecord } from '../../test/support/media-buys.ts';
import type { ProductAllowedAction } from '../protocol/wire/core/media-buy-action.ts';
import { ALL_FEATURES } from './features.ts';
import type { MediaBuyStatus } from './media-buy.ts';
import { availableActions } from './media-buy-actions.ts';

const allows = (...allowed_actions: ProductAllowedAction[]) => packageRecord({}, { terms: { ...packageRecord().terms, allowed_actions } });
const names = (status: MediaBuyStatus, packages = [packageRecord()], hold = false) =>
  availableActions(mediaBuy({ status, hold, packages }), ALL_FEATURES).map(({ action }) => action);

describe('the actions that are open', () => {
  it('follow from the status where products say nothing', () => {
    expect(names('pending_creatives')).toEqual(['pause', 'cancel', 'sync_creatives', 'update_budget', 'update_dates', 'update_packages']);
    expect(names('pending_start', undefined, true)).toContain('resume');
    expect(names('active')).toEqual([
      'pause',
      'cancel',
      'update_budget',
      'update_dates',
      'update_packages',
      'add_packages',
      'sync_creatives',
    ]);
    expect(names('paused', undefined, true)).toEqual([
      'resume',
      'cancel',
      'update_budget',
      'update_dates',
      'update_packages',
      'add_packages',
      'sync_creatives',
    ]);
  });
  it.each(['completed', 'rejected', 'canceled'] as const)('are none once a buy is %s', (status) => {
    expect(names(status)).toEqual([]);
    expect(names(status, [allows({ action: 'cancel', modes: ['self_serve'] })])).toEqual([]);
  });
  it('are none about creatives where there is no library of them', () => {
    const open = (packages = [packageRecord()]) =>
      availableActions(mediaBuy({ status: 'active', packages }), { creative_library: false }).map(({ action }) => action);
    expect(open()).toEqual(['pause', 'cancel', 'update_budget', 'update_dates', 'update_packages', 'add_packages']);
    expect(open([allows({ action: 'replace_creative', modes: ['self_serve'] }, { action: 'pause', modes: ['self_serve'] })])).toEqual(['pause']);
  });
  it('are those that every package allows', () => {
    const one = allows({ action: 'cancel', modes: ['self_serve'] }, { action: 'pause', modes: ['self_serve'] });
    const two = allows({ action: 'cancel', modes: ['self_serve'] });
    expect(names('active', [one, two])).toEqual(['cancel']);
  });
  it('are told finely where one product is coarse and another fine', () => {
    const fine = allows({ action: 'increase_budget', modes: ['self_serve'] });
    expect(names('active', [fine, packageRecord()])).toEqual(['increase_budget']);
  });
  it('leave canceled packages out', () => {
    const gone = packageRecord(
      { canceled: true },
      { terms: { ...packageRecord().terms, allowed_actions: [{ action: 'pause', modes: ['self_serve'] }] } },
    );
    expect(names('active', [allows({ action: 'cancel', modes: ['self_serve'] }), gone])).toEqual(['cancel']);
  });
  it('come in the strictest mode of the packages, each in its freest', () => {
    const free = allows({ action: 'cancel', modes: ['requires_approval', 'self_serve'] });
    const approved = allows({ action: 'cancel', modes: ['requires_approval'], sla: { response_max: 'PT1H' }, terms_ref: 't' });
    expect(availableActions(mediaBuy({ status: 'active', packages: [free] }), ALL_FEATURES)).toEqual([{ action: 'cancel', mode: 'self_serve' }]);
    expect(availableActions(mediaBuy({ status: 'active', packages: [free, approved] }), ALL_FEATURES)).toEqual([
      { action: 'cancel', mode: 'requires_approval', sla: { response_max: 'PT1H' }, terms_ref: 't' },
    ]);
  });
  it('always let creatives come to a buy that waits for them', () => {
    expect(names('pending_creatives', [allows({ action: 'cancel', modes: ['requires_approval'] })])).toEqual(['cancel', 'sync_creatives']);
  });
});
