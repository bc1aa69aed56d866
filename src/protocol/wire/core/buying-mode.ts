/** How a buyer looks at products: by a brief, through the whole catalogue, or by refining an earlier answer. */
export const BUYING_MODES = ['brief', 'wholesale', 'refine'] as const;
export type BuyingMode = (typeof BUYING_MODES)[number];
