/** The moves that each kind of resource may make. A status that is no key of its graph is unknown to it. */
export type StatusGraph = Readonly<Record<string, readonly string[]>>;

export const STATUS_GRAPHS = {
  media_buy: {
    pending_creatives: ['pending_start', 'active', 'paused', 'canceled', 'rejected'],
    pending_start: ['active', 'paused', 'canceled', 'rejected'],
    active: ['paused', 'completed', 'canceled'],
    paused: ['active', 'completed', 'canceled'],
    completed: [], rejected: [], canceled: [],
  },
  creative: {
    processing: ['pending_review', 'rejected'],
    pending_review: ['approved', 'rejected'],
    approved: ['archived', 'rejected'],
    archived: ['approved'],
    rejected: ['processing', 'pending_review'],
  },
  creative_approval: { pending_review: ['approved', 'rejected'], approved: ['rejected'], rejected: ['pending_review'] },
  account: {
    pending_approval: ['active', 'rejected'],
    active: ['suspended', 'payment_required', 'closed'],
    suspended: ['active', 'payment_required', 'closed'],
    payment_required: ['active', 'suspended', 'closed'],
    rejected: [], closed: [],
  },
  si_session: {
    active: ['pending_handoff', 'complete', 'terminated'], pending_handoff: ['complete', 'terminated'], complete: [], terminated: [],
  },
  catalog_item: {
    pending: ['approved', 'rejected', 'warning'], approved: ['warning', 'rejected'], warning: ['approved', 'rejected'], rejected: ['pending'],
  },
  proposal: { draft: ['committed'], committed: [] },
  audience: { processing: ['ready', 'too_small'], ready: ['processing', 'too_small'], too_small: ['processing', 'ready'] },
} as const satisfies Readonly<Record<string, StatusGraph>>;

export type ResourceKind = keyof typeof STATUS_GRAPHS;
