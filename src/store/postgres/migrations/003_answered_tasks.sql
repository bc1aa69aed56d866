-- What callers of A2A were answered lately, for whichever server they ask again. A convenience that may be lost with the database's memory: not logged.
CREATE UNLOGGED TABLE answered_tasks (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text COLLATE "C" NOT NULL,
  task_id text COLLATE "C" NOT NULL,
  context_id text COLLATE "C" NOT NULL,
  state integer NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now(),
  document json NOT NULL,
  UNIQUE (owner, task_id)
);
CREATE INDEX answered_tasks_by_owner ON answered_tasks (owner, seq);
CREATE INDEX answered_tasks_by_age ON answered_tasks (kept_at);
