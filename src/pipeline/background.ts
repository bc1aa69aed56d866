/** What goes on without a call: each job is decided like a call, and committed whole. */
import { reportId } from '../domain/report-schedule.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import type { Change } from '../domain/ports/store.ts';
import type { Desk } from '../usecases/desk.ts';
import { fetchFeed } from '../usecases/fetch-feed.ts';
import { reportDelivery, reportWindow } from '../usecases/report-delivery.ts';
import { settleCreative } from '../usecases/settle-creative.ts';
import { checkDelivery } from '../usecases/check-delivery.ts';
import { ruledItem } from '../usecases/ruled-item.ts';
import { settleTask, type NotYet } from './settle-task.ts';
import type { Toolbox } from './toolbox.ts';

/** How often a job is decided again because a row changed between load and commit. */
const MAX_DECISIONS = 8;

export type BackgroundOutcome = { readonly kind: 'done' } | { readonly kind: 'retry'; readonly reason: string };

export interface Background {
  reportDelivery(job: JobOf<'report_delivery'>): Promise<BackgroundOutcome>;
  reportWindow(job: JobOf<'report_window'>): Promise<BackgroundOutcome>;
  checkDelivery(job: JobOf<'check_delivery'>): Promise<BackgroundOutcome>;
  settleTask(job: JobOf<'settle_task'>): Promise<BackgroundOutcome>;
  settleCreative(job: JobOf<'settle_creative'>): Promise<BackgroundOutcome>;
  fetchFeed(job: JobOf<'fetch_feed'>): Promise<BackgroundOutcome>;
  ruleOnItem(job: JobOf<'rule_on_item'>): Promise<BackgroundOutcome>;
}

export function background(desk: Desk, toolbox: Toolbox): Background {
  return {
    reportWindow: ({ principal_id, payload }) => committed('report_window', principal_id, () => reportWindow(principal_id, payload, desk), desk),
    settleTask: (job) => committed('settle_task', job.principal_id, () => settleTask(job, toolbox, desk), desk),
    settleCreative: ({ principal_id, payload }) => committed('settle_creative', principal_id, () => settleCreative(principal_id, payload, desk), desk),
    fetchFeed: ({ principal_id, payload }) => committed('fetch_feed', principal_id, () => fetchFeed(principal_id, payload, desk), desk),
    ruleOnItem: ({ principal_id, payload: { library, ...about } }) => committed('rule_on_item', principal_id, async () => {
      const ruling = await ruledItem({ principal_id, library, wide: false }, about, desk);
      return ruling.kind === 'ruled' ? ruling.changes : [];
    }, desk),
    async checkDelivery({ principal_id, payload }) {
      const checked = await checkDelivery(principal_id, payload, desk);
      if (checked.kind === 'silent') return { kind: 'retry', reason: checked.reason };
      if (checked.kind === 'told') {
        const { changes, account_id, subjects } = checked;
        await desk.store.commit({ changes, audit: { at: desk.clock.now().toISOString(), principal_id, account_id, task: 'check_governance', subjects } });
      }
      return { kind: 'done' };
    },
    async reportDelivery({ principal_id, payload }) {
      // A crash between the commit and the end of the job must not make a second event of one report.
      if (await desk.store.webhook(reportId(principal_id, payload))) return { kind: 'done' };
      return committed('report_delivery', principal_id, () => reportDelivery(principal_id, payload, desk), desk);
    },
  };
}

async function committed(task: string, principal_id: string, decide: () => Promise<readonly Change[] | NotYet>, desk: Desk): Promise<BackgroundOutcome> {
  for (let attempt = 0; attempt < MAX_DECISIONS; attempt += 1) {
    const changes = await decide();
    if ('kind' in changes) return { kind: 'retry', reason: changes.reason };
    if (changes.length === 0) return { kind: 'done' };
    const at = desk.clock.now().toISOString();
    if ((await desk.store.commit({ changes, audit: { at, principal_id, task, subjects: [] } })) === 'committed') return { kind: 'done' };
  }
  return { kind: 'retry', reason: 'the rows that this job needs keep changing' };
}
