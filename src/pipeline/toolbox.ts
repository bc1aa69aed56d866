import type { Caller } from '../domain/caller.ts';
import type { TaskName } from '../protocol/tasks.ts';
import type { Decision, Desk } from '../usecases/desk.ts';

/** The tasks that a server serves, and how each is done. What is not in it is neither listed nor served. */
export type Toolbox = Partial<Record<TaskName, Handler>>;

/** A use case with its request type forgotten: the pipeline has checked the request against the task's shape before. */
export type Handler = (request: never, caller: Caller, desk: Desk) => Promise<Decision<object>>;
