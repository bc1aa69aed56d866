/** What `requires` of a storyboard may name. */
export const REQUIREMENTS: readonly string[] = ['controller', 'seeded_state', 'real_wire', 'webhook_receiver', 'multi_agent'];
